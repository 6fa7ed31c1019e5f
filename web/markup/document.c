/*
 * document.c -- a whole document into blocks.
 *
 * It is cut into blocks first, and then each block is rendered from its own Markdown, so that
 * rendering a block again after an edit cannot differ from the import.
 */
#include "markup/blocks.h"

/* A part may grow to this before the next heading, blank line or any line ends it. */
enum { PART_AT_HEADING = 24 * 1024, PART_AT_BLANK = 44 * 1024, PART_AT_LINE = 52 * 1024 };

static bool part_ends(size_t bytes, int64_t lines, struct str next, bool code)
{
	if (bytes + next.n > PART_AT_LINE || lines >= MARKDOWN_LINES - 10)
		return true;
	if (code)
		return false;
	if (str_starts(next, S("#")) && (bytes > PART_AT_HEADING || lines > MARKDOWN_LINES / 2))
		return true;
	return next.n == 0 && (bytes > PART_AT_BLANK || lines > MARKDOWN_LINES * 3 / 4);
}

static void split_parts(struct block_list *list, struct str body)
{
	struct str rest = body, line;
	struct scan scan = {0};
	size_t start = 0, at = 0;
	int64_t first = 1, number = 1;

	for (; str_cut(&rest, '\n', &line) && !list->full; number++) {
		if (at > start && part_ends(at - start, number - first, line, scan.length > 0)) {
			blocks_split(list, str_head(str_from(body, start), at - start), first);
			arena_reset(list->scratch);
			start = at;
			first = number;
		}
		scan_line(&scan, line);
		at += line.n + 1;
	}
	if (!list->full)
		blocks_split(list, str_from(body, start), first);
}

/* A block beyond the limits (a thousand links in one line, say) keeps its words only. */
static enum err render_or_keep_words(struct arena *scratch, struct arena *a, struct block *b,
				     struct markdown_notes *notes, struct warnings *w)
{
	enum err err = block_render(scratch, a, b, notes, w);

	if (err != E_TOO_LARGE)
		return err;
	warn(w, b->line,
	     "Dieser Absatz ist zu umfangreich für Formate und Links. Es bleibt nur "
	     "sein Text. Teile ihn auf.");
	struct str words = source_escape(scratch, str_head(b->markdown, MARKDOWN_BYTES / 4));
	if (b->kind == BLOCK_TABLE_HEAD || b->kind == BLOCK_TABLE_ROW)
		words = str_head(words, MARKDOWN_LINE_BYTES / 2);
	b->markdown = source_tame(a, words, NULL);
	return block_render(scratch, a, b, NULL, NULL);
}

struct document {
	struct arena *keep, *scratch; /* as long as the call; reset for each block */
	struct block_list list;
	struct markdown_notes notes;
	struct warnings warnings;
	size_t html_bytes;
};

static enum err render_block(struct document *d, struct arena *a, struct block *b)
{
	TRY(render_or_keep_words(d->scratch, a, b, &d->notes, &d->warnings));
	arena_reset(d->scratch);
	d->html_bytes += b->html.n;
	return d->html_bytes > MARKDOWN_DOCUMENT_HTML_BYTES ? E_TOO_LARGE : OK;
}

static enum err add_footnotes(struct document *d, struct arena *a, const struct definitions *defs)
{
	for (int64_t number = 1; number <= (int64_t)defs->note_count; number++) {
		size_t i = note_numbered(&d->notes, number);
		const struct definition *note = &defs->notes[i];
		if (d->notes.list[i].number == 0)
			warn(&d->warnings, note->line,
			     "Die Fußnote [^%.*s] wird im Text nirgends genannt.",
			     ARG(note->label));
		struct block *b =
		    blocks_add(&d->list, (struct block){.kind = BLOCK_FOOTNOTE,
							.line = note->line,
							.label = arena_str(a, note->label),
							.markdown = arena_str(a, note->text)});
		if (b == NULL)
			return E_TOO_LARGE;
		TRY(render_block(d, a, b));
	}
	return OK;
}

static enum err read_document(struct document *d, struct arena *a, struct str source)
{
	struct definitions defs;
	struct str text = source_clean(d->keep, source);

	source_warn(text, &d->warnings);
	text = source_tame(d->keep, text, &d->warnings);
	definitions_take(d->keep, text, &d->warnings, &defs);
	notes_of(d->keep, &defs, &d->notes);
	d->list = (struct block_list){
	    .arena = a, .scratch = d->scratch, .warnings = &d->warnings, .definitions = &defs};
	d->list.end = &d->list.first;
	split_parts(&d->list, defs.body);
	if (d->list.full)
		return E_TOO_LARGE;
	arena_reset(d->scratch);
	for (struct block *b = d->list.first; b != NULL; b = b->next)
		TRY(render_block(d, a, b));
	return add_footnotes(d, a, &defs);
}

enum err markdown_document(struct arena *a, struct str source, struct markdown_document *out)
{
	struct document d = {.warnings = {.arena = a}};

	*out = (struct markdown_document){0};
	if (source.n > MARKDOWN_DOCUMENT_BYTES)
		return E_TOO_LARGE;
	d.keep = arena_new(MARKUP_SCRATCH_BYTES);
	d.scratch = arena_new(MARKUP_SCRATCH_BYTES);
	enum err err = read_document(&d, a, source);
	if (err == OK)
		*out = (struct markdown_document){.blocks = d.list.first,
						  .count = d.list.count,
						  .warnings = d.warnings.first,
						  .warning_count = d.warnings.count};
	arena_free(d.scratch);
	arena_free(d.keep);
	return err;
}

void markdown_warn(struct arena *a, struct markdown_document *doc, int64_t line, struct str text)
{
	struct markdown_warning **at = &doc->warnings, *w = ARENA_NEW(a, struct markdown_warning);

	while (*at != NULL && (*at)->line <= line)
		at = &(*at)->next;
	*w = (struct markdown_warning){line, text, *at};
	*at = w;
	doc->warning_count++;
}
