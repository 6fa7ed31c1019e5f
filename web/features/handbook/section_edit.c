/* section_edit.c -- editing one section of the working copy: write, look, save. */
#include "app/diff_show.h"
#include "base/clock.h"
#include "base/date.h"
#include "features/features.h"
#include "features/handbook/preview.h"
#include "features/handbook/section_form.h"

#include <inttypes.h>

enum { LOCK_SECONDS = 3600 };

/* What others do with this section, and what the editor has put aside ---------------------------
 */

enum err section_show_lock(struct request *rq, struct str uid)
{
	static const char sql[] =
	    "SELECT p.name, l.since FROM section_lock l JOIN person p ON p.id = l.person_id"
	    " WHERE l.section_uid = $1 AND l.person_id <> $2 AND l.since > $3"
	    " UNION ALL SELECT p.name, d.at FROM section_draft d JOIN person p ON p.id = "
	    "d.person_id"
	    " WHERE d.section_uid = $1 AND d.person_id <> $2 LIMIT 1";
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(TEXT(uid), INT(rq->viewer.person_id), INT(clock_now() - LOCK_SECONDS)));

	if (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_LOCKED);
		view_text(v, V_OTHER, col_text(&r, 0));
		view_text(v, V_WHEN, date_time_long(rq->arena, col_int(&r, 1)));
	}
	return r.err;
}

static enum err set_lock(struct request *rq, struct str uid)
{
	static const char sql[] =
	    "INSERT INTO section_lock (section_uid, person_id, since) VALUES ($1, $2, $3)"
	    " ON CONFLICT (section_uid) DO UPDATE SET person_id = excluded.person_id,"
	    " since = excluded.since WHERE section_lock.person_id = excluded.person_id"
	    "  OR section_lock.since <= $4";

	return db_run(rq->db, sql,
		      WITH(TEXT(uid), INT(rq->viewer.person_id), INT(clock_now()),
			   INT(clock_now() - LOCK_SECONDS)),
		      NULL);
}

/* Lock and draft of this editor are done with. */
static enum err leave(struct request *rq, struct str uid)
{
	static const char lock[] =
	    "DELETE FROM section_lock WHERE section_uid = $1 AND person_id = $2";
	static const char draft[] =
	    "DELETE FROM section_draft WHERE section_uid = $1 AND person_id = $2";

	TRY(db_run(rq->db, lock, WITH(TEXT(uid), INT(rq->viewer.person_id)), NULL));
	return db_run(rq->db, draft, WITH(TEXT(uid), INT(rq->viewer.person_id)), NULL);
}

struct draft {
	struct str base, markdown;
	int64_t at; /* 0: there is none */
};

static enum err draft_load(struct request *rq, struct str uid, struct draft *out)
{
	static const char sql[] = "SELECT base, markdown, at FROM section_draft"
				  " WHERE section_uid = $1 AND person_id = $2";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(uid), INT(rq->viewer.person_id)));

	*out = (struct draft){.at = 0};
	if (rows_next(&r))
		*out = (struct draft){col_text(&r, 0), col_text(&r, 1), col_int(&r, 2)};
	return r.err;
}

static enum err draft_save(struct request *rq, struct str uid, struct str base, struct str text)
{
	static const char sql[] =
	    "INSERT INTO section_draft (section_uid, person_id, base, markdown, at)"
	    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (section_uid, person_id)"
	    " DO UPDATE SET base = excluded.base, markdown = excluded.markdown, at = excluded.at";

	return db_run(
	    rq->db, sql,
	    WITH(TEXT(uid), INT(rq->viewer.person_id), TEXT(base), TEXT(text), INT(clock_now())),
	    NULL);
}

/* The page ------------------------------------------------------------------------------------- */

/* `state` is what the text was begun from; it stays so until somebody decides a conflict. */
static enum err page(struct request *rq, const struct section *s, const struct form *f,
		     struct str state, int status)
{
	TRY(section_show_lock(rq, s->uid));
	view_text(rq->view, V_UID, s->uid);
	view_text(rq->view, V_STATE, state);
	view_text(rq->view, V_TITLE, s->title);
	view_text(rq->view, V_PATH, section_path(rq->arena, s));
	form_show(f, rq->view);
	return reply_page(rq, status, "handbook/section_edit.html");
}

/* GET /handbuch/bearbeiten?abschnitt=UID */
static enum err section_edit(struct request *rq)
{
	struct section s;
	struct draft draft;
	struct form f;

	TRY(section_load(rq, field_text(&rq->http.query, S("abschnitt")), &s));
	TRY(draft_load(rq, s.uid, &draft));
	form_begin(&f, rq);
	if (draft.at == 0) {
		form_fill(&f, &SECTION_TEXT, section_markdown(rq->arena, &s));
		return page(rq, &s, &f, s.state, 200);
	}
	form_fill(&f, &SECTION_TEXT, draft.markdown);
	struct view *v = view_row(rq->view, S_DRAFT);
	view_text(v, V_WHEN, date_time_long(rq->arena, draft.at));
	return page(rq, &s, &f, draft.base, 200);
}

