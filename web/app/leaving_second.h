/*
 * leaving_second.h -- whether the second of the two who let a municipality leave must work there.
 *
 * One of the two does, unless nobody there may: then the others decide, or a municipality whose
 * last seat is empty could never leave.
 */
#ifndef APP_LEAVING_SECOND_H
#define APP_LEAVING_SECOND_H

/* In a statement that reads municipality_leaving as x; `day` is the bind of today. */
#define LEAVING_NEEDS_OWN(day)                                                                     \
	"x.planned_from <> x.municipality_id AND EXISTS (SELECT 1 FROM role_held g"                \
	"  JOIN person p ON p.id = g.person_id AND p.status = 'active'"                            \
	"  JOIN membership s ON s.person_id = p.id AND s.until IS NULL"                            \
	"   AND s.municipality_id = x.municipality_id"                                             \
	" WHERE g.role IN ('committee', 'committee_deputy', 'chair') AND g.since <= " day          \
	"  AND (g.until IS NULL OR g.until >= " day "))"

#endif
