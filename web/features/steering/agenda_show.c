/* agenda_show.c -- the agenda on a page: its rows, and the picture of the time plan. */
#include "base/daytime.h"
#include "features/steering/agenda.h"

#include <inttypes.h>

static struct str hours(struct arena *a, int64_t from, int64_t to)
{
	struct str start = daytime_short_of(a, from), end = daytime_short_of(a, to);

	return arena_fmt(a, "%.*s–%.*s", ARG(start), ARG(end));
}

/* Whether the template lay before the committee in time, and what a move did to that. */
static void show_deadline(struct view *v, const struct agenda_entry *e)
{
	if (e->outcome != OUTCOME_NONE)
		return;
	view_show_if(v, S_UNDER_REVISION, e->counts_from == 0);
	view_show_if(v, S_TIMELY, e->timely && e->was_timely);
	view_show_if(v, S_NOW_TIMELY, e->timely && !e->was_timely);
	if (e->counts_from == 0 || e->timely)
		return;
	view_show_if(v, S_ADMITTED, e->admitted);
	view_show_if(v, S_LATE, !e->admitted && !e->was_timely);
	view_show_if(v, S_NOW_LATE, !e->admitted && e->was_timely);
}

static void show_outcome(struct view *v, const struct agenda_entry *e)
{
	bool decided = e->outcome == OUTCOME_DECIDED && e->decision_id != 0;

	if (e->outcome == OUTCOME_NONE)
		return;
	struct view *o = view_row(v, S_OUTCOME);
	view_text(o, V_RESULT,
		  decided ? decision_state_label(e->decision_state)
			  : agenda_outcome_label(e->outcome));
	if (e->outcome_reason.n > 0)
		view_text(view_row(o, S_WHY), V_REASON, e->outcome_reason);
}

void agenda_show_entry(struct view *v, const struct agenda_entry *e)
{
	view_int(v, V_ENTRY_ID, e->id);
	if (e->number != 0)
		view_int(view_row(v, S_NUMBERED), V_TOP, e->number);
	view_show_if(v, S_UNNUMBERED, e->number == 0);
	view_text(v, V_KIND, agenda_kind_label(e->kind));
	view_int(v, V_MINUTES, e->minutes);
	view_text(v, V_ENTRY_TITLE, e->title);
	view_show_if(v, S_NAMED, !e->hidden);
	if (e->restricted.n > 0)
		view_text(view_row(v, e->hidden ? S_HIDDEN : S_RESTRICTED), V_REASON,
			  e->restricted);
	if (e->presenter.n > 0)
		view_text(view_row(v, S_PRESENTED), V_PRESENTER, e->presenter);
	if (e->decision_slug.n > 0)
		view_text(view_row(v, S_TEMPLATE), V_DECISION_SLUG, e->decision_slug);
	if (e->decision_id != 0)
		show_deadline(v, e);
	view_show_if(v, S_SECOND_TIME, e->second_time && e->outcome == OUTCOME_NONE);
	show_outcome(v, e);
	view_show_if(v, S_CURRENT, e->started_at != 0 && e->ended_at == 0);
}

static void show_times(struct request *rq, struct view *v, const struct meeting *m,
		       const struct agenda_entry *e)
{
	const struct plan_entry *p = &e->plan;
	bool shifted = m->opened_at != 0 && p->from != 0 && p->from / 60 != p->planned_from / 60;

	view_text(v, V_PLANNED, hours(rq->arena, p->planned_from, p->planned_to));
	view_show_if(v, S_AS_PLANNED, !shifted && e->started_at == 0);
	if (e->started_at != 0)
		view_text(view_row(v, S_REAL), V_TIME, hours(rq->arena, p->from, p->to));
	else if (shifted)
		view_text(view_row(v, S_FORECAST), V_TIME, hours(rq->arena, p->from, p->to));
}

