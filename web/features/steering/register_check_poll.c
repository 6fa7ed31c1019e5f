/* register_check_poll.c -- a vote: opened, cast, ended. */
#include "features/steering/register_check.h"

#include <inttypes.h>

struct seen_poll *check_poll(const struct check *c, int64_t id)
{
	for (struct seen_poll *p = c->polls; p != NULL; p = p->next)
		if (p->r->poll == id)
			return p;
	return NULL;
}

bool check_is_on_matter(const struct seen_poll *p)
{
	return !str_eq(p->r->kind, S("urgency")) && !str_eq(p->r->kind, S("recusal"));
}

bool check_has_result(const struct check *c, int64_t decision, enum tally_result result)
{
	for (const struct seen_poll *p = c->polls; p != NULL; p = p->next)
		if (p->r->decision == decision && p->state == POLL_CLOSED && p->result == result &&
		    check_is_on_matter(p))
			return true;
	return false;
}

/* Opening ------------------------------------------------------------------------------------- */

/* Whose vote it gives away: the municipality's, or where members vote that of who granted it. */
static bool is_of_unit(const struct register_poll_opened *r, const struct register_unit *u,
		       const struct register_proxy_granted *p)
{
	if (r->rule.mode != TALLY_MEMBERS)
		return p->unit == u->unit;
	return u->voters.n > 0 && str_eq(u->voters.v[0].person.digest, p->principal.digest);
}

/* Where members vote, each has one vote and nobody two. */
static bool member_is_possible(struct check *c, const struct register_poll_opened *r, size_t at)
{
	const struct register_unit *u = &r->roll.v[at];

	if (u->voters.n == 0 || !str_eq(u->voters.v[0].capacity, S("holder")) || u->weight != 1)
		return check_fails(c, "Stimme %" PRId64 " gehört keinem Mitglied", u->unit);
	for (size_t i = 1; i < u->voters.n; i++)
		if (!str_eq(u->voters.v[i].capacity, S("proxy")))
			return check_fails(c, "Stimme %" PRId64 " gehört zwei Mitgliedern",
					   u->unit);
	for (size_t k = 0; k < at; k++)
		if (str_eq(r->roll.v[k].voters.v[0].person.digest, u->voters.v[0].person.digest))
			return check_fails(c, "ein Mitglied hat zwei Stimmen");
	return str_eq(r->seat_rule, S("speaker")) ||
	       check_fails(c, "wo Mitglieder abstimmen, gibt es keine Sitze");
}

static bool voter_is_possible(struct check *c, const struct register_poll_opened *r,
			      const struct register_unit *u, const struct register_voter *v)
{
	const struct seen_proxy *p = check_proxy(c, v->proxy);

	if (v->person.digest.n == 0)
		return check_fails(c, "im Stimmenverzeichnis fehlt eine Person");
	if (str_eq(v->capacity, S("proxy")) != (v->proxy != 0))
		return check_fails(c, "im Stimmenverzeichnis fehlt eine Vollmacht");
	if (v->proxy == 0)
		return true;
	return (p != NULL && p->r->meeting == r->meeting && is_of_unit(r, u, p->r) &&
		str_eq(p->r->person.digest, v->person.digest) &&
		(p->r->entry == 0 || p->r->entry == r->entry)) ||
	       check_fails(c, "Vollmacht %" PRId64 " wurde so nicht erteilt", v->proxy);
}

static bool roll_is_possible(struct check *c, const struct register_poll_opened *r)
{
	for (size_t i = 0; i < r->roll.n; i++) {
		const struct register_unit *u = &r->roll.v[i];
		for (size_t k = 0; k < i; k++)
			if (r->roll.v[k].unit == u->unit)
				return check_fails(c, "Kommune %" PRId64 " steht zweimal da",
						   u->unit);
		if (r->rule.mode == TALLY_MEMBERS && !member_is_possible(c, r, i))
			return false;
		if (u->weight < 1 || u->weight > TALLY_MAX)
			return check_fails(c, "Kommune %" PRId64 " hat kein Gewicht", u->unit);
		for (size_t k = 0; k < u->voters.n; k++)
			if (!voter_is_possible(c, r, u, &u->voters.v[k]))
				return false;
	}
	return r->roll.n > 0 || check_fails(c, "das Stimmenverzeichnis ist leer");
}

