/*
 * password_rules.h -- which passwords we let people choose.
 *
 * Length counts, not the mix of signs: 12 to 256 characters.  What is easy to guess does not count
 * towards a password's worth: common words, keyboard and number rows, years, repeated signs, and
 * the words of this very place (name of the cooperation, its municipalities, own name and address).
 * At least PASSWORD_OWN_CHARS signs must be left over, and five different ones.  "p@ssw0rt" is
 * read as "passwort".
 */
#ifndef FEATURES_PEOPLE_PASSWORD_RULES_H
#define FEATURES_PEOPLE_PASSWORD_RULES_H

#include "app/message.h"
#include "base/config.h"
#include "db/db.h"

enum { PASSWORD_OWN_CHARS = 6, PASSWORD_DIFFERENT_CHARS = 5 };

enum password_verdict { PASSWORD_FINE, PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG, PASSWORD_GUESSABLE };

/* Whose password it will be, and where. */
struct password_owner {
	struct str cooperation, name, email;
};

/* In a running transaction: reads the names of the municipalities. */
MUST enum err password_verdict(struct db *db, struct arena *a, const struct password_owner *who,
			       struct str password, enum password_verdict *out);
enum message password_message(enum password_verdict v);  /* for a form */
const char *password_complaint(enum password_verdict v); /* for the command line */

/* common_words.c: lower case, without marks, ends with an empty one. */
extern const char *const common_words[];

#endif
