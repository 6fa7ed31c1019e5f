/* version_freeze.c -- copies pointers, never texts. */
#include "features/handbook/version_freeze.h"

#include "base/clock.h"
#include "features/handbook/feedback.h"
#include "features/handbook/live_table.h"
#include "features/handbook/worked_in.h"
#include "features/handbook/working.h"

#include <inttypes.h>

static enum err insert(struct request *rq, const struct version *number, struct str state,
		       struct str change, struct str summary, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO revision (document_id, major, minor, draft, state, base_id, change,"
	    " summary, created_at, created_by) VALUES ($1, $2, $3,"
	    " (SELECT coalesce(max(r.draft), 0) + 1 FROM revision r WHERE r.document_id = $1"
	    "   AND r.major = $2 AND r.minor = $3),"
	    " $4, $5, $6, $7, $8, $9) RETURNING id";

	return db_int(rq->db, sql,
		      WITH(INT(number->document_id), INT(number->major), INT(number->minor),
			   TEXT(state), INT(number->id), TEXT(change), TEXT(summary),
			   INT(clock_now()), INT_OR_NONE(rq->viewer.person_id)),
		      id);
}

/* The copies are no first places: those stay where the author chose them. */
static enum err copy_anchors(struct request *rq, int64_t from, int64_t to)
{
	static const char sql[] =
	    "INSERT INTO anchor (feedback_id, revision_id, part, first, block_text_id, near_id,"
	    " quote, prefix, suffix, start, length, state, method, score, by, at)"
	    " SELECT a.feedback_id, $2, a.part, 0, a.block_text_id, a.near_id, a.quote, a.prefix,"
	    "  a.suffix, a.start, a.length, a.state, a.method, a.score, a.by, a.at"
	    "  FROM anchor a JOIN feedback f ON f.id = a.feedback_id"
	    " WHERE a.revision_id = $1 AND " FEEDBACK_OPEN;

	return db_run(rq->db, sql, WITH(INT(from), INT(to)), NULL);
}

enum err version_freeze(struct request *rq, enum version_state state, enum version_change change,
			struct str summary, int64_t *id)
{
	bool content = change == CHANGE_CONTENT;
	struct version number, source;

	TRY(version_in_force(rq, &number));
	TRY(version_working(rq, &source));
	number.major += content ? 1 : 0;
	number.minor = content ? 0 : number.minor + 1;
	struct version next = number;
	next.id = 0; /* of a version that is to come */
	next.change = content ? S("content") : S("editorial");
	TRY(version_free_number(rq, &next));
	number.major = next.major;
	number.minor = next.minor;
	TRY(insert(rq, &number, version_state_name(state), content ? S("content") : S("editorial"),
		   summary, id));
	TRY(version_copy_text(rq->db, source.id, *id));
	TRY(copy_anchors(rq, source.id, *id));
	TRY(live_tables_freeze(rq->db, rq->arena, rq->viewer.person_id, *id));
	TRY(worked_in_freeze(rq, source.id, *id));
	struct handbook_event e = {.object = "revision",
				   .id = *id,
				   .action = "frozen",
				   .before = version_state_name(source.state),
				   .after = version_state_name(state)};
	return handbook_event(rq, &e);
}
