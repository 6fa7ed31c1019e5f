/* decision_form.c -- the fields of a decision template, in and out. */
#include "features/steering/decision_form.h"

#include "app/words.h"
#include "features/steering/decision_form_parts.h"
#include "markup/markdown.h"

#include <inttypes.h>

enum { MIN_YES_MAX = 1000, FRACTION_MAX = 1000 };

static const struct form_field inputs[TEXT_FIELDS] = {
    [TEXT_TITLE] = {S_INIT("titel"), V_TITEL, S_TITEL_FEHLER},
    [TEXT_TASK_FORCE] = {S_INIT("task-force"), NULL, S_TASKFORCE_FEHLER},
    [TEXT_LEAD] = {S_INIT("federfuehrung"), NULL, S_FEDERFUEHRUNG_FEHLER},
    [TEXT_SUMMARY] = {S_INIT("worum"), V_WORUM, S_WORUM_FEHLER},
    [TEXT_RESOLUTION] = {S_INIT("beschluss"), V_BESCHLUSS, S_BESCHLUSS_FEHLER},
    [TEXT_REASONS] = {S_INIT("gruende"), V_GRUENDE, S_GRUENDE_FEHLER},
    [TEXT_ALTERNATIVES] = {S_INIT("alternativen"), V_ALTERNATIVEN, S_ALTERNATIVEN_FEHLER},
    [TEXT_COSTS] = {S_INIT("kosten"), V_KOSTEN, S_KOSTEN_FEHLER},
    [TEXT_CONSULTATION] = {S_INIT("beteiligung"), V_BETEILIGUNG, S_BETEILIGUNG_FEHLER},
    [TEXT_AFFECTED] = {S_INIT("betroffen"), NULL, S_BETROFFEN_FEHLER},
    [TEXT_LINKS] = {S_INIT("anlagen"), NULL, S_ANLAGEN_FEHLER},
    [TEXT_WITHOUT_LINKS] = {S_INIT("ohne-anlagen"), NULL, S_OHNE_ANLAGEN_FEHLER},
    [TEXT_REVOKES] = {S_INIT("hebt-auf"), NULL, S_HEBT_AUF_FEHLER},
    [TEXT_PRESENTER] = {S_INIT("auskunft"), NULL, S_AUSKUNFT_FEHLER},
    [TEXT_MAJORITY] = {S_INIT("mehrheit"), NULL, S_MEHRHEIT_FEHLER},
    [TEXT_FRACTION] = {S_INIT("bruch"), V_BRUCH, S_BRUCH_FEHLER},
    [TEXT_MIN_YES] = {S_INIT("mindestens"), V_MINDESTENS, S_MINDESTENS_FEHLER},
    [TEXT_EDITORIAL] = {S_INIT("redaktionell"), NULL, S_EDITORIAL_FEHLER},
};

const struct form_field *decision_input(enum decision_field f)
{
	return &inputs[f];
}

static bool majority_has_fraction(enum tally_majority m)
{
	return m == MAJORITY_CAST || m == MAJORITY_COMPETENT;
}

void decision_form_fill(struct decision_form *f)
{
	for (int i = 0; i < TEXT_FIELDS; i++)
		if (inputs[i].value_name != NULL)
			form_fill(&f->form, &inputs[i], f->text.v[i]);
	if (decision_links(f->text.v[TEXT_LINKS], f->links) == 0)
		f->links[0] = (struct decision_link){S(""), S(""), S("")};
}

/* ---- Reading ---- */

static enum err long_read(struct decision_form *f, enum decision_field field)
{
	struct str html;

	f->text.v[field] = form_lines(&f->form, &inputs[field], OPTIONAL, LONG_CHARS);
	/* Within the limit of characters it may still be a table of a thousand columns. */
	enum err err = markdown_html(f->form.rq->arena, f->text.v[field], &html);
	if (err == E_TOO_LARGE)
		form_problem(&f->form, &inputs[field], M_DECISION_TEXT_SHAPE, 0);
	return err == E_TOO_LARGE ? OK : err;
}

static void chosen_read(struct decision_form *f, enum decision_field field,
			const struct choices *among)
{
	int64_t id = form_number(&f->form, &inputs[field], OPTIONAL);

	if (choice_find(among, id) == NULL && (id != 0 || field == TEXT_TASK_FORCE))
		form_problem(&f->form, &inputs[field], M_CHOOSE, 0);
	f->text.v[field] = id == 0 ? S("") : arena_fmt(f->form.rq->arena, "%" PRId64, id);
}