static void show_counts(struct request *rq, const struct section_form *f)
{
	size_t counts[CHANGE_KINDS] = {0};
	struct view *v = view_row(rq->view, S_COUNTS);

	for (size_t i = 0; i < f->change_count; i++)
		counts[f->changes[i].kind]++;
	view_int(v, V_EDITED, (int64_t)(counts[CHANGE_WORDS] + counts[CHANGE_FORM]));
	view_int(v, V_ADDED_COUNT, (int64_t)counts[CHANGE_NEW]);
	view_int(v, V_GONE_COUNT, (int64_t)counts[CHANGE_DELETED]);
	view_int(v, V_MOVED_COUNT, (int64_t)counts[CHANGE_MOVED]);
}

static enum err show_preview(struct request *rq, const struct section *s,
			     const struct section_form *f)
{
	struct view *v = view_row(rq->view, S_PREVIEW);
	const struct lost_places places = section_places(s, f);
	struct str html;

	TRY(preview_html(rq, &f->doc, &html));
	view_text(v, V_HTML, html);
	preview_show_warnings(rq->view, &f->doc, true);
	show_counts(rq, f);
	lost_form_show(rq, rq->view, &f->lost, &places);
	return OK;
}

/* Theirs beside what was typed; saving again means mine, decided with theirs in view. */
static enum err conflict(struct request *rq, const struct section *s, const struct section_form *f)
{
	struct view *v = view_row(rq->view, S_CONFLICT);
	int64_t budget = DIFF_BUDGET;
	struct diff d;

	diff_words(rq->arena, section_markdown(rq->arena, s), f->typed, &budget, &d);
	diff_show(v, &d);
	view_text(v, V_THEIRS, section_markdown(rq->arena, s));
	return page(rq, s, &f->form, s->state, 409);
}

/* POST /handbuch/bearbeiten/beginnen */
static enum err section_begin(struct request *rq)
{
	struct section s;

	TRY(section_load(rq, field_text(&rq->http.form, S("abschnitt")), &s));
	TRY(set_lock(rq, s.uid));
	return reply_redirect(rq, M_NONE, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(s.uid));
}

/* POST /handbuch/bearbeiten */
static enum err section_update(struct request *rq)
{
	struct section s;
	struct section_form f;

	TRY(section_load(rq, field_text(&rq->http.form, S("abschnitt")), &s));
	struct str state = field_text(&rq->http.form, S("stand"));
	TRY(section_form_read(rq, &s, &f));
	const struct lost_places places = section_places(&s, &f);
	bool answered = lost_form_answered(rq, &f.lost);
	if (form_wrong(&f.form))
		return page(rq, &s, &f.form, state, 422);
	if (!str_eq(state, s.state))
		return conflict(rq, &s, &f);
	if (!answered) {
		TRY(show_preview(rq, &s, &f));
		return page(rq, &s, &f.form, state, 409);
	}
	TRY(section_save(rq, &s, &f.next, "handbook.section"));
	TRY(lost_form_apply(rq, s.version.id, &f.lost, &places));
	TRY(leave(rq, s.uid));
	return reply_redirect(rq, M_SAVED, "/handbuch/arbeitsfassung#s-%.*s", ARG(s.uid));
}

/* POST /handbuch/bearbeiten/vorschau */
static enum err section_preview(struct request *rq)
{
	struct section s;
	struct section_form f;

	TRY(section_load(rq, field_text(&rq->http.form, S("abschnitt")), &s));
	struct str state = field_text(&rq->http.form, S("stand"));
	TRY(section_form_read(rq, &s, &f));
	(void)lost_form_answered(rq, &f.lost);
	if (form_wrong(&f.form))
		return page(rq, &s, &f.form, state, 422);
	TRY(show_preview(rq, &s, &f));
	return page(rq, &s, &f.form, state, 200);
}

/* POST /handbuch/bearbeiten/entwurf -- keeps what was typed, right or wrong. */
static enum err section_draft(struct request *rq)
{
	const struct lost none = {.n = 0};
	struct section s;

	TRY(section_load(rq, field_text(&rq->http.form, S("abschnitt")), &s));
	(void)lost_form_answered(rq, &none);
	TRY(draft_save(rq, s.uid, field_text(&rq->http.form, S("stand")),
		       field_text(&rq->http.form, S("text"))));
	TRY(set_lock(rq, s.uid));
	return reply_redirect(rq, M_DRAFT_SAVED, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(s.uid));
}

/* POST /handbuch/bearbeiten/verwerfen */
static enum err section_discard(struct request *rq)
{
	struct section s;

	TRY(section_load(rq, field_text(&rq->http.form, S("abschnitt")), &s));
	TRY(leave(rq, s.uid));
	return reply_redirect(rq, M_DRAFT_GONE, "/handbuch/arbeitsfassung#s-%.*s", ARG(s.uid));
}

const struct route section_routes[] = {
    GET("/handbuch/bearbeiten", HANDBOOK_EDIT, section_edit),
    POST_UPLOAD("/handbuch/bearbeiten", HANDBOOK_EDIT, section_update),
    POST("/handbuch/bearbeiten/beginnen", HANDBOOK_EDIT, section_begin),
    POST_UPLOAD("/handbuch/bearbeiten/vorschau", HANDBOOK_EDIT, section_preview),
    POST_UPLOAD("/handbuch/bearbeiten/entwurf", HANDBOOK_EDIT, section_draft),
    POST("/handbuch/bearbeiten/verwerfen", HANDBOOK_EDIT, section_discard),
    ROUTES_END,
};
