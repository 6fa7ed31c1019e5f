/* section_form.c -- from typed Markdown to the next working copy. */
#include "features/handbook/section_form.h"

#include "base/clock.h"
#include "features/handbook/splice.h"
#include "markup/normal.h"

#include <inttypes.h>

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

enum err section_next(struct request *rq, const struct section *s, struct str markdown,
		      struct markdown_document *doc, struct manuscript *next, enum message *wrong)
{
	struct block *blocks;
	enum err err = markdown_document(rq->arena, normal_nfc(rq->arena, markdown), doc);

	*wrong = err != OK ? M_SECTION_TOO_LARGE : shape_problem(s, doc);
	if (*wrong == M_NONE &&
	    s->text.n - (s->at.to - s->at.from) + doc->count > MARKDOWN_DOCUMENT_BLOCKS)
		*wrong = M_SECTION_TOO_LARGE;
	if (*wrong != M_NONE)
		return OK;
	size_t n = manuscript_blocks(rq->arena, doc, &blocks);
	*next = s->text;
	return manuscript_splice(rq->db, rq->arena, next, s->at, blocks, n);
}

enum err section_form_read(struct request *rq, const struct section *s, struct section_form *f)
{
	enum message wrong;

	*f = (struct section_form){.typed = S("")};
	form_begin(&f->form, rq);
	f->typed = form_lines(&f->form, &SECTION_TEXT, OPTIONAL, SIZE_MAX);
	TRY(section_next(rq, s, f->typed, &f->doc, &f->next, &wrong));
	if (wrong != M_NONE) {
		form_problem(&f->form, &SECTION_TEXT, wrong, 0);
		return OK;
	}
	f->change_count = compare(rq->arena, &s->text, &f->next, &f->changes);
	return lost_find(rq, s->version.id, f->changes, f->change_count, SIZE_MAX, &f->lost);
}

/* The passage a choice "3" means: the third block of the section as it was just saved. */
static const struct passage *chosen(struct request *rq, const struct section *s,
				    const struct section_form *f, const struct lost_item *item)
{
	struct str field =
	    arena_fmt(rq->arena, "ort-%" PRId64 "-%" PRId64, item->feedback_id, item->part);
	int64_t number = 0;

	if (!str_to_int(field_text(&rq->http.form, field), &number) || number < 1)
		return NULL;
	size_t at = s->at.from + (size_t)number - 1;
	return at < f->next.n ? &f->next.v[at] : NULL;
}

/* All that nobody was asked about one by one. */
static enum err place_rest(struct request *rq, const struct section *s,
			   const struct section_form *f)
{
	static const char sql[] =
	    "UPDATE anchor SET block_text_id = (SELECT b.block_text_id FROM revision_block b"
	    "   JOIN block_text t ON t.id = b.block_text_id"
	    "  WHERE b.revision_id = $2 AND t.block_id = anchor.near_id), near_id = NULL,"
	    " state = 'changed', method = 'hand', score = 100, by = $4, at = $5"
	    " WHERE feedback_id = $1 AND revision_id = $2 AND part = $3"
	    "   AND block_text_id IS NULL AND near_id IS NOT NULL";
	bool before = str_eq(field_text(&rq->http.form, S("ort-rest")), S("davor"));

	for (size_t i = LOST_ASKED; before && i < f->lost.n; i++)
		TRY(db_run(rq->db, sql,
			   WITH(INT(f->lost.v[i].feedback_id), INT(s->version.id),
				INT(f->lost.v[i].part), INT(rq->viewer.person_id),
				INT(clock_now())),
			   NULL));
	return OK;
}

enum err section_place_lost(struct request *rq, const struct section *s,
			    const struct section_form *f)
{
	static const char sql[] =
	    "UPDATE anchor SET block_text_id = $4, near_id = NULL, state = 'changed',"
	    " method = 'hand', score = 100, by = $5, at = $6"
	    " WHERE feedback_id = $1 AND revision_id = $2 AND part = $3";

	for (size_t i = 0; i < f->lost.n && i < LOST_ASKED; i++) {
		const struct passage *p = chosen(rq, s, f, &f->lost.v[i]);
		if (p == NULL)
			continue;
		TRY(db_run(rq->db, sql,
			   WITH(INT(f->lost.v[i].feedback_id), INT(s->version.id),
				INT(f->lost.v[i].part), INT(p->text_id), INT(rq->viewer.person_id),
				INT(clock_now())),
			   NULL));
	}
	return place_rest(rq, s, f);
}
