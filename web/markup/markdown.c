/* markdown.c -- one block, and one self-contained text, to HTML. */
#include "markup/blocks.h"
#include "markup/render.h"
#include "markup/span.h"

#include <inttypes.h>

static const char *const kind_names[] = {
    [BLOCK_HEADING] = "heading",     [BLOCK_PARAGRAPH] = "paragraph",
    [BLOCK_LIST_ITEM] = "list_item", [BLOCK_TABLE_HEAD] = "table_head",
    [BLOCK_TABLE_ROW] = "table_row", [BLOCK_QUOTE] = "quote",
    [BLOCK_CODE] = "code",           [BLOCK_RULE] = "rule",
    [BLOCK_FIGURE] = "figure",       [BLOCK_FOOTNOTE] = "footnote",
};

const char *block_kind_name(enum block_kind kind)
{
	return kind_names[kind];
}

bool block_kind_named(struct str name, enum block_kind *out)
{
	for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++)
		if (str_eq(name, str_of(kind_names[i]))) {
			*out = (enum block_kind)i;
			return true;
		}
	return false;
}

void notes_of(struct arena *a, const struct definitions *d, struct markdown_notes *notes)
{
	notes->count = d->note_count;
	notes->list = ARENA_ARRAY(a, struct markdown_note, d->note_count);
	for (size_t i = 0; i < d->note_count; i++)
		notes->list[i].label = d->notes[i].label;
}

static enum err parse(const struct render *r, struct str text, cmark_node **root)
{
	if (!source_within_limits(text))
		return E_TOO_LARGE;
	*root = tree_parse(source_mark(r->arena, text, r->notes));
	return OK;
}

static enum err render_whole(struct render *r, struct str text)
{
	cmark_node *root;

	TRY(parse(r, text, &root));
	enum err err = render_tree(r, root);
	cmark_node_free(root);
	return err;
}

static enum err render_heading(struct render *r, struct str text)
{
	struct buf b = {.arena = r->arena};

	text = str_trim(text);
	size_t end = str_find_char(text, '\n');
	/* A # at the end of the words would be taken for part of the mark, were it the last. */
	buf_fmt(&b, "# %.*s #%.*s", ARG(str_head(text, end)), ARG(str_from(text, end)));
	return render_whole(r, buf_str(&b));
}

static enum err render_item(struct render *r, struct str text)
{
	struct buf b = {.arena = r->arena};
	cmark_node *root;

	while (str_starts(text, S("\n")))
		text = str_from(text, 1);
	item_write(&b, 0, S("-"), text);
	TRY(parse(r, buf_str(&b), &root));
	cmark_node *list = cmark_node_first_child(root);
	enum err err = OK;
	if (list != NULL && tree_kind(list) == TREE_LIST)
		err = render_tree(r, cmark_node_first_child(list));
	else
		err = render_tree(r, root);
	cmark_node_free(root);
	return err;
}

static void repeat(struct buf *b, struct str s, int times)
{
	for (int i = 0; i < times; i++)
		buf_add(b, s);
	buf_add(b, S("|\n"));
}

/* A row is a row only below a head, so one is made for it. */
static enum err render_row(struct render *r, struct str text, bool head)
{
	struct buf b = {.arena = r->arena};
	struct str line = str_trim(str_head(text, str_find_char(text, '\n')));
	struct str rest = str_from(text, str_find_char(text, '\n'));
	cmark_node *root;
	bool bar = str_starts(line, S("|"));
	int cells = row_cells(line);

	if (!head) {
		repeat(&b, S("|x"), cells);
		repeat(&b, S("|-"), cells);
		r->first_line -= 2;
	}
	buf_fmt(&b, "%s%.*s\n", bar ? "" : "| ", ARG(line));
	if (head)
		repeat(&b, S("|-"), cells);
	buf_fmt(&b, "\n%.*s", ARG(rest));
	TRY(parse(r, buf_str(&b), &root));
	cmark_node *table = cmark_node_first_child(root), *row = NULL;
	if (table != NULL && tree_kind(table) == TREE_TABLE)
		row = head ? cmark_node_first_child(table) : cmark_node_last_child(table);
	enum err err = OK;
	if (row != NULL && tree_kind(row) == (head ? TREE_HEAD_ROW : TREE_ROW))
		err = render_tree(r, row);
	cmark_node_free(root);
	return err;
}

static enum err render_code(struct render *r, struct str text)
{
	cmark_node *root;

	TRY(parse(r, text, &root));
	cmark_node *code = cmark_node_first_child(root);
	r->html.arena = r->plain.arena = r->arena;
	if (code != NULL && tree_kind(code) == TREE_CODE_BLOCK)
		render_words(r, source_plain(r->arena, tree_literal(code)));
	else
		render_words(r, text);
	cmark_node_free(root);
	return OK;
}

/* "zurück zum Text", once for each place that names the note. */
static void add_ways_back(struct render *r, const struct markdown_note *note)
{
	struct str html = buf_str(&r->html), tail = S("</p>\n");
	bool inside = str_ends(html, tail);

	if (inside)
		r->html.n -= tail.n;
	for (int64_t i = 1; i <= note->references; i++) {
		buf_fmt(&r->html, " <a class=\"hs-zurueck\" href=\"#%.*sfnref-%" PRId64,
			ARG(r->notes->prefix), note->number);
		if (i > 1)
			buf_fmt(&r->html, "-%" PRId64, i);
		buf_add(&r->html, S("\"><span aria-hidden=\"true\">↩</span>"
				    "<span class=\"hs-vorlesen\">zurück zum Text"));
		if (note->references > 1)
			buf_fmt(&r->html, ", Stelle %" PRId64, i);
		buf_add(&r->html, S("</span></a>"));
	}
	if (inside)
		buf_add(&r->html, tail);
}

