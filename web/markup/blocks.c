/*
 * blocks.c -- cuts a document into blocks by the line numbers of its tree.
 *
 * Only the places where blocks begin are taken from the tree (where they end is unreliable in
 * this version of cmark-gfm); a block ends where the next one begins.
 */
#include "markup/blocks.h"

#include "markup/tree.h"

enum { LIST_DEPTH_MAX = 6 };

struct splitter {
	struct block_list *list;
	struct str *lines; /* lines[1] is the first of the part */
	int64_t line_count, offset;
};

struct block *blocks_add(struct block_list *list, struct block b)
{
	if (list->full || list->count == MARKDOWN_DOCUMENT_BLOCKS) {
		list->full = true;
		return NULL;
	}
	struct block *added = ARENA_NEW(list->arena, struct block);
	*added = b;
	if (b.kind != BLOCK_CODE && b.kind != BLOCK_RULE)
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

static struct str line_at(const struct splitter *s, int64_t line)
{
	return line >= 1 && line <= s->line_count ? s->lines[line] : S("");
}

static size_t indent_of(struct str line, size_t most)
{
	size_t n = 0;

	while (n < line.n && n < most && line.p[n] == ' ')
		n++;
	return n;
}

/* Lines first to last, without blank lines around them and up to `indent` blanks before each. */
static struct str text_of(struct splitter *s, int64_t first, int64_t last, size_t indent)
{
	struct buf b = {.arena = s->list->arena};

	while (first <= last && str_trim(line_at(s, first)).n == 0)
		first++;
	while (last >= first && str_trim(line_at(s, last)).n == 0)
		last--;
	for (int64_t i = first; i <= last; i++) {
		struct str line = line_at(s, i);
		if (i > first)
			buf_char(&b, '\n');
		buf_add(&b, str_from(line, indent_of(line, indent)));
	}
	return buf_str(&b);
}

/* The words of a heading, "## " and "##" or the underline taken off. */
static struct str heading_text(struct splitter *s, int64_t first, int64_t last)
{
	struct str text = str_trim(text_of(s, first, last, 3));

	if (str_starts(text, S("#"))) {
		struct str line = str_trim(str_head(text, str_find_char(text, '\n')));
		while (str_starts(line, S("#")))
			line = str_from(line, 1);
		size_t n = line.n;
		while (n > 0 && line.p[n - 1] == '#')
			n--;
		return str_trim(n == 0 || line.p[n - 1] == ' ' ? str_head(line, n) : line);
	}
	struct buf b = {.arena = s->list->arena};
	struct str line;
	while (str_cut(&text, '\n', &line) && text.p != NULL) {
		if (b.n > 0)
			buf_char(&b, ' ');
		buf_add(&b, str_trim(line));
	}
	return buf_str(&b);
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
	add(s,
	    (struct block){
		.kind = BLOCK_HEADING, .level = level, .markdown = heading_text(s, first, last)},
	    first);
}

/* Bytes of the bullet or number and the blanks behind it. */
static size_t marker_length(struct str s)
{
	size_t n = 0, blanks;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	n += n < s.n;
	blanks = indent_of(str_from(s, n), 5);
	if (n + blanks >= s.n)
		return s.n;
	return n + (blanks == 5 ? 1 : blanks);
}

static struct str item_text(struct splitter *s, cmark_node *item, int64_t last)
{
	int64_t first = cmark_node_get_start_line(item);
	int column = cmark_node_get_start_column(item);
	struct str line = line_at(s, first), rest;

	if (last < first)
		return S("");
	line = str_from(line, column > 0 ? (size_t)column - 1 : 0);
	size_t content = (size_t)(column > 0 ? column - 1 : 0) + marker_length(line);
	line = str_from(line, marker_length(line));
	rest = text_of(s, first + 1, last, content);
	if (str_trim(line).n == 0)
		return rest;
	bool gap = rest.n > 0 && str_trim(line_at(s, first + 1)).n == 0;
	return arena_fmt(s->list->arena, "%.*s%s%.*s", ARG(line),
			 rest.n == 0 ? ""
			 : gap       ? "\n\n"
				     : "\n",
			 ARG(rest));
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
		b.markdown = item_text(s, item, own_end);
		add(s, b, cmark_node_get_start_line(item));
		for (like.level++; inner != NULL; inner = cmark_node_next(inner)) {
			cmark_node *after = cmark_node_next(inner);
			split_list(s, inner, like,
				   after != NULL ? cmark_node_get_start_line(after) - 1 : end);
		}
		like.level--;
	}
}

