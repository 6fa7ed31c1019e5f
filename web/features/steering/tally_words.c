/* tally_words.c -- names of rules and results, and the arithmetic of a vote as people read it. */
#include "features/steering/tally.h"

#include <inttypes.h>

static const struct str statuses[UNIT_STATUSES] = {
    [UNIT_YES] = S_INIT("yes"),
    [UNIT_NO] = S_INIT("no"),
    [UNIT_ABSTAINED] = S_INIT("abstained"),
    [UNIT_SILENT] = S_INIT("silent"),
    [UNIT_INVALID] = S_INIT("invalid"),
    [UNIT_ABSENT] = S_INIT("absent"),
    [UNIT_RECUSED] = S_INIT("recused"),
};
static const struct str majorities[MAJORITY_COUNT] = {
    [MAJORITY_SIMPLE] = S_INIT("simple"),
    [MAJORITY_CAST] = S_INIT("cast"),
    [MAJORITY_MORE_COMPETENT] = S_INIT("more_competent"),
    [MAJORITY_MORE_ALL] = S_INIT("more_all"),
    [MAJORITY_COMPETENT] = S_INIT("competent"),
    [MAJORITY_UNANIMOUS] = S_INIT("unanimous"),
    [MAJORITY_UNANIMOUS_ALL] = S_INIT("unanimous_all"),
    [MAJORITY_MORE_REPRESENTED] = S_INIT("more_represented"),
    [MAJORITY_REPRESENTED] = S_INIT("represented"),
};
static const struct str results[TALLY_RESULTS] = {
    [TALLY_ADOPTED] = S_INIT("adopted"),
    [TALLY_REJECTED] = S_INIT("rejected"),
    [TALLY_NOT_QUORATE] = S_INIT("not_quorate"),
};

static int named(const struct str *names, int count, struct str s)
{
	int i = 0;

	while (i < count && !str_eq(names[i], s))
		i++;
	return i;
}

struct str unit_status_name(enum unit_status s)
{
	return statuses[s];
}

enum unit_status unit_status_named(struct str s)
{
	return (enum unit_status)named(statuses, UNIT_STATUSES, s);
}

struct str tally_majority_name(enum tally_majority m)
{
	return majorities[m];
}

enum tally_majority tally_majority_named(struct str s)
{
	return (enum tally_majority)named(majorities, MAJORITY_COUNT, s);
}

struct str tally_result_name(enum tally_result r)
{
	return results[r];
}

enum tally_result tally_result_named(struct str s)
{
	return (enum tally_result)named(results, TALLY_RESULTS, s);
}

static const char *sign(bool holds, const char *when_true, const char *when_false)
{
	return holds ? when_true : when_false;
}

/* "18 ≥ 18 (3 · 6 Ja, 2 · 9 abgegebene)": the numbers compared, then where they come from. */
static struct str fraction(struct arena *a, const struct tally_rule *rule,
			   const struct tally_check *c, const char *of)
{
	return arena_fmt(a,
			 "%" PRId64 " %s %" PRId64 " (%" PRId64 " · %" PRId64 " Ja, %" PRId64
			 " · %" PRId64 " %s)",
			 c->left, sign(c->holds, "≥", "<"), c->right, rule->b, c->left / rule->b,
			 rule->a, c->right / rule->a, of);
}

static struct str double_yes(struct arena *a, const struct tally_check *c, const char *of)
{
	return arena_fmt(a, "2 · %" PRId64 " Ja %s %" PRId64 " %s", c->left / 2,
			 sign(c->holds, ">", "≤"), c->right, of);
}

