/* minutes_note.c -- what is written by hand in minutes: notes and tasks. */
#include "base/clock.h"
#include "features/steering/meeting_form.h"
#include "features/steering/minutes_handlers.h"

#include <inttypes.h>

enum { TEXT_CHARS = 2000 };

static const struct form_field entry_field = {S_INIT("punkt"), NULL, S_PUNKT_FEHLER};
static const struct form_field kind_field = {S_INIT("art"), NULL, S_ART_FEHLER};
static const struct form_field text_field = {S_INIT("text"), V_NOTE_TEXT, S_TEXT_FEHLER};
static const struct form_field person_field = {S_INIT("wer"), NULL, S_WER_FEHLER};
static const struct form_field due_field = {S_INIT("frist"), V_FRIST, S_FRIST_FEHLER};
static const struct form_field password_field = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};
static const struct form_field reason_field = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};
static const struct str kinds[] = {S_INIT("note"), S_INIT("task")};

void minutes_form_begin(struct form *f, struct request *rq)
{
	form_begin(f, rq);
	form_fill(f, &text_field, S(""));
	form_fill(f, &due_field, S(""));
	form_fill(f, &reason_field, S(""));
	form_fill(f, &password_field, S(""));
}

enum err note_people_show(struct form *f, int64_t chosen)
{
	struct person_options people;
	struct request *rq = f->rq;
	int64_t typed = 0;

	if (str_to_int(form_value(f, &person_field), &typed))
		chosen = typed;
	TRY(person_options_load(rq, PEOPLE_PROJECT, &people));
	person_options_show(rq, &people, rq->view, S_PERSON_OPTION, chosen);
	return OK;
}

void note_form_show(struct form *f, const struct minutes *x, const struct minutes_note *chosen)
{
	struct view *v = f->rq->view;
	int64_t entry = chosen == NULL ? 0 : chosen->entry_id;
	bool task = chosen == NULL || chosen->task;

	(void)str_to_int(form_value(f, &entry_field), &entry);
	if (form_value(f, &kind_field).n > 0)
		task = str_eq(form_value(f, &kind_field), kinds[1]);
	for (size_t i = 0; i < x->a.n; i++) {
		const struct agenda_entry *e = &x->a.entries[i];
		if (e->number == 0 || e->hidden)
			continue;
		struct view *row = view_row(v, S_ENTRY_OPTION);
		view_int(row, V_ID, e->id);
		view_text(
		    row, V_LABEL,
		    arena_fmt(f->rq->arena, "TOP\u00a0%" PRId64 " %.*s", e->number, ARG(e->title)));
		view_show_if(row, S_SELECTED, e->id == entry);
	}
	view_show_if(v, S_IS_TASK, task);
	view_show_if(v, S_IS_NOTE, !task);
}

static bool is_open_entry(const struct minutes *x, int64_t id)
{
	for (size_t i = 0; i < x->a.n; i++)
		if (x->a.entries[i].id == id)
			return x->a.entries[i].number != 0 && !x->a.entries[i].hidden;
	return id == 0;
}

static enum err read(struct form *f, const struct minutes *x, struct minutes_note *n)
{
	struct person_options people;

	n->entry_id = form_number(f, &entry_field, OPTIONAL);
	n->task = form_choice(f, &kind_field, REQUIRED, kinds, 2) == 1;
	n->text = form_lines(f, &text_field, REQUIRED, TEXT_CHARS);
	n->person_id = form_number(f, &person_field, OPTIONAL);
	n->due = form_date(f, &due_field, OPTIONAL);
	if (!is_open_entry(x, n->entry_id))
		form_problem(f, &entry_field, M_CHOOSE, 0);
	TRY(person_options_load(f->rq, PEOPLE_PROJECT, &people));
	const struct person_option *who = person_option(&people, n->person_id);
	if (who == NULL && n->person_id != 0)
		form_problem(f, &person_field, M_CHOOSE, 0);
	n->person = who == NULL ? S("") : who->name;
	if (!n->task && !form_wrong(f)) { /* what only a task has */
		if (n->person_id != 0)
			form_problem(f, &person_field, M_NOTE_NO_TASK, 0);
		if (!date_is_none(n->due))
			form_problem(f, &due_field, M_NOTE_NO_TASK, 0);
	}
	return OK;
}

static enum err event(struct request *rq, const struct minutes *x, const char *action,
		      struct str before, struct str after)
{
	return steering_event(rq, &(struct steering_event){.object = "meeting",
							   .id = x->m.id,
							   .action = action,
							   .before = before,
							   .after = after});
}

static enum err insert(struct request *rq, const struct minutes *x, const struct minutes_note *n)
{
	static const char sql[] =
	    "INSERT INTO minutes_note (meeting_id, agenda_entry_id, kind, text, person_id, due_on,"
	    " by, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