/* The line under the head: only bars, dashes, colons and blanks. */
static bool is_delimiter(struct str line)
{
	struct str allowed = S("|-: ");

	for (size_t i = 0; i < line.n; i++)
		if (str_find_char(allowed, line.p[i]) == allowed.n)
			return false;
	return str_find_char(line, '-') < line.n;
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

static void split_table(struct splitter *s, cmark_node *table, int64_t delimiter)
{
	int64_t group = ++s->list->groups;
	bool surplus, told = false;

	for (cmark_node *row = cmark_node_first_child(table); row != NULL;
	     row = cmark_node_next(row)) {
		bool head = tree_kind(row) == TREE_HEAD_ROW;
		int64_t line = head ? delimiter - 1 : cmark_node_get_start_line(row);
		struct str text = row_text(s, line_at(s, line), tree_columns(table), &surplus);
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

static struct str quote_text(struct splitter *s, int64_t first, int64_t last)
{
	struct buf b = {.arena = s->list->arena};
	struct str text = text_of(s, first, last, 3), line;

	while (str_cut(&text, '\n', &line)) {
		size_t blanks = indent_of(line, 3);
		if (str_starts(str_from(line, blanks), S("> ")))
			line = str_from(line, blanks + 2);
		else if (str_starts(str_from(line, blanks), S(">")))
			line = str_from(line, blanks + 1);
		buf_add(&b, line);
		if (text.p != NULL)
			buf_char(&b, '\n');
	}
	return buf_str(&b);
}

static void split_html(struct splitter *s, cmark_node *node, int64_t first)
{
	struct str words = source_without_tags(s->list->arena, tree_literal(node));

	complain(s, first, "HTML wird nicht übernommen, nur der Text darin.");
	if (words.n > 0)
		add(s, (struct block){.kind = BLOCK_PARAGRAPH, .markdown = words}, first);
}

static void split_paragraph(struct splitter *s, cmark_node *node, int64_t first, int64_t last)
{
	add(s,
	    (struct block){.kind = tree_is_figure(node) ? BLOCK_FIGURE : BLOCK_PARAGRAPH,
			   .markdown = text_of(s, first, last, 3)},
	    first);
}

/* Where a block begins; a paragraph glued to the table below it carries no line number. */
static int64_t first_line_of(const struct splitter *s, cmark_node *node, int64_t *delimiter)
{
	int64_t line = cmark_node_get_start_line(node);

	if (line == 0 && cmark_node_next(node) != NULL)
		return cmark_node_get_start_line(cmark_node_next(node));
	if (tree_kind(node) != TREE_TABLE)
		return line;
	*delimiter = line + 1;
	while (*delimiter < s->line_count && !is_delimiter(line_at(s, *delimiter)))
		(*delimiter)++;
	return *delimiter - 1;
}

static void split_node(struct splitter *s, cmark_node *node)
{
	enum tree_kind kind = tree_kind(node);
	cmark_node *next = cmark_node_next(node);
	int64_t delimiter = 0, first = first_line_of(s, node, &delimiter);
	int64_t last = next != NULL ? first_line_of(s, next, &(int64_t){0}) - 1 : s->line_count;

	if (kind == TREE_HEADING)
		split_heading(s, node, first, last);
	else if (kind == TREE_LIST)
		split_list(
		    s, node,
		    (struct block){.kind = BLOCK_LIST_ITEM, .level = 1, .group = ++s->list->groups},
		    last);
	else if (kind == TREE_TABLE)
		split_table(s, node, delimiter);
	else if (kind == TREE_QUOTE)
		add(s, (struct block){.kind = BLOCK_QUOTE, .markdown = quote_text(s, first, last)},
		    first);
	else if (kind == TREE_CODE_BLOCK)
		add(s, (struct block){.kind = BLOCK_CODE, .markdown = text_of(s, first, last, 0)},
		    first);
	else if (kind == TREE_RULE)
		add(s, (struct block){.kind = BLOCK_RULE, .markdown = S("---")}, first);
	else if (kind == TREE_HTML_BLOCK)
		split_html(s, node, first);
	else
		split_paragraph(s, node, first, last);
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

	s.lines = ARENA_ARRAY(list->scratch, struct str, MARKDOWN_LINES + 2);
	while (str_cut(&rest, '\n', &line) && s.line_count < MARKDOWN_LINES)
		s.lines[++s.line_count] = line;
	struct str text = definitions_add(list->scratch, list->definitions, part);
	if (!source_within_limits(text))
		text = without_definitions(list->scratch, part);
	cmark_node *root = tree_parse(text);
	for (cmark_node *n = cmark_node_first_child(root); n != NULL; n = cmark_node_next(n))
		split_node(&s, n);
	cmark_node_free(root);
}
