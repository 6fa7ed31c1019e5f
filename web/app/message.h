/*
 * message.h -- every German sentence that does not stand in a template: what is wrong with a
 * field, and what was done.  Says what to do, without blame.  A "%d" is filled with a number.
 *
 * The sentences stand in lists (app/messages_*.h), one for each part of the program:
 *
 *	DONE(M_SAVED, "gespeichert", "Gespeichert.")	travels through a redirect as its word
 *	WRONG(M_CHOOSE, "Wähle etwas aus.")		stands next to a field
 */
#ifndef APP_MESSAGE_H
#define APP_MESSAGE_H

#include "base/arena.h"

enum message {
	M_NONE,
#define DONE(name, word, text) name,
#define WRONG(name, text) name,
#include "app/messages.h"
	M_COUNT
};

/* `number` replaces %d where the text has one. */
struct str message_text(struct arena *a, enum message m, int64_t number);
/* Done messages travel as a word: "gespeichert". */
struct str message_word(enum message m);
enum message message_named(struct str word); /* M_NONE when unknown */

#endif
