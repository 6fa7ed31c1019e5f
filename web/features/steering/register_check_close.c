/* register_check_close.c -- a vote is counted once more. */
#include "features/steering/register_check.h"

#include <inttypes.h>

/* What the ballots of a unit say, without those of persons who are recused now, and without those
 * that were cast for such a person. */
struct said {
	bool any;
	enum unit_status last;
	int64_t yes, no, abstained; /* the last one of each person */
};

static bool is_later_of_person(const struct seen_poll *p, const struct seen_ballot *b)
{
	for (const struct seen_ballot *k = p->ballots; k != b; k = k->next)
		if (k->r->unit == b->r->unit && str_eq(k->r->person.digest, b->r->person.digest))
			return true;
	return false;
}

static struct said what_was_said(const struct check *c, const struct seen_poll *p, int64_t unit)
{
	struct said s = {.any = false};

	for (const struct seen_ballot *b = p->ballots; b != NULL; b = b->next) {
		if (b->r->unit != unit || check_voter_recused(c, p, check_voter_of(p->r, b->r)))
			continue;
		enum unit_status choice = unit_status_named(b->r->choice);
		if (!s.any)
			s.last = choice;
		s.any = true;
		if (is_later_of_person(p, b))
			continue;
		s.yes += choice == UNIT_YES;
		s.no += choice == UNIT_NO;
		s.abstained += choice == UNIT_ABSTAINED;
	}
	return s;
}

static bool is_represented(const struct check *c, const struct seen_poll *p,
			   const struct register_unit *u)
{
	for (size_t i = 0; i < u->voters.n; i++) {
		const struct register_voter *v = &u->voters.v[i];
		if (check_is_there(c, p->r->meeting, v->person.digest) &&
		    !check_voter_recused(c, p, v) &&
		    (v->proxy == 0 || !check_proxy(c, v->proxy)->revoked))
			return true;
	}
	return false;
}

/* A seat of the unit; whoever else is recused would not have voted anyway. */
static bool has_recused(const struct check *c, const struct seen_poll *p,
			const struct register_unit *u)
{
	for (size_t i = 0; i < u->voters.n; i++)
		if (u->voters.v[i].proxy == 0 && check_is_recused(c, p->r->decision, p->r->meeting,
								  u->voters.v[i].person.digest))
			return true;
	return false;
}

enum unit_status check_status(const struct check *c, const struct seen_poll *p,
			      const struct register_unit *u)
{
	struct said s = what_was_said(c, p, u->unit);

	if (s.any && str_eq(p->r->seat_rule, S("block")))
		return tally_seats(SEATS_BLOCK, s.yes, s.no, s.abstained);
	if (s.any && str_eq(p->r->seat_rule, S("inner")))
		return tally_seats(SEATS_INNER, s.yes, s.no, s.abstained);
	if (s.any)
		return s.last;
	if (p->r->meeting != 0 && is_represented(c, p, u))
		return UNIT_SILENT;
	return has_recused(c, p, u) ? UNIT_RECUSED : UNIT_ABSENT;
}

/* Units and sums of weights, from the statuses that hold. */
static bool count(struct check *c, const struct seen_poll *p, const struct register_poll_closed *r,
		  struct tally_input *in)
{
	if (r->units.n != p->r->roll.n)
		return check_fails(c, "nicht jede Kommune hat ein Ergebnis");
	for (size_t i = 0; i < r->units.n; i++) {
		const struct register_unit *u = &p->r->roll.v[i];
		enum unit_status status = check_status(c, p, u);
		if (r->units.v[i].unit != u->unit || r->units.v[i].status != status)
			return check_fails(c,
					   "Kommune %" PRId64 ": nach den Stimmen „%.*s“, "
					   "eingetragen ist „%.*s“",
					   u->unit, ARG(unit_status_name(status)),
					   ARG(unit_status_name(r->units.v[i].status)));
		in->units.of[status]++;
		in->weights.of[status] += u->weight;
	}
	for (int s = 0; s < UNIT_STATUSES; s++)
		if (in->units.of[s] != r->in.units.of[s] ||
		    in->weights.of[s] != r->in.weights.of[s])
			return check_fails(c, "die Zählung „%.*s“ stimmt nicht",
					   ARG(unit_status_name((enum unit_status)s)));
	return true;
}

