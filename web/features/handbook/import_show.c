/* import_show.c -- import in the browser: send a text, look at what it changes, confirm. */
#include "base/clock.h"
#include "base/date.h"
#include "base/utf8.h"
#include "features/features.h"
#include "features/handbook/import_form.h"
#include "features/handbook/import_notes.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/preview.h"

#include <inttypes.h>

enum { BEGINNING_CHARS = 90, GONE_SHOWN = 50, UNKNOWN_SHOWN = 20, LOCK_SECONDS = 3600 };

/* Step 1 --------------------------------------------------------------------------------------- */

static struct str name_of(const struct import_draft *d)
{
	return d->file_name.n > 0 ? d->file_name : S("eingefügter Text");
}

static enum err first_page(struct request *rq, const struct form *form, int status)
{
	struct import_draft waiting;
	struct version v;
	enum err err = version_working(rq, &v);

	/* The first handbook decides what is in force; that is the operator's. */
	if (err == E_NOT_FOUND)
		view_show(rq->view, S_NO_HANDBOOK);
	else
		TRY(err);
	TRY(import_draft_load(rq, &waiting));
	if (waiting.at != 0) {
		struct view *w = view_row(rq->view, S_WAITING);
		view_text(w, V_FILE_NAME, name_of(&waiting));
		view_text(w, V_WHEN, date_time_long(rq->arena, waiting.at));
	}
	if (err == OK)
		form_show_fields(form, view_row(rq->view, S_SEND));
	form_show_problems(form, rq->view);
	return reply_page(rq, status, "handbook/import_new.html");
}

/* GET /handbuch/import */
static enum err import_new(struct request *rq)
{
	struct form form;

	import_form_new(&form, rq);
	return first_page(rq, &form, 200);
}

/* POST /handbuch/import -- keeps the text for its preview, and changes nothing else. */
static enum err import_create(struct request *rq)
{
	struct import_draft d;
	struct version v;
	struct form form;

	TRY(version_working(rq, &v));
	import_form_read(&form, rq, &d);
	if (form_wrong(&form))
		return first_page(rq, &form, 422);
	TRY(import_draft_save(rq, &d));
	return reply_redirect(rq, M_NONE, "/handbuch/import/vorschau");
}

/* Step 2 --------------------------------------------------------------------------------------- */

struct tally {
	size_t same, changed, added;
};

static void count(struct tally *t, enum change_kind kind)
{
	t->same += kind == CHANGE_NONE;
	t->added += kind == CHANGE_NEW;
	t->changed += kind == CHANGE_WORDS || kind == CHANGE_FORM || kind == CHANGE_MOVED;
}

/* How the blocks of each chapter fare; the last one is for the text before the first chapter. */
static struct tally *tallies(struct arena *a, const struct import_plan *p)
{
	struct tally *t = ARENA_ARRAY(a, struct tally, p->outline.chapter_count + 1);

	for (size_t i = 0; i < p->change_count; i++) {
		if (p->changes[i].to == NULL)
			continue;
		size_t chapter = p->outline.blocks[p->changes[i].to - p->next.v].chapter;
		count(&t[chapter == OUTLINE_PREFACE ? p->outline.chapter_count : chapter],
		      p->changes[i].kind);
	}
	return t;
}

static struct view *show_tally(struct view *list, const struct tally *t)
{
	struct view *v = view_row(list, S_CHAPTER);

	view_int(v, V_SAME_COUNT, (int64_t)t->same);
	view_int(v, V_EDITED, (int64_t)t->changed);
	view_int(v, V_ADDED_COUNT, (int64_t)t->added);
	return v;
}

static void show_chapters(struct request *rq, const struct import_plan *p)
{
	const struct tally *t = tallies(rq->arena, p);
	const struct tally *preface = &t[p->outline.chapter_count];

	if (preface->same + preface->changed + preface->added > 0)
		view_text(show_tally(rq->view, preface), V_TITLE, S("Vor dem ersten Kapitel"));
	for (size_t i = 0; i < p->outline.chapter_count; i++) {
		const struct outline_chapter *c = &p->outline.chapters[i];
		struct view *v = show_tally(rq->view, &t[i]);
		view_text(v, V_TITLE,
			  arena_fmt(rq->arena, "%.*s %.*s", ARG(c->number),
				    ARG(internal_text(rq, c->heading->plain))));
		view_int(view_row(v, S_COUNTED), V_WORD_COUNT, c->words);
	}
}

static void show_gone(struct request *rq, const struct import_plan *p)
{
	struct view *list = NULL;
	size_t n = 0;

	for (size_t i = 0; i < p->change_count; i++) {
		const struct change *c = &p->changes[i];
		if (c->kind != CHANGE_DELETED || ++n > GONE_SHOWN)
			continue;
		if (list == NULL)
			list = view_row(rq->view, S_GONE);
		struct view *v = view_row(list, S_GONE_BLOCK);
		view_text(v, V_NUMBER, c->from->number);
		view_text(v, V_BEGINNING,
			  utf8_beginning(rq->arena, internal_text(rq, c->from->text.plain),
					 BEGINNING_CHARS));
	}
	if (n > GONE_SHOWN)
		view_int(view_row(list, S_MORE), V_COUNT, (int64_t)(n - GONE_SHOWN));
}

/* Keys nobody has said the meaning of; each once. */
static enum err show_unknown(struct request *rq, const struct import_plan *p)
{
	struct buf all = {.arena = rq->arena};
	struct placeholders known;
	struct str *keys;
	size_t n = 0;