static enum err render_note(struct render *r, struct block *b, struct str text)
{
	struct markdown_note *note = note_named(r->notes, b->label);

	if (note != NULL && note->number == 0)
		note->number = ++r->notes->last;
	TRY(render_whole(r, text));
	if (note != NULL) {
		b->number = note->number;
		add_ways_back(r, note);
	}
	return OK;
}

static enum err render_kind(struct render *r, struct block *b, struct str text)
{
	switch (b->kind) {
	case BLOCK_HEADING:
		r->mode = RENDER_INLINE;
		return render_heading(r, text);
	case BLOCK_PARAGRAPH:
		r->mode = RENDER_INLINE;
		return render_whole(r, text);
	case BLOCK_FIGURE:
		r->mode = RENDER_FIGURE;
		return render_whole(r, text);
	case BLOCK_LIST_ITEM:
		r->mode = RENDER_ITEM;
		return render_item(r, text);
	case BLOCK_TABLE_HEAD:
	case BLOCK_TABLE_ROW:
		r->mode = RENDER_CELLS;
		return render_row(r, text, b->kind == BLOCK_TABLE_HEAD);
	case BLOCK_QUOTE:
		r->mode = RENDER_FLOW;
		return render_whole(r, text);
	case BLOCK_CODE:
		return render_code(r, text);
	case BLOCK_RULE:
		return OK;
	case BLOCK_FOOTNOTE:
		r->mode = RENDER_FLOW;
		return render_note(r, b, text);
	}
	return E_INTERNAL;
}

enum err block_render(struct arena *scratch, struct arena *a, struct block *b,
		      struct markdown_notes *notes, struct warnings *w)
{
	struct render r = {.arena = scratch, .notes = notes, .warnings = w, .first_line = b->line};
	struct str text = source_clean(scratch, b->markdown);

	while (str_ends(text, S("\n")))
		text.n--;
	TRY(render_kind(&r, b, text));
	struct str html = buf_str(&r.html);
	while (b->kind != BLOCK_CODE && str_ends(html, S("\n")))
		html.n--;
	b->html = arena_str(a, html);
	b->plain = arena_str(a, str_trim(buf_str(&r.plain)));
	return OK;
}

enum err markdown_block(struct arena *a, struct block *b, struct markdown_notes *notes)
{
	struct arena *scratch = arena_new(MARKUP_SCRATCH_BYTES);
	enum err err = block_render(scratch, a, b, notes, NULL);

	arena_free(scratch);
	return err;
}

/* Footnotes may name further footnotes, so the highest number grows while they are written. */
static enum err add_notes(struct render *r, const struct definitions *d)
{
	struct buf *html = &r->html;

	if (d->note_count == 0)
		return OK;
	buf_add(html, S("<section class=\"hs-fussnoten\" aria-label=\"Fußnoten\">\n<ol>\n"));
	for (int64_t number = 1; number <= (int64_t)d->note_count; number++) {
		size_t i = note_numbered(r->notes, number);
		struct block b = {.kind = BLOCK_FOOTNOTE, .label = d->notes[i].label};
		struct render note = {.arena = r->arena, .notes = r->notes, .mode = RENDER_FLOW};
		TRY(render_note(&note, &b, definitions_add(r->arena, d, d->notes[i].text)));
		buf_fmt(html, "<li id=\"%.*sfn-%" PRId64 "\">", ARG(r->notes->prefix), b.number);
		buf_add(html, buf_str(&note.html));
		buf_add(html, S("</li>\n"));
		if (html->n > MARKDOWN_HTML_BYTES)
			return E_TOO_LARGE;
	}
	buf_add(html, S("</ol>\n</section>\n"));
	return OK;
}

size_t note_numbered(const struct markdown_notes *notes, int64_t number)
{
	size_t unused = notes->count;

	for (size_t i = notes->count; i-- > 0;) {
		if (notes->list[i].number == number)
			return i;
		if (notes->list[i].number == 0)
			unused = i;
	}
	return unused;
}

/* Two texts on one page must not share ids; the same text twice would have the same notes. */
static struct str prefix_of(struct arena *a, struct str text)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < text.n; i++)
		hash = (hash ^ (unsigned char)text.p[i]) * 16777619u;
	return arena_fmt(a, "t%08" PRIx32 "-", hash);
}

static enum err render_document(struct arena *scratch, struct str source, struct buf *html)
{
	struct definitions d;
	struct markdown_notes notes = {0};
	struct render r = {.arena = scratch, .notes = &notes, .mode = RENDER_TEXT};

	if (source.n > MARKDOWN_BYTES)
		return E_TOO_LARGE;
	struct str text = source_clean(scratch, source);
	if (!source_within_limits(text))
		return E_TOO_LARGE;
	definitions_take(scratch, text, NULL, &d);
	notes_of(scratch, &d, &notes);
	notes.prefix = prefix_of(scratch, text);
	TRY(render_whole(&r, definitions_add(scratch, &d, d.body)));
	TRY(add_notes(&r, &d));
	*html = r.html;
	return OK;
}

enum err markdown_html(struct arena *a, struct str source, struct str *html)
{
	struct arena *scratch = arena_new(MARKUP_SCRATCH_BYTES);
	struct buf b = {.arena = scratch};
	enum err err = render_document(scratch, source, &b);

	*html = err == OK ? arena_str(a, buf_str(&b)) : S("");
	arena_free(scratch);
	return err;
}
