/*
 * feedback_hide.c -- data protection: words that must not be read any more.
 *
 * Editors propose, the people who answer for data protection hide and show again, each with a
 * reason.  No page, search, export or letter has the words; they stay stored until their term of
 * keeping is over, then there is nothing left to show again.
 */
#include "app/outbox.h"
#include "base/clock.h"
#include "features/handbook/feedback_handlers.h"
#include "features/handbook/search_index.h"

#include <inttypes.h>

enum { REASON_MAX = 1000 };

static const struct form_field REASON = {S_INIT("schutzgrund"), V_SCHUTZGRUND,
					 S_SCHUTZGRUND_FEHLER};
static const struct str WHAT = S_INIT("schutz");

/* What is known of a remark without its words. */
struct bare {
	int64_t id, municipality_id, hidden_at;
	struct str label, org, hidden_by, hidden_reason;
	enum visibility visibility;
	bool purged; /* its words are gone: the term of keeping is over */
};

/* Whoever could read it; and who may hide, when the editors have asked for that. */
static enum err load_bare(struct request *rq, int64_t id, struct bare *out)
{
	static const char sql[] =
	    "SELECT f.id, f.number, coalesce(n.number, 0), f.author_org,"
	    " coalesce(f.municipality_id, 0), coalesce(f.hidden_at, 0), coalesce(p.name, ''),"
	    " f.hidden_reason, f.visibility, EXISTS (SELECT 1 FROM feedback_text t"
	    "  WHERE t.feedback_id = f.id AND t.text = '(gelöscht)')"
	    "  FROM feedback f LEFT JOIN review_round n ON n.id = f.round_id"
	    "  LEFT JOIN person p ON p.id = f.hidden_by"
	    " WHERE f.id = $4 AND (" FEEDBACK_MEANT " OR $5 AND EXISTS (SELECT 1"
	    "   FROM handbook_event e WHERE e.object = 'feedback' AND e.object_id = f.id"
	    "    AND e.action = 'hide_proposed'))";
	bool hides = right_to_all(rq->viewer.roles, FEEDBACK_HIDE);
	struct rows r = db_query(rq->db, sql, WITH(FEEDBACK_FOR(rq), INT(id), INT(hides ? 1 : 0)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct bare){.id = col_int(&r, 0),
			     .label = feedback_label(rq->arena, col_int(&r, 2), col_int(&r, 1)),
			     .org = col_text(&r, 3),
			     .municipality_id = col_int(&r, 4),
			     .hidden_at = col_int(&r, 5),
			     .hidden_by = col_text(&r, 6),
			     .hidden_reason = col_text(&r, 7),
			     .visibility = visibility_named(col_text(&r, 8)),
			     .purged = col_int(&r, 9) != 0};
	return OK;
}

static enum err note(struct request *rq, int64_t id, const char *action, struct str reason)
{
	struct handbook_event e = {
	    .object = "feedback", .id = id, .action = action, .reason = reason};

	return handbook_event(rq, &e);
}

/* The page without words -------------------------------------------------------------------------
 */

static enum err show_proposals(struct request *rq, const struct bare *f)
{
	static const char sql[] =
	    "SELECT e.at, coalesce(p.name, ''), e.reason FROM handbook_event e"
	    "  LEFT JOIN person p ON p.id = e.actor_id"
	    " WHERE e.object = 'feedback' AND e.object_id = $1 AND e.action = 'hide_proposed'"
	    " ORDER BY e.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(f->id)));

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_HIDE_PROPOSAL);
		view_text(v, V_WHEN, date_time_long(rq->arena, col_int(&r, 0)));
		view_text(v, V_PERSON, col_text(&r, 1));
		view_text(v, V_REASON, col_text(&r, 2));
	}
	return r.err;
}

static void show_reason_form(struct request *rq, const char *section, const struct form *sent)
{
	struct view *v = view_row(rq->view, section);
	struct form empty;

	form_begin(&empty, rq);
	form_fill(&empty, &REASON, S(""));
	form_show_fields(sent != NULL ? sent : &empty, v);
}

static enum err bare_page(struct request *rq, const struct bare *f, const struct form *sent,
			  int status)
{
	bool hides = right_to_all(rq->viewer.roles, FEEDBACK_HIDE);

	view_int(rq->view, V_ID, f->id);
	view_text(rq->view, V_NAME, f->label);
	view_text(rq->view, V_ORG, f->org);
	if (f->hidden_at != 0) {
		struct view *v = view_row(rq->view, S_HIDDEN);
		view_text(v, V_WHEN, date_time_long(rq->arena, f->hidden_at));
		view_text(v, V_PERSON, f->hidden_by);
		view_text(v, V_REASON, f->hidden_reason);
		view_show_if(v, S_PURGED, f->purged);
	}
	TRY(show_proposals(rq, f));
	if (hides && !(f->hidden_at != 0 && f->purged))
		show_reason_form(rq, f->hidden_at != 0 ? S_MAY_UNHIDE : S_MAY_HIDE, sent);
	if (sent != NULL)
		form_show_problems(sent, rq->view);
	return reply_page(rq, status, "handbook/feedback_hidden.html");
}

