/* version_enforce.c -- a proposed version comes into force, or is dropped. */
#include "features/handbook/version_enforce.h"

#include "base/clock.h"
#include "features/handbook/feedback.h"
#include "features/handbook/manuscript.h"

bool version_may_answer(const struct request *rq, const struct version *v, enum action action)
{
	bool editorial = str_eq(v->change, S("editorial"));

	return v->state == VERSION_PROPOSED && v->created_by != rq->viewer.person_id &&
	       action == (editorial ? VERSION_APPROVE : VERSION_DECIDE) &&
	       right_to_all(rq->viewer.roles, action);
}

enum err version_load_proposed(struct request *rq, int64_t id, enum action action,
			       struct version *out)
{
	TRY(version_by_id(rq, id, out));
	return version_may_answer(rq, out, action) ? OK : E_FORBIDDEN;
}

/* Order matters: at most one version is in force at any moment. */
static enum err change_states(struct request *rq, const struct version *v, struct str decision)
{
	static const char supersede[] =
	    "UPDATE revision SET state = 'superseded', row_version = row_version + 1"
	    " WHERE document_id = $1 AND state = 'in_force' AND id = $2";
	static const char reviewed[] =
	    "UPDATE revision SET state = 'superseded', row_version = row_version + 1"
	    " WHERE document_id = $1 AND state = 'reworking'";
	static const char enforce[] =
	    "UPDATE revision SET state = 'in_force', draft = 0, effective_on = $2, decision = $3,"
	    " decided_by = $4, decided_at = $5, row_version = row_version + 1 WHERE id = $1";
	static const char working[] = "UPDATE revision SET base_id = $2, major = $3, minor = $4"
				      " WHERE document_id = $1 AND state = 'working'";
	int64_t changed = 0;

	TRY(db_run(rq->db, supersede, WITH(INT(v->document_id), INT(v->base_id)), &changed));
	if (changed == 0)
		return E_CONFLICT;
	TRY(db_run(rq->db, reviewed, WITH(INT(v->document_id)), NULL));
	TRY(db_run(rq->db, enforce,
		   WITH(INT(v->id), TEXT(date_iso(rq->arena, date_today())), TEXT(decision),
			INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	return db_run(rq->db, working,
		      WITH(INT(v->document_id), INT(v->id), INT(v->major), INT(v->minor)), NULL);
}

/* Feedback that came in while the version lay there is found inside this transaction. */
static enum err place_feedback(struct request *rq, const struct version *v)
{
	static const char sql[] =
	    "INSERT INTO anchor (feedback_id, revision_id, part, block_text_id, near_id, quote,"
	    " prefix, suffix, start, length, state, method, score, at)"
	    " SELECT a.feedback_id, $2, a.part, x.block_text_id,"
	    "  CASE WHEN x.block_text_id IS NULL THEN coalesce(t.block_id, a.near_id) END,"
	    "  a.quote, a.prefix, a.suffix, a.start, a.length,"
	    "  CASE WHEN x.block_text_id IS NULL THEN 'orphan'"
	    "       WHEN x.block_text_id = a.block_text_id THEN a.state ELSE 'changed' END,"
	    "  'block', CASE WHEN x.block_text_id = a.block_text_id THEN a.score ELSE 60 END, $3"
	    "  FROM anchor a JOIN feedback f ON f.id = a.feedback_id"
	    "  LEFT JOIN block_text t ON t.id = a.block_text_id"
	    "  LEFT JOIN (SELECT rb.block_text_id, n.block_id FROM revision_block rb"
	    "    JOIN block_text n ON n.id = rb.block_text_id WHERE rb.revision_id = $2) AS x"
	    "    ON x.block_id = t.block_id"
	    " WHERE a.revision_id = $1 AND " FEEDBACK_OPEN
	    "   AND NOT EXISTS (SELECT 1 FROM anchor o"
	    "     WHERE o.feedback_id = a.feedback_id AND o.revision_id = $2)";

	return db_run(rq->db, sql, WITH(INT(v->base_id), INT(v->id), INT(clock_now())), NULL);
}

static enum err rename_document(struct request *rq, const struct version *v)
{
	static const char sql[] =
	    "UPDATE document SET title = coalesce((SELECT t.plain FROM revision_block rb"
	    "   JOIN block_text t ON t.id = rb.block_text_id WHERE rb.revision_id = $2"
	    "    AND rb.pos = 1 AND t.kind = 'heading' AND NOT EXISTS (SELECT 1"
	    "      FROM revision_section s WHERE s.revision_id = $2 AND s.uid = rb.section_uid)),"
	    " title) WHERE id = $1";

	return db_run(rq->db, sql, WITH(INT(v->document_id), INT(v->id)), NULL);
}

enum err version_enforce(struct request *rq, const struct version *v, struct str decision)
{
	struct handbook_event e = {.object = "revision",
				   .id = v->id,
				   .action = "enforced",
				   .before = version_state_name(v->state),
				   .after = version_state_name(VERSION_IN_FORCE),
				   .reason = decision};

	TRY(change_states(rq, v, decision));
	TRY(manuscript_retire(rq->db, v->document_id, v->id));
	TRY(place_feedback(rq, v));
	TRY(rename_document(rq, v));
	return handbook_event(rq, &e);
}

enum err version_drop(struct request *rq, const struct version *v, struct str reason)
{
	static const char sql[] =
	    "UPDATE revision SET state = 'dropped', decision = $2, decided_by = $3,"
	    " decided_at = $4, row_version = row_version + 1 WHERE id = $1";
	static const char request[] =
	    "DELETE FROM decision_request WHERE revision_id = $1 AND decision_id IS NULL";
	struct handbook_event e = {.object = "revision",
				   .id = v->id,
				   .action = "dropped",
				   .before = version_state_name(v->state),
				   .after = version_state_name(VERSION_DROPPED),
				   .reason = reason};

	TRY(db_run(rq->db, sql,
		   WITH(INT(v->id), TEXT(reason), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	TRY(db_run(rq->db, request, WITH(INT(v->id)), NULL));
	return handbook_event(rq, &e);
}
