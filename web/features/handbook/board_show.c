/* board_show.c -- tabs, filters and column heads of the table of feedback. */
#include "features/handbook/board.h"

#include "features/handbook/editors.h"
#include "features/handbook/search_terms.h"
#include "features/handbook/version.h"

static const struct str tab_labels[BOARD_TABS] = {
    [TAB_OPEN] = S_INIT("Offen"), [TAB_ASSIGNED] = S_INIT("Mir zugewiesen"),
    [TAB_OWN] = S_INIT("Meine"),  [TAB_DONE] = S_INIT("Erledigt"),
    [TAB_ALL] = S_INIT("Alle"),
};
static const struct {
	const char *link, *section;
	struct str label;
} heads[BOARD_SORTS] = {
    [SORT_GIVEN] = {V_GIVEN_LINK, S_BY_GIVEN, S_INIT("Eingang")},
    [SORT_PLACE] = {V_PLACE_LINK, S_BY_PLACE, S_INIT("Stelle")},
    [SORT_KIND] = {V_KIND_LINK, S_BY_KIND, S_INIT("Art")},
    [SORT_ORG] = {V_ORG_LINK, S_BY_ORG, S_INIT("Kommune")},
    [SORT_STATE] = {V_STATE_LINK, S_BY_STATE, S_INIT("Status")},
    [SORT_ASSIGNEE] = {V_ASSIGNEE_LINK, S_BY_ASSIGNEE, S_INIT("Zuständig")},
};

const struct str board_preface = S_INIT("-");

static bool decides(const struct request *rq)
{
	return right_to_all(rq->viewer.roles, FEEDBACK_DECIDE);
}

static void show_tabs(struct request *rq, const struct board *b, const int64_t counts[BOARD_TABS])
{
	for (int t = 0; t < BOARD_TABS; t++) {
		struct board other = *b;
		if (t == TAB_ASSIGNED && !decides(rq) && b->tab != TAB_ASSIGNED)
			continue;
		other.tab = (enum board_tab)t;
		other.page = 0;
		struct view *v = view_row(rq->view, S_TAB);
		view_text(v, V_LINK, board_address(rq->arena, &other));
		view_text(v, V_LABEL, tab_labels[t]);
		view_int(v, V_COUNT, counts[t]);
		view_show_if(v, S_CURRENT, t == (int)b->tab);
	}
}

/* The first click on another column sorts its way, the next one turns it. */
static void show_heads(struct request *rq, struct view *v, const struct board *b)
{
	for (int s = 0; s < BOARD_SORTS; s++) {
		struct board other = *b;
		other.sort = (enum board_sort)s;
		other.reverse = s == (int)b->sort && !b->reverse;
		other.page = 0;
		view_text(v, heads[s].link, board_address(rq->arena, &other));
	}
	bool down = (b->sort == SORT_GIVEN) != b->reverse;
	view_show(v, heads[b->sort].section);
	view_text(v, V_ORDER, down ? S("descending") : S("ascending"));
	view_text(v, V_SORT_LABEL, heads[b->sort].label);
}

static struct view *option(struct view *list, const char *section, struct str name,
			   struct str label)
{
	struct view *v = view_row(list, section);

	view_text(v, V_NAME, name);
	view_text(v, V_LABEL, label);
	return v;
}

static void show_words(struct request *rq, const struct board *b)
{
	for (int k = 0; k < KIND_COUNT; k++)
		view_show_if(option(rq->view, S_KIND_OPTION, kind_names[k],
				    kind_label((enum feedback_kind)k)),
			     S_PICKED, str_eq(kind_names[k], b->kind));
	for (int s = FEEDBACK_OPENED; s < FEEDBACK_STATES; s++)
		view_show_if(option(rq->view, S_STATE_OPTION, state_names[s],
				    state_label((enum feedback_state)s)),
			     S_PICKED, str_eq(state_names[s], b->state));
	for (int o = 0; o < OUTCOME_COUNT; o++)
		view_show_if(option(rq->view, S_OUTCOME_FILTER, outcome_names[o],
				    outcome_label((enum outcome)o)),
			     S_PICKED, str_eq(outcome_names[o], b->outcome));
	view_show_if(rq->view, S_PLACE_IS_LOST, b->place == PLACE_LOST);
	view_show_if(rq->view, S_PLACE_IS_UNSURE, b->place == PLACE_UNSURE);
	view_show_if(rq->view, S_ONLY_OBJECTED, b->objected);
	view_show_if(rq->view, S_ONLY_LATE, b->late);
	view_show_if(rq->view, S_MORE_FILTERS,
		     b->state.n + b->outcome.n > 0 || b->round != 0 || b->place != PLACE_ANY ||
			 b->objected || b->late);
	view_text(rq->view, V_SEARCHED, b->words);
}

