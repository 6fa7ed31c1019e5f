/* agenda_form.c -- reads and refills the form of a point. */
#include "features/steering/agenda_form.h"

#include "features/steering/meeting_form.h"

#include <inttypes.h>

enum { TITLE_CHARS = 200, RESTRICTED_CHARS = 200, LONGEST = 600 };

static const struct form_field kind_field = {S_INIT("art"), NULL, S_ART_FEHLER};
static const struct form_field decision_field = {S_INIT("vorlage"), NULL, S_VORLAGE_FEHLER};
static const struct form_field title_field = {S_INIT("thema"), V_THEMA, S_THEMA_FEHLER};
static const struct form_field presenter_field = {S_INIT("wer"), NULL, S_WER_FEHLER};
static const struct form_field minutes_field = {S_INIT("minuten"), V_MINUTEN, S_MINUTEN_FEHLER};
static const struct form_field restricted_field = {S_INIT("vertraulich"), V_VERTRAULICH,
						   S_VERTRAULICH_FEHLER};

static enum err pool_load(struct request *rq, struct pool *out)
{
	static const char sql[] =
	    "SELECT count(*) OVER (), d.id, d.year || '-' || d.number, v.title,"
	    "       coalesce(v.presenter_id, 0)"
	    "  FROM decision d JOIN decision_version v ON v.decision_id = d.id AND v.version ="
	    "   (SELECT max(n.version) FROM decision_version n WHERE n.decision_id = d.id)"
	    " WHERE d.state = 'published' AND NOT EXISTS (SELECT 1 FROM agenda_entry e"
	    "   WHERE e.decision_id = d.id AND e.outcome IS NULL)"
	    " ORDER BY d.year, d.number";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);

	while (rows_next(&r)) {
		if (out->n == 0)
			out->v =
			    ARENA_ARRAY(rq->arena, struct pool_decision, (size_t)col_int(&r, 0));
		out->v[out->n++] = (struct pool_decision){.id = col_int(&r, 1),
							  .slug = col_text(&r, 2),
							  .title = col_text(&r, 3),
							  .presenter_id = col_int(&r, 4)};
	}
	return r.err;
}

enum err agenda_form_begin(struct agenda_form *f, struct request *rq, const struct meeting *m,
			   const struct agenda_entry *stored)
{
	*f = (struct agenda_form){.m = m, .fresh = stored == NULL};
	form_begin(&f->form, rq);
	if (stored != NULL)
		f->e = *stored;
	else
		f->e.kind = AGENDA_DECISION;
	f->e.restricted = f->e.restricted_here;
	if (f->fresh && !meeting_has_begun(m))
		TRY(pool_load(rq, &f->pool));
	return person_options_load(rq, PEOPLE_PROJECT, &f->people);
}

void agenda_form_fill(struct agenda_form *f)
{
	struct arena *a = f->form.rq->arena;

	form_fill(&f->form, &title_field, f->e.title);
	form_fill(&f->form, &minutes_field,
		  f->e.minutes == 0 ? S("15") : arena_fmt(a, "%" PRId64, f->e.minutes));
	form_fill(&f->form, &restricted_field, f->e.restricted);
}

static const struct pool_decision *in_pool(const struct agenda_form *f, int64_t id)
{
	for (size_t i = 0; i < f->pool.n; i++)
		if (f->pool.v[i].id == id)
			return &f->pool.v[i];
	return NULL;
}

/* Title and presenter are the template's, unless somebody else presents it. */
static void read_template(struct agenda_form *f)
{
	int64_t id = form_number(&f->form, &decision_field, OPTIONAL);
	const struct pool_decision *d = in_pool(f, id);

	f->e.decision_id = id;
	if (f->e.kind != AGENDA_DECISION) {
		if (id != 0)
			form_problem(&f->form, &decision_field, M_TEMPLATE_NEEDS_DECISION, 0);
		return;
	}
	if (d == NULL) {
		form_problem(&f->form, &decision_field, M_TEMPLATE_MISSING, 0);
		return;
	}
	f->e.title = d->title;
	if (f->e.presenter_id == 0)
		f->e.presenter_id = d->presenter_id;
}

