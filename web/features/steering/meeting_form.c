/* meeting_form.c -- reads and refills the form of a meeting. */
#include "features/steering/meeting_form.h"

#include "app/words.h"
#include "base/daytime.h"

#include <inttypes.h>

enum { PLACE_CHARS = 200, ACCESS_CHARS = 300, SLOT_LEAST = 5, SLOT_MOST = 1440 };

static const struct form_field day_field = {S_INIT("tag"), V_TAG, S_TAG_FEHLER};
static const struct form_field time_field = {S_INIT("uhrzeit"), V_UHRZEIT, S_UHRZEIT_FEHLER};
static const struct form_field slot_field = {S_INIT("dauer"), V_DAUER, S_DAUER_FEHLER};
static const struct form_field place_field = {S_INIT("ort"), V_ORT, S_ORT_FEHLER};
static const struct form_field link_field = {S_INIT("video"), V_VIDEO, S_VIDEO_FEHLER};
static const struct form_field access_field = {S_INIT("zugang"), V_ZUGANG, S_ZUGANG_FEHLER};
static const struct form_field chair_field = {S_INIT("moderation"), NULL, S_MODERATION_FEHLER};
static const struct form_field deputy_field = {S_INIT("vertretung"), NULL, S_VERTRETUNG_FEHLER};
static const struct form_field writer_field = {S_INIT("protokoll"), NULL, S_PROTOKOLL_FEHLER};
static const struct form_field answer_field = {S_INIT("antworten"), V_ANTWORTEN,
					       S_ANTWORTEN_FEHLER};

enum err meeting_form_begin(struct meeting_form *f, struct request *rq,
			    const struct meeting *stored)
{
	*f = (struct meeting_form){.dated = stored == NULL || stored->state == MEETING_DRAFT};
	form_begin(&f->form, rq);
	if (stored != NULL)
		f->m = *stored;
	TRY(person_options_load(rq, PEOPLE_COMMITTEE, &f->committee));
	return person_options_load(rq, PEOPLE_PROJECT, &f->project);
}

void meeting_form_fill_date(struct form *f, const struct meeting *m)
{
	struct arena *a = f->rq->arena;

	form_fill(f, &day_field, date_short(a, m->day));
	form_fill(f, &time_field, date_is_none(m->day) ? S("") : daytime_short(a, m->start_minute));
}

void meeting_form_fill(struct meeting_form *f)
{
	struct arena *a = f->form.rq->arena;
	const struct meeting *m = &f->m;

	if (f->dated)
		meeting_form_fill_date(&f->form, m);
	form_fill(&f->form, &slot_field,
		  m->slot == 0 ? S("120") : arena_fmt(a, "%" PRId64, m->slot));
	form_fill(&f->form, &place_field, m->place);
	form_fill(&f->form, &link_field, m->link);
	form_fill(&f->form, &access_field, m->access);
	form_fill(&f->form, &answer_field, date_short(a, m->answer_by));
}

void meeting_form_read_date(struct form *f, struct meeting *m)
{
	m->day = form_date(f, &day_field, REQUIRED);
	struct str typed = form_line(f, &time_field, REQUIRED, 20);

	if (typed.n > 0 && !daytime_parse(typed, &m->start_minute))
		form_problem(f, &time_field, M_DAYTIME, 0);
	if (form_wrong_at(f, &time_field) || date_is_none(m->day))
		return;
	if (!daytime_instant(m->day, m->start_minute, &m->starts_at))
		form_problem(f, &time_field, M_DAYTIME_SKIPPED, 0);
	if (date_cmp(m->day, date_today()) < 0)
		form_problem(f, &day_field, M_MEETING_PAST, 0);
}

static int64_t read_person(struct meeting_form *f, const struct form_field *field,
			   const struct person_options *among, int64_t before)
{
	int64_t id = form_number(&f->form, field, OPTIONAL);

	if (id != 0 && id != before && person_option(among, id) == NULL)
		form_problem(&f->form, field, M_CHOOSE, 0);
	return id;
}

static void read_people(struct meeting_form *f)
{
	struct meeting *m = &f->m;

	m->chair_id = read_person(f, &chair_field, &f->committee, m->chair_id);
	m->deputy_id = read_person(f, &deputy_field, &f->committee, m->deputy_id);
	m->minute_taker_id = read_person(f, &writer_field, &f->project, m->minute_taker_id);
	if (m->deputy_id != 0 && m->deputy_id == m->chair_id)
		form_problem(&f->form, &deputy_field, M_DEPUTY_IS_CHAIR, 0);
}

