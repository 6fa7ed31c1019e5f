/*
 * mail_message.h -- a letter as mail servers want it (RFC 5322): headers in ASCII, the text in
 * quoted-printable, every line ended by CRLF and short.  No vendor is needed for it.
 */
#ifndef EXPORT_MAIL_MESSAGE_H
#define EXPORT_MAIL_MESSAGE_H

#include "base/arena.h"

struct mail_message {
	struct str from_name, from; /* UTF-8 (may be empty), address */
	struct str to_name, to;
	struct str id; /* the same for each attempt: "17.1795165200@handschlag.example" */
	struct str subject, body; /* UTF-8 */
	int64_t date;             /* UTC seconds */
};

/*
 * An address that can stand in a header and in a command to the server: visible ASCII, one '@' with
 * something on both sides, no brackets, quotes or commas.  So no line end gets through.
 */
bool mail_address_valid(struct str address);

/* False when an address or the id is none, or a name, subject or body is no clean UTF-8. */
bool mail_message(struct arena *a, const struct mail_message *m, struct str *out);

#endif
