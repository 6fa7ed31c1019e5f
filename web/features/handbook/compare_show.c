/* compare_show.c -- the page that shows what changed between two versions. */
#include "app/diff_show.h"
#include "base/utf8.h"
#include "features/features.h"
#include "features/handbook/compare.h"
#include "features/handbook/occasion.h"
#include "features/handbook/version.h"
#include "markup/compose.h"
#include "markup/diff.h"

#include <inttypes.h>

enum { HEADING_CHARS = 60, CHANGES_MAX = 500 };
enum style { IN_TEXT, BESIDE, ONLY_NEW, STYLES };
static const struct str styles[STYLES] = {S_INIT("text"), S_INIT("nebeneinander"), S_INIT("neu")};
static const char *const style_marks[STYLES] = {S_IS_TEXT, S_IS_BESIDE, S_IS_NEW};

struct comparison {
	struct request *rq;
	enum style style;
	struct version from, to;
	int64_t budget;
	size_t shown, unchanged, counts[CHANGE_KINDS];
	struct str first_same,
	    last_same; /* numbers of the unchanged blocks since the last change */
	struct view *list;
	struct occasions occasions;
};

static const struct {
	struct str label;
	const char *section;
} kinds[CHANGE_KINDS] = {
    [CHANGE_WORDS] = {S_INIT("geändert"), S_CHANGED},
    [CHANGE_FORM] = {S_INIT("anders ausgezeichnet"), S_CHANGED},
    [CHANGE_MOVED] = {S_INIT("verschoben"), S_CHANGED},
    [CHANGE_NEW] = {S_INIT("neu"), S_ADDED},
    [CHANGE_DELETED] = {S_INIT("gestrichen"), S_GONE},
};

/* An item or a row needs its list or table around it. */
static struct str block_html(struct arena *a, const struct passage *p)
{
	struct piece piece = {.kind = p->text.kind,
			      .level = 1,
			      .ordered = p->text.ordered,
			      .number = p->text.number,
			      .html = notes_apart(a, p->text.html, S("ohne-"))};

	return compose_group(a, &piece, 1);
}

static void show_words(struct comparison *c, struct view *v, const struct change *ch)
{
	struct str from = ch->from == NULL ? S("") : ch->from->text.plain;
	struct str to = ch->to == NULL ? S("") : ch->to->text.plain;
	struct diff d;

	if (c->style == BESIDE) {
		struct view *both = view_row(v, S_BOTH);
		view_text(both, V_OLD, from);
		view_text(both, V_NEW, to);
		return;
	}
	struct view *words = view_row(v, S_WORDS);
	diff_words(c->rq->arena, c->style == ONLY_NEW ? to : from, to, &c->budget, &d);
	diff_show(words, &d);
}

static void flush_unchanged(struct comparison *c)
{
	struct view *v;

	if (c->unchanged == 0)
		return;
	v = view_row(view_row(c->list, S_ENTRY), S_UNCHANGED);
	view_int(v, V_COUNT, (int64_t)c->unchanged);
	view_show(v, c->unchanged == 1 ? S_ONE : S_MANY);
	if (c->first_same.n > 0) {
		struct view *range = view_row(v, S_RANGE);
		view_text(range, V_FIRST, c->first_same);
		view_show_if(range, S_LONGER, !str_eq(c->first_same, c->last_same));
		view_text(range, V_LAST, c->last_same);
	}
	c->unchanged = 0;
	c->first_same = c->last_same = S("");
}

static void show_change(struct comparison *c, const struct change *ch)
{
	const struct passage *p = ch->to != NULL ? ch->to : ch->from;
	struct arena *a = c->rq->arena;
	struct str anchor = arena_fmt(a, "a-%.*s", ARG(p->uid));

	flush_unchanged(c);
	struct view *v = view_row(view_row(c->list, S_ENTRY), S_CHANGE);
	struct view *jump = view_row(c->rq->view, S_JUMP);
	view_text(v, V_ANCHOR, anchor);
	view_text(jump, V_ANCHOR, anchor);
	struct str number = p->number;
	view_text(v, V_NUMBER, number);
	view_text(jump, V_NUMBER, number.n > 0 ? number : S("Text"));
	view_text(v, V_BEGINNING, utf8_head(p->text.plain, HEADING_CHARS));
	view_text(v, V_KIND, kinds[ch->kind].label);
	view_text(jump, V_KIND, kinds[ch->kind].label);
	view_show(v, kinds[ch->kind].section);
	if (ch->kind == CHANGE_FORM || ch->kind == CHANGE_MOVED)
		view_text(view_row(v, S_WHOLE), V_HTML, block_html(a, p));
	else
		show_words(c, v, ch);
	occasions_show(&c->occasions, p->block_id, v);
}

