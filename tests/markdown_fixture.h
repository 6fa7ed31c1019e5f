/*
 * markdown_fixture.h -- an arena for one test program, and short ways to ask for HTML, blocks and
 * warnings.
 */
#ifndef TESTS_MARKDOWN_FIXTURE_H
#define TESTS_MARKDOWN_FIXTURE_H

#include "markup/markdown.h"

#include "arena_fixture.h"

static inline struct str html(struct str source)
{
	struct str out;

	CHECK_INT(markdown_html(arena, source, &out), OK);
	return out;
}

static inline struct markdown_document document(struct str source)
{
	struct markdown_document d;

	CHECK_INT(markdown_document(arena, source, &d), OK);
	return d;
}

static inline struct block *nth(const struct markdown_document *d, int n)
{
	struct block *b = d->blocks;

	while (n-- > 0 && b != NULL)
		b = b->next;
	assert_non_null(b);
	return b;
}

static inline bool has(struct str s, struct str what)
{
	return str_find(s, what) < s.n;
}

/* Warnings of a document as "LINE words…", the first that contains `what`; 0 when there is none. */
static inline int64_t warned(struct str source, struct str what)
{
	struct markdown_document d = document(source);

	for (struct markdown_warning *w = d.warnings; w != NULL; w = w->next)
		if (has(w->text, what))
			return w->line;
	return 0;
}

static inline size_t warnings(struct str source)
{
	return document(source).warning_count;
}

static inline struct str repeated(struct str s, size_t times)
{
	struct buf b = {.arena = arena};

	for (size_t i = 0; i < times; i++)
		buf_add(&b, s);
	return buf_str(&b);
}

static inline struct str joined(struct str a, struct str b)
{
	return arena_fmt(arena, "%.*s%.*s", ARG(a), ARG(b));
}

#endif
