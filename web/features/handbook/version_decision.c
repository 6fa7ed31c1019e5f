/* version_decision.c -- the vote on a version, as the committee's part of the program left it. */
#include "features/handbook/version_decision.h"

#include "app/decision_visible.h"
#include "base/date.h"

enum err version_decision_load(struct request *rq, const struct version *v,
			       struct version_decision *out)
{
	static const char sql[] = "SELECT d.year || '-' || d.number, CASE WHEN " DECISION_VISIBLE(
	    "$2", "$3") " THEN (SELECT t.title FROM decision_version t WHERE t.decision_id = d.id"
			"    ORDER BY t.version DESC LIMIT 1) ELSE '" DECISION_HIDDEN_TITLE "' END,"
			"  d.state IN ('adopted', 'in_follow_up', 'done'), d.state = 'rejected',"
			"  coalesce((SELECT max(p.closed_at) FROM poll p WHERE p.decision_id = d.id"
			"    AND p.kind NOT IN ('urgency', 'recusal') AND p.result IN ('adopted',"
			"     'rejected') AND NOT EXISTS (SELECT 1 FROM poll_void x WHERE "
			"x.poll_id = p.id"
			"      AND x.confirmed_at IS NOT NULL)), 0)"
			"  FROM decision_request q JOIN decision d ON d.id = q.decision_id"
			" WHERE q.revision_id = $1";
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(INT(v->id), INT(decision_reads(rq->viewer.roles)), INT(rq->viewer.person_id)));

	*out = (struct version_decision){.slug = {NULL, 0}};
	if (!rows_next(&r))
		return r.err;
	*out = (struct version_decision){.slug = col_text(&r, 0),
					 .title = col_text(&r, 1),
					 .adopted = col_int(&r, 2) != 0,
					 .rejected = col_int(&r, 3) != 0,
					 .decided_at = col_int(&r, 4)};
	return OK;
}

struct str version_decision_words(struct arena *a, const struct version_decision *d)
{
	return arena_fmt(a, "Beschluss zu %.*s vom %.*s", ARG(d->slug),
			 ARG(date_long(a, date_of(d->decided_at))));
}
