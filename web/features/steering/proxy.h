/*
 * proxy.h -- proxies ("Vollmachten"): one hop, for a meeting or one point of its agenda.
 *
 * Where members vote, it is the person's own vote that is given away, and "unit" below is that
 * person; colleagues of one municipality are not counted for the limit then either.
 *
 * Granted by the holder or a deputy to somebody with a seat.  A deputy of the same municipality may
 * hold any number; of foreign municipalities a person holds at most as many as the rules allow.
 * Whoever holds a foreign one gives no proxy of the own unit away, and whose unit has given its
 * vote away receives none while that lasts.
 */
#ifndef STEERING_PROXY_H
#define STEERING_PROXY_H

#include "features/steering/agenda.h"

struct proxy {
	int64_t id, entry_id, municipality_id, principal_id, proxy_id;
	struct str unit, principal, name, title; /* name: of the proxy; title: of the point */
	struct str instruction;
	int64_t granted_at;
};
struct proxies {
	size_t n;
	struct proxy *v; /* those that stand */
};
MUST enum err proxies_load(struct request *rq, const struct meeting *m, struct proxies *out);

/* M_NONE: this one may be granted.  Pure. */
enum message proxy_problem(const struct roll *roll, const struct proxies *standing,
			   const struct committee_rules *rules, const struct proxy *wanted);

/* Grants it, with record and letter; p->id is set. */
MUST enum err proxy_add(struct request *rq, const struct meeting *m, struct proxy *p);

/* Ends those that a person holds, because that person has left. */
MUST enum err proxies_end(struct request *rq, const struct meeting *m, int64_t proxy_id);

#endif
