/* oparl_gone.c -- what is not shown any more: OParl 1.1 lets nothing vanish, so that whoever holds
 * a copy learns to forget it.  Of such an object its address, its type and its times stay. */
#include "features/steering/oparl.h"

#include "base/date.h"

#include <inttypes.h>

/* Templates, their consultations and task forces, also those that are restricted by now; people
 * with a seat, also in the past, but none to come ($1: today).  The name of the file, when it was
 * made. */
static const struct {
	enum oparl_type type;
	const char *sql;
	bool by_day;
} ever[] = {
    {OPARL_PAPER,
     "SELECT d.year || '-' || d.number, min(v.published_at) FROM decision d"
     "  JOIN decision_version v ON v.decision_id = d.id"
     " WHERE v.published_at IS NOT NULL GROUP BY d.id, d.year, d.number ORDER BY 1",
     false},
    {OPARL_ORGANIZATION,
     "SELECT 'task-force-' || t.slug, min(v.published_at) FROM task_force t"
     "  JOIN decision d ON d.task_force_id = t.id"
     "  JOIN decision_version v ON v.decision_id = d.id"
     " WHERE v.published_at IS NOT NULL GROUP BY t.id, t.slug ORDER BY 1",
     false},
    {OPARL_CONSULTATION,
     "SELECT e.id || '', m.invited_at FROM agenda_entry e"
     "  JOIN meeting m ON m.id = e.meeting_id"
     " WHERE m.invited_at IS NOT NULL AND EXISTS (SELECT 1 FROM"
     "  decision_version v WHERE v.decision_id = e.decision_id"
     "   AND v.published_at IS NOT NULL) ORDER BY e.id",
     false},
    {OPARL_CONSULTATION,
     "SELECT 'umlauf-' || id, opened_at FROM poll WHERE kind = 'circular'"
     " AND closed_at IS NOT NULL ORDER BY id",
     false},
#define SEATS                                                                                      \
	"SELECT g.person_id || '', g.granted_at FROM role_grant g WHERE g.id = (SELECT max(x.id)"  \
	"  FROM role_grant x WHERE x.person_id = g.person_id"                                      \
	"   AND x.role IN ('committee', 'committee_deputy') AND x.since <= $1)"                    \
	" ORDER BY g.person_id"
    {OPARL_MEMBERSHIP, SEATS, true},
    {OPARL_PERSON, SEATS, true},
};

enum err oparl_gone(struct oparl *o)
{
	struct str today = date_iso(o->rq->arena, date_today());

	for (size_t i = 0; i < sizeof ever / sizeof ever[0]; i++) {
		struct rows r = db_query(o->rq->db, ever[i].sql,
					 ever[i].by_day ? WITH(TEXT(today)) : WITH_NOTHING);
		while (rows_next(&r)) {
			struct str name = col_text(&r, 0);
			if (oparl_has(o, ever[i].type, name))
				continue;
			struct buf b = oparl_begin(o, ever[i].type, name);
			json_bool(&b, "deleted", true);
			(void)oparl_done(o, ever[i].type, name, &b, col_int(&r, 1));
		}
		TRY(r.err);
	}
	return OK;
}
