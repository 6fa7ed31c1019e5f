/* worked_in.c -- the version that has what a remark asked for. */
#include "features/handbook/worked_in.h"

#include "features/handbook/feedback_handlers.h"

static enum err note(struct request *rq, const struct feedback *f, int64_t revision_id)
{
	struct str label = S("");

	TRY(version_announced(rq, revision_id, &label));
	return feedback_note(rq, f, "worked_in", S("done"), label);
}

static enum err tell(struct request *rq, const struct feedback *f, int64_t revision_id)
{
	struct version v;

	TRY(version_by_id(rq, revision_id, &v));
	if (v.state == VERSION_WORKING)
		return OK;
	return feedback_tell_worked_in(rq, f, &v);
}

enum err worked_in_mark(struct request *rq, const struct feedback *f, int64_t revision_id)
{
	static const char sql[] = "UPDATE feedback SET state = 'done', done_in = $2,"
				  " row_version = row_version + 1 WHERE id = $1";

	TRY(db_run(rq->db, sql, WITH(INT(f->id), INT(revision_id)), NULL));
	TRY(tell(rq, f, revision_id));
	return note(rq, f, revision_id);
}

/* The marks of the version `from` go to `to`; each author hears of it. */
enum err worked_in_freeze(struct request *rq, int64_t working_id, int64_t frozen_id)
{
	static const char ids_sql[] = "SELECT id FROM feedback WHERE done_in = $1 ORDER BY id";
	static const char sql[] =
	    "UPDATE feedback SET done_in = $2, row_version = row_version + 1 WHERE done_in = $1";
	struct rows r = db_query(rq->db, ids_sql, WITH(INT(working_id)));
	struct feedback f;

	/* Before the rows change: each letter is told from others by the row's version. */
	while (rows_next(&r)) {
		enum err err = feedback_load(rq, col_int(&r, 0), &f);
		if (err == E_NOT_FOUND) /* hidden, or in-house again: nobody is told */
			continue;
		TRY(err);
		TRY(tell(rq, &f, frozen_id));
		TRY(note(rq, &f, frozen_id));
	}
	TRY(r.err);
	return db_run(rq->db, sql, WITH(INT(working_id), INT(frozen_id)), NULL);
}

enum err worked_in_enforce(struct request *rq, const struct version *v)
{
	static const char sql[] =
	    "UPDATE feedback SET done_in = $2 WHERE done_in IN (SELECT r.id FROM revision r"
	    "  WHERE r.document_id = $1 AND r.id < $2 AND r.draft > 0"
	    "    AND r.state NOT IN ('working', 'dropped'))";

	return db_run(rq->db, sql, WITH(INT(v->document_id), INT(v->id)), NULL);
}

enum err worked_in_drop(struct request *rq, const struct version *v)
{
	static const char sql[] =
	    "UPDATE feedback SET done_in = (SELECT r.id FROM revision r"
	    "  WHERE r.document_id = $1 AND r.state = 'working') WHERE done_in = $2";

	return db_run(rq->db, sql, WITH(INT(v->document_id), INT(v->id)), NULL);
}

static bool on_its_way(const struct version *v)
{
	return v->state == VERSION_IN_REVIEW || v->state == VERSION_REWORKING ||
	       v->state == VERSION_PROPOSED;
}

enum err worked_in_choices(struct request *rq, struct version **out, size_t *n)
{
	struct version *all;
	size_t count = 0;

	TRY(versions_load(rq, &all, &count));
	*out = ARENA_ARRAY(rq->arena, struct version, count);
	*n = 0;
	/* The list begins with the working copy and has the newest first. */
	for (size_t i = 0; i < count; i++)
		if (all[i].state == VERSION_WORKING || on_its_way(&all[i]))
			(*out)[(*n)++] = all[i];
	for (size_t i = 0; i < count; i++)
		if (all[i].state == VERSION_IN_FORCE)
			(*out)[(*n)++] = all[i];
	return OK;
}