	TRY(db_run(rq->db, sql,
		   WITH(INT(x->m.id), INT_OR_NONE(n->entry_id), TEXT(kinds[n->task]), TEXT(n->text),
			INT_OR_NONE(n->person_id), TEXT_OR_NONE(date_iso(rq->arena, n->due)),
			INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	return event(rq, x, "note_add", S(""), n->text);
}

/* POST /sitzungen/:slug/protokoll/notizen */
enum err note_create(struct request *rq)
{
	struct minutes_note n = {.id = 0};
	struct minutes x;
	struct form f;

	TRY(minutes_load(rq, MINUTES_WRITE, &x));
	minutes_form_begin(&f, rq);
	TRY(read(&f, &x, &n));
	if (!minutes_open(&x))
		return minutes_page(&f, &x, 409);
	if (form_wrong(&f))
		return minutes_page(&f, &x, 422);
	TRY(insert(rq, &x, &n));
	return reply_redirect(rq, M_NOTED, "/sitzungen/%.*s/protokoll", ARG(x.m.slug));
}

/* ---- One note ---- */

static enum err load(struct request *rq, struct minutes *x, struct minutes_note **out)
{
	TRY(minutes_load(rq, MINUTES_WRITE, x));
	for (size_t i = 0; i < x->n; i++) {
		*out = &x->notes[i];
		if ((*out)->id == rq->id)
			return OK;
	}
	return E_NOT_FOUND;
}

static enum err edit_page(struct form *f, const struct minutes *x, const struct minutes_note *n,
			  int status)
{
	struct request *rq = f->rq;

	meeting_head(rq, rq->view, &x->m);
	form_show(f, rq->view);
	view_int(rq->view, V_NOTE_ID, n->id);
	view_int(rq->view, V_NOTE_VERSION, n->row_version);
	note_form_show(f, x, n);
	TRY(note_people_show(f, n->person_id));
	return reply_page(rq, status, "steering/minutes_note.html");
}

/* GET /sitzungen/:slug/protokoll/notizen/:id */
enum err note_edit(struct request *rq)
{
	struct minutes_note *n;
	struct minutes x;
	struct form f;

	TRY(load(rq, &x, &n));
	if (!minutes_open(&x))
		return E_CONFLICT;
	form_begin(&f, rq);
	form_fill(&f, &text_field, n->text);
	form_fill(&f, &due_field, date_is_none(n->due) ? S("") : date_short(rq->arena, n->due));
	return edit_page(&f, &x, n, 200);
}

static void differences(struct request *rq, const struct minutes_note *theirs,
			const struct minutes_note *mine)
{
	struct view *v = view_row(rq->view, S_CONFLICT);
	struct arena *a = rq->arena;

	theirs_row(v, "Text", theirs->text, mine->text);
	theirs_row(v, "Zuständig", theirs->person, mine->person);
	theirs_row(v, "Frist", date_iso(a, theirs->due), date_iso(a, mine->due));
	theirs_row(v, "Art", theirs->task ? S("Auftrag") : S("Vermerk"),
		   mine->task ? S("Auftrag") : S("Vermerk"));
}

static enum err save(struct request *rq, const struct minutes *x, const struct minutes_note *old,
		     const struct minutes_note *n)
{
	static const char sql[] =
	    "UPDATE minutes_note SET agenda_entry_id = $3, kind = $4, text = $5, person_id = $6,"
	    " due_on = $7, row_version = row_version + 1 WHERE id = $1 AND row_version = $2";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql,
		   WITH(INT(old->id), INT(old->row_version), INT_OR_NONE(n->entry_id),
			TEXT(kinds[n->task]), TEXT(n->text), INT_OR_NONE(n->person_id),
			TEXT_OR_NONE(date_iso(rq->arena, n->due))),
		   &changed));
	return changed == 1 ? event(rq, x, "note_edit", old->text, n->text) : E_CONFLICT;
}

/* POST /sitzungen/:slug/protokoll/notizen/:id */
enum err note_update(struct request *rq)
{
	struct minutes_note *stored, n;
	struct minutes x;
	struct form f;
	int64_t version = 0;

	TRY(load(rq, &x, &stored));
	n = *stored;
	form_begin(&f, rq);
	TRY(read(&f, &x, &n));
	if (!str_to_int(field_text(&rq->http.form, S("version")), &version))
		return E_BAD_REQUEST;
	if (!minutes_open(&x))
		return E_CONFLICT;
	if (version != stored->row_version) {
		differences(rq, stored, &n);
		return edit_page(&f, &x, stored, 409);
	}
	if (form_wrong(&f))
		return edit_page(&f, &x, stored, 422);
	TRY(save(rq, &x, stored, &n));
	return reply_redirect(rq, M_SAVED, "/sitzungen/%.*s/protokoll", ARG(x.m.slug));
}

/* POST /sitzungen/:slug/protokoll/notizen/:id/entfernen */
enum err note_remove(struct request *rq)
{
	static const char sql[] = "DELETE FROM minutes_note WHERE id = $1";
	struct minutes_note *n;
	struct minutes x;
	struct form f;
	int64_t version = 0;

	TRY(load(rq, &x, &n));
	minutes_form_begin(&f, rq);
	if (!str_to_int(field_text(&rq->http.form, S("version")), &version))
		return E_BAD_REQUEST;
	if (!minutes_open(&x) || version != n->row_version)
		return minutes_page(&f, &x, 409);
	TRY(db_run(rq->db, sql, WITH(INT(n->id)), NULL));
	TRY(event(rq, &x, "note_remove", n->text, S("")));
	return reply_redirect(rq, M_NOTE_REMOVED, "/sitzungen/%.*s/protokoll", ARG(x.m.slug));
}
