/* register_check_recusal.c -- recusals that are disputed, and what the committee decides. */
#include "features/steering/register_check.h"

/* The newest word about that person; NULL: none. */
static struct seen_recusal *word_on(const struct check *c, int64_t decision, int64_t meeting,
				    struct str person)
{
	for (struct seen_recusal *s = c->recusals; s != NULL; s = s->next)
		if (s->r->decision == decision && s->r->meeting == meeting &&
		    str_eq(s->r->person.digest, person))
			return s;
	return NULL;
}

struct seen_recusal *check_to_decide(const struct check *c, int64_t decision, int64_t meeting)
{
	struct seen_recusal *first = NULL;

	for (struct seen_recusal *s = c->recusals; s != NULL; s = s->next)
		if (s->r->decision == decision && s->r->meeting == meeting && s->disputed &&
		    !s->decided && str_eq(s->r->event, S("noted")) &&
		    word_on(c, decision, meeting, s->r->person.digest) == s)
			first = s;
	return first;
}

bool check_disputed(struct check *c, const struct register_recusal_disputed *r)
{
	struct seen_recusal *s = word_on(c, r->decision, r->meeting, r->person.digest);

	if (r->meeting == 0 || s == NULL || !str_eq(s->r->event, S("noted")))
		return check_fails(c, "die Person war nicht befangen");
	if (s->disputed)
		return check_fails(c, "die Befangenheit ist schon bestritten");
	s->disputed = true;
	return true;
}

bool check_decided(struct check *c, const struct register_recusal_decided *r)
{
	const struct seen_poll *p = check_poll(c, r->poll);
	struct seen_recusal *s = word_on(c, r->decision, r->meeting, r->person.digest);

	if (p == NULL || !str_eq(p->r->kind, S("recusal")) || p->state != POLL_CLOSED ||
	    p->result == TALLY_NOT_QUORATE)
		return check_fails(c, "entschieden wurde nicht über eine Befangenheit");
	if (p->r->decision != r->decision || p->r->meeting != r->meeting ||
	    !str_eq(p->about, r->person.digest) || r->stands != (p->result == TALLY_ADOPTED))
		return check_fails(c, "die Entscheidung passt nicht zur Abstimmung");
	if (s == NULL || !s->disputed || s->decided)
		return check_fails(c, "die Befangenheit ist schon entschieden");
	s->decided = true;
	if (r->stands)
		return true;
	struct register_recusal *lifted = ARENA_NEW(c->a, struct register_recusal);
	*lifted = *s->r;
	lifted->event = S("lifted");
	struct seen_recusal *now = ARENA_NEW(c->a, struct seen_recusal);
	*now = (struct seen_recusal){
	    .r = lifted, .disputed = true, .decided = true, .next = c->recusals};
	c->recusals = now;
	return true;
}
