/* outline.c -- numbers for chapters, sections and blocks. */
#include "features/handbook/outline.h"

#include "base/utf8.h"

struct levels {
	int chapter, section; /* heading levels; 0: none */
	const struct block *title;
};

/* The highest level (smallest number) of the headings below `above`, without the title; how many
 * have it.  0: none. */
static int highest(const struct markdown_document *doc, int above, const struct block *title,
		   int *count)
{
	int level = 0;

	*count = 0;
	for (const struct block *b = doc->blocks; b != NULL; b = b->next) {
		if (b->kind != BLOCK_HEADING || b == title || b->level <= above)
			continue;
		if (level == 0 || b->level < level) {
			level = b->level;
			*count = 0;
		}
		*count += b->level == level;
	}
	return level;
}

static struct levels levels_of(const struct markdown_document *doc)
{
	struct levels l = {0, 0, NULL};
	const struct block *first = doc->blocks;
	int count, top = highest(doc, 0, NULL, &count);

	if (count == 1 && first->kind == BLOCK_HEADING && first->level == top)
		l.title = first;
	l.chapter = highest(doc, 0, l.title, &count);
	/* A text with a title and nothing below it is one chapter. */
	if (l.chapter == 0) {
		l.chapter = top;
		l.title = NULL;
	}
	l.section = highest(doc, l.chapter, l.title, &count);
	return l;
}

static int64_t count_words(struct str plain)
{
	int64_t words = 0;
	struct str rest = plain, word;

	while (str_cut(&rest, ' ', &word))
		words += word.n > 0;
	return words;
}

/* Addresses below /handbuch that are pages of their own. */
static bool slug_is_taken(struct str slug)
{
	static const struct str pages[] = {S_INIT("arbeitsfassung"), S_INIT("ausgaben"),
					   S_INIT("bearbeiten"),     S_INIT("fassungen"),
					   S_INIT("gelesen"),        S_INIT("import"),
					   S_INIT("oeffentlich"),    S_INIT("platzhalter"),
					   S_INIT("ueberpruefung"),  S_INIT("vergleich")};

	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
		if (str_eq(pages[i], slug))
			return true;
	return false;
}

/* "wissen-teilen", or "wissen-teilen-2" when an earlier chapter has that name. */
static struct str unique_slug(struct arena *a, const struct outline *o, const struct block *heading)
{
	struct str base = utf8_slug(a, heading->plain);
	if (base.n == 0)
		base = S("kapitel");
	if (slug_is_taken(base))
		base = arena_fmt(a, "kapitel-%.*s", ARG(base));
	struct str slug = base;

	for (size_t i = 0, n = 2; i < o->chapter_count; i++) {
		if (!str_eq(o->chapters[i].slug, slug))
			continue;
		slug = arena_fmt(a, "%.*s-%zu", ARG(str_head(base, 56)), n++);
		i = SIZE_MAX; /* look again from the start */
	}
	return slug;
}

struct counter {
	struct arena *a;
	struct levels levels;
	size_t chapter, section, item;
	bool has_sections; /* of the current chapter */
	int64_t group;
};

static bool chapter_has_sections(const struct block *heading, struct levels l)
{
	for (const struct block *b = heading->next; b != NULL; b = b->next) {
		if (b->kind != BLOCK_HEADING)
			continue;
		if (b->level <= l.chapter)
			return false;
		if (b->level == l.section)
			return true;
	}
	return false;
}

static struct str heading_number(struct counter *c, struct outline *o, const struct block *b)
{
	if (b == c->levels.title)
		return S("");
	if (b->level == c->levels.chapter) {
		struct str slug = unique_slug(c->a, o, b);
		c->chapter = o->chapter_count++;
		c->section = c->item = 0;
		c->has_sections = chapter_has_sections(b, c->levels);
		struct str number = arena_fmt(c->a, "%zu", c->chapter + 1);
		o->chapters[c->chapter] =
		    (struct outline_chapter){.heading = b, .number = number, .slug = slug};
		return number;
	}
	if (b->level != c->levels.section || c->chapter == OUTLINE_PREFACE)
		return S("");
	c->section++;
	c->item = 0;
	return arena_fmt(c->a, "%zu.%zu", c->chapter + 1, c->section);
}

static struct str text_number(struct counter *c, const struct block *b)
{
	if (c->chapter == OUTLINE_PREFACE)
		return S("");
	if (b->group == 0 || b->group != c->group)
		c->item++;
	c->group = b->group;
	if (!c->has_sections)
		return arena_fmt(c->a, "%zu.%zu", c->chapter + 1, c->item);
	return arena_fmt(c->a, "%zu.%zu.%zu", c->chapter + 1, c->section, c->item);
}

void outline_make(struct arena *a, const struct markdown_document *doc, struct outline *out)
{
	struct counter c = {.a = a, .chapter = OUTLINE_PREFACE};

	*out = (struct outline){.title = S("Handbuch"),
				.blocks = ARENA_ARRAY(a, struct outline_block, doc->count),
				.chapters = ARENA_ARRAY(a, struct outline_chapter, doc->count)};
	if (doc->blocks == NULL)
		return;
	c.levels = levels_of(doc);
	if (c.levels.title != NULL)
		out->title = c.levels.title->plain;
	for (const struct block *b = doc->blocks; b != NULL; b = b->next) {
		struct str number = b->kind == BLOCK_FOOTNOTE  ? S("")
				    : b->kind == BLOCK_HEADING ? heading_number(&c, out, b)
							       : text_number(&c, b);
		out->blocks[out->n++] = (struct outline_block){b, c.chapter, number};
		if (c.chapter != OUTLINE_PREFACE)
			out->chapters[c.chapter].words += count_words(b->plain);
	}
}