void agenda_show(struct request *rq, struct view *v, const struct meeting *m,
		 const struct agenda *a)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_entry *e = &a->entries[i];
		struct view *row = view_row(v, S_POINT);
		agenda_show_entry(row, e);
		view_show_if(row, S_DECIDES, e->kind == AGENDA_DECISION);
		view_show_if(row, S_ORDINARY, e->kind != AGENDA_DECISION);
		show_times(rq, row, m, e);
		bool editable = m->may_prepare && !meeting_is_over(m) && agenda_open(e);
		if (editable) {
			struct view *edit = view_row(row, S_EDITABLE);
			view_text(edit, V_LABEL, e->title);
			view_show_if(edit, S_CAN_RISE, i > 0 && agenda_open(&a->entries[i - 1]));
			view_show_if(edit, S_CAN_FALL, i + 1 < a->n);
			view_show_if(edit, S_CAN_RETURN,
				     e->decision_state == DECISION_PUBLISHED &&
					 e->decision_id != 0);
		}
	}
	view_show_if(v, S_NO_POINT, a->n == 0);
	view_show_if(v, S_HAS_POINTS, a->n > 0);
	if (a->over > 0) {
		struct view *over = view_row(v, S_OVER_SLOT);
		view_int(over, V_COUNT, a->over);
		view_text(over, V_TIME, daytime_short_of(rq->arena, a->ends_at));
		view_show_if(over, S_ONE, a->over == 1);
		view_show_if(over, S_MANY, a->over != 1);
	}
}

/* ---- The picture ---- */

/* Hundredths of a per cent as SVG wants them: "12.34%". */
static struct str percent(struct arena *a, int64_t part, int64_t whole)
{
	int64_t h = whole == 0 ? 0 : part * 10000 / whole;

	return arena_fmt(a, "%" PRId64 ".%02" PRId64 "%%", h / 100, h % 100);
}

static void draw_ticks(struct request *rq, struct view *pic, const struct meeting *m, int64_t span)
{
	static const int64_t steps[] = {15, 30, 60, 120, 240, 480};
	size_t s = 0;

	while (s + 1 < sizeof steps / sizeof steps[0] && span / 60 / steps[s] > 5)
		s++;
	for (int64_t at = 0; at <= span; at += steps[s] * 60) {
		struct view *tick = view_row(pic, S_TICK);
		view_text(tick, V_X, percent(rq->arena, at, span));
		view_text(tick, V_TIME, daytime_short_of(rq->arena, m->starts_at + at));
		view_text(tick, V_ANCHOR,
			  at == 0                     ? S("start")
			  : at + steps[s] * 30 > span ? S("end")
						      : S("middle"));
	}
}

static void draw_bar(struct request *rq, struct view *pic, const struct meeting *m,
		     const struct agenda_entry *e, int64_t span)
{
	int64_t from = e->plan.planned_from - m->starts_at, width = e->minutes * 60;
	int64_t gap = span / 250; /* so that neighbours do not touch */
	bool strong = e->kind == AGENDA_DECISION;
	struct view *bar = view_row(pic, S_BAR);

	view_text(bar, V_X, percent(rq->arena, from, span));
	view_text(bar, V_WIDTH, percent(rq->arena, width > gap ? width - gap : width, span));
	view_text(bar, V_CENTER, percent(rq->arena, from + (width - gap) / 2, span));
	view_text(bar, V_LABEL,
		  e->number != 0 ? arena_fmt(rq->arena, "%" PRId64, e->number) : S("–"));
	view_show_if(bar, S_STRONG, strong);
	view_show_if(bar, S_PALE, e->kind == AGENDA_BREAK);
	view_show_if(bar, S_PLAIN, !strong && e->kind != AGENDA_BREAK);
}

static struct str said(struct request *rq, const struct meeting *m, const struct agenda *a)
{
	struct buf b = {.arena = rq->arena};

	buf_fmt(&b, "Zeitplan von %.*s bis %.*s Uhr",
		ARG(daytime_short_of(rq->arena, m->starts_at)),
		ARG(daytime_short_of(rq->arena, m->starts_at + m->slot * 60)));
	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_entry *e = &a->entries[i];
		buf_add(&b, i == 0 ? S(": ") : S(", "));
		if (e->number != 0)
			buf_fmt(&b, "TOP\u00a0%" PRId64 " %" PRId64 "\u00a0Minuten", e->number,
				e->minutes);
		else
			buf_fmt(&b, "Pause %" PRId64 "\u00a0Minuten", e->minutes);
	}
	return buf_str(&b);
}

void agenda_picture(struct request *rq, struct view *v, const struct meeting *m,
		    const struct agenda *a)
{
	int64_t minutes = a->minutes > m->slot ? a->minutes : m->slot, span = minutes * 60;

	if (a->n == 0)
		return;
	struct view *pic = view_row(v, S_PICTURE);
	view_text(pic, V_SAID, said(rq, m, a));
	for (size_t i = 0; i < a->n; i++)
		draw_bar(rq, pic, m, &a->entries[i], span);
	draw_ticks(rq, pic, m, span);
	if (a->minutes > m->slot)
		view_text(view_row(pic, S_SLOT_END), V_X, percent(rq->arena, m->slot, minutes));
}
