/* notes.c -- footnotes belong to the chapter that names them. */
#include "features/handbook/manuscript.h"
#include "features/handbook/outline.h"

#include <inttypes.h>

struct sorter {
	struct arena *a;
	const struct block *const *notes; /* of the whole document */
	size_t note_count;
	struct block *out;
	size_t n;
};

static bool names(struct arena *a, const struct block *b, int64_t number)
{
	struct str link = arena_fmt(a, "#fn-%" PRId64 "\"", number);

	return str_find(b->html, link) < b->html.n;
}

/* Renders out[from] … out[to - 1] with numbers of their own; the notes come last. */
static void render_chapter(struct sorter *s, size_t from, size_t to)
{
	struct markdown_notes notes = {.prefix = S("")};

	notes.list = ARENA_ARRAY(s->a, struct markdown_note, to - from);
	for (size_t i = from; i < to; i++)
		if (s->out[i].kind == BLOCK_FOOTNOTE)
			notes.list[notes.count++].label = s->out[i].label;
	for (size_t i = from; i < to; i++) {
		struct block again = s->out[i];
		/* What could be rendered once can be rendered again; if not, it stays as it was. */
		if (markdown_block(s->a, &again, &notes) == OK)
			s->out[i] = again;
	}
}

static void end_chapter(struct sorter *s, size_t from)
{
	size_t body = s->n;

	for (size_t k = 0; k < s->note_count; k++)
		for (size_t i = from; i < body; i++)
			if (names(s->a, &s->out[i], s->notes[k]->number)) {
				s->out[s->n++] = *s->notes[k];
				break;
			}
	if (s->n > body)
		render_chapter(s, from, s->n);
}

static bool begins_chapter(const struct outline *o, size_t i, int level)
{
	const struct block *b = o->blocks[i].block;

	if (level > 0)
		return b->kind == BLOCK_HEADING && b->level <= level;
	return i > 0 && o->blocks[i].chapter != o->blocks[i - 1].chapter;
}

size_t manuscript_blocks(struct arena *a, const struct markdown_document *doc, int level,
			 struct block **out)
{
	const struct block **notes = ARENA_ARRAY(a, const struct block *, doc->count);
	struct sorter s = {.a = a, .notes = notes};
	struct outline o;
	size_t from = 0, chapters = 1;

	outline_make(a, doc, &o);
	for (size_t i = 0; i < o.n; i++) {
		chapters += begins_chapter(&o, i, level);
		if (o.blocks[i].block->kind == BLOCK_FOOTNOTE)
			notes[s.note_count++] = o.blocks[i].block;
	}
	s.out = ARENA_ARRAY(a, struct block, o.n + chapters * s.note_count);
	for (size_t i = 0; i < o.n - s.note_count; i++) {
		if (i > 0 && begins_chapter(&o, i, level)) {
			end_chapter(&s, from);
			from = s.n;
		}
		s.out[s.n++] = *o.blocks[i].block;
	}
	end_chapter(&s, from);
	*out = s.out;
	return s.n;
}

/* Our own renderer writes these four and nothing else that looks like them inside of tags. */
struct str notes_apart(struct arena *a, struct str html, struct str prefix)
{
	static const struct str marks[] = {S_INIT("href=\"#"), S_INIT("id=\"")};
	struct buf b = {.arena = a};
	size_t i = 0;

	if (prefix.n == 0 || str_find(html, S("\"fn")) + str_find(html, S("\"#fn")) == 2 * html.n)
		return html;
	while (i < html.n) {
		struct str rest = str_from(html, i);
		size_t taken = 0;
		for (size_t k = 0; k < 2 && taken == 0; k++)
			if (str_starts(rest, marks[k]) &&
			    str_starts(str_from(rest, marks[k].n), S("fn")))
				taken = marks[k].n;
		buf_add(&b, str_head(rest, taken > 0 ? taken : 1));
		if (taken > 0)
			buf_add(&b, prefix);
		i += taken > 0 ? taken : 1;
	}
	return buf_str(&b);
}
