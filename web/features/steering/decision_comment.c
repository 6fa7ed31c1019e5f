/* decision_comment.c -- the discussion below a template.  What its author takes away leaves its
 * place. */
#include "base/clock.h"
#include "features/steering/decision_handlers.h"

enum { COMMENT_CHARS = 5000 };

const struct form_field DECISION_COMMENT = {S_INIT("beitrag"), V_BEITRAG, S_BEITRAG_FEHLER};

enum err decision_show_comments(struct request *rq, const struct decision *d)
{
	static const char sql[] =
	    "SELECT c.number, p.name, c.author_org, c.at, c.text, c.removed_at IS NOT NULL,"
	    " c.author_id = $2, c.author_id = (SELECT v.presenter_id FROM decision_version v"
	    "   WHERE v.decision_id = $1 AND v.version = $3)"
	    "  FROM decision_comment c JOIN person p ON p.id = c.author_id"
	    " WHERE c.decision_id = $1 ORDER BY c.number";
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(d->id), INT(rq->viewer.person_id), INT(d->version)));
	int64_t count = 0;
	struct view *list = NULL;

	for (; rows_next(&r); count++) {
		if (list == NULL)
			list = view_row(rq->view, S_COMMENTS);
		struct view *v = view_row(list, S_COMMENT);
		view_int(v, V_NUMBER, col_int(&r, 0));
		view_text(v, V_AUTHOR, col_text(&r, 1));
		view_text(v, V_ORG, col_text(&r, 2));
		view_text(v, V_WHEN, date_time_long(rq->arena, col_int(&r, 3)));
		view_show_if(v, S_PRESENTS, col_int(&r, 7) != 0);
		if (col_int(&r, 5) != 0) {
			view_show(v, S_REMOVED);
			continue;
		}
		view_text(view_row(v, S_THERE), V_TEXT, col_text(&r, 4));
		view_show_if(v, S_MAY_REMOVE, col_int(&r, 6) != 0);
	}
	view_int(rq->view, V_COMMENT_COUNT, count);
	view_show_if(rq->view, S_NO_COMMENT, count == 0);
	return r.err;
}

enum err comment_insert(struct request *rq, const struct decision *d, struct str text)
{
	static const char sql[] =
	    "INSERT INTO decision_comment (decision_id, number, author_id, author_org, text, at)"
	    " VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM decision_comment"
	    "   WHERE decision_id = $1), $2,"
	    "  coalesce((SELECT short FROM municipality WHERE id = $3), ''), $4, $5)";

	return db_run(rq->db, sql,
		      WITH(INT(d->id), INT(rq->viewer.person_id),
			   INT_OR_NONE(rq->viewer.municipality_id), TEXT(text), INT(clock_now())),
		      NULL);
}

/* POST /entscheidungen/:slug/beitraege */
enum err comment_create(struct request *rq)
{
	struct decision d;
	struct form form;

	TRY(decision_load(rq, rq->slug, &d));
	form_begin(&form, rq);
	struct str text = form_lines(&form, &DECISION_COMMENT, OPTIONAL, COMMENT_CHARS);
	if (text.n == 0)
		form_problem(&form, &DECISION_COMMENT, M_DECISION_COMMENT, 0);
	if (form_wrong(&form))
		return decision_page(
		    rq, &d, &(struct decision_answer){SENT_COMMENT, &form, 422, false, true});
	TRY(comment_insert(rq, &d, text));
	return reply_redirect(rq, M_DECISION_COMMENTED, "/entscheidungen/%.*s#diskussion",
			      ARG(d.slug));
}

/* POST /entscheidungen/:slug/beitraege/:id/entfernen -- one's own; the words stay stored. */
enum err comment_remove(struct request *rq)
{
	static const char find[] = "SELECT author_id FROM decision_comment"
				   " WHERE decision_id = $1 AND number = $2";
	static const char sql[] = "UPDATE decision_comment SET removed_at = $3"
				  " WHERE decision_id = $1 AND number = $2 AND removed_at IS NULL";
	struct decision d;
	int64_t author = 0;

	TRY(decision_load(rq, rq->slug, &d));
	TRY(db_int(rq->db, find, WITH(INT(d.id), INT(rq->id)), &author));
	if (author != rq->viewer.person_id)
		return E_FORBIDDEN;
	TRY(db_run(rq->db, sql, WITH(INT(d.id), INT(rq->id), INT(clock_now())), NULL));
	return reply_redirect(rq, M_DECISION_COMMENT_GONE, "/entscheidungen/%.*s#diskussion",
			      ARG(d.slug));
}
