/* render.c -- walks the tree without recursion and writes HTML from an allow list of tags. */
#include "markup/render.h"

#include <string.h>

/* Deeper nesting keeps its words but loses its tags, so that no browser stumbles. */
enum { DEPTH_MAX = 40 };

static const struct {
	struct str open, close;
	bool inline_too; /* also where only words may stand */
} tags[TREE_KINDS] = {
    [TREE_QUOTE] = {S_INIT("<blockquote>\n"), S_INIT("</blockquote>\n"), false},
    [TREE_EMPHASIS] = {S_INIT("<em>"), S_INIT("</em>"), true},
    [TREE_STRONG] = {S_INIT("<strong>"), S_INIT("</strong>"), true},
    [TREE_DELETED] = {S_INIT("<del>"), S_INIT("</del>"), true},
};

static bool words_only(const struct render *r)
{
	return r->mode == RENDER_INLINE || r->mode == RENDER_FIGURE || r->mode == RENDER_CELLS;
}

/* Takes back a tag that nothing followed: no empty paragraphs, no empty headings. */
static bool take_back_if_empty(struct render *r)
{
	if (r->opened == 0 || r->html.n != r->opened)
		return false;
	while (r->html.n > 0 && r->html.p[r->html.n - 1] != '<')
		r->html.n--;
	r->html.n -= r->html.n > 0;
	r->opened = 0;
	return true;
}

static bool paragraph_is_bare(cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);

	if (tree_kind(parent) != TREE_ITEM)
		return false;
	return cmark_node_get_list_tight(cmark_node_parent(parent)) != 0;
}

/* Blocks where only words may stand are parted by a line break. */
static void part_words(struct render *r, bool enter)
{
	struct str html = buf_str(&r->html);

	if (enter && html.n > 0 && r->mode == RENDER_INLINE && !str_ends(html, S("<br>")))
		render_tag(r, S("<br>"));
	render_gap(r);
}

/* ☐ or ☑ before the first words of an item; says whether it wrote one. */
static bool task_sign(struct render *r)
{
	if (r->task == TASK_NONE)
		return false;
	render_tag(r, r->task == TASK_DONE ? S("<span aria-hidden=\"true\">☑ </span>"
					       "<span class=\"hs-vorlesen\">Erledigt: </span>")
					   : S("<span aria-hidden=\"true\">☐ </span>"
					       "<span class=\"hs-vorlesen\">Offen: </span>"));
	r->task = TASK_NONE;
	return true;
}

static void paragraph(struct render *r, cmark_node *node, bool enter)
{
	r->muted = false;
	render_gap(r);
	if (words_only(r)) {
		part_words(r, enter);
		task_sign(r);
	} else if (paragraph_is_bare(node)) {
		if (enter)
			task_sign(r);
		else if (cmark_node_next(node) != NULL)
			render_tag(r, S("\n"));
	} else if (r->mode == RENDER_TEXT && tree_is_figure(node)) {
		render_tag(r, enter ? S("<figure>") : S("</figure>\n"));
	} else if (enter) {
		render_tag(r, S("<p>"));
		r->opened = task_sign(r) ? 0 : r->html.n;
	} else if (!take_back_if_empty(r)) {
		render_tag(r, S("</p>\n"));
	}
}

/* Level in an outline that begins at 2 and never skips: 2 + how many headings are above. */
static int outline_level(struct render *r, int level)
{
	while (r->outline_depth > 0 && r->outline[r->outline_depth - 1] >= level)
		r->outline_depth--;
	if (r->outline_depth < 5)
		r->outline[r->outline_depth++] = level;
	return 1 + r->outline_depth;
}

static void heading(struct render *r, cmark_node *node, bool enter)
{
	bool outline = r->mode == RENDER_TEXT;

	r->muted = false;
	render_gap(r);
	if (words_only(r)) {
		part_words(r, enter);
	} else if (enter) {
		int level = outline ? outline_level(r, cmark_node_get_heading_level(node)) : 0;
		if (outline)
			buf_fmt(&r->html, "<h%d>", level);
		else
			render_tag(r, S("<p class=\"hs-fett\">"));
		r->opened = r->html.n;
	} else if (take_back_if_empty(r)) {
		r->outline_depth -= r->outline_depth > 0;
	} else {
		if (outline)
			buf_fmt(&r->html, "</h%d>\n", 1 + r->outline_depth);
		else
			render_tag(r, S("</p>\n"));
	}
}

static void list(struct render *r, cmark_node *node, bool enter)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);

	render_gap(r);
	if (words_only(r))
		return;
	if (!enter)
		render_tag(r, ordered ? S("</ol>\n") : S("</ul>\n"));
	else if (ordered && start != 1)
		buf_fmt(&r->html, "<ol start=\"%d\">\n", start);
	else
		render_tag(r, ordered ? S("<ol>\n") : S("<ul>\n"));
}

static void item(struct render *r, cmark_node *node, bool enter)
{
	bool done, task = tree_is_task(node, &done);

	render_gap(r);
	if (node != r->root && !words_only(r))
		render_tag(r, enter ? S("<li>") : S("</li>\n"));
	else if (enter)
		part_words(r, true);
	r->task = enter && task ? (done ? TASK_DONE : TASK_OPEN) : TASK_NONE;
}

static void code_block(struct render *r, cmark_node *node)
{
	struct str code = source_plain(r->arena, tree_literal(node));

	render_gap(r);
	render_tag(r, words_only(r) ? S("<code>")
				    : S("<pre class=\"hs-rollen\" tabindex=\"0\"><code>"));
	render_words(r, words_only(r) ? str_trim(code) : code);
	render_tag(r, words_only(r) ? S("</code>") : S("</code></pre>\n"));
	render_gap(r);
}

