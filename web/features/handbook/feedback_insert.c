/* feedback_insert.c -- a new remark with its number, its words and its places. */
#include "base/clock.h"
#include "features/handbook/feedback_form.h"
#include "features/handbook/reanchor.h"
#include "features/handbook/search_index.h"

static enum err insert_row(struct request *rq, const struct feedback_place *place,
			   const struct feedback_wish *wish, const struct bind *in_round,
			   int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO feedback (document_id, round_id, number, kind, visibility, author_id,"
	    " municipality_id, author_org, state, late, created_at)"
	    " VALUES ($1, $2, (SELECT coalesce(max(number), 0) + 1 FROM feedback"
	    "   WHERE coalesce(round_id, 0) = coalesce($2, 0)), $3, $4, $5, $6,"
	    "  coalesce((SELECT short FROM municipality WHERE id = $6), ''), 'open', $7, $8)"
	    " RETURNING id";

	return db_int(rq->db, sql,
		      WITH(INT(place->version.document_id), in_round[0],
			   TEXT(kind_names[wish->kind]), TEXT(visibility_names[wish->visibility]),
			   INT(rq->viewer.person_id), INT_OR_NONE(rq->viewer.municipality_id),
			   in_round[1], INT(clock_now())),
		      id);
}

/* The places the author chose, and what they are in every other living version. */
static enum err insert_anchors(struct request *rq, const struct feedback_place *place,
			       const struct feedback_wish *wish, int64_t id)
{
	static const char sql[] =
	    "INSERT INTO anchor (feedback_id, revision_id, part, first, block_text_id, quote,"
	    " prefix, suffix, start, length, state, method, by, at)"
	    " VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, 'exact', 'author', $10, $11)";

	for (size_t i = 0; i < wish->part_count; i++) {
		const struct anchor *anchor = &wish->parts[i].anchor;
		TRY(db_run(rq->db, sql,
			   WITH(INT(id), INT(place->version.id), INT((int64_t)i + 1),
				INT(wish->parts[i].text_id), TEXT(anchor->quote),
				TEXT(anchor->prefix), TEXT(anchor->suffix),
				INT((int64_t)anchor->start), INT((int64_t)anchor->length),
				INT(rq->viewer.person_id), INT(clock_now())),
			   NULL));
	}
	return anchors_spread(rq->db, rq->arena, id, place->version.id);
}

static enum err insert_proposal(struct request *rq, const struct feedback_place *place,
				const struct feedback_wish *wish, int64_t id)
{
	static const char sql[] = "INSERT INTO suggestion (feedback_id, op, base_text_id, markdown)"
				  " VALUES ($1, $2, $3, $4)";

	if (wish->kind != KIND_SUGGESTION)
		return OK;
	return db_run(
	    rq->db, sql,
	    WITH(INT(id), TEXT(op_names[wish->op]), INT(place->text_id), TEXT(wish->proposal)),
	    NULL);
}

enum err feedback_insert(struct request *rq, const struct feedback_place *place,
			 const struct feedback_wish *wish, int64_t round_id, bool late, int64_t *id)
{
	static const char text_sql[] =
	    "INSERT INTO feedback_text (feedback_id, version, text, at, by)"
	    " VALUES ($1, 1, $2, $3, $4)";
	const struct bind in_round[2] = {INT_OR_NONE(round_id), INT(late ? 1 : 0)};
	struct handbook_event e = {
	    .object = "feedback", .action = "given", .before = S(""), .after = S("open")};

	TRY(insert_row(rq, place, wish, in_round, id));
	TRY(db_run(rq->db, text_sql,
		   WITH(INT(*id), TEXT(wish->text), INT(clock_now()), INT(rq->viewer.person_id)),
		   NULL));
	TRY(insert_anchors(rq, place, wish, *id));
	TRY(insert_proposal(rq, place, wish, *id));
	TRY(search_index_feedback(rq->db, rq->arena, *id));
	e.id = *id;
	e.reason = S("");
	return handbook_event(rq, &e);
}