static void read_title(struct agenda_form *f)
{
	bool needed = f->e.kind != AGENDA_DECISION && f->e.kind != AGENDA_BREAK;
	struct str title =
	    form_line(&f->form, &title_field, needed ? REQUIRED : OPTIONAL, TITLE_CHARS);

	if (f->e.kind == AGENDA_DECISION)
		return;
	f->e.title = title.n == 0 && f->e.kind == AGENDA_BREAK ? S("Pause") : title;
}

void agenda_form_read(struct agenda_form *f)
{
	bool of_template = !f->fresh && f->e.decision_id != 0;

	f->e.presenter_id = form_number(&f->form, &presenter_field, OPTIONAL);
	if (f->e.presenter_id != 0 && person_option(&f->people, f->e.presenter_id) == NULL)
		form_problem(&f->form, &presenter_field, M_CHOOSE, 0);
	if (!of_template) {
		int kind =
		    form_choice(&f->form, &kind_field, REQUIRED, agenda_kind_names, AGENDA_KINDS);
		if (kind == AGENDA_DECISION && !f->fresh)
			form_problem(&f->form, &kind_field, M_TEMPLATE_NEW, 0);
		f->e.kind = kind < 0 ? AGENDA_FORMAL : (enum agenda_kind)kind;
		read_title(f);
	}
	if (f->fresh)
		read_template(f);
	f->e.minutes = form_number(&f->form, &minutes_field, REQUIRED);
	if (f->e.minutes < 1 || f->e.minutes > LONGEST)
		form_problem(&f->form, &minutes_field, M_AGENDA_MINUTES, 0);
	f->e.restricted = form_line(&f->form, &restricted_field, OPTIONAL, RESTRICTED_CHARS);
}

static void show_pool(struct agenda_form *f, struct view *v)
{
	struct request *rq = f->form.rq;

	view_show_if(v, S_EMPTY_POOL, f->pool.n == 0);
	for (size_t i = 0; i < f->pool.n; i++) {
		const struct pool_decision *d = &f->pool.v[i];
		struct view *row = view_row(v, S_POOL_OPTION);
		view_int(row, V_ID, d->id);
		view_text(row, V_LABEL,
			  arena_fmt(rq->arena, "%.*s: %.*s", ARG(d->slug), ARG(d->title)));
		view_show_if(row, S_SELECTED, d->id == f->e.decision_id);
	}
}

void agenda_form_show(struct agenda_form *f)
{
	struct request *rq = f->form.rq;
	struct view *v = rq->view;

	form_show(&f->form, v);
	view_show_if(v, S_FRESH, f->fresh);
	view_show_if(v, S_KIND_OPEN, f->fresh || f->e.decision_id == 0);
	if (f->fresh)
		show_pool(f, v);
	for (int k = 0; k < AGENDA_KINDS; k++) {
		if (k == AGENDA_DECISION && (!f->fresh || meeting_has_begun(f->m)))
			continue;
		struct view *row = view_row(v, S_KIND_OPTION);
		view_text(row, V_ID, agenda_kind_names[k]);
		view_text(row, V_LABEL, agenda_kind_label((enum agenda_kind)k));
		view_show_if(row, S_SELECTED, k == (int)f->e.kind);
	}
	person_options_show(rq, &f->people, v, S_PERSON_OPTION, f->e.presenter_id);
}

void agenda_form_differences(const struct agenda_form *f, const struct agenda_entry *theirs,
			     struct view *v)
{
	const struct person_option *mine = person_option(&f->people, f->e.presenter_id);
	struct arena *a = f->form.rq->arena;

	theirs_row(v, "Art", agenda_kind_label(theirs->kind), agenda_kind_label(f->e.kind));
	theirs_row(v, "Thema", theirs->title, f->e.title);
	theirs_row(v, "Wer", theirs->presenter, mine == NULL ? S("") : mine->name);
	theirs_row(v, "Minuten", arena_fmt(a, "%" PRId64, theirs->minutes),
		   arena_fmt(a, "%" PRId64, f->e.minutes));
	theirs_row(v, "Nur für den Steuerungskreis", theirs->restricted_here, f->e.restricted);
}
