/*
 * blocks.c -- cuts a document into blocks by the line numbers of its tree.
 *
 * Only the places where blocks begin are taken from the tree (where they end is unreliable in
 * this version of cmark-gfm); a block ends where the next one begins.
 */
#include "markup/blocks.h"

#include "markup/span.h"
#include "markup/tree.h"

enum { LIST_DEPTH_MAX = 6 };

struct splitter {
	struct block_list *list;
	struct lines lines; /* of the part */
	int64_t offset;
};

struct block *blocks_add(struct block_list *list, struct block b)
{
	if (list->full || list->count == MARKDOWN_DOCUMENT_BLOCKS) {
		list->full = true;
		return NULL;
	}
	struct block *added = ARENA_NEW(list->arena, struct block);
	*added = b;
	if (b.kind != BLOCK_CODE && b.kind != BLOCK_RULE && !scan_open(b.markdown))
		added->markdown = definitions_add(list->arena, list->definitions, b.markdown);
	*list->end = added;
	list->end = &added->next;
	list->count++;
	return added;
}

static void add(struct splitter *s, struct block b, int64_t line)
{
	b.line = s->offset + line;
	blocks_add(s->list, b);
}

static void complain(struct splitter *s, int64_t line, const char *text)
{
	warn(s->list->warnings, s->offset + line, "%s", text);
}

/* Lines that only the parser understands are in no block. */
static void complain_of_rest(struct splitter *s, struct span block, int64_t last)
{
	for (int64_t at = block.last + 1; at <= last; at++)
		if (str_trim(line_at(&s->lines, at)).n > 0) {
			complain(s, at,
				 "Diese Zeile wurde weggelassen. Schreibe die Adresse eines Links "
				 "auf eine eigene Zeile: [Name]: Adresse.");
			return;
		}
}

/* Adds the block that `text` cuts from these lines. */
static void add_span(struct splitter *s, struct block b,
		     struct str (*text)(const struct lines *, struct span *), struct span span)
{
	int64_t first = span.first, last = span.last;

	b.markdown = text(&s->lines, &span);
	add(s, b, first);
	complain_of_rest(s, (struct span){first, first - 1}, span.first - 1);
	complain_of_rest(s, span, last);
}

static void split_heading(struct splitter *s, cmark_node *node, int64_t first, int64_t last)
{
	int level = cmark_node_get_heading_level(node);

	if (cmark_node_first_child(node) == NULL) {
		complain(s, first, "Diese Überschrift hat keinen Text und wurde weggelassen.");
		return;
	}
	if (s->list->heading > 0 && level > s->list->heading + 1)
		warn(s->list->warnings, s->offset + first,
		     "Diese Überschrift überspringt eine Ebene: Auf %d folgt %d. Setze ein # "
		     "weniger davor.",
		     s->list->heading, level);
	s->list->heading = level;
	add_span(s, (struct block){.kind = BLOCK_HEADING, .level = level}, span_heading,
		 (struct span){first, last});
}

static struct str item_text(struct splitter *s, cmark_node *item, struct span span)
{
	int column = cmark_node_get_start_column(item);
	int64_t last = span.last;

	if (last < span.first) /* "- - a" */
		return S("");
	struct str text = span_item(&s->lines, &span, column > 0 ? (size_t)column - 1 : 0);
	complain_of_rest(s, span, last);
	return text;
}

/* The first of the lists that end an item; those become blocks of their own. */
static cmark_node *trailing_list(cmark_node *item)
{
	cmark_node *found = NULL;

	for (cmark_node *n = cmark_node_last_child(item); n != NULL && tree_kind(n) == TREE_LIST;
	     n = cmark_node_previous(n))
		found = n;
	return found;
}

