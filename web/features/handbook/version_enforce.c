/* version_enforce.c -- a proposed version comes into force, or is dropped. */
#include "features/handbook/version_enforce.h"

#include "base/clock.h"
#include "features/handbook/feedback.h"
#include "features/handbook/reanchor.h"
#include "features/handbook/review_date.h"
#include "features/handbook/worked_in.h"

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
	    " decided_by = $4, decided_at = $5, major = $6, minor = $7,"
	    " row_version = row_version + 1 WHERE id = $1";
	static const char working[] = "UPDATE revision SET base_id = $2, major = $3, minor = $4"
				      " WHERE document_id = $1 AND state = 'working'";
	int64_t changed = 0;

	TRY(db_run(rq->db, supersede, WITH(INT(v->document_id), INT(v->base_id)), &changed));
	if (changed == 0)
		return E_CONFLICT;
	TRY(db_run(rq->db, reviewed, WITH(INT(v->document_id)), NULL));
	TRY(db_run(rq->db, enforce,
		   WITH(INT(v->id), TEXT(date_iso(rq->arena, date_today())), TEXT(decision),
			INT(rq->viewer.person_id), INT(clock_now()), INT(v->major), INT(v->minor)),
		   NULL));
	return db_run(rq->db, working,
		      WITH(INT(v->document_id), INT(v->id), INT(v->major), INT(v->minor)), NULL);
}

enum err version_name_document(struct request *rq, const struct version *v)
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
	struct version numbered = *v;
	struct handbook_event e = {.object = "revision",
				   .id = v->id,
				   .action = "enforced",
				   .before = version_state_name(v->state),
				   .after = version_state_name(VERSION_IN_FORCE),
				   .reason = decision};

	TRY(version_free_number(rq, &numbered));
	TRY(change_states(rq, &numbered, decision));
	TRY(manuscript_retire(rq->db, v->document_id, v->id));
	/* Feedback that came in while the version lay there is found in this transaction. */
	TRY(anchors_carry(rq->db, v->base_id, v->id));
	TRY(worked_in_enforce(rq, v));
	TRY(version_name_document(rq, v));
	if (str_eq(v->change, S("content")))
		TRY(review_date_move(rq->db, rq->arena, v->document_id, v->id));
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
	TRY(worked_in_drop(rq, v));
	return handbook_event(rq, &e);
}
