/* write_check.c -- do these blocks come back from what is written of them? */
#include "markup/write.h"

static bool same(const struct block *a, const struct block *b)
{
	return a->kind == b->kind && a->level == b->level && a->ordered == b->ordered &&
	       a->number == b->number && str_eq(a->markdown, b->markdown) &&
	       str_eq(a->plain, b->plain) && str_eq(a->html, b->html) && str_eq(a->label, b->label);
}

/* Footnotes may stand behind any part of a text; when it is read they come last. */
static const struct block **notes_last(struct arena *a, const struct block *const *blocks, size_t n)
{
	const struct block **sorted = ARENA_ARRAY(a, const struct block *, n);
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (blocks[i]->kind != BLOCK_FOOTNOTE)
			sorted[k++] = blocks[i];
	for (size_t i = 0; i < n; i++)
		if (blocks[i]->kind == BLOCK_FOOTNOTE)
			sorted[k++] = blocks[i];
	return sorted;
}

const struct block *markdown_unkept(struct arena *a, const struct block *const *blocks, size_t n)
{
	struct markdown_document again;
	size_t i = 0;

	if (n == 0)
		return NULL;
	if (markdown_document(a, markdown_write(a, blocks, n), &again) != OK)
		return blocks[0];
	const struct block **read = notes_last(a, blocks, n), *b = again.blocks;
	for (; i < n && b != NULL && same(read[i], b); b = b->next)
		i++;
	if (i < n)
		return read[i];
	return b != NULL ? read[n - 1] : NULL;
}