static void split_list(struct splitter *s, cmark_node *list, struct block like, int64_t last)
{
	int64_t number = cmark_node_get_list_start(list);

	like.ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
	for (cmark_node *item = cmark_node_first_child(list), *next; item != NULL; item = next) {
		next = cmark_node_next(item);
		int64_t end = next != NULL ? cmark_node_get_start_line(next) - 1 : last;
		cmark_node *inner = like.level < LIST_DEPTH_MAX ? trailing_list(item) : NULL;
		int64_t own_end = inner != NULL ? cmark_node_get_start_line(inner) - 1 : end;
		struct block b = like;
		b.number = like.ordered ? number++ : 0;
		b.markdown =
		    item_text(s, item, (struct span){cmark_node_get_start_line(item), own_end});
		add(s, b, cmark_node_get_start_line(item));
		for (like.level++; inner != NULL; inner = cmark_node_next(inner)) {
			cmark_node *after = cmark_node_next(inner);
			split_list(s, inner, like,
				   after != NULL ? cmark_node_get_start_line(after) - 1 : end);
		}
		like.level--;
	}
}

/* Cuts the next cell off; an escaped bar does not end it. */
static struct str cut_cell(struct str *line)
{
	size_t end = 0;

	while (end < line->n && line->p[end] != '|')
		end += line->p[end] == '\\' && end + 1 < line->n ? 2 : 1;
	struct str cell = str_trim(str_head(*line, end));
	*line = str_from(*line, end + 1);
	return cell;
}

int row_cells(struct str line)
{
	int cells = 0;

	line = str_trim(line);
	if (str_starts(line, S("|")))
		line = str_from(line, 1);
	do {
		cut_cell(&line);
		cells++;
	} while (line.n > 0);
	return cells;
}

/* "a | b" with `columns` cells as "| a | b |"; surplus cells join the last one. */
static struct str row_text(struct splitter *s, struct str line, int columns, bool *surplus)
{
	struct buf b = {.arena = s->list->arena};
	int cells = 0;

	line = str_trim(line);
	if (str_starts(line, S("|")))
		line = str_from(line, 1);
	*surplus = false;
	while (line.n > 0 || cells < columns) {
		struct str cell = cut_cell(&line);
		if (++cells > columns && cell.n > 0) {
			*surplus = true;
			buf_fmt(&b, " \\| %.*s", ARG(cell));
		} else if (cells <= columns) {
			buf_fmt(&b, "%s%s%.*s", cells > 1 ? " |" : "|", cell.n > 0 ? " " : "",
				ARG(cell));
		}
	}
	buf_add(&b, S(" |"));
	return buf_str(&b);
}

static void split_table(struct splitter *s, cmark_node *table, int64_t first)
{
	int64_t group = ++s->list->groups;
	bool surplus, told = false;

	for (cmark_node *row = cmark_node_first_child(table); row != NULL;
	     row = cmark_node_next(row)) {
		bool head = tree_kind(row) == TREE_HEAD_ROW;
		int64_t line = head ? first : cmark_node_get_start_line(row);
		struct str text =
		    row_text(s, line_at(&s->lines, line), tree_columns(table), &surplus);
		if (surplus && !told)
			complain(s, line,
				 "Diese Zeile hat mehr Spalten als der Kopf der Tabelle. "
				 "Der Rest steht in der letzten Spalte.");
		told = told || surplus;
		add(s,
		    (struct block){.kind = head ? BLOCK_TABLE_HEAD : BLOCK_TABLE_ROW,
				   .group = group,
				   .markdown = text},
		    line);
	}
}

/* Words that were no tags in the HTML must not become one without it. */
static struct str without_brackets(struct arena *a, struct str words)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < words.n; i++) {
		bool before = words.p[i] == '\\' && i + 1 < words.n && words.p[i + 1] == '<';
		if (before || words.p[i] == '<')
			buf_char(&b, '\\');
		buf_char(&b, words.p[i]);
	}
	return buf_str(&b);
}

static void split_html(struct splitter *s, cmark_node *node, int64_t first)
{
	struct arena *a = s->list->arena;
	struct str words = source_without_tags(a, tree_literal(node));

	complain(s, first, "HTML wird nicht übernommen, nur der Text darin.");
	if (words.n == 0)
		return;
	words = source_tame(a, without_brackets(a, words), NULL);
	add(s, (struct block){.kind = BLOCK_PARAGRAPH, .markdown = source_flow(a, words)}, first);
}

