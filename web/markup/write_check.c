/* write_check.c -- do these blocks come back from what is written of them? */
#include "markup/write.h"

static bool same(const struct block *a, const struct block *b)
{
	return a->kind == b->kind && a->level == b->level && a->ordered == b->ordered &&
	       a->number == b->number && str_eq(a->markdown, b->markdown) &&
	       str_eq(a->plain, b->plain) && str_eq(a->html, b->html) && str_eq(a->label, b->label);
}

const struct block *markdown_unkept(struct arena *a, const struct block *const *blocks, size_t n)
{
	struct markdown_document again;
	size_t i = 0;

	if (n == 0)
		return NULL;
	if (markdown_document(a, markdown_write(a, blocks, n), &again) != OK)
		return blocks[0];
	const struct block *b = again.blocks;
	for (; i < n && b != NULL && same(blocks[i], b); b = b->next)
		i++;
	if (i < n)
		return blocks[i];
	return b != NULL ? blocks[n - 1] : NULL;
}
