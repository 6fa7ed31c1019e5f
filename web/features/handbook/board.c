/* board.c -- the address of the table of feedback, read and written. */
#include "features/handbook/board.h"

#include "base/utf8.h"

#include <inttypes.h>

enum { PAGES_MAX = 100000, WORDS_MAX = 200 };

static const struct str tabs[BOARD_TABS] = {
    [TAB_OPEN] = S_INIT("offen"), [TAB_ASSIGNED] = S_INIT("zugewiesen"),
    [TAB_OWN] = S_INIT("meine"),  [TAB_DONE] = S_INIT("erledigt"),
    [TAB_ALL] = S_INIT("alle"),
};
static const struct str sorts[BOARD_SORTS] = {
    [SORT_GIVEN] = S_INIT("eingang"), [SORT_PLACE] = S_INIT("stelle"),
    [SORT_KIND] = S_INIT("art"),      [SORT_ORG] = S_INIT("kommune"),
    [SORT_STATE] = S_INIT("status"),  [SORT_ASSIGNEE] = S_INIT("zustaendig"),
};
static const struct str places[BOARD_PLACES] = {
    [PLACE_ANY] = S_INIT(""),
    [PLACE_LOST] = S_INIT("ohne"),
    [PLACE_UNSURE] = S_INIT("pruefen"),
};

struct str board_tab_name(enum board_tab t)
{
	return tabs[t];
}

struct str board_sort_name(enum board_sort s)
{
	return sorts[s];
}

static int index_of(const struct str *names, int count, struct str name)
{
	for (int i = 0; i < count; i++)
		if (str_eq(names[i], name))
			return i;
	return 0;
}

static int64_t number_in(struct fields *q, struct str name)
{
	int64_t n = 0;

	return str_to_int(field_text(q, name), &n) ? n : 0;
}

static struct str known(struct str name, bool is)
{
	return is ? name : S("");
}

void board_read(struct fields *q, struct board *out)
{
	struct str kind = field_text(q, S("art")), state = field_text(q, S("stand"));
	struct str outcome = field_text(q, S("ergebnis")), words = field_text(q, S("q"));
	struct str assignee = field_text(q, S("zustaendig"));

	*out = (struct board){
	    .tab = (enum board_tab)index_of(tabs, BOARD_TABS, field_text(q, S("status"))),
	    .kind = known(kind, kind_named(kind) < KIND_COUNT),
	    .state = known(state, state_named(state) < FEEDBACK_STATES),
	    .outcome = known(outcome, outcome_named(outcome) < OUTCOME_COUNT),
	    .chapter = field_text(q, S("abschnitt")),
	    .words = str_trim(utf8_head(words, WORDS_MAX)),
	    .round = number_in(q, S("runde")),
	    .municipality = number_in(q, S("kommune")),
	    .assignee = ASSIGNED_ANY,
	    .place = (enum board_place)index_of(places, BOARD_PLACES, field_text(q, S("bezug"))),
	    .objected = str_eq(field_text(q, S("widerspruch")), S("1")),
	    .late = str_eq(field_text(q, S("frist")), S("1")),
	    .sort = (enum board_sort)index_of(sorts, BOARD_SORTS, field_text(q, S("sortierung"))),
	    .reverse = str_eq(field_text(q, S("richtung")), S("umgekehrt")),
	    .page = number_in(q, S("seite")),
	};
	if (str_eq(assignee, S("niemand")))
		out->assignee = ASSIGNED_NOBODY;
	else if (!str_to_int(assignee, &out->assignee) || out->assignee == 0)
		out->assignee = ASSIGNED_ANY;
	if (out->page > PAGES_MAX)
		out->page = 0;
}

static void add(struct buf *b, const char *name, struct str value)
{
	if (value.n > 0)
		buf_fmt(b, "&%s=%.*s", name, ARG(percent_encode(b->arena, value)));
}

static void add_number(struct buf *b, const char *name, int64_t value)
{
	if (value != 0)
		buf_fmt(b, "&%s=%" PRId64, name, value);
}

struct str board_address(struct arena *a, const struct board *b)
{
	struct buf out = {.arena = a};

	buf_fmt(&out, "/feedback?status=%.*s", ARG(tabs[b->tab]));
	add(&out, "art", b->kind);
	add(&out, "stand", b->state);
	add(&out, "ergebnis", b->outcome);
	add(&out, "abschnitt", b->chapter);
	add(&out, "bezug", places[b->place]);
	add_number(&out, "kommune", b->municipality);
	add_number(&out, "runde", b->round);
	if (b->assignee == ASSIGNED_NOBODY)
		add(&out, "zustaendig", S("niemand"));
	else if (b->assignee != ASSIGNED_ANY)
		add_number(&out, "zustaendig", b->assignee);
	add(&out, "widerspruch", b->objected ? S("1") : S(""));
	add(&out, "frist", b->late ? S("1") : S(""));
	add(&out, "q", b->words);
	add(&out, "sortierung", b->sort == SORT_GIVEN ? S("") : sorts[b->sort]);
	add(&out, "richtung", b->reverse ? S("umgekehrt") : S(""));
	add_number(&out, "seite", b->page);
	return buf_str(&out);
}

struct board board_reset(const struct board *b)
{
	return (struct board){.tab = b->tab,
			      .assignee = ASSIGNED_ANY,
			      .sort = b->sort,
			      .reverse = b->reverse,
			      .kind = S(""),
			      .state = S(""),
			      .outcome = S(""),
			      .chapter = S(""),
			      .words = S("")};
}

bool board_filtered(const struct board *b)
{
	return b->kind.n + b->state.n + b->outcome.n + b->chapter.n + b->words.n > 0 ||
	       b->round != 0 || b->municipality != 0 || b->assignee != ASSIGNED_ANY ||
	       b->place != PLACE_ANY || b->objected || b->late;
}