enum err feedback_show_bare(struct request *rq)
{
	struct bare f;

	TRY(load_bare(rq, rq->id, &f));
	return bare_page(rq, &f, NULL, 200);
}

/* On the page with its words --------------------------------------------------------------------
 */

/* One section for whoever may hide or propose it: the whole remark, or one of its answers. */
enum err feedback_show_hiding(struct request *rq, const struct feedback *f, const struct form *sent)
{
	static const char sql[] = "SELECT number, hidden_at IS NOT NULL FROM reply"
				  " WHERE feedback_id = $1 AND removed_at IS NULL"
				  " AND text <> '(gelöscht)' ORDER BY number";
	bool hides = right_to_all(rq->viewer.roles, FEEDBACK_HIDE);
	struct view *hidden = NULL;
	struct form empty;
	int64_t chosen = 0;

	if (!str_to_int(field_text(&rq->http.form, WHAT), &chosen))
		chosen = 0;

	if (!hides && !right_to_all(rq->viewer.roles, FEEDBACK_DECIDE))
		return OK;
	struct view *v = view_row(rq->view, S_PROTECT);
	view_show(v, hides ? S_MAY_HIDE : S_MAY_PROPOSE);
	form_begin(&empty, rq);
	form_fill(&empty, &REASON, S(""));
	form_show_fields(sent != NULL ? sent : &empty, v);
	struct rows r = db_query(rq->db, sql, WITH(INT(f->id)));
	while (rows_next(&r)) {
		bool gone = col_int(&r, 1) != 0;
		if (gone && hides && hidden == NULL)
			hidden = view_row(rq->view, S_UNPROTECT);
		if (gone && hidden == NULL)
			continue;
		struct view *option = view_row(gone ? hidden : v, S_REPLY_OPTION);
		view_int(option, V_NUMBER, col_int(&r, 0));
		view_show_if(option, S_PICKED, sent != NULL && col_int(&r, 0) == chosen);
	}
	return r.err;
}

/* Deeds -----------------------------------------------------------------------------------------
 */

struct hiding {
	struct bare f;
	struct form form;
	struct str reason;
	int64_t reply; /* its number; 0: the remark with all answers */
};

static enum err read_hiding(struct request *rq, struct hiding *out)
{
	TRY(load_bare(rq, rq->id, &out->f));
	form_begin(&out->form, rq);
	if (!str_to_int(field_text(&rq->http.form, WHAT), &out->reply))
		out->reply = 0;
	out->reason = form_lines(&out->form, &REASON, REQUIRED, REASON_MAX);
	return OK;
}

/* 422 on the page that the form stands on. */
static enum err refuse(struct request *rq, const struct hiding *h)
{
	struct feedback f;
	enum err err = feedback_load(rq, h->f.id, &f);

	if (err == E_NOT_FOUND)
		return bare_page(rq, &h->f, &h->form, 422);
	TRY(err);
	return feedback_page(rq, &f, FORM_HIDE, &h->form, 422);
}

static enum err back(struct request *rq, const struct hiding *h)
{
	return reply_redirect(rq, M_SAVED, "/feedback/%" PRId64, h->f.id);
}

static enum err hide_all(struct request *rq, const struct hiding *h)
{
	static const char sql[] =
	    "UPDATE feedback SET hidden_at = $2, hidden_by = $3, hidden_reason = $4,"
	    " row_version = row_version + 1 WHERE id = $1 AND hidden_at IS NULL";
	static const char request[] =
	    "UPDATE decision_request SET text = '' WHERE feedback_id = $1";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql,
		   WITH(INT(h->f.id), INT(clock_now()), INT(rq->viewer.person_id), TEXT(h->reason)),
		   &changed));
	if (changed == 0)
		return E_CONFLICT;
	TRY(db_run(rq->db, request, WITH(INT(h->f.id)), NULL));
	/* Letters quote what was answered. */
	TRY(outbox_cancel(rq->db, arena_fmt(rq->arena, "feedback/%" PRId64, h->f.id)));
	return note(rq, h->f.id, "hidden", h->reason);
}

static enum err hide_reply(struct request *rq, const struct hiding *h)
{
	static const char sql[] =
	    "UPDATE reply SET hidden_at = $3, hidden_by = $4, hidden_reason = $5"
	    " WHERE feedback_id = $1 AND number = $2 AND hidden_at IS NULL";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql,
		   WITH(INT(h->f.id), INT(h->reply), INT(clock_now()), INT(rq->viewer.person_id),
			TEXT(h->reason)),
		   &changed));
	if (changed == 0)
		return E_CONFLICT;
	/* A question back stands in a letter, too. */
	TRY(outbox_cancel(rq->db, arena_fmt(rq->arena, "feedback/%" PRId64, h->f.id)));
	return note(rq, h->f.id, "reply_hidden", h->reason);
}

