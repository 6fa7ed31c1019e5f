/*
 * session.h -- who is logged in, for how long.
 *
 * A session is 256 random bits in a cookie and their hash in the database: it ends after 60
 * minutes without a request and after 12 hours in any case.  The cookie is "__Host-handschlag"
 * (Secure) where the site is https, "handschlag" in development.  Guests get a cookie of their own
 * only to protect the login form.
 */
#ifndef APP_SESSION_H
#define APP_SESSION_H

#include "app/app.h"

enum { SESSION_IDLE_SECONDS = 3600, SESSION_SECONDS = 12 * 3600, SESSION_TOUCH_SECONDS = 60 };

/*
 * Fills rq->viewer, rq->session and rq->csrf_secret.  Opens and ends its own transactions, also a
 * short write at most once a minute to prolong the session; when that fails (disk full) the
 * session is still read.  `version` of the database (db_version) when the viewer was read.
 */
MUST enum err session_find(struct request *rq, uint64_t *version);

/*
 * In the write transaction, when the database has another version than then: reads the viewer anew.
 * E_LOGIN when the session has ended meanwhile (rq is a guest's then), E_FORBIDDEN when the person
 * may less than before: the guards have let in somebody who is gone.
 */
MUST enum err session_again(struct request *rq);

/* In the running write transaction: a new session for this person, with its cookie.  rq becomes
 * the request of that person. */
MUST enum err session_create(struct request *rq, int64_t person_id);
/* Ends this session, or all of a person's: with them end logins that wait for a code, and the draft
 * of a second factor. */
MUST enum err session_end(struct request *rq);
MUST enum err session_end_all(struct db *db, int64_t person_id);
/* All but this one, and what was begun in any: after a change that others may not outlive. */
MUST enum err session_end_others(struct request *rq);

/* Whether cookies are for https alone, with names that insist on it. */
bool cookie_is_secure(const struct request *rq);

/* Name, municipality and roles of an active person; E_NOT_FOUND for others. */
/* Without its roles who needs a second factor and has none: see app/second_factor.h. */
MUST enum err viewer_load(struct request *rq, int64_t person_id, struct viewer *out);

#endif
