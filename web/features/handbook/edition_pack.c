/* edition_pack.c -- writes the template file of an edition. */
#include "features/handbook/edition_pack.h"

#include "features/handbook/edition_parts.h"
#include "markup/write.h"

struct packer {
	struct arena *a;
	struct block *list;
	size_t n;
};

static void add(struct packer *p, struct block b)
{
	p->list[p->n++] = b;
}

static void add_paragraph(struct packer *p, struct str markdown)
{
	add(p, (struct block){.kind = BLOCK_PARAGRAPH, .markdown = markdown});
}

static void add_head(struct packer *p, const struct edition *e, const struct edition_text *t)
{
	struct arena *a = p->a;

	add(p, (struct block){.kind = BLOCK_HEADING, .level = 1, .markdown = t->title});
	add_paragraph(p, arena_fmt(a,
				   "Öffentliche Fassung, Ausgabe %lld, gemacht aus Version %.*s."
				   " Stand: %.*s. Lizenz: %.*s.",
				   (long long)e->number, ARG(e->version),
				   ARG(date_short(a, e->as_of)), ARG(t->licence)));
	add_paragraph(p,
		      S("Vorlage für andere Kommunen: Ersetzt, was in eckigen Klammern steht,"
			" durch eure Angaben. Zitate und Fußnoten, die mit „Für andere Kommunen“"
			" beginnen, sind Hinweise an euch; streicht sie, wenn ihr fertig seid."));
}

/* "](/oeffentlich/handbuch/regeln#b-…)" is a place in this very file. */
static struct str local_links(struct arena *a, struct str markdown)
{
	static const struct str mark = S_INIT("(" EDITION_HOME);
	struct str rest = markdown;
	struct buf b = {.arena = a};

	if (str_find(rest, mark) == rest.n)
		return markdown;
	while (rest.n > 0) {
		size_t at = str_find(rest, mark);
		buf_add(&b, str_head(rest, at));
		if (at == rest.n)
			break;
		rest = str_from(rest, at + mark.n);
		size_t end = str_find_char(rest, ')');
		struct str slug = str_head(rest, end);
		slug = str_head(slug, str_find_char(slug, '#'));
		buf_fmt(&b, "(#%.*s", ARG(str_from(slug, slug.n > 0)));
		rest = str_from(rest, end);
	}
	return buf_str(&b);
}

#define FOR_OTHERS "**Für andere Kommunen:** "

/* Text that already says whom it is for is not told twice. */
static struct str for_others(struct arena *a, const struct block *b)
{
	if (str_starts(b->plain, S("Verweis für Nachnutzende")))
		return b->markdown;
	return arena_fmt(a, FOR_OTHERS "%.*s", ARG(b->markdown));
}

static void add_block(struct packer *p, const struct edition_block *e)
{
	struct block b = e->text;

	b.markdown = local_links(p->a, b.markdown);
	if (b.kind == BLOCK_HEADING)
		b.level = b.level < 3 ? 3 : b.level;
	if (e->tip) {
		b.markdown = b.kind == BLOCK_CODE || b.kind == BLOCK_FIGURE
				 ? arena_fmt(p->a, FOR_OTHERS "\n\n%.*s", ARG(b.markdown))
				 : for_others(p->a, &b);
		if (b.kind != BLOCK_FOOTNOTE)
			b = (struct block){.kind = BLOCK_QUOTE, .markdown = b.markdown};
	}
	add(p, b);
}

struct str edition_pack(struct arena *a, const struct edition *e, const struct edition_text *t)
{
	size_t most = 3 + t->section_count + t->n, at = 0;
	struct packer p = {.a = a, .list = ARENA_ARRAY(a, struct block, most)};
	const struct block **blocks = ARENA_ARRAY(a, const struct block *, most);

	add_head(&p, e, t);
	for (size_t s = 0; s <= t->section_count; s++) {
		if (s > 0)
			add(&p, (struct block){.kind = BLOCK_HEADING,
					       .level = 2,
					       .markdown = t->sections[s - 1].title});
		for (; at < t->n && t->blocks[at].section == (int64_t)s; at++)
			add_block(&p, &t->blocks[at]);
	}
	for (size_t i = 0; i < p.n; i++)
		blocks[i] = &p.list[i];
	return markdown_write(a, blocks, p.n);
}