/* Ids in ascending order, each once, whatever was sent. */
static void affected_read(struct decision_form *f)
{
	struct request *rq = f->form.rq;
	struct buf ids = {.arena = rq->arena};
	struct str value;
	bool *ticked = ARENA_ARRAY(rq->arena, bool, f->municipalities.n + 1);

	for (size_t at = 0; field_each(&rq->http.form, inputs[TEXT_AFFECTED].name, &at, &value);) {
		const struct choice *c = choice_find(&f->municipalities, decision_number_of(value));
		if (c == NULL)
			form_problem(&f->form, &inputs[TEXT_AFFECTED], M_CHOOSE, 0);
		else
			ticked[c - f->municipalities.v] = true;
	}
	for (int64_t last = 0, next;; last = next) {
		next = INT64_MAX;
		for (size_t i = 0; i < f->municipalities.n; i++) {
			int64_t id = f->municipalities.v[i].id;
			if (ticked[i] && id > last && id < next)
				next = id;
		}
		if (next == INT64_MAX)
			break;
		buf_fmt(&ids, "%s%" PRId64, ids.n > 0 ? " " : "", next);
	}
	f->text.v[TEXT_AFFECTED] = buf_str(&ids);
}

/* "2/3", also "2 / 3". */
static bool fraction_parse(struct arena *a, struct str typed, struct str *out)
{
	size_t slash = str_find_char(typed, '/');
	int64_t up = 0, down = 0;

	if (slash == typed.n || !str_to_int(str_trim(str_head(typed, slash)), &up) ||
	    !str_to_int(str_trim(str_from(typed, slash + 1)), &down) || up < 1 || up > down ||
	    down > FRACTION_MAX)
		return false;
	*out = arena_fmt(a, "%" PRId64 "/%" PRId64, up, down);
	return true;
}

static void majority_read(struct decision_form *f)
{
	struct form *form = &f->form;
	struct str names[MAJORITY_UNANIMOUS_ALL + 1], typed, fraction = S("");

	for (int m = 0; m <= MAJORITY_UNANIMOUS_ALL; m++)
		names[m] = tally_majority_name((enum tally_majority)m);
	int m = form_choice(form, &inputs[TEXT_MAJORITY], REQUIRED, names,
			    sizeof names / sizeof names[0]);
	typed = form_line(form, &inputs[TEXT_FRACTION], OPTIONAL, 20);
	if (m >= 0 && majority_has_fraction((enum tally_majority)m) &&
	    !fraction_parse(form->rq->arena, typed, &fraction))
		form_problem(form, &inputs[TEXT_FRACTION], M_DECISION_FRACTION, 0);
	f->text.v[TEXT_MAJORITY] = m < 0 ? S("") : names[m];
	f->text.v[TEXT_FRACTION] = fraction;
	int64_t least = form_number(form, &inputs[TEXT_MIN_YES], OPTIONAL);
	if (least > MIN_YES_MAX)
		form_problem(form, &inputs[TEXT_MIN_YES], M_DECISION_MIN_YES, 0);
	f->text.v[TEXT_MIN_YES] =
	    least == 0 ? S("") : arena_fmt(form->rq->arena, "%" PRId64, least);
}

static struct str tick_read(struct decision_form *f, enum decision_field field)
{
	return field_text(&f->form.rq->http.form, inputs[field].name).n > 0 ? S("1") : S("");
}

static void editorial_read(struct decision_form *f)
{
	if (f->published.v[TEXT_TITLE].n == 0)
		return;
	f->text.v[TEXT_EDITORIAL] = tick_read(f, TEXT_EDITORIAL);
	if (f->text.v[TEXT_EDITORIAL].n > 0 &&
	    !decision_text_same_resolution(&f->text, &f->published))
		form_problem(&f->form, &inputs[TEXT_EDITORIAL], M_DECISION_NOT_EDITORIAL, 0);
}