static enum err show_municipalities(struct request *rq, const struct board *b)
{
	static const char sql[] =
	    "SELECT id, short FROM municipality"
	    " WHERE kind = 'municipality' AND (left_on IS NULL OR left_on >= $1)"
	    " ORDER BY sort_key";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today()))));

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_MUNICIPALITY_OPTION);
		view_int(v, V_ID, col_int(&r, 0));
		view_text(v, V_NAME, col_text(&r, 1));
		view_show_if(v, S_PICKED, col_int(&r, 0) == b->municipality);
	}
	return r.err;
}

static enum err show_rounds(struct request *rq, const struct board *b)
{
	static const char sql[] = "SELECT number FROM review_round ORDER BY number DESC";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_ROUND_OPTION);
		view_int(v, V_NUMBER, col_int(&r, 0));
		view_show_if(v, S_PICKED, col_int(&r, 0) == b->round);
	}
	return r.err;
}

static enum err show_editors(struct request *rq, const struct board *b)
{
	struct editor *editors;
	size_t n;

	TRY(editors_load(rq, &editors, &n));
	view_show_if(rq->view, S_BY_NOBODY, b->assignee == ASSIGNED_NOBODY);
	for (size_t i = 0; i < n; i++) {
		struct view *v = view_row(rq->view, S_EDITOR_OPTION);
		view_int(v, V_ID, editors[i].id);
		view_text(v, V_NAME, editors[i].name);
		view_show_if(v, S_PICKED, editors[i].id == b->assignee);
	}
	return OK;
}

/* Chapters of the version in force; none without a handbook. */
static enum err load_chapters(struct request *rq, struct version *in_force, struct chapters *out)
{
	enum err err = version_in_force(rq, in_force);

	*out = (struct chapters){.n = 0};
	if (err == E_NOT_FOUND) {
		*in_force = (struct version){.id = 0};
		return OK;
	}
	TRY(err);
	return chapters_load(rq, in_force, out);
}

static enum err show_chapters(struct request *rq, const struct board *b)
{
	struct version in_force;
	struct chapters c;
	struct str preface;

	TRY(load_chapters(rq, &in_force, &c));
	TRY(preface_find(rq, &in_force, &preface));
	if (preface.n > 0)
		view_show_if(view_row(rq->view, S_PREFACE_OPTION), S_PICKED,
			     str_eq(b->chapter, board_preface));
	for (size_t i = 0; i < c.n; i++) {
		struct view *v = view_row(rq->view, S_CHAPTER_OPTION);
		view_text(v, V_SLUG, c.v[i].slug);
		view_text(v, V_NUMBER, c.v[i].number);
		view_text(v, V_TITLE, c.v[i].title);
		view_show_if(v, S_PICKED, str_eq(c.v[i].slug, b->chapter));
	}
	return OK;
}

enum err board_show(struct request *rq, const struct board *b, const int64_t counts[BOARD_TABS])
{
	struct board reset = board_reset(b);

	show_tabs(rq, b, counts);
	show_heads(rq, rq->view, b);
	view_text(rq->view, V_STATUS, board_tab_name(b->tab));
	view_text(rq->view, V_SORT_WORD, board_sort_name(b->sort));
	view_show_if(rq->view, S_TURNED, b->reverse);
	view_text(rq->view, V_RESET_LINK, board_address(rq->arena, &reset));
	view_show_if(rq->view, S_FILTERED, board_filtered(b));
	show_words(rq, b);
	TRY(show_chapters(rq, b));
	TRY(show_municipalities(rq, b));
	TRY(show_rounds(rq, b));
	return show_editors(rq, b);
}

enum err board_binds(struct request *rq, const struct board *b, struct bind out[BOARD_BINDS])
{
	struct version in_force, working = {.id = 0};
	struct str words = b->words.n > 0 ? search_match(rq->arena, b->words) : S("");
	struct chapters c;

	TRY(load_chapters(rq, &in_force, &c));
	if (decides(rq) && in_force.id != 0)
		TRY(version_working(rq, &working));
	struct str section = S("");
	if (str_eq(b->chapter, board_preface))
		TRY(preface_find(rq, &in_force, &section));
	else if (chapter_find(&c, b->chapter) == OK)
		section = c.v[c.current].uid;
	out[0] = TEXT_OR_NONE(b->kind);
	out[1] = TEXT_OR_NONE(b->state);
	out[2] = TEXT_OR_NONE(b->outcome);
	out[3] = INT_OR_NONE(b->round);
	out[4] = INT_OR_NONE(b->municipality);
	out[5] = b->assignee == ASSIGNED_ANY ? NONE : INT(b->assignee);
	out[6] = INT(b->objected ? 1 : 0);
	out[7] = INT(b->late ? 1 : 0);
	out[8] = INT(b->place);
	out[9] = INT(working.id != 0 ? working.id : in_force.id);
	out[10] = TEXT_OR_NONE(section);
	out[11] = INT(in_force.id);
	/* One letter finds nothing rather than everything. */
	out[12] = b->words.n == 0 ? NONE : TEXT(words.n > 0 ? words : S("\"\""));
	return OK;
}
