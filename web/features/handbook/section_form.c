/* section_form.c -- from typed Markdown to the next working copy. */
#include "features/handbook/section_form.h"

#include "features/handbook/link_check.h"
#include "features/handbook/splice.h"
#include "markup/normal.h"
#include "markup/write.h"

const struct form_field SECTION_TEXT = {S_INIT("text"), V_TEXT_VALUE, S_TEXT_FEHLER};

/* A section stays a chapter: its first line is its heading, nothing in it stands higher. */
static enum message shape_problem(const struct section *s, const struct markdown_document *doc)
{
	const struct block *old = &s->text.v[s->at.from].text;
	bool chapter = s->slug.n > 0;

	if (doc->count == 0)
		return M_SECTION_EMPTY;
	if (chapter && (doc->blocks->kind != BLOCK_HEADING || doc->blocks->level != old->level))
		return M_SECTION_HEADING;
	for (const struct block *b = doc->blocks; chapter && b != NULL; b = b->next)
		if (b->kind == BLOCK_HEADING && b->level < old->level)
			return M_SECTION_LEVEL;
	return M_NONE;
}

/* Read alone, the heading of a chapter looks like a title and its parts like chapters.  The text
 * before the first chapter has a title, if any. */
static int chapter_level(const struct section *s)
{
	return s->slug.n > 0 ? s->text.v[s->at.from].text.level : 0;
}

/* What would read differently when the section is opened again: nothing may change by itself.
 * Chapter by chapter, as it will be edited. */
static void check_kept(struct arena *a, const struct block *blocks, size_t n, int level,
		       struct section_problem *problem)
{
	const struct block **v = ARENA_ARRAY(a, const struct block *, n);
	const struct block *lost = NULL;

	for (size_t i = 0, from = 0; i < n && lost == NULL; i++) {
		bool last = i + 1 == n ||
			    (blocks[i + 1].kind == BLOCK_HEADING && blocks[i + 1].level <= level);
		v[i] = &blocks[i];
		if (!last)
			continue;
		lost = markdown_unkept(a, v + from, i + 1 - from);
		from = i + 1;
	}
	if (lost != NULL)
		*problem = (struct section_problem){M_SECTION_UNKEPT, lost->line};
}

static void check_links(const struct request *rq, const struct section *s, struct manuscript *next,
			struct markdown_document *doc)
{
	struct passages at = {s->at.from, next->n - (s->text.n - s->at.to)};
	struct outline outline;

	manuscript_outline(rq->arena, next, &outline);
	links_check(rq, next, at, &outline, doc);
}

enum err section_next(struct request *rq, const struct section *s, struct str markdown,
		      struct markdown_document *doc, struct manuscript *next,
		      struct section_problem *problem)
{
	struct block *blocks;
	enum err err = markdown_document(rq->arena, normal_nfc(rq->arena, markdown), doc);

	*problem =
	    (struct section_problem){err != OK ? M_SECTION_TOO_LARGE : shape_problem(s, doc), 0};
	if (problem->wrong == M_NONE &&
	    s->text.n - (s->at.to - s->at.from) + doc->count > MARKDOWN_DOCUMENT_BLOCKS)
		problem->wrong = M_SECTION_TOO_LARGE;
	if (problem->wrong != M_NONE)
		return OK;
	size_t n = manuscript_blocks(rq->arena, doc, chapter_level(s), &blocks);
	check_kept(rq->arena, blocks, n, chapter_level(s), problem);
	if (problem->wrong != M_NONE)
		return OK;
	*next = s->text;
	TRY(manuscript_splice(rq->db, rq->arena, next, s->at, blocks, n));
	check_links(rq, s, next, doc);
	return OK;
}

enum err section_form_read(struct request *rq, const struct section *s, struct section_form *f)
{
	struct section_problem problem;

	*f = (struct section_form){.typed = S("")};
	form_begin(&f->form, rq);
	f->typed = form_lines(&f->form, &SECTION_TEXT, OPTIONAL, SIZE_MAX);
	TRY(section_next(rq, s, f->typed, &f->doc, &f->next, &problem));
	if (problem.wrong != M_NONE) {
		form_problem(&f->form, &SECTION_TEXT, problem.wrong, problem.line);
		return OK;
	}
	f->change_count = compare(rq->arena, &s->text, &f->next, &f->changes);
	return lost_find(rq, s->version.id, f->changes, f->change_count, SIZE_MAX, &f->lost);
}

struct lost_places section_places(const struct section *s, const struct section_form *f)
{
	return (struct lost_places){&f->next, s->at.from, f->next.n - (s->text.n - s->at.to)};
}
