/* register_check_after.c -- waivers, minutes, corrections, what becomes of resolutions. */
#include "features/steering/register_check.h"

#include <inttypes.h>

bool check_waiver(struct check *c, const struct register_waiver *r)
{
	const struct seen_poll *p = check_poll(c, r->poll);
	struct seen_waiver *w;

	if (p == NULL || !str_eq(p->r->kind, S("urgency")) || p->state != POLL_CLOSED ||
	    p->result != TALLY_ADOPTED)
		return check_fails(c, "die Dringlichkeit wurde nicht beschlossen");
	if (p->r->meeting != r->meeting || p->r->entry != r->entry || p->r->decision != r->decision)
		return check_fails(c, "die Dringlichkeit wurde für etwas anderes beschlossen");
	w = ARENA_NEW(c->a, struct seen_waiver);
	*w = (struct seen_waiver){r, c->waivers};
	c->waivers = w;
	return true;
}

static bool two_persons(const struct register_who *one, const struct register_who *other)
{
	return one->digest.n > 0 && other->digest.n > 0 && !str_eq(one->digest, other->digest);
}

bool check_minutes(struct check *c, const struct register_minutes_sealed *r)
{
	if (check_meeting(c, r->meeting) == NULL)
		return check_fails(c, "zu Sitzung %" PRId64 " wurde nicht eingeladen", r->meeting);
	for (const struct seen_poll *p = c->polls; p != NULL; p = p->next)
		if (p->r->meeting == r->meeting && p->state == POLL_OPEN)
			return check_fails(c, "Abstimmung %" PRId64 " läuft noch", p->r->poll);
	if (!two_persons(&r->chair, &r->minute_taker))
		return check_fails(c, "eine Niederschrift unterschreiben zwei Personen");
	check_meeting(c, r->meeting)->sealed = true;
	return true;
}

bool check_approved(struct check *c, const struct register_minutes_approved *r)
{
	struct seen_meeting *m = check_meeting(c, r->meeting);

	if (m == NULL || !m->sealed)
		return check_fails(c, "die Niederschrift ist nicht unterschrieben");
	if (m->approved)
		return check_fails(c, "die Niederschrift ist schon genehmigt");
	if (r->by_meeting == r->meeting)
		return check_fails(c, "eine Niederschrift genehmigt eine andere Sitzung");
	if (check_meeting(c, r->by_meeting) == NULL)
		return check_fails(c, "zu Sitzung %" PRId64 " wurde nicht eingeladen",
				   r->by_meeting);
	m->approved = true;
	return true;
}

/* Minutes that close the case of this vote: of its meeting; for one in writing of any that began
 * after it.  When a meeting began is no record, but whoever opens it has come: where nobody came
 * before the vote ended it surely began after it. */
static bool is_told_for_good(const struct check *c, const struct seen_poll *p)
{
	for (const struct seen_meeting *m = c->meetings; m != NULL; m = m->next)
		if (m->approved &&
		    (p->r->meeting != 0 ? m->id == p->r->meeting : m->began > p->ended))
			return true;
	return false;
}

bool check_correction(struct check *c, const struct register_correction *r)
{
	const struct seen_poll *p = check_poll(c, r->poll);

	if ((r->meeting != 0) == (r->poll != 0))
		return check_fails(c, "die Berichtigung gehört nicht zu genau einer Sache");
	/* Minutes that were sealed before tell of a void vote as well. */
	if (r->poll != 0 && (p == NULL || (p->state != POLL_CLOSED && p->state != POLL_VOIDED)))
		return check_fails(c, "Abstimmung %" PRId64 " ist nicht geschlossen", r->poll);
	if (r->meeting != 0 && check_meeting(c, r->meeting) == NULL)
		return check_fails(c, "zu Sitzung %" PRId64 " wurde nicht eingeladen", r->meeting);
	return two_persons(&r->proposed, &r->confirmed) ||
	       check_fails(c, "eine Berichtigung brauchen zwei Personen");
}