	TRY(placeholders_load(rq, p->version.document_id, &known));
	for (size_t i = 0; i < p->next.n; i++)
		if (str_find(p->next.v[i].text.plain, S("{{")) < p->next.v[i].text.plain.n) {
			buf_add(&all, p->next.v[i].text.plain);
			buf_char(&all, '\n');
		}
	n = placeholder_unknown(rq->arena, buf_str(&all), &known, &keys);
	struct view *list = n > 0 ? view_row(rq->view, S_UNKNOWN) : NULL;
	for (size_t i = 0; i < n && i < UNKNOWN_SHOWN; i++)
		view_text(view_row(list, S_UNKNOWN_KEY), V_KEY_NAME, keys[i]);
	return OK;
}

/* Others who are at work: their text is not lost, but they will have to decide. */
static enum err show_others(struct request *rq)
{
	static const char sql[] =
	    "SELECT DISTINCT p.name FROM person p WHERE p.id <> $1 AND (EXISTS"
	    "  (SELECT 1 FROM section_draft d WHERE d.person_id = p.id) OR EXISTS"
	    "  (SELECT 1 FROM section_lock l WHERE l.person_id = p.id AND l.since > $2))"
	    " ORDER BY p.sort_key";
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(rq->viewer.person_id), INT(clock_now() - LOCK_SECONDS)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_OTHERS);
		view_text(view_row(list, S_OTHER_PERSON), V_NAME, col_text(&r, 0));
	}
	return r.err;
}

static enum err preview_page(struct request *rq, const struct import_draft *d,
			     const struct import_plan *p, int status)
{
	const struct lost_places places = import_places(p);
	const size_t *n = p->counts;

	view_text(rq->view, V_FILE_NAME, name_of(d));
	view_text(rq->view, V_HANDBOOK_TITLE, internal_text(rq, p->outline.title));
	view_text(rq->view, V_STATE, p->state);
	view_int(rq->view, V_CHAPTER_COUNT, (int64_t)p->outline.chapter_count);
	view_int(rq->view, V_BLOCK_COUNT, (int64_t)p->next.n);
	view_int(rq->view, V_SAME_COUNT, (int64_t)n[CHANGE_NONE]);
	view_int(rq->view, V_EDITED, (int64_t)(n[CHANGE_WORDS] + n[CHANGE_FORM]));
	view_int(rq->view, V_MOVED_COUNT, (int64_t)n[CHANGE_MOVED]);
	view_int(rq->view, V_ADDED_COUNT, (int64_t)n[CHANGE_NEW]);
	view_int(rq->view, V_GONE_COUNT, (int64_t)n[CHANGE_DELETED]);
	show_chapters(rq, p);
	show_gone(rq, p);
	preview_show_warnings(rq->view, &p->doc, true);
	TRY(show_unknown(rq, p));
	TRY(show_others(rq));
	bool same = n[CHANGE_NONE] == p->change_count;
	if (same) {
		view_show(rq->view, S_NO_CHANGE);
	} else {
		struct view *form = view_row(rq->view, S_MAY_IMPORT);
		import_notes_show(rq, form, p);
		lost_form_show(rq, form, &p->lost, &places);
	}
	return reply_page(rq, status, "handbook/import_preview.html");
}

/* GET /handbuch/import/vorschau */
static enum err import_preview(struct request *rq)
{
	struct import_draft d;
	struct import_plan p;

	TRY(import_draft_load(rq, &d));
	if (d.at == 0)
		return reply_redirect(rq, M_NONE, "/handbuch/import");
	TRY(import_plan_make(rq, d.markdown, &p));
	return preview_page(rq, &d, &p, 200);
}

/* POST /handbuch/import/uebernehmen -- only what was looked at. */
static enum err import_confirm(struct request *rq)
{
	struct str seen = field_text(&rq->http.form, S("stand"));
	struct import_draft d;
	struct import_plan p;

	TRY(import_draft_load(rq, &d));
	if (d.at == 0)
		return reply_redirect(rq, M_NONE, "/handbuch/import");
	TRY(import_plan_make(rq, d.markdown, &p));
	import_notes_read(rq, &p);
	bool answered = lost_form_answered(rq, &p.lost), same = str_eq(seen, p.state);
	if (!same || !answered) {
		view_show_if(rq->view, S_CONFLICT, !same);
		return preview_page(rq, &d, &p, 409);
	}
	TRY(import_plan_apply(rq, &p, &d));
	return reply_redirect(rq, M_IMPORTED, "/handbuch/arbeitsfassung");
}

/* POST /handbuch/import/verwerfen */
static enum err import_discard(struct request *rq)
{
	TRY(import_draft_drop(rq));
	return reply_redirect(rq, M_DRAFT_GONE, "/handbuch/import");
}

const struct route import_routes[] = {
    GET("/handbuch/import", HANDBOOK_EDIT, import_new),
    POST_UPLOAD("/handbuch/import", HANDBOOK_EDIT, import_create),
    GET("/handbuch/import/vorschau", HANDBOOK_EDIT, import_preview),
    POST_UPLOAD("/handbuch/import/uebernehmen", HANDBOOK_EDIT, import_confirm),
    POST("/handbuch/import/verwerfen", HANDBOOK_EDIT, import_discard),
    ROUTES_END,
};