/* By a vote on this wording, or on one that editorial changes alone lie between. */
static bool is_admitted(const struct check *c, const struct register_poll_opened *r)
{
	const struct seen_template *t = check_template_of(c, r->decision);

	for (const struct seen_waiver *w = c->waivers; t != NULL && w != NULL; w = w->next) {
		const struct seen_poll *by = check_poll(c, w->r->poll);
		if (w->r->meeting == r->meeting && w->r->entry == r->entry &&
		    w->r->decision == r->decision && by != NULL &&
		    by->counts_from == t->r->counts_from)
			return true;
	}
	return false;
}

/* The five-day rule, by the day announced last. */
static bool is_timely(struct check *c, const struct register_poll_opened *r, struct seen_poll *p)
{
	struct deadline_rule rule = {.days = (int)r->deadline_days, .clear_days = r->clear_days};
	const struct seen_meeting *m = check_meeting(c, r->meeting);
	struct date day;

	if (m == NULL || !date_parse_iso(m->day, &day) || r->deadline_days > 60)
		return check_fails(c, "zu Sitzung %" PRId64 " wurde nicht eingeladen", r->meeting);
	if (!str_eq(r->kind, S("resolution")) ||
	    deadline_timely(rule, day, check_template_of(c, r->decision)->r->counts_from))
		return true;
	p->late = true;
	return is_admitted(c, r) ||
	       check_fails(c, "die Vorlage lag zu spät vor, und die Dringlichkeit wurde nicht "
			      "beschlossen");
}

static bool place_is_possible(struct check *c, const struct register_poll_opened *r,
			      struct seen_poll *p)
{
	bool circular = str_eq(r->kind, S("circular"));

	if (circular != (r->meeting == 0) || circular != (r->closes_at != 0) ||
	    circular != (r->entry == 0))
		return check_fails(c,
				   "Sitzung, Punkt und Frist passen nicht zur Art der Abstimmung");
	if (circular)
		return r->closes_at > c->now.at || check_fails(c, "die Frist ist schon vorbei");
	return is_timely(c, r, p);
}

static bool is_new(struct check *c, const struct register_poll_opened *r)
{
	for (const struct seen_poll *p = c->polls; p != NULL; p = p->next) {
		if (p->r->poll == r->poll)
			return check_fails(c, "Abstimmung %" PRId64 " gab es schon", r->poll);
		if (p->state == POLL_OPEN && (p->r->decision == r->decision ||
					      (r->meeting != 0 && p->r->meeting == r->meeting)))
			return check_fails(c, "Abstimmung %" PRId64 " läuft noch", p->r->poll);
		if (p->r->decision == r->decision && p->r->entry == r->entry &&
		    str_eq(p->r->kind, r->kind) && p->r->round >= r->round)
			return check_fails(c, "Durchgang %" PRId64 " gab es schon", r->round);
	}
	return true;
}

/* What is disputed is decided first. */
static bool recusals_allow(struct check *c, const struct register_poll_opened *r,
			   struct seen_poll *p)
{
	const struct seen_recusal *s = check_to_decide(c, r->decision, r->meeting);
	bool asks = str_eq(r->kind, S("recusal"));

	if (asks && (s == NULL || r->rule.majority != MAJORITY_SIMPLE))
		return check_fails(c, "es gibt keine bestrittene Befangenheit");
	if (!asks && s != NULL)
		return check_fails(c, "eine bestrittene Befangenheit ist nicht entschieden");
	if (asks)
		p->about = s->r->person.digest;
	return true;
}

bool check_opened(struct check *c, const struct register_poll_opened *r)
{
	const struct seen_template *t = check_template_of(c, r->decision);
	struct seen_poll *p = ARENA_NEW(c->a, struct seen_poll);

	*p = (struct seen_poll){.r = r, .n = c->now.n, .next = c->polls};
	if (t == NULL || t->r->version != r->version || !str_eq(t->r->sha256, r->sha256))
		return check_fails(c,
				   "diese Fassung der Vorlage %" PRId64
				   " ist nicht die zuletzt veröffentlichte",
				   r->decision);
	if (r->rule.second_meeting && !check_has_result(c, r->decision, TALLY_NOT_QUORATE))
		return check_fails(c, "es gab keine erste Sitzung ohne Beschlussfähigkeit");
	if (!is_new(c, r) || !roll_is_possible(c, r) || !place_is_possible(c, r, p))
		return false;
	if (!recusals_allow(c, r, p))
		return false;
	p->counts_from = t->r->counts_from;
	c->polls = p;
	c->out->open_count++;
	return true;
}

