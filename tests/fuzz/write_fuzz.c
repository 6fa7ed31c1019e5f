/*
 * write_fuzz.c -- any bytes into a document, its blocks back to Markdown, and again.  The same
 * blocks must come, and the second writing must be the first one.
 */
#include "fuzz.h"
#include "markup/write.h"

static struct str written(struct arena *a, const struct markdown_document *d)
{
	const struct block **blocks = ARENA_ARRAY(a, const struct block *, d->count);
	size_t n = 0;

	for (const struct block *b = d->blocks; b != NULL; b = b->next)
		blocks[n++] = b;
	return markdown_write(a, blocks, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = fuzz_arena();
	struct markdown_document first, second;

	if (markdown_document(a, (struct str){(const char *)bytes, n}, &first) != OK)
		return 0;
	struct str text = written(a, &first);
	REQUIRE(markdown_document(a, text, &second) == OK);
	REQUIRE(second.count == first.count);
	for (const struct block *x = first.blocks, *y = second.blocks; x != NULL;
	     x = x->next, y = y->next) {
		REQUIRE(x->kind == y->kind);
		REQUIRE(str_eq(x->plain, y->plain));
	}
	REQUIRE(str_eq(written(a, &second), text));
	return 0;
}
