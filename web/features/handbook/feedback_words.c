/* feedback_words.c -- the vocabulary of feedback: names in the database, labels on pages. */
#include "features/handbook/feedback.h"

#include <inttypes.h>

const struct str kind_names[KIND_COUNT] = {S_INIT("question"), S_INIT("hint"), S_INIT("suggestion"),
					   S_INIT("error"), S_INIT("open_question")};
static const struct str kind_labels[KIND_COUNT] = {S_INIT("Frage"), S_INIT("Hinweis"),
						   S_INIT("Vorschlag"), S_INIT("Fehler"),
						   S_INIT("offene Frage")};

const struct str state_names[FEEDBACK_STATES] = {
    S_INIT("draft"),   S_INIT("open"), S_INIT("in_progress"), S_INIT("query"),
    S_INIT("decided"), S_INIT("done"), S_INIT("closed"),      S_INIT("withdrawn")};
static const struct str state_labels[FEEDBACK_STATES] = {
    S_INIT("Entwurf"),       S_INIT("neu"),          S_INIT("in Klärung"),
    S_INIT("Rückfrage"),     S_INIT("entschieden"),  S_INIT("eingearbeitet"),
    S_INIT("abgeschlossen"), S_INIT("zurückgezogen")};

const struct str outcome_names[OUTCOME_COUNT] = {
    S_INIT("accepted"), S_INIT("partly"),       S_INIT("otherwise"),
    S_INIT("rejected"), S_INIT("postponed"),    S_INIT("duplicate"),
    S_INIT("answered"), S_INIT("to_committee"), S_INIT("out_of_scope")};
static const struct str outcome_labels[OUTCOME_COUNT] = {
    S_INIT("übernommen"),       S_INIT("teilweise übernommen"),   S_INIT("anders gelöst"),
    S_INIT("nicht übernommen"), S_INIT("zurückgestellt"),         S_INIT("Dublette"),
    S_INIT("beantwortet"),      S_INIT("an den Steuerungskreis"), S_INIT("gehört nicht hierher")};

const struct str visibility_names[VISIBILITY_COUNT] = {S_INIT("project"), S_INIT("municipality"),
						       S_INIT("editors")};
static const struct str visibility_labels[VISIBILITY_COUNT] = {
    S_INIT("alle im Projekt"), S_INIT("die eigene Kommune"), S_INIT("die Redaktion")};

static int index_of(const struct str *names, int count, struct str name)
{
	for (int i = 0; i < count; i++)
		if (str_eq(names[i], name))
			return i;
	return count;
}

enum feedback_kind kind_named(struct str name)
{
	return (enum feedback_kind)index_of(kind_names, KIND_COUNT, name);
}

enum feedback_state state_named(struct str name)
{
	return (enum feedback_state)index_of(state_names, FEEDBACK_STATES, name);
}

enum outcome outcome_named(struct str name)
{
	return (enum outcome)index_of(outcome_names, OUTCOME_COUNT, name);
}

enum visibility visibility_named(struct str name)
{
	return (enum visibility)index_of(visibility_names, VISIBILITY_COUNT, name);
}

struct str kind_label(enum feedback_kind k)
{
	return k < KIND_COUNT ? kind_labels[k] : S("");
}

struct str state_label(enum feedback_state s)
{
	return s < FEEDBACK_STATES ? state_labels[s] : S("");
}

struct str outcome_label(enum outcome o)
{
	return o < OUTCOME_COUNT ? outcome_labels[o] : S("");
}

struct str visibility_label(enum visibility v)
{
	return v < VISIBILITY_COUNT ? visibility_labels[v] : S("");
}

struct str feedback_label(struct arena *a, int64_t round_number, int64_t number)
{
	if (round_number == 0)
		return arena_fmt(a, "F-%03" PRId64, number);
	return arena_fmt(a, "R%" PRId64 "-%03" PRId64, round_number, number);
}

static const char *badge_section(enum feedback_state state, enum outcome outcome)
{
	if (state == FEEDBACK_OPENED)
		return S_BADGE_NEW;
	if (state == FEEDBACK_IN_PROGRESS || state == FEEDBACK_QUERY)
		return S_BADGE_WORK;
	if (outcome <= OUTCOME_OTHERWISE || outcome == OUTCOME_ANSWERED)
		return S_BADGE_GOOD;
	return outcome == OUTCOME_REJECTED ? S_BADGE_BAD : S_BADGE_NEUTRAL;
}

void feedback_show_badge(struct view *v, enum feedback_state state, enum outcome outcome)
{
	bool outcome_says_it = outcome < OUTCOME_COUNT && state != FEEDBACK_WITHDRAWN;
	struct view *badge = view_row(v, badge_section(state, outcome));

	view_text(badge, V_LABEL, outcome_says_it ? outcome_label(outcome) : state_label(state));
}