/* Casting ------------------------------------------------------------------------------------- */

const struct register_voter *check_voter_of(const struct register_poll_opened *r,
					    const struct register_ballot *b)
{
	for (size_t i = 0; i < r->roll.n; i++)
		for (size_t k = 0; r->roll.v[i].unit == b->unit && k < r->roll.v[i].voters.n; k++) {
			const struct register_voter *v = &r->roll.v[i].voters.v[k];
			if (str_eq(v->person.digest, b->person.digest) &&
			    str_eq(v->capacity, b->capacity))
				return v;
		}
	return NULL;
}

bool check_voter_recused(const struct check *c, const struct seen_poll *p,
			 const struct register_voter *v)
{
	int64_t decision = p->r->decision, meeting = p->r->meeting;
	const struct seen_proxy *by = check_proxy(c, v->proxy);

	return check_is_recused(c, decision, meeting, v->person.digest) ||
	       (by != NULL && check_is_recused(c, decision, meeting, by->r->principal.digest));
}

/* After the holder's own vote nobody casts for the unit by proxy. */
static bool holder_has_cast(const struct seen_poll *p, int64_t unit)
{
	for (const struct seen_ballot *b = p->ballots; b != NULL; b = b->next)
		if (b->r->unit == unit && str_eq(b->r->capacity, S("holder")))
			return true;
	return false;
}

static bool may_cast(struct check *c, const struct seen_poll *p, const struct register_ballot *b)
{
	const struct register_voter *v = check_voter_of(p->r, b);

	if (v == NULL)
		return check_fails(
		    c, "so steht niemand für Kommune %" PRId64 " im Stimmenverzeichnis", b->unit);
	if (p->r->meeting != 0 && !check_is_there(c, p->r->meeting, b->person.digest))
		return check_fails(c, "wer abstimmt, ist nicht anwesend");
	if (check_is_recused(c, p->r->decision, p->r->meeting, b->person.digest))
		return check_fails(c, "wer abstimmt, ist befangen");
	if (check_voter_recused(c, p, v))
		return check_fails(c, "wer vertreten wird, ist befangen");
	if (v->proxy != 0 && check_proxy(c, v->proxy)->revoked)
		return check_fails(c, "Vollmacht %" PRId64 " gilt nicht mehr", v->proxy);
	if (v->proxy != 0 && holder_has_cast(p, b->unit))
		return check_fails(c, "die Stimmführung hat schon selbst abgestimmt");
	return p->r->closes_at == 0 || c->now.at <= p->r->closes_at ||
	       check_fails(c, "die Frist der Abstimmung war vorbei");
}

bool check_ballot(struct check *c, const struct register_ballot *r)
{
	struct seen_poll *p = check_poll(c, r->poll);
	struct seen_ballot *b;

	if (p == NULL || p->state != POLL_OPEN)
		return check_fails(
		    c, "Stimme außerhalb der Abstimmung: %" PRId64 " ist nicht offen", r->poll);
	if (r->seq != (p->ballots != NULL ? p->ballots->r->seq : 0) + 1)
		return check_fails(
		    c, "die Stimmen von Abstimmung %" PRId64 " sind nicht fortlaufend", r->poll);
	if (!may_cast(c, p, r))
		return false;
	b = ARENA_NEW(c->a, struct seen_ballot);
	*b = (struct seen_ballot){r, p->ballots};
	p->ballots = b;
	return true;
}

bool check_aborted(struct check *c, const struct register_poll_aborted *r)
{
	struct seen_poll *p = check_poll(c, r->poll);

	if (p == NULL || p->state != POLL_OPEN)
		return check_fails(c, "Abstimmung %" PRId64 " ist nicht offen", r->poll);
	p->state = POLL_ABORTED;
	c->out->open_count--;
	c->out->vote_count++;
	buf_fmt(&c->votes, "  Abstimmung %" PRId64 ": abgebrochen\n", r->poll);
	return true;
}
