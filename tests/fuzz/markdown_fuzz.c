/*
 * markdown_fuzz.c -- any bytes into both ways of reading Markdown.  Besides memory errors it looks
 * for HTML that must never appear, and for blocks that do not stand alone.
 */
#include "base/utf8.h"
#include "markup/markdown.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* Every "<" opens a tag that the renderer knows, and no address leaves the list. */
static void check_html(struct str html)
{
	static const struct str bad[] = {
	    S_INIT("<script"),     S_INIT("<style"),      S_INIT("<iframe"),   S_INIT("<svg"),
	    S_INIT("<h1"),         S_INIT("<input"),      S_INIT("<object"),   S_INIT("<!--"),
	    S_INIT("href=\"java"), S_INIT("href=\"data"), S_INIT("href=\"//"), S_INIT("src=\"//"),
	    S_INIT("src=\"http"),  S_INIT("href=\"/\\"),  S_INIT("<p><p"),     S_INIT("\" on"),
	};

	must(utf8_clean(html, true));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		must(str_find(html, bad[i]) == html.n);
}

static void check_document(struct arena *a, struct str source)
{
	struct markdown_document d;
	struct markdown_notes notes = {0};

	if (markdown_document(a, source, &d) != OK)
		return;
	for (struct block *b = d.blocks; b != NULL; b = b->next)
		notes.count += b->kind == BLOCK_FOOTNOTE;
	notes.list = ARENA_ARRAY(a, struct markdown_note, notes.count);
	notes.count = 0;
	for (struct block *b = d.blocks; b != NULL; b = b->next)
		if (b->kind == BLOCK_FOOTNOTE)
			notes.list[notes.count++].label = b->label;
	for (struct block *b = d.blocks; b != NULL; b = b->next) {
		struct block again = {.kind = b->kind, .markdown = b->markdown, .label = b->label};
		check_html(b->html);
		must(utf8_clean(b->plain, false) && utf8_clean(b->markdown, true));
		if (markdown_block(a, &again, &notes) == OK)
			must(str_eq(again.html, b->html) && str_eq(again.plain, b->plain));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *a;
	struct str html, source = {(const char *)data, size};

	if (a == NULL)
		a = arena_new(256u * 1024 * 1024);
	if (markdown_html(a, source, &html) == OK)
		check_html(html);
	check_document(a, source);
	arena_reset(a);
	return 0;
}
