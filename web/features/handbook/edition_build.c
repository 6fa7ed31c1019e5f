/* edition_build.c -- from a version to the text of an edition, step by step. */
#include "features/handbook/edition_build.h"

#include "features/handbook/edition_parts.h"
#include "features/handbook/outline.h"

#include <inttypes.h>

struct builder {
	struct arena *a;
	struct sources s;
	const struct placeholders *p;
	struct placeholders slots; /* what a file shows instead of a placeholder: "[Person 1]" */
	struct edition_build *b;
};

static void make_slots(struct builder *b)
{
	struct placeholder *v = ARENA_ARRAY(b->a, struct placeholder, b->p->n);

	for (size_t i = 0; i < b->p->n; i++) {
		v[i] = b->p->v[i];
		if (v[i].public_.n > 0)
			v[i].public_ = arena_fmt(b->a, "[%.*s]", ARG(v[i].public_));
	}
	b->slots = (struct placeholders){b->p->n, v};
}

static void fill(struct builder *b, struct block *t)
{
	t->html = placeholder_fill_html(b->a, t->html, b->p, PLACEHOLDER_PUBLIC);
	t->plain = placeholder_fill_text(b->a, t->plain, b->p, PLACEHOLDER_PUBLIC);
	t->markdown = placeholder_fill_markdown(b->a, t->markdown, &b->slots, PLACEHOLDER_PUBLIC);
}

/* The outline of what is kept, without notes for others, which have the number of what they stand
 * behind; with `headings` of the headings alone, rendered for this.  Levels
 * make room for a title that stands above all. */
static enum err make_outline(struct builder *b, bool headings, struct outline *out)
{
	struct block *list = ARENA_ARRAY(b->a, struct block, b->s.n + 1);
	struct markdown_document doc = {.blocks = list};

	list[doc.count++] =
	    (struct block){.kind = BLOCK_HEADING, .level = 1, .plain = S("Handbuch")};
	for (size_t i = 0; i < b->s.n; i++) {
		struct block t = b->s.v[i].out.text;
		if (!b->s.v[i].kept || b->s.v[i].out.tip || (headings && t.kind != BLOCK_HEADING))
			continue;
		if (headings) {
			TRY(markdown_block(b->a, &t, NULL));
			t.plain = placeholder_fill_text(b->a, t.plain, b->p, PLACEHOLDER_PUBLIC);
		}
		t.level += t.kind == BLOCK_HEADING;
		list[doc.count++] = t;
	}
	for (size_t i = 0; i < doc.count; i++)
		list[i].next = i + 1 < doc.count ? &list[i + 1] : NULL;
	outline_make(b->a, &doc, out);
	return OK;
}

/* Addresses of chapters are needed before the words that link to them are rendered. */
static enum err name_chapters(struct builder *b)
{
	struct outline o;
	size_t next = 0;

	TRY(make_outline(b, true, &o));
	for (size_t i = 0; i < b->s.n; i++) {
		const struct source *v = &b->s.v[i];
		if (!v->kept || !v->head || next == o.chapter_count)
			continue;
		for (size_t c = 0; c < b->s.chapter_count; c++)
			if (b->s.chapters[c].pos == v->chapter)
				b->s.chapters[c].public_slug = o.chapters[next].slug;
		next++;
	}
	return OK;
}

static void clean(struct builder *b)
{
	for (size_t i = 0; i < b->s.n; i++) {
		struct block *t = &b->s.v[i].out.text;
		if (!b->s.v[i].kept)
			continue;
		struct block shown = *t;
		/* What was shown of it is asked once more, without its notes. */
		if (markdown_block(b->a, &shown, NULL) == OK)
			t->markdown = edition_clean(b->a, &shown);
		if (t->kind != BLOCK_CODE)
			t->markdown =
			    edition_links(b->a, t->markdown, &b->s, &b->b->omitted[OMITTED_LINK]);
	}
}

static enum err render(struct builder *b)
{
	int64_t chapter = 0;

	for (size_t from = 0, to; from < b->s.n; from = to) {
		for (to = from; to < b->s.n && b->s.v[to].chapter == b->s.v[from].chapter;)
			to++;
		chapter += b->s.v[from].head && b->s.v[from].kept;
		TRY(edition_notes(b->a, b->s.v + from, to - from, chapter, b->b));
	}
	for (size_t i = 0; i < b->s.n; i++)
		if (b->s.v[i].kept)
			fill(b, &b->s.v[i].out.text);
	return OK;
}

/* A title with nothing below it counts as a chapter; here it is none. */
static bool has_chapters(const struct outline *o)
{
	return o->chapter_count > 0 && o->chapters[0].heading != o->blocks[0].block;
}

static void add_sections(struct builder *b, const struct outline *o)
{
	struct edition_text *t = &b->b->text;

	t->section_count = has_chapters(o) ? o->chapter_count : 0;
	t->sections = ARENA_ARRAY(b->a, struct edition_section, t->section_count);
	for (size_t c = 0; c < t->section_count; c++)
		t->sections[c] = (struct edition_section){.slug = o->chapters[c].slug,
							  .number = o->chapters[c].number,
							  .title = o->chapters[c].heading->plain};
}

/* The heading of a chapter is its title and no block. */
static enum err place(struct builder *b)
{
	struct edition_text *t = &b->b->text;
	struct outline_block place = {.chapter = OUTLINE_PREFACE, .number = S("")};
	struct outline o;
	size_t at = 1; /* behind the title */

	TRY(make_outline(b, false, &o));
	add_sections(b, &o);
	t->blocks = ARENA_ARRAY(b->a, struct edition_block, b->s.n);
	for (size_t i = 0; i < b->s.n; i++) {
		struct source *v = &b->s.v[i];
		if (!v->kept)
			continue;
		if (!v->out.tip && has_chapters(&o))
			place = o.blocks[at++];
		v->out.section = place.chapter == OUTLINE_PREFACE ? 0 : (int64_t)place.chapter + 1;
		v->out.number = v->out.text.kind == BLOCK_FOOTNOTE ? S("") : place.number;
		if (!v->head)
			t->blocks[t->n++] = v->out;
	}
	return OK;
}

enum err edition_build(struct db *db, struct arena *a, int64_t revision_id,
		       const struct placeholders *p, struct edition_build *out)
{
	struct builder b = {.a = a, .p = p, .b = out};

	*out = (struct edition_build){.text = {.n = 0}};
	TRY(sources_load(db, a, revision_id, &b.s));
	make_slots(&b);
	edition_select(&b.s, out);
	TRY(name_chapters(&b));
	clean(&b);
	TRY(render(&b));
	return place(&b);
}
