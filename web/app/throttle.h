/*
 * throttle.h -- slows down guessing without ever locking anybody out.
 *
 * Failed logins are counted in three places: for an address from one network ("pair"), for an
 * address from anywhere ("account"), and for a network whatever the address ("network").  A few
 * failures are free; each one after that doubles the time until the next try, up to a cap.  While
 * the time runs, every try is refused unread, also one with the right password.  Refused tries
 * are not counted.  The counters run empty by themselves, one failure every so often.
 *
 *	            free   first delay   cap       one less every
 *	pair           5   5 s           15 min    60 min
 *	account       10   1 s           30 s      10 min
 *	network      100   1 s           60 s       1 min
 *
 * A network is an IPv4 address or an IPv6 /64.  Behind one address of a town hall sit hundreds of
 * people, therefore the generous third line.  From a network where a person has logged in within
 * 180 days only the pair counts for that person: attacks from elsewhere, and strangers who spray
 * from the same building, do not slow down those who work there.
 *
 * What an attacker gains in a day: from one network about 110 guesses at one account (13, then
 * one in 15 minutes) and 1,550 at all accounts that never logged in from there; from any number
 * of networks 2,900 at one account (one in 30 seconds), and 110 at each account from each network
 * where its owner works.  With passwords that pass password_verdict that is nothing.  What he can
 * still spoil: who logs in for the first time from a new place during an attack on this very
 * account competes with the attacker and may have to try more than once.
 *
 * Unknown addresses are counted in the same way, so from a network where nobody has logged in the
 * counters tell nothing about who exists.
 *
 * Accepted, because slowing down known people instead would let any visitor lock out a town hall:
 * - In a building where people work the counters do tell.  Once its network, or an address because
 *   of failures elsewhere, has to wait, a try at an address that has logged in from there is still
 *   read and any other is refused; so whoever shares the network can tell who works there.
 * - While somebody sprays in that building, those who never logged in there compete with the
 *   sprayer for one try a minute.  From any other network they get in.
 */
#ifndef APP_THROTTLE_H
#define APP_THROTTLE_H

#include "app/app.h"

struct throttle {
	int64_t person_id;                 /* 0: no such person */
	struct str account, network, pair; /* hashes */
	struct str home;                   /* hash of person and network: where they work */
};

struct throttle throttle_of(struct request *rq, struct str email, int64_t person_id);

/* Seconds until the next try; 0: now. */
MUST enum err throttle_wait(struct request *rq, const struct throttle *t, int64_t *seconds);
/* In the write transaction of the login. */
MUST enum err throttle_failed(struct request *rq, const struct throttle *t);
MUST enum err throttle_passed(struct request *rq, const struct throttle *t);

/*
 * The same delay for forms that anybody may send, counted for `kind` and network alone: five are
 * free, then a wait that doubles up to 15 minutes.  What was sent is counted in its transaction.
 */
MUST enum err throttle_form_wait(struct request *rq, struct str kind, int64_t *seconds);
MUST enum err throttle_form_sent(struct request *rq, struct str kind);

/* "192.0.2.1", "2001:db8:0:1::/64"; what is no address is returned as it is. */
struct str network_of(struct arena *a, struct str address);

#endif
