/* edition_select.c -- which blocks of a version are for everybody, and their place among those. */
#include "features/handbook/edition_parts.h"

enum { DEPTH_MAX = 12 };

struct selection {
	struct edition_build *b;
	int64_t chapter;
	bool chapter_open;
	int closed; /* level of the internal heading above; 0: none */
	int64_t hidden_table;

	/* Of the list at hand, by depth inside and by depth among what is kept. */
	int64_t list;
	int level[DEPTH_MAX + 1];       /* where an item of this depth stands in the edition */
	bool published[DEPTH_MAX + 1];  /* whether it is there at all */
	int64_t begins[DEPTH_MAX + 1];  /* number of the first item of this depth inside */
	int64_t counted[DEPTH_MAX + 1]; /* last number given; 0: none yet */
};

static void begin_chapter(struct selection *s, const struct source *v)
{
	s->chapter = v->chapter;
	s->chapter_open = v->chapter == 0 || (v->head && v->published);
	s->closed = 0;
}

static int depth_of(const struct source *v)
{
	int level = v->out.text.level;

	return level < 1 ? 1 : level > DEPTH_MAX ? DEPTH_MAX : level;
}

/* Items below one that stays inside move up to where it would have stood. */
static void place_item(struct selection *s, struct source *v)
{
	struct block *b = &v->out.text;
	int depth = depth_of(v), parent = depth - 1;

	if (b->group != s->list) {
		s->list = b->group;
		for (int i = 0; i <= DEPTH_MAX; i++)
			s->begins[i] = s->counted[i] = 0;
	}
	for (int i = depth + 1; i <= DEPTH_MAX; i++)
		s->begins[i] = 0;
	if (s->begins[depth] == 0)
		s->begins[depth] = b->number;
	s->level[depth] = parent == 0            ? 1
			  : s->published[parent] ? s->level[parent] + 1
						 : s->level[parent];
	s->published[depth] = v->published;
	if (!v->published)
		return;
	b->level = s->level[depth];
	for (int i = b->level + 1; i <= DEPTH_MAX; i++)
		s->counted[i] = 0;
	if (s->counted[b->level] == 0)
		s->counted[b->level] = s->begins[depth] - 1;
	s->counted[b->level]++;
	if (b->ordered)
		b->number = s->counted[b->level];
}

static bool below_closed(struct selection *s, const struct source *v)
{
	const struct block *b = &v->out.text;

	if (b->kind == BLOCK_FOOTNOTE)
		return false;
	if (b->kind == BLOCK_HEADING && (s->closed == 0 || b->level <= s->closed)) {
		s->closed = v->published ? 0 : b->level;
		return false;
	}
	return s->closed != 0;
}

static bool below_hidden_head(struct selection *s, const struct source *v)
{
	const struct block *b = &v->out.text;

	if (b->kind == BLOCK_TABLE_HEAD && !v->published)
		s->hidden_table = b->group;
	return b->kind == BLOCK_TABLE_ROW && b->group == s->hidden_table;
}

static bool is_kept(struct selection *s, const struct source *v)
{
	enum edition_omission why = OMISSIONS;

	if (!s->chapter_open)
		why = OMITTED_CHAPTER;
	else if (below_closed(s, v))
		why = OMITTED_HEADING;
	else if (below_hidden_head(s, v))
		why = OMITTED_ROW;
	if (why != OMISSIONS)
		s->b->omitted[why] += v->published;
	return why == OMISSIONS && v->published;
}

void edition_select(struct sources *sources, struct edition_build *b)
{
	struct selection s = {.b = b, .chapter = -1, .hidden_table = -1};

	for (size_t i = 0; i < sources->n; i++) {
		struct source *v = &sources->v[i];
		if (v->chapter != s.chapter)
			begin_chapter(&s, v);
		/* The title of the whole text is said apart. */
		if (v->head && v->chapter == 0)
			continue;
		v->kept = is_kept(&s, v);
		if (v->out.text.kind == BLOCK_LIST_ITEM)
			place_item(&s, v);
		else
			s.list = 0;
	}
}