static void add_change(struct comparison *c, const struct change *ch)
{
	c->counts[ch->kind]++;
	if (ch->kind == CHANGE_NONE) {
		if (c->first_same.n == 0)
			c->first_same = ch->to->number;
		if (ch->to->number.n > 0)
			c->last_same = ch->to->number;
		c->unchanged++;
	} else if (c->shown < CHANGES_MAX) {
		c->shown++;
		show_change(c, ch);
	}
}

static void count_out(struct buf *b, size_t n, const char *one, const char *many)
{
	if (n == 0)
		return;
	if (b->n > 0)
		buf_add(b, S(", "));
	buf_fmt(b, "%zu %s", n, n == 1 ? one : many);
}

static struct str summary(struct comparison *c)
{
	struct buf b = {.arena = c->rq->arena};

	count_out(&b, c->counts[CHANGE_WORDS], "Absatz geändert", "Absätze geändert");
	count_out(&b, c->counts[CHANGE_NEW], "neu", "neu");
	count_out(&b, c->counts[CHANGE_DELETED], "gestrichen", "gestrichen");
	count_out(&b, c->counts[CHANGE_MOVED], "verschoben", "verschoben");
	count_out(&b, c->counts[CHANGE_FORM], "anders ausgezeichnet", "anders ausgezeichnet");
	return b.n == 0 ? S("kein Unterschied") : buf_str(&b);
}

static enum err show_choices(struct comparison *c)
{
	struct version *all;
	size_t n;

	TRY(versions_load(c->rq, &all, &n));
	for (size_t i = 0; i < n; i++) {
		struct view *from = view_row(c->rq->view, S_FROM),
			    *to = view_row(c->rq->view, S_TO);
		view_text(from, V_SLUG, all[i].slug);
		view_text(from, V_LABEL, all[i].label);
		view_show_if(from, S_CHOSEN, all[i].id == c->from.id);
		view_text(to, V_SLUG, all[i].slug);
		view_text(to, V_LABEL, all[i].label);
		view_show_if(to, S_CHOSEN, all[i].id == c->to.id);
	}
	view_show(c->rq->view, style_marks[c->style]);
	return OK;
}

static enum err show_changes(struct comparison *c)
{
	struct request *rq = c->rq;
	struct manuscript from, to;
	struct change *v;

	TRY(manuscript_load(rq->db, rq->arena, c->from.id, &from));
	TRY(manuscript_load(rq->db, rq->arena, c->to.id, &to));
	TRY(occasions_load(rq, &c->from, &c->to, &c->occasions));
	size_t n = compare(rq->arena, &from, &to, &v);
	c->list = view_row(rq->view, S_LIST);
	for (size_t i = 0; i < n; i++)
		add_change(c, &v[i]);
	flush_unchanged(c);
	size_t changes = n - c->counts[CHANGE_NONE];
	view_int(rq->view, V_COUNT, (int64_t)changes);
	view_show(rq->view, changes == 1 ? S_ONE_CHANGE : S_CHANGES);
	if (changes > c->shown)
		view_int(view_row(c->list, S_CUT), V_COUNT, (int64_t)(changes - c->shown));
	view_text(rq->view, V_SUMMARY, summary(c));
	return OK;
}

/* Without a choice: the version in force against the one it came from. */
static enum err choose(struct comparison *c)
{
	struct fields *q = &c->rq->http.query;
	struct str from = field_text(q, S("von")), style = field_text(q, S("ansicht"));

	TRY(version_load(c->rq, field_text(q, S("bis")), &c->to));
	for (int s = 0; s < STYLES; s++)
		if (str_eq(styles[s], style))
			c->style = (enum style)s;
	if (from.n > 0)
		return version_load(c->rq, from, &c->from);
	enum err err = version_by_id(c->rq, c->to.base_id, &c->from);
	if (err == E_NOT_FOUND) {
		c->from = c->to;
		return OK;
	}
	return err;
}

/* GET /handbuch/vergleich?von=1-3&bis=1-4&ansicht=text */
static enum err comparison_show(struct request *rq)
{
	struct comparison c = {.rq = rq, .budget = DIFF_BUDGET};

	TRY(choose(&c));
	view_text(rq->view, V_OLDER, c.from.label);
	view_text(rq->view, V_NEWER, c.to.label);
	TRY(show_choices(&c));
	TRY(show_changes(&c));
	return reply_page(rq, 200, "handbook/comparison_show.html");
}

const struct route comparison_routes[] = {
    GET_SHARED("/handbuch/vergleich", PROJECT_SEE, comparison_show),
    ROUTES_END,
};
