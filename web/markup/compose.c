/* compose.c -- lists, tables and the tags of single blocks. */
#include "markup/compose.h"

#include <inttypes.h>

enum { DEPTH_MAX = 12 };

static void open_tag(struct buf *b, const char *tag, struct str id)
{
	buf_fmt(b, "<%s", tag);
	if (id.n > 0)
		buf_fmt(b, " id=\"%.*s\"", ARG(id));
	buf_char(b, '>');
}

/* Lists that are open around the current item. */
struct lists {
	int depth;
	bool ordered[DEPTH_MAX];
};

static void list_open(struct buf *b, struct lists *l, const struct piece *p)
{
	if (p->ordered && p->number != 1)
		buf_fmt(b, "<ol start=\"%" PRId64 "\">", p->number);
	else
		buf_add(b, p->ordered ? S("<ol>") : S("<ul>"));
	l->ordered[l->depth++] = p->ordered;
}

static void list_close(struct buf *b, struct lists *l)
{
	buf_add(b, l->ordered[--l->depth] ? S("</li></ol>") : S("</li></ul>"));
}

static void compose_list(struct buf *b, const struct piece *pieces, size_t n)
{
	struct lists l = {.depth = 0};

	for (size_t i = 0; i < n; i++) {
		const struct piece *p = &pieces[i];
		int level = p->level < 1 ? 1 : p->level > DEPTH_MAX ? DEPTH_MAX : p->level;
		/* A level that is skipped would leave a list without an item: one step at a time.
		 */
		if (level > l.depth + 1)
			level = l.depth + 1;
		while (l.depth > level)
			list_close(b, &l);
		/* Bullets that turn into numbers are another list. */
		if (l.depth == level && l.ordered[level - 1] != p->ordered)
			list_close(b, &l);
		if (l.depth < level)
			list_open(b, &l, p);
		else
			buf_add(b, S("</li>"));
		open_tag(b, "li", p->id);
		buf_add(b, p->html);
	}
	while (l.depth > 0)
		list_close(b, &l);
}

/* A wide table scrolls inside its own frame, which the keyboard can reach. */
static void compose_table(struct buf *b, const struct piece *pieces, size_t n)
{
	size_t body = pieces[0].kind == BLOCK_TABLE_HEAD ? 1 : 0;

	buf_add(b,
		S("<div class=\"hs-rollen\" role=\"group\" aria-label=\"Tabelle\" tabindex=\"0\">"
		  "<table class=\"kern-table hs-tabelle kern-table--small\">"));
	if (body == 1) {
		buf_add(b, S("<thead class=\"kern-table__head\">"));
		open_tag(b, "tr", pieces[0].id);
		buf_add(b, pieces[0].html);
		buf_add(b, S("</tr></thead>"));
	}
	buf_add(b, S("<tbody class=\"kern-table__body\">"));
	for (size_t i = body; i < n; i++) {
		open_tag(b, "tr", pieces[i].id);
		buf_add(b, pieces[i].html);
		buf_add(b, S("</tr>"));
	}
	buf_add(b, S("</tbody></table></div>"));
}

static void compose_single(struct buf *b, const struct piece *p)
{
	static const struct {
		enum block_kind kind;
		const char *before, *after;
	} tags[] = {
	    {BLOCK_PARAGRAPH, "<p>", "</p>"},
	    {BLOCK_QUOTE, "<blockquote>", "</blockquote>"},
	    {BLOCK_CODE, "<pre><code>", "</code></pre>"},
	    {BLOCK_FIGURE, "<figure>", "</figure>"},
	};

	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
		if (p->ready || tags[i].kind != p->kind)
			continue;
		buf_add(b, str_of(tags[i].before));
		buf_add(b, p->html);
		buf_add(b, str_of(tags[i].after));
		return;
	}
	buf_add(b, p->kind == BLOCK_RULE ? S("<hr>") : p->html);
}

struct str compose_group(struct arena *a, const struct piece *pieces, size_t n)
{
	struct buf b = {.arena = a};

	if (n == 0)
		return S("");
	if (pieces[0].kind == BLOCK_LIST_ITEM)
		compose_list(&b, pieces, n);
	else if (pieces[0].kind == BLOCK_TABLE_HEAD || pieces[0].kind == BLOCK_TABLE_ROW)
		compose_table(&b, pieces, n);
	else
		compose_single(&b, &pieces[0]);
	return buf_str(&b);
}
