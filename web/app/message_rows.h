/* message_rows.h -- the tables behind message.h, for message_find.c alone. */
#ifndef APP_MESSAGE_ROWS_H
#define APP_MESSAGE_ROWS_H

#include "app/message.h"

struct message_row {
	struct str word, text; /* word: in ?meldung=, empty for what is never there */
};
extern const struct message_row messages[M_REGISTER];
extern const struct message_row register_messages[M_COUNT - M_REGISTER];

#endif
