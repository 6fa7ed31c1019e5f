/* markdown_export.c -- footnotes get names that are unique in the whole text. */
#include "features/handbook/markdown_export.h"

#include "markup/write.h"

struct note {
	struct str label, markdown, name; /* as in its chapter, and as in the export */
};

struct exporter {
	struct arena *a;
	struct note *notes;
	size_t note_count, from; /* `from`: the first note of the chapter at hand */
	struct block *out;
	size_t n;
};

static bool name_is_taken(const struct exporter *e, struct str name)
{
	for (size_t i = 0; i < e->note_count; i++)
		if (str_eq(e->notes[i].name, name))
			return true;
	return false;
}

/* A note that an earlier chapter has, word for word, keeps the name it has there. */
static void add_note(struct exporter *e, const struct block *b)
{
	struct note *n = &e->notes[e->note_count];
	struct str name = b->label;

	for (size_t i = 0; i < e->note_count; i++)
		if (str_eq(e->notes[i].label, b->label) &&
		    str_eq(e->notes[i].markdown, b->markdown)) {
			*n = e->notes[i];
			e->note_count++;
			return;
		}
	for (int k = 2; name_is_taken(e, name); k++)
		name = arena_fmt(e->a, "%.*s-%d", ARG(b->label), k);
	*n = (struct note){b->label, b->markdown, name};
	e->note_count++;
}

static struct str rename_references(const struct exporter *e, struct str text)
{
	for (size_t i = e->from; i < e->note_count; i++) {
		const struct note *n = &e->notes[i];
		struct str mark = arena_fmt(e->a, "[^%.*s]", ARG(n->label));
		struct buf b = {.arena = e->a};
		size_t at;
		if (str_eq(n->label, n->name) || (at = str_find(text, mark)) == text.n)
			continue;
		for (; at < text.n; at = str_find(text, mark)) {
			buf_add(&b, str_head(text, at));
			buf_fmt(&b, "[^%.*s]", ARG(n->name));
			text = str_from(text, at + mark.n);
		}
		buf_add(&b, text);
		text = buf_str(&b);
	}
	return text;
}

static bool is_written(const struct exporter *e, const struct block *b)
{
	for (size_t k = 0; b->kind == BLOCK_FOOTNOTE && k < e->n; k++)
		if (e->out[k].kind == BLOCK_FOOTNOTE && str_eq(e->out[k].label, b->label))
			return true;
	return false;
}

static void add_chapter(struct exporter *e, const struct passage *v, size_t n)
{
	e->from = e->note_count;
	for (size_t i = 0; i < n; i++)
		if (v[i].text.kind == BLOCK_FOOTNOTE)
			add_note(e, &v[i].text);
	for (size_t i = 0; i < n; i++) {
		struct block b = v[i].text;
		b.markdown = rename_references(e, b.markdown);
		for (size_t k = e->from; b.kind == BLOCK_FOOTNOTE && k < e->note_count; k++)
			if (str_eq(e->notes[k].label, v[i].text.label))
				b.label = e->notes[k].name;
		if (!is_written(e, &b))
			e->out[e->n++] = b;
	}
}

struct str markdown_export(struct arena *a, const struct manuscript *m)
{
	struct exporter e = {.a = a,
			     .notes = ARENA_ARRAY(a, struct note, m->n),
			     .out = ARENA_ARRAY(a, struct block, m->n)};
	const struct block **blocks = ARENA_ARRAY(a, const struct block *, m->n);

	for (size_t from = 0; from < m->n;) {
		struct passages p = manuscript_section(m, m->v[from].section_uid);
		add_chapter(&e, m->v + from, p.to - from);
		from = p.to;
	}
	for (size_t i = 0; i < e.n; i++)
		blocks[i] = &e.out[i];
	return markdown_write(a, blocks, e.n);
}
