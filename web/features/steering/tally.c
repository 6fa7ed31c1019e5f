/* tally.c -- counts a vote.  Rules and their sources are in tally.h. */
#include "features/steering/tally.h"

static int64_t max_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t min_of(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t all(const struct tally_count *c)
{
	int64_t sum = 0;

	for (int s = 0; s < UNIT_STATUSES; s++)
		sum += c->of[s];
	return sum;
}

static int64_t competent(const struct tally_count *c)
{
	return all(c) - c->of[UNIT_RECUSED];
}

static int64_t represented(const struct tally_count *c)
{
	return competent(c) - c->of[UNIT_ABSENT];
}

static bool count_possible(const struct tally_count *c)
{
	for (int s = 0; s < UNIT_STATUSES; s++)
		if (c->of[s] < 0 || c->of[s] > TALLY_MAX)
			return false;
	return all(c) <= TALLY_MAX;
}

static bool needs_fraction(enum tally_majority m)
{
	return m == MAJORITY_CAST || m == MAJORITY_COMPETENT || m == MAJORITY_REPRESENTED;
}

static bool rule_possible(const struct tally_rule *r)
{
	if (needs_fraction(r->majority) && (r->a < 1 || r->b < r->a || r->b > 1000))
		return false;
	return r->majority < MAJORITY_COUNT && r->mode < TALLY_MODES && r->min_yes >= 0 &&
	       r->min_persons >= 0;
}

static int64_t quorum(const struct tally_rule *rule, const struct tally_count *c)
{
	int64_t e = all(c);

	if (2 * c->of[UNIT_RECUSED] > e || rule->second_meeting)
		return 1;
	return max_of(e / 2 + 1, min_of(3, e));
}

static struct tally_check compare(int64_t left, int64_t right, bool holds)
{
	return (struct tally_check){.left = left, .right = right, .holds = holds};
}

static struct tally_check simple(const struct tally_rule *rule, const struct tally_count *c,
				 enum unit_status chair)
{
	int64_t yes = c->of[UNIT_YES], no = c->of[UNIT_NO];
	struct tally_check check = compare(yes, no, yes > no);

	check.tie = yes == no;
	if (check.tie && rule->casting_vote && (chair == UNIT_YES || chair == UNIT_NO)) {
		check.chair_decided = true;
		check.holds = chair == UNIT_YES;
	}
	return check;
}

/* Each inequality is between counts of one kind: heads with heads, weights with weights. */
static struct tally_check check(const struct tally_rule *rule, const struct tally_count *c,
				enum unit_status chair)
{
	int64_t yes = c->of[UNIT_YES], no = c->of[UNIT_NO], a = rule->a, b = rule->b;
	int64_t there = represented(c);

	switch (rule->majority) {
	case MAJORITY_CAST:
		return compare(b * yes, a * (yes + no), b * yes >= a * (yes + no));
	case MAJORITY_MORE_COMPETENT:
		return compare(2 * yes, competent(c), 2 * yes > competent(c));
	case MAJORITY_MORE_ALL:
		return compare(2 * yes, all(c), 2 * yes > all(c));
	case MAJORITY_COMPETENT:
		return compare(b * yes, a * competent(c), b * yes >= a * competent(c));
	case MAJORITY_UNANIMOUS:
		return compare(no, 0, no == 0);
	case MAJORITY_UNANIMOUS_ALL:
		return compare(yes, competent(c), yes == competent(c));
	case MAJORITY_MORE_REPRESENTED:
		return compare(2 * yes, there, 2 * yes > there);
	case MAJORITY_REPRESENTED:
		return compare(b * yes, a * there, b * yes >= a * there);
	case MAJORITY_SIMPLE:
	case MAJORITY_COUNT:
	default:
		break;
	}
	return simple(rule, c, chair);
}

bool tally_by_weight(enum tally_mode mode)
{
	return mode == TALLY_WEIGHTED || mode == TALLY_DUAL;
}

static void weigh(const struct tally_rule *rule, const struct tally_input *in, struct tally *t)
{
	bool by_heads = rule->mode != TALLY_WEIGHTED, by_weights = tally_by_weight(rule->mode);
	const struct tally_count *deciding = by_heads ? &in->units : &in->weights;

	t->cast = deciding->of[UNIT_YES] + deciding->of[UNIT_NO];
	t->some_yes = deciding->of[UNIT_YES] >= 1;
	t->enough_yes = deciding->of[UNIT_YES] >= rule->min_yes;
	if (by_heads)
		t->heads = check(rule, &in->units, in->chair);
	if (by_weights)
		t->weights = check(rule, &in->weights, in->chair);
	bool holds = t->some_yes && t->enough_yes && (!by_heads || t->heads.holds) &&
		     (!by_weights || t->weights.holds);
	t->result = holds ? TALLY_ADOPTED : TALLY_REJECTED;
}

enum err tally(const struct tally_rule *rule, const struct tally_input *in, struct tally *out)
{
	bool weights = tally_by_weight(rule->mode);
	const struct tally_count *counted =
	    weights && rule->quorum_by_weight ? &in->weights : &in->units;

	*out = (struct tally){.result = TALLY_NOT_QUORATE};
	if (!rule_possible(rule) || !count_possible(&in->units) ||
	    (weights && !count_possible(&in->weights)))
		return E_BAD_REQUEST;
	out->all = all(counted);
	out->competent = competent(counted);
	out->represented = represented(counted);
	out->quorum = quorum(rule, counted);
	int64_t there = out->represented + (rule->absent_counts ? counted->of[UNIT_ABSENT] : 0);
	out->enough_units = there >= out->quorum;
	out->enough_persons = out->quorum == 1 || in->persons >= rule->min_persons;
	weigh(rule, in, out);
	if (!out->enough_units || !out->enough_persons)
		out->result = TALLY_NOT_QUORATE;
	return OK;
}

enum unit_status tally_seats(enum seat_rule rule, int64_t yes, int64_t no, int64_t abstained)
{
	int64_t voted = yes + no + abstained;

	if (voted == 0)
		return UNIT_SILENT;
	if (rule == SEATS_INNER) {
		if (2 * yes > voted)
			return UNIT_YES;
		return 2 * no > voted ? UNIT_NO : UNIT_ABSTAINED;
	}
	if (yes == voted)
		return UNIT_YES;
	if (no == voted)
		return UNIT_NO;
	return abstained == voted ? UNIT_ABSTAINED : UNIT_INVALID;
}
