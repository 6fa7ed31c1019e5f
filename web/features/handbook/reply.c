/* reply.c -- answers below a remark: a flat list, in which one may answer another. */
#include "base/clock.h"
#include "features/handbook/feedback_handlers.h"
#include "features/handbook/search_index.h"

#include <inttypes.h>

enum { TEXT_MAX = 5000 };

const struct form_field FEEDBACK_REPLY = {S_INIT("antwort"), V_ANTWORT, S_ANTWORT_FEHLER};

/* Showing -------------------------------------------------------------------------------------- */

static void show_one(struct request *rq, struct rows *r, bool may_answer)
{
	struct view *v = view_row(rq->view, S_REPLY);
	int64_t number = col_int(r, 0), to = col_int(r, 6);
	bool removed = col_int(r, 5) != 0;

	view_int(v, V_NUMBER, number);
	view_text(v, V_AUTHOR, col_text(r, 1));
	view_text(v, V_ORG, col_text(r, 2));
	view_text(v, V_WHEN, date_time_long(rq->arena, col_int(r, 3)));
	if (to != 0)
		view_int(view_row(v, S_ANSWERS), V_TO_NUMBER, to);
	if (removed || col_int(r, 8) != 0) {
		view_show(v, removed ? S_REMOVED : S_PROTECTED);
		return;
	}
	struct view *there = view_row(v, S_THERE);
	view_text(there, V_TEXT, col_text(r, 4));
	view_show_if(there, S_MAY_ANSWER, may_answer);
	view_show_if(there, S_MAY_REMOVE, col_int(r, 7) == rq->viewer.person_id);
}

enum err replies_show(struct request *rq, const struct feedback *f, bool may_answer)
{
	static const char sql[] =
	    "SELECT y.number, p.name, y.author_org, y.at, y.text, y.removed_at IS NOT NULL,"
	    " coalesce(o.number, 0), y.author_id, y.hidden_at IS NOT NULL"
	    "  FROM reply y JOIN person p ON p.id = y.author_id"
	    "  LEFT JOIN reply o ON o.id = y.reply_to"
	    " WHERE y.feedback_id = $1 ORDER BY y.number";
	struct rows r = db_query(rq->db, sql, WITH(INT(f->id)));

	bool any = false;
	for (; rows_next(&r); any = true)
		show_one(rq, &r, may_answer);
	view_show_if(rq->view, S_REPLIES, any);
	return r.err;
}

/* The answer of this number, if it is still there: its id, or 0. */
static enum err find(struct request *rq, const struct feedback *f, int64_t number, int64_t *id)
{
	static const char sql[] = "SELECT id FROM reply WHERE feedback_id = $1 AND number = $2"
				  " AND removed_at IS NULL";
	enum err err =
	    number == 0 ? E_NOT_FOUND : db_int(rq->db, sql, WITH(INT(f->id), INT(number)), id);

	if (err != E_NOT_FOUND)
		return err;
	*id = 0;
	return OK;
}

static int64_t number_in(struct fields *fields, const char *name)
{
	int64_t number = 0;

	return str_to_int(field_text(fields, str_of(name)), &number) ? number : 0;
}

struct draft {
	struct str text;
	int64_t to, at; /* to: number of the answer that it answers; at 0: there is none */
};

static enum err draft_load(struct request *rq, const struct feedback *f, struct draft *out)
{
	static const char sql[] = "SELECT d.text, coalesce(y.number, 0), d.at FROM reply_draft d"
				  "  LEFT JOIN reply y ON y.id = d.reply_to"
				  " WHERE d.author_id = $1 AND d.feedback_id = $2";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id), INT(f->id)));

	*out = (struct draft){.at = 0};
	if (rows_next(&r))
		*out = (struct draft){col_text(&r, 0), col_int(&r, 1), col_int(&r, 2)};
	return r.err;
}

enum err reply_form_show(struct request *rq, const struct feedback *f, const struct form *sent)
{
	struct view *v = view_row(rq->view, S_MAY_REPLY);
	struct draft draft = {.at = 0};
	struct form form;
	int64_t to = number_in(sent == NULL ? &rq->http.query : &rq->http.form,
			       sent == NULL ? "antwort-auf" : "auf"),
		id = 0;

	if (sent == NULL)
		TRY(draft_load(rq, f, &draft));
	if (to == 0)
		to = draft.to;
	form_begin(&form, rq);
	form_fill(&form, &FEEDBACK_REPLY, draft.text);
	form_show_fields(sent != NULL ? sent : &form, v);
	if (draft.at != 0)
		view_text(view_row(v, S_DRAFT), V_WHEN, date_time_long(rq->arena, draft.at));
	TRY(find(rq, f, to, &id));
	if (id != 0)
		view_int(view_row(v, S_ANSWERS), V_TO_NUMBER, to);
	return OK;
}

