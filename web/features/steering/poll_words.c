/* poll_words.c -- votes in German. */
#include "features/steering/poll_words.h"

#include "base/daytime.h"

struct str poll_tally_label(const struct poll *p)
{
	static const struct str labels[TALLY_RESULTS] = {[TALLY_ADOPTED] = S_INIT("angenommen"),
							 [TALLY_REJECTED] = S_INIT("abgelehnt"),
							 [TALLY_NOT_QUORATE] =
							     S_INIT("nicht beschlussfähig")};

	if (p->aborted_at != 0)
		return S("abgebrochen");
	if (p->kind == POLL_RECUSAL && p->result != TALLY_NOT_QUORATE)
		return p->result == TALLY_ADOPTED ? S("befangen") : S("nicht befangen");
	return labels[p->result];
}

struct str poll_result_label(const struct poll *p)
{
	return p->voided_at != 0 ? S("für ungültig erklärt") : poll_tally_label(p);
}

struct str unit_status_label(enum unit_status s)
{
	static const struct str labels[UNIT_STATUSES] = {[UNIT_YES] = S_INIT("Ja"),
							 [UNIT_NO] = S_INIT("Nein"),
							 [UNIT_ABSTAINED] = S_INIT("Enthaltung"),
							 [UNIT_SILENT] = S_INIT("nicht abgestimmt"),
							 [UNIT_INVALID] = S_INIT("ungültig"),
							 [UNIT_ABSENT] = S_INIT("abwesend"),
							 [UNIT_RECUSED] = S_INIT("befangen")};

	return labels[s];
}

const char *unit_status_sign(enum unit_status s)
{
	if (s == UNIT_YES)
		return S_SIGN_GREEN;
	return s == UNIT_NO ? S_SIGN_RED : S_SIGN_GREY;
}

struct str abstaining_words(const struct tally_rule *rule)
{
	switch (rule->majority) {
	case MAJORITY_MORE_COMPETENT:
	case MAJORITY_COMPETENT:
	case MAJORITY_UNANIMOUS_ALL:
		return S("Es zählen die Ja-Stimmen im Verhältnis zu allen Stimmberechtigten. Eine "
			 "Enthaltung wirkt deshalb wie ein Nein.");
	case MAJORITY_MORE_ALL:
		return S(
		    "Es zählen die Ja-Stimmen im Verhältnis zu allen Stimmen des Kreises. Eine "
		    "Enthaltung wirkt deshalb wie ein Nein.");
	case MAJORITY_MORE_REPRESENTED:
	case MAJORITY_REPRESENTED:
		return S(
		    "Es zählen die Ja-Stimmen im Verhältnis zu allen vertretenen Stimmen. Eine "
		    "Enthaltung wirkt deshalb wie ein Nein.");
	case MAJORITY_UNANIMOUS:
		return S("Ein einziges Nein verhindert den Beschluss. Eine Enthaltung verhindert "
			 "ihn nicht.");
	case MAJORITY_SIMPLE:
	case MAJORITY_CAST:
	case MAJORITY_COUNT:
		break;
	}
	return S(
	    "Es zählen nur Ja und Nein. Eine Enthaltung hilft und schadet dem Vorschlag nicht.");
}

struct str instant_words(struct arena *a, int64_t instant)
{
	return arena_fmt(a, "%.*s, %.*s:%02d Uhr", ARG(date_long(a, date_of(instant))),
			 ARG(daytime_short_of(a, instant)), (int)(instant % 60));
}
