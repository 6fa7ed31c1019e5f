/* preview.c -- puts parsed blocks together on one page. */
#include "features/handbook/preview.h"

#include "features/handbook/live_table.h"
#include "features/handbook/placeholders.h"
#include "markup/compose.h"

#include <inttypes.h>

enum { HEADING_FIRST = 3, HEADING_LAST = 6 };

/* Headings skip no level, whatever the source does. */
static void add_heading(struct buf *b, const struct block *heading, int top, int *before)
{
	int level = HEADING_FIRST + heading->level - top;

	level = level > *before + 1 ? *before + 1 : level;
	level = level > HEADING_LAST ? HEADING_LAST : level < HEADING_FIRST ? HEADING_FIRST : level;
	*before = level;
	buf_fmt(b, "<h%d>%.*s</h%d>", level, ARG(heading->html), level);
}

/* The block, or all of its list or table; returns the next one. */
static const struct block *add_group(struct buf *b, const struct block *first, struct piece *pieces)
{
	const struct block *at = first;
	size_t n = 0;

	do {
		pieces[n++] = (struct piece){.kind = at->kind,
					     .level = at->level,
					     .ordered = at->ordered,
					     .number = at->number,
					     .html = at->html};
		at = at->next;
	} while (at != NULL && first->group != 0 && at->group == first->group);
	buf_add(b, compose_group(b->arena, pieces, n));
	return at;
}

/* They come last. */
static void add_notes(struct buf *b, const struct block *at)
{
	if (at == NULL)
		return;
	buf_add(b, S("<div class=\"hs-fussnoten\"><ol aria-label=\"Fußnoten\">"));
	for (; at != NULL; at = at->next)
		buf_fmt(b, "<li id=\"fn-%" PRId64 "\" value=\"%" PRId64 "\">%.*s</li>", at->number,
			at->number, ARG(at->html));
	buf_add(b, S("</ol></div>"));
}

enum err preview_html(struct request *rq, const struct markdown_document *doc, struct str *out)
{
	struct piece *pieces = ARENA_ARRAY(rq->arena, struct piece, doc->count);
	struct buf b = {.arena = rq->arena};
	const struct block *at = doc->blocks;
	int top = 0, before = HEADING_FIRST - 1;

	for (; at != NULL; at = at->next)
		if (at->kind == BLOCK_HEADING && (top == 0 || at->level < top))
			top = at->level;
	for (at = doc->blocks; at != NULL && at->kind != BLOCK_FOOTNOTE;) {
		if (at->kind == BLOCK_HEADING) {
			add_heading(&b, at, top, &before);
			at = at->next;
		} else {
			at = add_group(&b, at, pieces);
		}
	}
	add_notes(&b, at);
	TRY(live_table_fill(rq->db, rq->arena, buf_str(&b), out));
	*out = internal_html(rq, *out);
	return OK;
}

void preview_show_warnings(struct view *v, const struct markdown_document *doc, bool lines)
{
	struct view *list = NULL;

	for (const struct markdown_warning *w = doc->warnings; w != NULL; w = w->next) {
		if (list == NULL)
			list = view_row(v, S_WARNINGS);
		struct view *line = view_row(list, S_WARNING);
		if (lines)
			view_int(line, V_LINE, w->line);
		view_text(line, V_TEXT, w->text);
	}
}
