/* agenda_plan.c -- adds up minutes. */
#include "features/steering/agenda_plan.h"

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void plan_all(struct plan *p)
{
	int64_t at = p->starts_at;

	p->minutes = 0;
	for (size_t i = 0; i < p->n; i++) {
		struct plan_entry *e = &p->entries[i];
		e->planned_from = at;
		at += e->minutes * 60;
		e->planned_to = at;
		p->minutes += e->minutes;
	}
}

/* What has begun; returns when the next one can begin and how many entries lie behind. */
static int64_t take_real(struct plan *p, size_t *behind)
{
	int64_t at = p->opened_at;
	bool busy = false;

	for (size_t i = 0; i < p->n; i++) {
		struct plan_entry *e = &p->entries[i];
		e->from = e->started_at;
		e->to = 0;
		if (e->started_at == 0)
			continue;
		*behind = i + 1;
		busy |= e->ended_at == 0;
		e->to =
		    e->ended_at != 0 ? e->ended_at : later(e->started_at + e->minutes * 60, p->now);
		at = later(at, e->to);
	}
	return busy ? at : later(at, p->now);
}

static void forecast(struct plan *p)
{
	size_t behind = 0;
	int64_t at = take_real(p, &behind);

	p->ends_at = at;
	for (size_t i = 0; i < p->n; i++) {
		struct plan_entry *e = &p->entries[i];
		if (e->started_at != 0 || e->done || (e->is_break && i < behind))
			continue;
		e->from = at;
		at += e->minutes * 60;
		e->to = at;
		p->ends_at = at;
	}
}

void agenda_plan(struct plan *p)
{
	int64_t until = p->starts_at + p->slot * 60;

	plan_all(p);
	if (p->opened_at != 0) {
		forecast(p);
	} else {
		for (size_t i = 0; i < p->n; i++) {
			p->entries[i].from = p->entries[i].planned_from;
			p->entries[i].to = p->entries[i].planned_to;
		}
		p->ends_at = p->starts_at + p->minutes * 60;
	}
	p->over = p->ends_at > until ? (p->ends_at - until + 59) / 60 : 0;
}