/* Writing -------------------------------------------------------------------------------------- */

enum err reply_insert(struct request *rq, const struct feedback *f, struct str text,
		      int64_t reply_to)
{
	static const char sql[] =
	    "INSERT INTO reply (feedback_id, number, author_id, author_org, text, at, reply_to)"
	    " VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM reply WHERE feedback_id = $1),"
	    "  $2, coalesce((SELECT short FROM municipality WHERE id = $3), ''), $4, $5, $6)";

	TRY(db_run(rq->db, sql,
		   WITH(INT(f->id), INT(rq->viewer.person_id),
			INT_OR_NONE(rq->viewer.municipality_id), TEXT(text), INT(clock_now()),
			INT_OR_NONE(reply_to)),
		   NULL));
	return search_index_feedback(rq->db, rq->arena, f->id);
}

static enum err draft_remove(struct request *rq, const struct feedback *f)
{
	static const char sql[] =
	    "DELETE FROM reply_draft WHERE author_id = $1 AND feedback_id = $2";

	return db_run(rq->db, sql, WITH(INT(rq->viewer.person_id), INT(f->id)), NULL);
}

/* Kept as it was typed; an empty one is none. */
static enum err draft_save(struct request *rq, const struct feedback *f, int64_t reply_to)
{
	static const char sql[] =
	    "INSERT INTO reply_draft (author_id, feedback_id, reply_to, text, at)"
	    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (author_id, feedback_id) DO UPDATE SET"
	    " reply_to = excluded.reply_to, text = excluded.text, at = excluded.at";
	struct str text = field_text(&rq->http.form, FEEDBACK_REPLY.name);
	bool empty = str_trim(text).n == 0;

	if (empty)
		TRY(draft_remove(rq, f));
	else
		TRY(db_run(rq->db, sql,
			   WITH(INT(rq->viewer.person_id), INT(f->id), INT_OR_NONE(reply_to),
				TEXT(text), INT(clock_now())),
			   NULL));
	return reply_redirect(rq, empty ? M_DRAFT_GONE : M_DRAFT_SAVED, "/feedback/%" PRId64,
			      f->id);
}

/* What was asked back is answered: it is the editors' turn again. */
static enum err answer_query(struct request *rq, const struct feedback *f)
{
	static const char sql[] =
	    "UPDATE feedback SET state = 'in_progress', row_version = row_version + 1"
	    " WHERE id = $1";

	if (f->state != FEEDBACK_QUERY || f->author_id != rq->viewer.person_id)
		return OK;
	TRY(db_run(rq->db, sql, WITH(INT(f->id)), NULL));
	return feedback_note(rq, f, "answered", S("in_progress"), S(""));
}

/* POST /feedback/:id/antworten -- with "entwurf" it is only kept. */
enum err reply_create(struct request *rq)
{
	struct feedback f;
	struct form form;
	int64_t reply_to = 0;

	TRY(feedback_load(rq, rq->id, &f));
	if (f.state == FEEDBACK_WITHDRAWN)
		return E_CONFLICT;
	TRY(find(rq, &f, number_in(&rq->http.form, "auf"), &reply_to));
	if (field_present(&rq->http.form, S("entwurf")))
		return draft_save(rq, &f, reply_to);
	form_begin(&form, rq);
	struct str text = form_lines(&form, &FEEDBACK_REPLY, REQUIRED, TEXT_MAX);
	if (form_wrong(&form))
		return feedback_page(rq, &f, FORM_REPLY, &form, 422);
	TRY(reply_insert(rq, &f, text, reply_to));
	TRY(draft_remove(rq, &f));
	TRY(answer_query(rq, &f));
	return reply_redirect(rq, M_REPLIED, "/feedback/%" PRId64, f.id);
}

/* POST /feedback/:id/antworten/entfernen -- its place stays, with the answers to it. */
enum err reply_remove(struct request *rq)
{
	static const char sql[] =
	    "UPDATE reply SET removed_at = $4 WHERE feedback_id = $1 AND number = $2"
	    "   AND author_id = $3 AND removed_at IS NULL";
	struct feedback f;
	int64_t changed = 0, number = number_in(&rq->http.form, "nummer");

	TRY(feedback_load(rq, rq->id, &f));
	TRY(db_run(rq->db, sql,
		   WITH(INT(f.id), INT(number), INT(rq->viewer.person_id), INT(clock_now())),
		   &changed));
	if (changed == 0)
		return E_NOT_FOUND;
	TRY(search_index_feedback(rq->db, rq->arena, f.id));
	TRY(feedback_note(rq, &f, "reply_removed", state_names[f.state],
			  arena_fmt(rq->arena, "#%" PRId64, number)));
	return reply_redirect(rq, M_REPLY_REMOVED, "/feedback/%" PRId64, f.id);
}
