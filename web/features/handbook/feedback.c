/* feedback.c -- loads one remark through its viewer, and writes what happened to it. */
#include "features/handbook/feedback.h"

#include "app/audit.h"
#include "base/clock.h"

#include <inttypes.h>

static void read_people(struct rows *r, struct feedback *f)
{
	f->author_id = col_int(r, 9);
	f->municipality_id = col_int(r, 10);
	f->author_org = col_text(r, 11);
	f->author = col_text(r, 12);
	f->assignee_id = col_int(r, 13);
	f->assignee = col_text(r, 14);
	f->decided_by = col_int(r, 15);
	f->decider = col_text(r, 16);
	f->on_behalf_of = col_text(r, 17);
}

static void read_decision(struct rows *r, struct feedback *f)
{
	f->outcome = outcome_named(col_text(r, 18));
	f->reason = col_text(r, 19);
	if (!date_parse_iso(col_text(r, 20), &f->postponed_until))
		f->postponed_until = (struct date){0, 0, 0};
	f->duplicate_of = col_int(r, 21);
	f->decided_at = col_int(r, 22);
	f->done_in = col_int(r, 23);
	f->response = col_text(r, 24);
	f->response_reason = col_text(r, 25);
	f->response_at = col_int(r, 26);
	f->released_at = col_int(r, 27);
}

enum err feedback_load(struct request *rq, int64_t id, struct feedback *out)
{
	static const char sql[] =
	    "SELECT f.id, f.document_id, f.number, coalesce(n.number, 0), coalesce(n.id, 0),"
	    " f.row_version, f.kind, f.visibility, f.state, f.author_id,"
	    " coalesce(f.municipality_id, 0), f.author_org,"
	    " a.name,"
	    " coalesce(f.assignee_id, 0), coalesce(s.name, ''), coalesce(f.decided_by, 0),"
	    " coalesce(d.name, ''), coalesce(m.short, ''), coalesce(f.outcome, ''), f.reason,"
	    " coalesce(f.postponed_until, ''), coalesce(f.duplicate_of, 0),"
	    " coalesce(f.decided_at, 0), coalesce(f.done_in, 0), coalesce(f.response, ''),"
	    " f.response_reason, coalesce(f.response_at, 0), coalesce(f.released_at, 0), f.late,"
	    " f.created_at,"
	    " (SELECT t.text FROM feedback_text t WHERE t.feedback_id = f.id"
	    "   ORDER BY t.version DESC LIMIT 1),"
	    " a.status <> 'active' OR f.municipality_id IS NOT NULL AND NOT EXISTS (SELECT 1"
	    "   FROM membership s WHERE s.person_id = a.id AND s.until IS NULL"
	    "    AND s.municipality_id = f.municipality_id)"
	    "  FROM feedback f JOIN person a ON a.id = f.author_id"
	    "  LEFT JOIN review_round n ON n.id = f.round_id"
	    "  LEFT JOIN person s ON s.id = f.assignee_id"
	    "  LEFT JOIN person d ON d.id = f.decided_by"
	    "  LEFT JOIN municipality m ON m.id = f.on_behalf_of"
	    " WHERE f.id = $4 AND " FEEDBACK_VISIBLE;
	struct rows r = db_query(rq->db, sql, WITH(FEEDBACK_FOR(rq), INT(id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct feedback){.id = col_int(&r, 0),
				 .document_id = col_int(&r, 1),
				 .number = col_int(&r, 2),
				 .round_number = col_int(&r, 3),
				 .round_id = col_int(&r, 4),
				 .row_version = col_int(&r, 5),
				 .kind = kind_named(col_text(&r, 6)),
				 .visibility = visibility_named(col_text(&r, 7)),
				 .state = state_named(col_text(&r, 8)),
				 .late = col_int(&r, 28) != 0,
				 .created_at = col_int(&r, 29),
				 .text = col_text(&r, 30),
				 .author_gone = col_int(&r, 31) != 0};
	read_people(&r, out);
	read_decision(&r, out);
	out->label = feedback_label(rq->arena, out->round_number, out->number);
	return OK;
}

enum err handbook_event(struct request *rq, const struct handbook_event *e)
{
	static const char sql[] =
	    "INSERT INTO handbook_event (at, actor_id, municipality_id, object, object_id, action,"
	    " before, after, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
	struct buf before = {.arena = rq->arena}, after = {.arena = rq->arena};
	struct str object = str_of(e->object);

	TRY(db_run(rq->db, sql,
		   WITH(INT(clock_now()), INT_OR_NONE(rq->viewer.person_id),
			INT_OR_NONE(rq->viewer.municipality_id), TEXT(object), INT(e->id),
			TEXT(str_of(e->action)), TEXT(e->before), TEXT(e->after), TEXT(e->reason)),
		   NULL));
	json_pair(&before, "state", e->before);
	json_pair(&after, "state", e->after);
	json_pair(&after, "reason", e->reason);
	return audit(rq, arena_cstr(rq->arena, arena_fmt(rq->arena, "%s.%s", e->object, e->action)),
		     arena_fmt(rq->arena, "%s/%" PRId64, e->object, e->id), json_end(&before),
		     json_end(&after));
}