/* A paragraph glued to the table below it carries no line number, but the table has its. */
static int64_t start_line(cmark_node *node)
{
	int64_t line = cmark_node_get_start_line(node);

	return line == 0 && cmark_node_next(node) != NULL
		   ? cmark_node_get_start_line(cmark_node_next(node))
		   : line;
}

/* The line of dashes: above the first row, else the last one that can be meant. */
static int64_t delimiter_of(const struct splitter *s, cmark_node *table)
{
	cmark_node *next = cmark_node_next(table);
	cmark_node *row = cmark_node_next(cmark_node_first_child(table));
	int64_t end = next != NULL ? start_line(next) : s->lines.count + 1;
	int64_t found = cmark_node_get_start_line(table) + 1;

	if (row != NULL)
		return cmark_node_get_start_line(row) - 1;
	for (int64_t at = found; at < end && str_trim(line_at(&s->lines, at)).n > 0; at++)
		if (table_delimiter(line_at(&s->lines, at)))
			found = at;
	return found;
}

/* Where a block begins. */
static int64_t first_line_of(const struct splitter *s, cmark_node *node)
{
	return tree_kind(node) == TREE_TABLE ? delimiter_of(s, node) - 1 : start_line(node);
}

static void split_node(struct splitter *s, cmark_node *node)
{
	enum tree_kind kind = tree_kind(node);
	cmark_node *next = cmark_node_next(node);
	int64_t first = first_line_of(s, node);
	int64_t last = next != NULL ? first_line_of(s, next) - 1 : s->lines.count;
	struct span span = {first, last};

	if (kind == TREE_HEADING)
		split_heading(s, node, first, last);
	else if (kind == TREE_LIST)
		split_list(
		    s, node,
		    (struct block){.kind = BLOCK_LIST_ITEM, .level = 1, .group = ++s->list->groups},
		    last);
	else if (kind == TREE_TABLE)
		split_table(s, node, first);
	else if (kind == TREE_QUOTE)
		add_span(s, (struct block){.kind = BLOCK_QUOTE}, span_quote, span);
	else if (kind == TREE_CODE_BLOCK)
		add_span(s, (struct block){.kind = BLOCK_CODE}, span_code, span);
	else if (kind == TREE_RULE)
		add(s, (struct block){.kind = BLOCK_RULE, .markdown = S("---")}, first);
	else if (kind == TREE_HTML_BLOCK)
		split_html(s, node, first);
	else
		add_span(
		    s,
		    (struct block){.kind = tree_is_figure(node) ? BLOCK_FIGURE : BLOCK_PARAGRAPH},
		    cmark_node_get_start_line(node) > 0 ? span_paragraph : span_glued, span);
}

/* The last resort for a part whose links would grow beyond measure: they stay words. */
static struct str without_definitions(struct arena *a, struct str part)
{
	struct buf b = {.arena = a};
	size_t at;

	while ((at = str_find(part, S("]:"))) < part.n) {
		buf_add(&b, str_head(part, at));
		buf_add(&b, S("] "));
		part = str_from(part, at + 2);
	}
	buf_add(&b, part);
	return buf_str(&b);
}

void blocks_split(struct block_list *list, struct str part, int64_t first_line)
{
	struct splitter s = {.list = list, .offset = first_line - 1};
	struct str rest = part, line;

	s.lines.arena = list->arena;
	s.lines.list = ARENA_ARRAY(list->scratch, struct str, MARKDOWN_LINES + 2);
	while (str_cut(&rest, '\n', &line) && s.lines.count < MARKDOWN_LINES)
		s.lines.list[++s.lines.count] = line;
	struct str text = definitions_add(list->scratch, list->definitions, part);
	if (!source_within_limits(text))
		text = without_definitions(list->scratch, part);
	cmark_node *root = tree_parse(text);
	for (cmark_node *n = cmark_node_first_child(root); n != NULL; n = cmark_node_next(n))
		split_node(&s, n);
	cmark_node_free(root);
}