/* The resolution ends with its vote; what it had revoked stands again, done or not. */
static bool end_resolution(struct check *c, int64_t decision)
{
	for (struct seen_follow_up *f = c->follow_ups; f != NULL; f = f->next) {
		if (f->decision == decision && !f->gone && f->superseded_by != 0)
			return check_fails(c, "der Beschluss ist schon aufgehoben");
		f->gone = f->gone || f->decision == decision;
		if (f->superseded_by == decision)
			f->superseded_by = 0;
	}
	return true;
}

bool check_voided(struct check *c, const struct register_poll_voided *r)
{
	struct seen_poll *p = check_poll(c, r->poll);

	if (p == NULL || p->state != POLL_CLOSED)
		return check_fails(c, "Abstimmung %" PRId64 " ist nicht geschlossen", r->poll);
	if (!check_is_on_matter(p) || p->result == TALLY_NOT_QUORATE)
		return check_fails(c, "Abstimmung %" PRId64 " hat nichts entschieden", r->poll);
	if (!two_persons(&r->proposed, &r->confirmed))
		return check_fails(c, "für ungültig erklären zwei Personen eine Abstimmung");
	if (r->reason.n == 0)
		return check_fails(c, "der Grund fehlt");
	if (is_told_for_good(c, p))
		return check_fails(c, "die Niederschrift ist schon genehmigt");
	for (const struct seen_poll *q = c->polls; q != p; q = q->next)
		if (q->r->decision == p->r->decision && check_is_on_matter(q))
			return check_fails(c, "über die Vorlage wurde danach neu abgestimmt");
	p->state = POLL_VOIDED;
	buf_fmt(&c->votes, "  Abstimmung %" PRId64 ": für ungültig erklärt\n", r->poll);
	return end_resolution(c, p->r->decision);
}

static bool start(struct check *c, const struct register_follow_up *r)
{
	struct seen_follow_up *f;

	if (!check_has_result(c, r->decision, TALLY_ADOPTED))
		return check_fails(c, "Vorlage %" PRId64 " wurde nicht beschlossen", r->decision);
	for (f = c->follow_ups; f != NULL; f = f->next)
		if ((f->decision == r->decision && !f->gone) || str_eq(f->number, r->number))
			return check_fails(c,
					   "die Nummer oder die Vorlage hat schon eine Umsetzung");
	f = ARENA_NEW(c->a, struct seen_follow_up);
	*f = (struct seen_follow_up){
	    .decision = r->decision, .number = r->number, .next = c->follow_ups};
	c->follow_ups = f;
	return true;
}

static bool values_fit(const struct register_follow_up *r)
{
	bool reported = str_eq(r->event, S("reported")),
	     superseded = str_eq(r->event, S("superseded"));

	return reported == (r->light.n > 0) && superseded == (r->superseded_by != 0) &&
	       (r->due.n == 0 || register_is_day(r->due));
}

bool check_follow_up(struct check *c, const struct register_follow_up *r)
{
	struct seen_follow_up *f = c->follow_ups;

	if (!values_fit(r))
		return check_fails(c, "die Angaben zur Umsetzung passen nicht zusammen");
	if (str_eq(r->event, S("started")))
		return start(c, r);
	while (f != NULL && (f->decision != r->decision || f->gone))
		f = f->next;
	if (f == NULL || !str_eq(f->number, r->number))
		return check_fails(c, "die Umsetzung wurde nicht begonnen");
	/* What is done may still be revoked. */
	if (f->superseded_by != 0 || (f->done && r->superseded_by == 0))
		return check_fails(c, "die Umsetzung ist schon beendet");
	if (r->superseded_by != 0 && (r->superseded_by == r->decision ||
				      !check_has_result(c, r->superseded_by, TALLY_ADOPTED)))
		return check_fails(c, "der ersetzende Beschluss fehlt");
	f->done = f->done || str_eq(r->event, S("done"));
	f->superseded_by = r->superseded_by;
	return true;
}