static struct str check_words(struct arena *a, const struct tally_rule *rule,
			      const struct tally_input *in, const struct tally_check *c)
{
	const char *yes_no = sign(c->holds, ">", "≤");

	switch (rule->majority) {
	case MAJORITY_CAST:
		return fraction(a, rule, c, "abgegebene");
	case MAJORITY_COMPETENT:
		return fraction(a, rule, c, "Stimmberechtigte");
	case MAJORITY_MORE_COMPETENT:
		return double_yes(a, c, "Stimmberechtigte");
	case MAJORITY_MORE_ALL:
		return double_yes(a, c, "Stimmen insgesamt");
	case MAJORITY_REPRESENTED:
		return fraction(a, rule, c, "Vertretene");
	case MAJORITY_MORE_REPRESENTED:
		return double_yes(a, c, "Vertretene");
	case MAJORITY_UNANIMOUS:
		return arena_fmt(a, "%" PRId64 " Nein, erlaubt 0", c->left);
	case MAJORITY_UNANIMOUS_ALL:
		return arena_fmt(a, "%" PRId64 " Ja %s %" PRId64 " Stimmberechtigte", c->left,
				 sign(c->holds, "=", "≠"), c->right);
	case MAJORITY_SIMPLE:
	case MAJORITY_COUNT:
	default:
		break;
	}
	if (!c->tie)
		return arena_fmt(a, "%" PRId64 " Ja %s %" PRId64 " Nein", c->left, yes_no,
				 c->right);
	if (!c->chair_decided)
		return arena_fmt(a, "%" PRId64 " Ja = %" PRId64 " Nein, Stimmengleichheit", c->left,
				 c->right);
	return arena_fmt(a,
			 "%" PRId64 " Ja = %" PRId64
			 " Nein, Stimmengleichheit, die Sitzungsleitung entscheidet mit %s",
			 c->left, c->right, in->chair == UNIT_YES ? "Ja" : "Nein");
}

static void add_quorum(struct buf *b, const struct tally_rule *rule, const struct tally_input *in,
		       const struct tally *t)
{
	bool by_weight = tally_by_weight(rule->mode) && rule->quorum_by_weight;
	int64_t there =
	    t->represented +
	    (rule->absent_counts ? (by_weight ? in->weights : in->units).of[UNIT_ABSENT] : 0);

	buf_fmt(b, "%s: %" PRId64 " von %" PRId64 ", nötig %" PRId64,
		t->enough_units && t->enough_persons ? "beschlussfähig" : "nicht beschlussfähig",
		there, t->all, t->quorum);
	if (!t->enough_persons)
		buf_fmt(b, "; %" PRId64 " %s, nötig %" PRId64, in->persons,
			in->persons == 1 ? "Person" : "Personen", rule->min_persons);
}

struct str tally_words(struct arena *a, const struct tally_rule *rule, const struct tally_input *in,
		       const struct tally *t)
{
	struct buf b = {.arena = a};

	if (rule->mode == TALLY_DUAL)
		buf_fmt(&b, "Kommunen: %.*s; Mitglieder: %.*s",
			ARG(check_words(a, rule, in, &t->heads)),
			ARG(check_words(a, rule, in, &t->weights)));
	else
		buf_add(&b, check_words(a, rule, in,
					rule->mode == TALLY_WEIGHTED ? &t->weights : &t->heads));
	if (!t->some_yes)
		buf_add(&b, S("; ohne Ja kein Beschluss"));
	else if (!t->enough_yes)
		buf_fmt(&b, "; mindestens %" PRId64 " Ja nötig", rule->min_yes);
	buf_add(&b, S("; "));
	add_quorum(&b, rule, in, t);
	return buf_str(&b);
}

struct str tally_rule_words(struct arena *a, const struct tally_rule *rule)
{
	switch (rule->majority) {
	case MAJORITY_CAST:
		return arena_fmt(a, "mindestens %" PRId64 "/%" PRId64 " der abgegebenen Stimmen",
				 rule->a, rule->b);
	case MAJORITY_MORE_COMPETENT:
		return S("mehr als die Hälfte der Stimmberechtigten");
	case MAJORITY_MORE_ALL:
		return S("mehr als die Hälfte aller Stimmen des Kreises");
	case MAJORITY_COMPETENT:
		return arena_fmt(a, "mindestens %" PRId64 "/%" PRId64 " der Stimmberechtigten",
				 rule->a, rule->b);
	case MAJORITY_REPRESENTED:
		return arena_fmt(a, "mindestens %" PRId64 "/%" PRId64 " der vertretenen Stimmen",
				 rule->a, rule->b);
	case MAJORITY_MORE_REPRESENTED:
		return S("mehr als die Hälfte der vertretenen Stimmen");
	case MAJORITY_UNANIMOUS:
		return S("einstimmig: kein Nein");
	case MAJORITY_UNANIMOUS_ALL:
		return S("einstimmig: alle Stimmberechtigten sagen Ja");
	case MAJORITY_SIMPLE:
	case MAJORITY_COUNT:
	default:
		break;
	}
	return S("einfache Mehrheit: mehr Ja als Nein");
}