/* What the invitation needed stays filled. */
static void keep_invited(struct meeting_form *f)
{
	const struct meeting *m = &f->m;

	if (m->state == MEETING_DRAFT)
		return;
	if (m->place.n == 0 && m->link.n == 0)
		form_problem(&f->form, &place_field, M_REQUIRED, 0);
	if (m->chair_id == 0)
		form_problem(&f->form, &chair_field, M_CHOOSE, 0);
	if (m->minute_taker_id == 0)
		form_problem(&f->form, &writer_field, M_CHOOSE, 0);
}

void meeting_form_read(struct meeting_form *f)
{
	struct meeting *m = &f->m;

	if (f->dated)
		meeting_form_read_date(&f->form, m);
	m->slot = form_number(&f->form, &slot_field, REQUIRED);
	if (m->slot < SLOT_LEAST || m->slot > SLOT_MOST)
		form_problem(&f->form, &slot_field, M_MEETING_SLOT, 0);
	m->place = form_line(&f->form, &place_field, OPTIONAL, PLACE_CHARS);
	m->link = form_line(&f->form, &link_field, OPTIONAL, LINK_MAX_CHARS);
	if (!link_fits(m->link))
		form_problem(&f->form, &link_field, M_LINK, 0);
	m->access = form_line(&f->form, &access_field, OPTIONAL, ACCESS_CHARS);
	read_people(f);
	keep_invited(f);
	m->answer_by = form_date(&f->form, &answer_field, OPTIONAL);
	if (!date_is_none(m->answer_by) && !date_is_none(m->day) &&
	    date_cmp(m->answer_by, m->day) > 0)
		form_problem(&f->form, &answer_field, M_ANSWER_AFTER_MEETING, 0);
}

void meeting_form_show(struct meeting_form *f)
{
	struct request *rq = f->form.rq;

	form_show(&f->form, rq->view);
	view_show_if(rq->view, S_DATED, f->dated);
	person_options_show(rq, &f->committee, rq->view, S_CHAIR_OPTION, f->m.chair_id);
	person_options_show(rq, &f->committee, rq->view, S_DEPUTY_OPTION, f->m.deputy_id);
	person_options_show(rq, &f->project, rq->view, S_WRITER_OPTION, f->m.minute_taker_id);
}

/* ---- Two people at once ---- */

void theirs_row(struct view *v, const char *label, struct str theirs, struct str mine)
{
	if (str_eq(theirs, mine))
		return;
	struct view *row = view_row(v, S_DIFFERENCE);
	view_text(row, V_LABEL, str_of(label));
	view_text(row, V_THEIRS, theirs.n > 0 ? theirs : S("–"));
	view_text(row, V_MINE, mine.n > 0 ? mine : S("–"));
}

static struct str name_of(const struct person_options *o, int64_t id)
{
	const struct person_option *p = person_option(o, id);

	return p == NULL ? S("") : p->name;
}

void meeting_form_differences(const struct meeting_form *f, const struct meeting *theirs,
			      struct view *v)
{
	const struct meeting *mine = &f->m;
	struct arena *a = f->form.rq->arena;

	theirs_row(v, "Tag", date_short(a, theirs->day), date_short(a, mine->day));
	theirs_row(v, "Uhrzeit", daytime_short(a, theirs->start_minute),
		   daytime_short(a, mine->start_minute));
	theirs_row(v, "Dauer", arena_fmt(a, "%" PRId64 " Minuten", theirs->slot),
		   arena_fmt(a, "%" PRId64 " Minuten", mine->slot));
	theirs_row(v, "Ort", theirs->place, mine->place);
	theirs_row(v, "Videoraum", theirs->link, mine->link);
	theirs_row(v, "Barrierefreiheit", theirs->access, mine->access);
	theirs_row(v, "Moderation", theirs->chair, name_of(&f->committee, mine->chair_id));
	theirs_row(v, "Vertretung der Moderation", theirs->deputy,
		   name_of(&f->committee, mine->deputy_id));
	theirs_row(v, "Niederschrift", theirs->minute_taker,
		   name_of(&f->project, mine->minute_taker_id));
	theirs_row(v, "Antworten bis", date_short(a, theirs->answer_by),
		   date_short(a, mine->answer_by));
}
