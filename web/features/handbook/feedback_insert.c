/* feedback_insert.c -- a new remark with its number, its words and its places. */
#include "base/clock.h"
#include "features/handbook/anchor.h"
#include "features/handbook/feedback_form.h"
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

static enum err insert_anchors(struct request *rq, const struct feedback_place *place,
			       const struct feedback_wish *wish, int64_t id)
{
	static const char first[] =
	    "INSERT INTO anchor (feedback_id, revision_id, first, block_text_id, quote, prefix,"
	    " suffix, start, length, state, method, by, at)"
	    " VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, 'exact', 'author', $9, $10)";
	/* In every other living version: the same wording, the block with other words, or none. */
	static const char others[] =
	    "INSERT INTO anchor (feedback_id, revision_id, block_text_id, quote, prefix, suffix,"
	    " start, length, state, method, score, at)"
	    " SELECT a.feedback_id, r.id, x.block_text_id, a.quote, a.prefix, a.suffix, a.start,"
	    "  a.length, CASE WHEN x.block_text_id IS NULL THEN 'orphan'"
	    "   WHEN x.block_text_id = a.block_text_id THEN 'exact' ELSE 'changed' END, 'block',"
	    "  CASE WHEN x.block_text_id = a.block_text_id THEN 100"
	    "   WHEN x.block_text_id IS NULL THEN 0 ELSE 60 END, a.at"
	    "  FROM anchor a JOIN revision r ON r.id <> a.revision_id AND r.state IN ('working',"
	    "   'in_review', 'reworking', 'proposed', 'in_force')"
	    "  LEFT JOIN (SELECT rb.revision_id, rb.block_text_id FROM block_text t"
	    "    JOIN revision_block rb ON rb.block_text_id = t.id WHERE t.block_id = $2) AS x"
	    "    ON x.revision_id = r.id"
	    " WHERE a.feedback_id = $1 AND a.first = 1";
	struct anchor anchor = anchor_make(place->plain, wish->start, wish->quote.n);

	TRY(db_run(rq->db, first,
		   WITH(INT(id), INT(place->version.id), INT(place->text_id), TEXT(anchor.quote),
			TEXT(anchor.prefix), TEXT(anchor.suffix), INT((int64_t)anchor.start),
			INT((int64_t)anchor.length), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	return db_run(rq->db, others, WITH(INT(id), INT(place->block_id)), NULL);
}

static enum err insert_proposal(struct request *rq, const struct feedback_place *place,
				const struct feedback_wish *wish, int64_t id)
{
	static const char sql[] = "INSERT INTO suggestion (feedback_id, op, base_text_id, markdown)"
				  " VALUES ($1, $2, $3, $4)";

	if (wish->kind != KIND_SUGGESTION)
		return OK;
	return db_run(rq->db, sql,
		      WITH(INT(id), TEXT(wish->proposal.n > 0 ? S("replace") : S("delete")),
			   INT(place->text_id), TEXT(wish->proposal)),
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
