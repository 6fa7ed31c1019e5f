/* edition_notes.c -- footnotes of one chapter among what is published of it. */
#include "features/handbook/edition_parts.h"

#include <inttypes.h>

struct chapter_notes {
	struct arena *a;
	struct source **notes; /* kept footnotes */
	struct markdown_notes list;
};

/* "[^label]" at the start of s, as the parser takes it: no blank, no bracket in the label. */
static bool reference_at(struct str s, struct str *label)
{
	size_t end = 2;

	if (!str_starts(s, S("[^")))
		return false;
	while (end < s.n && s.p[end] != ']' && s.p[end] != '[' && s.p[end] != ' ' &&
	       s.p[end] != '\n')
		end++;
	*label = str_head(str_from(s, 2), end - 2);
	return end < s.n && s.p[end] == ']' && label->n > 0;
}

static const struct markdown_note *named(const struct chapter_notes *c, struct str label)
{
	for (size_t i = 0; i < c->list.count; i++)
		if (str_eq(c->list.list[i].label, label))
			return &c->list.list[i];
	return NULL;
}

/* References to notes that are not here go.  Only where the page had some: "[^x]" may also be
 * meant as it stands. */
static struct str without_strangers(const struct chapter_notes *c, const struct block *b,
				    size_t *omitted)
{
	struct str rest = b->markdown, label;
	struct buf out = {.arena = c->a};

	if (b->kind == BLOCK_CODE || str_find(b->html, S("\"#fn-")) == b->html.n)
		return rest;
	while (rest.n > 0) {
		size_t at = str_find(rest, S("[^"));
		buf_add(&out, str_head(rest, at));
		rest = str_from(rest, at);
		if (rest.n == 0)
			break;
		bool reference = reference_at(rest, &label);
		size_t length = reference ? label.n + 3 : 2;
		if (reference && named(c, label) == NULL)
			++*omitted;
		else
			buf_add(&out, str_head(rest, length));
		rest = str_from(rest, length);
	}
	return buf_str(&out);
}

/* Labels may be names; in the file they are numbers. */
static struct str with_numbers(const struct chapter_notes *c, struct str text, int64_t chapter)
{
	struct str rest = text, label;
	struct buf out = {.arena = c->a};

	if (c->list.count == 0 || str_find(text, S("[^")) == text.n)
		return text;
	while (rest.n > 0) {
		size_t at = str_find(rest, S("[^"));
		buf_add(&out, str_head(rest, at));
		rest = str_from(rest, at);
		if (rest.n == 0)
			break;
		const struct markdown_note *note =
		    reference_at(rest, &label) ? named(c, label) : NULL;
		size_t length = note != NULL ? label.n + 3 : 2;
		if (note != NULL)
			buf_fmt(&out, "[^%" PRId64 "-%" PRId64 "]", chapter, note->number);
		else
			buf_add(&out, str_head(rest, length));
		rest = str_from(rest, length);
	}
	return buf_str(&out);
}

static enum err render(struct chapter_notes *c, struct source *s, struct edition_build *b)
{
	struct block *text = &s->out.text;

	text->markdown = without_strangers(c, text, &b->omitted[OMITTED_REFERENCE]);
	return markdown_block(c->a, text, &c->list);
}

/* Notes in the order of their numbers, because one may name the next; the rest is not kept. */
static enum err render_notes(struct chapter_notes *c, struct edition_build *b)
{
	for (int64_t number = 1; number <= c->list.last; number++)
		for (size_t i = 0; i < c->list.count; i++)
			if (c->list.list[i].number == number)
				TRY(render(c, c->notes[i], b));
	for (size_t i = 0; i < c->list.count; i++)
		if (c->list.list[i].number == 0) {
			c->notes[i]->kept = false;
			b->omitted[OMITTED_NOTE]++;
		}
	return OK;
}

static void sort_notes(struct source *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && v[k].out.text.kind == BLOCK_FOOTNOTE &&
				   v[k - 1].out.text.kind == BLOCK_FOOTNOTE &&
				   v[k - 1].out.text.number > v[k].out.text.number;
		     k--) {
			struct source swap = v[k];
			v[k] = v[k - 1];
			v[k - 1] = swap;
		}
}

enum err edition_notes(struct arena *a, struct source *v, size_t n, int64_t chapter,
		       struct edition_build *b)
{
	struct chapter_notes c = {.a = a, .list = {.prefix = S("")}};

	c.notes = ARENA_ARRAY(a, struct source *, n);
	c.list.list = ARENA_ARRAY(a, struct markdown_note, n);
	for (size_t i = 0; i < n; i++)
		if (v[i].kept && v[i].out.text.kind == BLOCK_FOOTNOTE) {
			c.notes[c.list.count] = &v[i];
			c.list.list[c.list.count++].label = v[i].out.text.label;
		}
	for (size_t i = 0; i < n; i++)
		if (v[i].kept && v[i].out.text.kind != BLOCK_FOOTNOTE)
			TRY(render(&c, &v[i], b));
	TRY(render_notes(&c, b));
	for (size_t i = 0; i < n; i++) {
		struct block *text = &v[i].out.text;
		if (!v[i].kept)
			continue;
		if (text->kind != BLOCK_CODE)
			text->markdown = with_numbers(&c, text->markdown, chapter);
		if (text->kind == BLOCK_FOOTNOTE)
			text->label = arena_fmt(a, "%" PRId64 "-%" PRId64, chapter, text->number);
	}
	sort_notes(v, n);
	return OK;
}
