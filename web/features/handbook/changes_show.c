/* changes_show.c -- what changed between two texts, as rows of part/changes.html. */
#include "features/handbook/changes_show.h"

#include "app/diff_show.h"
#include "base/utf8.h"
#include "markup/compose.h"
#include "markup/diff.h"

#include <inttypes.h>

enum { HEADING_CHARS = 60, CHANGES_MAX = 500 };
static const struct str styles[CHANGES_STYLES] = {S_INIT("text"), S_INIT("nebeneinander"),
						  S_INIT("neu")};
static const char *const style_marks[CHANGES_STYLES] = {S_IS_TEXT, S_IS_BESIDE, S_IS_NEW};

struct comparison {
	struct request *rq;
	enum changes_style style;
	int64_t budget;
	size_t shown, unchanged, counts[CHANGE_KINDS];
	struct str first_same,
	    last_same; /* numbers of the unchanged blocks since the last change */
	struct view *list;
	struct changes_note note;
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

	if (c->style == CHANGES_BESIDE) {
		struct view *both = view_row(v, S_BOTH);
		view_text(both, V_OLD, from);
		view_text(both, V_NEW, to);
		return;
	}
	struct view *words = view_row(v, S_WORDS);
	diff_words(c->rq->arena, c->style == CHANGES_ONLY_NEW ? to : from, to, &c->budget, &d);
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
	view_text(v, V_BEGINNING, utf8_beginning(a, p->text.plain, HEADING_CHARS));
	view_text(v, V_KIND, kinds[ch->kind].label);
	view_text(jump, V_KIND, kinds[ch->kind].label);
	view_show(v, kinds[ch->kind].section);
	if (ch->kind == CHANGE_FORM || ch->kind == CHANGE_MOVED)
		view_text(view_row(v, S_WHOLE), V_HTML, block_html(a, p));
	else
		show_words(c, v, ch);
	if (c->note.show != NULL)
		c->note.show(c->note.context, p->block_id, v);
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

static enum changes_style style_asked(struct request *rq)
{
	struct str wanted = field_text(&rq->http.query, S("ansicht"));

	for (int s = 0; s < CHANGES_STYLES; s++)
		if (str_eq(styles[s], wanted))
			return (enum changes_style)s;
	return CHANGES_IN_TEXT;
}

void changes_show(struct request *rq, const struct manuscript *from, const struct manuscript *to,
		  struct changes_note note)
{
	struct comparison c = {
	    .rq = rq, .style = style_asked(rq), .budget = DIFF_BUDGET, .note = note};
	struct change *v;
	size_t n = compare(rq->arena, from, to, &v);

	view_show(rq->view, style_marks[c.style]);
	c.list = view_row(rq->view, S_LIST);
	for (size_t i = 0; i < n; i++)
		add_change(&c, &v[i]);
	flush_unchanged(&c);
	size_t changes = n - c.counts[CHANGE_NONE];
	view_int(rq->view, V_COUNT, (int64_t)changes);
	view_show(rq->view, changes == 1 ? S_ONE_CHANGE : S_CHANGES);
	view_show_if(rq->view, S_JUMPS, changes > 0);
	if (changes > c.shown)
		view_int(view_row(c.list, S_CUT), V_COUNT, (int64_t)(changes - c.shown));
	view_text(rq->view, V_SUMMARY, summary(&c));
}