/* A recused chair has no casting vote. */
static enum unit_status own_vote(const struct check *c, const struct seen_poll *p,
				 struct str person)
{
	if (check_is_recused(c, p->r->decision, p->r->meeting, person))
		return UNIT_SILENT;
	for (const struct seen_ballot *b = p->ballots; person.n > 0 && b != NULL; b = b->next)
		if (str_eq(b->r->person.digest, person) && !str_eq(b->r->capacity, S("proxy")))
			return unit_status_named(b->r->choice);
	return UNIT_SILENT;
}

static int64_t casters(const struct seen_poll *p)
{
	int64_t n = 0;

	for (const struct seen_ballot *b = p->ballots; b != NULL; b = b->next) {
		bool seen = false;
		for (const struct seen_ballot *k = p->ballots; k != b && !seen; k = k->next)
			seen = str_eq(k->r->person.digest, b->r->person.digest);
		n += seen ? 0 : 1;
	}
	return n;
}

static bool persons_are_possible(struct check *c, const struct seen_poll *p, int64_t persons)
{
	const struct seen_meeting *m = check_meeting(c, p->r->meeting);
	int64_t cast = casters(p), most = m != NULL ? m->came : cast;

	return (persons >= cast && persons <= most) ||
	       check_fails(c, "%" PRId64 " Personen können nicht teilgenommen haben", persons);
}

/* Before its deadline only when nobody can answer any more. */
static bool may_end(struct check *c, const struct seen_poll *p,
		    const struct register_poll_closed *r)
{
	if (p->r->closes_at == 0 || c->now.at > p->r->closes_at)
		return true;
	for (size_t i = 0; i < r->units.n; i++)
		if (r->units.v[i].status == UNIT_ABSENT)
			return check_fails(c, "vor der Frist geschlossen, obwohl Antworten fehlen");
	return true;
}

static void tell(struct check *c, const struct seen_poll *p, const struct register_poll_closed *r)
{
	static const char *const results[TALLY_RESULTS] = {"angenommen", "abgelehnt",
							   "nicht beschlussfähig"};
	const struct register_template_published *t = check_template_of(c, p->r->decision)->r;
	const char *kind = str_eq(p->r->kind, S("urgency"))    ? "Dringlichkeit, "
			   : str_eq(p->r->kind, S("circular")) ? "Umlauf, "
			   : str_eq(p->r->kind, S("recusal"))  ? "Befangenheit, "
							       : "";

	buf_fmt(&c->votes, "  Abstimmung %" PRId64 ": %sVorlage %.*s, Fassung %" PRId64 "\n",
		p->r->poll, kind, ARG(t->number), p->r->version);
	if (t->old_title.n > 0)
		buf_fmt(&c->votes, "    „%.*s“\n", ARG(t->old_title));
	buf_fmt(&c->votes, "    %s: %.*s\n", results[r->result], ARG(r->words));
	buf_fmt(&c->votes, "    Regel: %.*s%s\n", ARG(tally_rule_words(c->a, &p->r->rule)),
		p->late ? "; zu spät vorgelegt, als dringlich zugelassen" : "");
}

bool check_closed(struct check *c, const struct register_poll_closed *r)
{
	struct seen_poll *p = check_poll(c, r->poll);
	struct tally_input in = {.persons = r->in.persons, .chair = r->in.chair};
	struct tally t;

	if (p == NULL || p->state != POLL_OPEN)
		return check_fails(c, "Abstimmung %" PRId64 " ist nicht offen", r->poll);
	if (!count(c, p, r, &in) || !persons_are_possible(c, p, r->in.persons) || !may_end(c, p, r))
		return false;
	if (r->in.chair != own_vote(c, p, p->r->chair.digest))
		return check_fails(c, "die eigene Stimme der Sitzungsleitung stimmt nicht");
	if (tally(&p->r->rule, &in, &t) != OK)
		return check_fails(c, "die Regel der Abstimmung ist unmöglich");
	if (t.result != r->result)
		return check_fails(c, "nach den Stimmen „%.*s“, eingetragen ist „%.*s“",
				   ARG(tally_result_name(t.result)),
				   ARG(tally_result_name(r->result)));
	struct str words = tally_words(c->a, &p->r->rule, &in, &t);
	if (!str_eq(words, r->words))
		return check_fails(c, "die Rechnung lautet „%.*s“", ARG(words));
	p->state = POLL_CLOSED;
	p->ended = c->now.n;
	p->result = r->result;
	c->out->open_count--;
	c->out->vote_count++;
	tell(c, p, r);
	return true;
}