enum err decision_form_read(struct decision_form *f)
{
	f->text.v[TEXT_TITLE] = form_line(&f->form, &inputs[TEXT_TITLE], OPTIONAL, TITLE_CHARS);
	if (f->text.v[TEXT_TITLE].n == 0)
		form_problem(&f->form, &inputs[TEXT_TITLE], M_DECISION_TITLE, 0);
	chosen_read(f, TEXT_TASK_FORCE, &f->task_forces);
	chosen_read(f, TEXT_LEAD, &f->municipalities);
	for (int i = TEXT_LONG_FIRST; i <= TEXT_LONG_LAST; i++)
		TRY(long_read(f, (enum decision_field)i));
	affected_read(f);
	decision_links_read(f);
	f->text.v[TEXT_WITHOUT_LINKS] = tick_read(f, TEXT_WITHOUT_LINKS);
	if (f->text.v[TEXT_WITHOUT_LINKS].n > 0 && f->text.v[TEXT_LINKS].n > 0)
		form_problem(&f->form, &inputs[TEXT_WITHOUT_LINKS], M_DECISION_LINKS_BOTH, 0);
	chosen_read(f, TEXT_REVOKES, &f->resolutions);
	chosen_read(f, TEXT_PRESENTER, &f->persons);
	majority_read(f);
	editorial_read(f);
	return OK;
}

/* ---- Showing ---- */

static void choices_show(const struct choices *c, struct view *v, const char *section,
			 struct str chosen)
{
	for (size_t i = 0; i < c->n; i++) {
		struct view *row = view_row(v, section);
		view_int(row, V_ID, c->v[i].id);
		view_text(row, V_LABEL, c->v[i].label);
		view_show_if(row, S_SELECTED,
			     choice_among(chosen.n == 0 ? S("0") : chosen, c->v[i].id));
	}
}

static void boxes_show(const struct decision_form *f, struct view *v)
{
	for (size_t i = 0; i < f->municipalities.n; i++) {
		struct view *row = view_row(v, S_MUNICIPALITY_BOX);
		view_int(row, V_ID, f->municipalities.v[i].id);
		view_text(row, V_LABEL, f->municipalities.v[i].label);
		view_show_if(row, S_SELECTED,
			     choice_among(f->text.v[TEXT_AFFECTED], f->municipalities.v[i].id));
		if (i > 0)
			view_int(view_row(row, S_LATER), V_N, (int64_t)i + 1);
	}
}

static void majority_show(const struct decision_form *f, struct view *v)
{
	static const char *const ticks[MAJORITY_UNANIMOUS_ALL + 1] = {
	    [MAJORITY_SIMPLE] = S_M_SIMPLE,
	    [MAJORITY_CAST] = S_M_CAST,
	    [MAJORITY_MORE_COMPETENT] = S_M_MORE_COMPETENT,
	    [MAJORITY_MORE_ALL] = S_M_MORE_ALL,
	    [MAJORITY_COMPETENT] = S_M_COMPETENT,
	    [MAJORITY_UNANIMOUS] = S_M_UNANIMOUS,
	    [MAJORITY_UNANIMOUS_ALL] = S_M_UNANIMOUS_ALL,
	};
	enum tally_majority m = tally_majority_named(f->text.v[TEXT_MAJORITY]);

	if (m <= MAJORITY_UNANIMOUS_ALL)
		view_show(v, ticks[m]);
}

void decision_form_show(const struct decision_form *f)
{
	struct view *v = f->form.rq->view;

	form_show(&f->form, v);
	choices_show(&f->task_forces, v, S_TASKFORCE_OPTION, f->text.v[TEXT_TASK_FORCE]);
	choices_show(&f->municipalities, v, S_LEAD_OPTION, f->text.v[TEXT_LEAD]);
	choices_show(&f->persons, v, S_PRESENTER_OPTION, f->text.v[TEXT_PRESENTER]);
	choices_show(&f->resolutions, v, S_REVOKES_OPTION, f->text.v[TEXT_REVOKES]);
	boxes_show(f, v);
	majority_show(f, v);
	decision_links_show(f);
	view_show_if(v, S_WITHOUT_LINKS, f->text.v[TEXT_WITHOUT_LINKS].n > 0);
	if (f->published.v[TEXT_TITLE].n == 0)
		return;
	struct view *later = view_row(v, S_LATER_VERSION);
	view_show_if(later, S_EDITORIAL, f->text.v[TEXT_EDITORIAL].n > 0);
	view_show_if(later, S_EDITORIAL_WRONG, form_wrong_at(&f->form, &inputs[TEXT_EDITORIAL]));
}
