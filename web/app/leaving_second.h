/*
 * leaving_second.h -- who may confirm that a municipality leaves, for every statement that asks.
 *
 * Another person than the one who entered it, of another municipality, which has not left itself.
 * One of the two works for the municipality that leaves, unless nobody there may: then the others
 * decide, or a municipality whose last seat is empty could never leave.
 */
#ifndef APP_LEAVING_SECOND_H
#define APP_LEAVING_SECOND_H

/* Its last day has passed; `id` and `day` (today) are binds. */
#define MUNICIPALITY_LEFT(id, day)                                                                 \
	"EXISTS (SELECT 1 FROM municipality gone WHERE gone.id = " id " AND gone.left_on < " day ")"

/* In a statement that reads municipality_leaving as x: the second must work there. */
#define LEAVING_NEEDS_OWN(day)                                                                     \
	"x.planned_from <> x.municipality_id AND EXISTS (SELECT 1 FROM role_held g"                \
	"  JOIN person p ON p.id = g.person_id AND p.status = 'active'"                            \
	"  JOIN membership s ON s.person_id = p.id AND s.until IS NULL"                            \
	"   AND s.municipality_id = x.municipality_id"                                             \
	" WHERE g.role IN ('committee', 'committee_deputy', 'chair') AND g.since <= " day          \
	"  AND (g.until IS NULL OR g.until >= " day "))"

/* The same: may this person of this municipality (0: of none) confirm it?  Whether they may decide
 * on leaving at all is the route's business. */
#define LEAVING_SECOND(person, municipality, day)                                                  \
	"(x.confirmed_at IS NULL AND x.withdrawn_at IS NULL AND x.last_day >= " day                \
	" AND x.planned_by <> " person " AND x.planned_from <> " municipality " AND " municipality \
	" <> 0 AND NOT " MUNICIPALITY_LEFT(municipality,                                           \
					   day) " AND (x.municipality_id = " municipality          \
						" OR NOT (" LEAVING_NEEDS_OWN(day) ")))"

#endif