static void table(struct render *r, bool enter)
{
	if (words_only(r))
		return;
	if (enter)
		buf_fmt(&r->html,
			"<div class=\"hs-rollen\" role=\"group\" aria-label=\"Tabelle %lld\" "
			"tabindex=\"0\">\n"
			"<table class=\"kern-table hs-tabelle kern-table--small\">\n",
			(long long)++r->tables);
	else
		render_tag(r, S("</table>\n</div>\n"));
}

static void row(struct render *r, cmark_node *node, enum tree_kind kind, bool enter)
{
	bool head = kind == TREE_HEAD_ROW;
	bool first = !head && tree_kind(cmark_node_previous(node)) == TREE_HEAD_ROW;
	bool last = !head && cmark_node_next(node) == NULL;

	render_gap(r);
	if (words_only(r))
		return;
	if (enter && head)
		render_tag(r, S("<thead class=\"kern-table__head\">"));
	if (enter && first)
		render_tag(r, S("<tbody class=\"kern-table__body\">\n"));
	render_tag(r, enter ? S("<tr class=\"kern-table__row\">") : S("</tr>"));
	if (!enter)
		render_tag(r, head ? S("</thead>\n") : S("\n"));
	if (!enter && last)
		render_tag(r, S("</tbody>\n"));
}

static void cell(struct render *r, cmark_node *node, bool enter)
{
	bool head = tree_kind(cmark_node_parent(node)) == TREE_HEAD_ROW;
	bool named = head && cmark_node_first_child(node) != NULL;

	r->muted = false;
	render_gap(r);
	if (r->mode == RENDER_INLINE)
		return;
	if (!enter)
		render_tag(r, named ? S("</th>") : S("</td>"));
	else if (named)
		render_tag(r, S("<th class=\"kern-table__header\" scope=\"col\">"));
	else
		render_tag(r, head ? S("<td class=\"kern-table__header\">")
				   : S("<td class=\"kern-table__cell\">"));
}

static void html_block(struct render *r, cmark_node *node)
{
	struct str words =
	    source_plain(r->arena, source_without_tags(r->arena, tree_literal(node)));

	render_warn_html(r);
	if (words.n == 0)
		return;
	part_words(r, true);
	render_tag(r, words_only(r) ? S("") : S("<p>"));
	render_words(r, words);
	render_tag(r, words_only(r) ? S("") : S("</p>\n"));
	render_gap(r);
}

static void nested(struct render *r, enum tree_kind kind, bool enter)
{
	if (enter)
		r->depth++;
	if (r->depth <= DEPTH_MAX && (tags[kind].inline_too || !words_only(r)))
		render_tag(r, enter ? tags[kind].open : tags[kind].close);
	if (!enter)
		r->depth--;
	if (kind == TREE_QUOTE)
		render_gap(r);
}

static void leaf(struct render *r, cmark_node *node, enum tree_kind kind)
{
	if (kind == TREE_TEXT)
		render_text(r, tree_literal(node));
	else if (kind == TREE_HTML)
		render_raw(r, tree_literal(node));
	else if (kind == TREE_HTML_BLOCK)
		html_block(r, node);
	else if (kind == TREE_CODE_BLOCK)
		code_block(r, node);
	else if (kind == TREE_RULE && !words_only(r))
		render_tag(r, S("<hr>\n"));
	if (kind == TREE_CODE) {
		render_tag(r, S("<code>"));
		render_words(r, source_plain(r->arena, tree_literal(node)));
		render_tag(r, S("</code>"));
	}
	if (kind == TREE_SOFT_BREAK || kind == TREE_LINE_BREAK) {
		render_tag(r, kind == TREE_LINE_BREAK ? S("<br>\n") : S("\n"));
		render_gap(r);
	}
}

static void visit(struct render *r, cmark_node *node, bool enter)
{
	enum tree_kind kind = tree_kind(node);

	if (enter && cmark_node_get_start_line(node) > 0)
		r->line = r->first_line + cmark_node_get_start_line(node) - 1;
	if (kind == TREE_PARAGRAPH)
		paragraph(r, node, enter);
	else if (kind == TREE_HEADING)
		heading(r, node, enter);
	else if (kind == TREE_LIST)
		list(r, node, enter);
	else if (kind == TREE_ITEM)
		item(r, node, enter);
	else if (kind == TREE_TABLE)
		table(r, enter);
	else if (kind == TREE_HEAD_ROW || kind == TREE_ROW)
		row(r, node, kind, enter);
	else if (kind == TREE_CELL)
		cell(r, node, enter);
	else if (kind == TREE_LINK)
		render_link(r, node, enter);
	else if (kind == TREE_IMAGE)
		render_image(r, node, enter);
	else if (tags[kind].open.n > 0)
		nested(r, kind, enter);
	else if (enter)
		leaf(r, node, kind);
}

enum err render_tree(struct render *r, cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;

	r->html.arena = r->plain.arena = r->arena;
	r->line = r->first_line;
	r->root = root;
	if (tree_kind(root) == TREE_ITEM)
		item(r, root, true);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE && !r->too_large) {
		cmark_node *node = cmark_iter_get_node(iter);
		if (node != root)
			visit(r, node, event == CMARK_EVENT_ENTER);
		r->too_large =
		    r->html.n > MARKDOWN_HTML_BYTES || r->link_bytes > MARKDOWN_LINK_BYTES;
	}
	cmark_iter_free(iter);
	return r->too_large ? E_TOO_LARGE : OK;
}