/* POST /feedback/:id/ausblenden */
enum err feedback_hide(struct request *rq)
{
	struct hiding h;

	TRY(read_hiding(rq, &h));
	if (form_wrong(&h.form))
		return refuse(rq, &h);
	TRY(h.reply == 0 ? hide_all(rq, &h) : hide_reply(rq, &h));
	TRY(search_index_feedback(rq->db, rq->arena, h.f.id));
	return back(rq, &h);
}

static enum err unhide_all(struct request *rq, const struct hiding *h)
{
	static const char sql[] =
	    "UPDATE feedback SET hidden_at = NULL, hidden_by = NULL, hidden_reason = '',"
	    " row_version = row_version + 1 WHERE id = $1 AND hidden_at IS NOT NULL"
	    "  AND NOT EXISTS (SELECT 1 FROM feedback_text t WHERE t.feedback_id = $1"
	    "   AND t.text = '(gelöscht)')";
	/* As when it was asked for: only what everybody may read. */
	static const char request[] =
	    "UPDATE decision_request SET text = coalesce((SELECT t.text FROM feedback_text t"
	    "  JOIN feedback f ON f.id = t.feedback_id AND f.visibility = 'project'"
	    "  WHERE t.feedback_id = $1 ORDER BY t.version DESC LIMIT 1), '')"
	    " WHERE feedback_id = $1";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(h->f.id)), &changed));
	if (changed == 0)
		return E_CONFLICT;
	TRY(db_run(rq->db, request, WITH(INT(h->f.id)), NULL));
	return note(rq, h->f.id, "unhidden", h->reason);
}

static enum err unhide_reply(struct request *rq, const struct hiding *h)
{
	static const char sql[] =
	    "UPDATE reply SET hidden_at = NULL, hidden_by = NULL, hidden_reason = ''"
	    " WHERE feedback_id = $1 AND number = $2 AND hidden_at IS NOT NULL"
	    "  AND text <> '(gelöscht)'";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(h->f.id), INT(h->reply)), &changed));
	if (changed == 0)
		return E_CONFLICT;
	return note(rq, h->f.id, "reply_unhidden", h->reason);
}

/* POST /feedback/:id/einblenden */
enum err feedback_unhide(struct request *rq)
{
	struct hiding h;

	TRY(read_hiding(rq, &h));
	if (form_wrong(&h.form))
		return refuse(rq, &h);
	TRY(h.reply == 0 ? unhide_all(rq, &h) : unhide_reply(rq, &h));
	TRY(search_index_feedback(rq->db, rq->arena, h.f.id));
	return back(rq, &h);
}

/* The people of its municipality who may hide. */
static enum err tell(struct request *rq, const struct hiding *h)
{
	static const char sql[] =
	    "SELECT DISTINCT p.id, p.name, g.role FROM person p"
	    "  JOIN role_held g ON g.person_id = p.id AND g.since <= $2"
	    "   AND (g.until IS NULL OR g.until >= $2)"
	    "  JOIN membership m ON m.person_id = p.id AND m.until IS NULL"
	    " WHERE p.status = 'active' AND m.municipality_id = $1 ORDER BY p.id";
	struct rows r = db_query(
	    rq->db, sql, WITH(INT(h->f.municipality_id), TEXT(date_iso(rq->arena, date_today()))));

	while (rows_next(&r)) {
		struct letter l = {.person_id = col_int(&r, 0), .topic = "feedback"};
		struct view *v = view_new(rq->arena);
		if (!right_to_all(role_named(col_text(&r, 2)), FEEDBACK_HIDE))
			continue;
		view_text(v, V_LABEL, h->f.label);
		view_text(v, V_NAME, col_text(&r, 1));
		view_text(v, V_REASON, h->reason);
		view_text(v, V_LINK,
			  arena_fmt(rq->arena, "%.*s/feedback/%" PRId64,
				    ARG(rq->app->config.base_url), h->f.id));
		TRY(letter_render(rq->arena, v, "mail/feedback_protect.txt", &l));
		l.dedupe = arena_fmt(rq->arena, "hide/%" PRId64 "/%" PRId64 "/%" PRId64, h->f.id,
				     clock_now(), l.person_id);
		TRY(outbox_put(rq->db, &l));
	}
	return r.err;
}

/* POST /feedback/:id/ausblenden-vorschlagen */
enum err feedback_propose_hiding(struct request *rq)
{
	struct hiding h;

	TRY(read_hiding(rq, &h));
	if (form_wrong(&h.form))
		return refuse(rq, &h);
	if (h.reply != 0)
		h.reason =
		    arena_fmt(rq->arena, "Antwort #%" PRId64 ": %.*s", h.reply, ARG(h.reason));
	TRY(note(rq, h.f.id, "hide_proposed", h.reason));
	TRY(tell(rq, &h));
	return back(rq, &h);
}
