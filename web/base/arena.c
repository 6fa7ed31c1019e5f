/* arena.c -- request memory: a list of chunks, the first of which is kept over a reset. */
#include "base/arena.h"

#include "base/log.h"

#include <malloc.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHUNK_MIN = 64 * 1024,
	ALIGN = alignof(max_align_t),
	HEAP_KEEP = 6 * 1024 * 1024,
	HEAP_MAX_BLOCK = 1024 * 1024
};

struct chunk {
	struct chunk *next;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	size_t cap, used, held; /* held: bytes of all chunks */
	struct chunk *first, *current;
};

static void *must_malloc(size_t bytes)
{
	void *p = malloc(bytes);

	if (p == NULL) {
		log_event(LOG_ERROR, "out_of_memory", KV_INT("bytes", (int64_t)bytes));
		abort();
	}
	return p;
}

static struct chunk *chunk_new(size_t size)
{
	struct chunk *c = must_malloc(sizeof *c + size);

	*c = (struct chunk){.size = size};
	return c;
}

struct arena *arena_new(size_t cap_bytes)
{
	struct arena *a = must_malloc(sizeof *a);

	/* Else each reset gives the chunks back to the kernel, and the page faults of taking them
	 * again are a third of the time of a large page. */
	mallopt(M_TRIM_THRESHOLD, HEAP_KEEP);
	mallopt(M_MMAP_THRESHOLD, HEAP_MAX_BLOCK);
	*a = (struct arena){.cap = cap_bytes, .held = CHUNK_MIN};
	a->first = a->current = chunk_new(CHUNK_MIN);
	return a;
}

void arena_reset(struct arena *a)
{
	for (struct chunk *c = a->first->next, *next; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	a->first->next = NULL;
	a->first->used = 0;
	a->current = a->first;
	a->held = a->first->size;
	a->used = 0;
}

void arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	arena_reset(a);
	free(a->first);
	free(a);
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}

static void grow(struct arena *a, size_t bytes)
{
	size_t size = bytes > CHUNK_MIN ? bytes : CHUNK_MIN;

	if (size > a->cap || a->held > a->cap - size) {
		log_event(LOG_ERROR, "arena_cap", KV_INT("cap", (int64_t)a->cap),
			  KV_INT("wanted", (int64_t)bytes));
		abort();
	}
	a->current->next = chunk_new(size);
	a->current = a->current->next;
	a->held += size;
}

/* Not zeroed: for what is written over at once. */
static void *take(struct arena *a, size_t bytes)
{
	if (bytes > SIZE_MAX - ALIGN)
		bytes = SIZE_MAX - ALIGN; /* fails at the cap, with a log line */
	size_t rounded = (bytes + ALIGN - 1) / ALIGN * ALIGN;
	if (a->current->size - a->current->used < rounded)
		grow(a, rounded);
	void *p = a->current->bytes + a->current->used;
	a->current->used += rounded;
	a->used += rounded;
	return p;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
	return memset(take(a, bytes), 0, bytes);
}

char *arena_chars(struct arena *a, size_t bytes)
{
	return take(a, bytes);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		return take(a, SIZE_MAX); /* ends at the cap */
	return arena_alloc(a, count * size);
}

struct str arena_str(struct arena *a, struct str s)
{
	char *copy = take(a, s.n);

	if (s.n > 0)
		memcpy(copy, s.p, s.n);
	return (struct str){copy, s.n};
}

const char *arena_cstr(struct arena *a, struct str s)
{
	char *copy = take(a, s.n + 1);

	if (s.n > 0)
		memcpy(copy, s.p, s.n);
	copy[s.n] = '\0';
	return copy;
}

struct str arena_vfmt(struct arena *a, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	if (n < 0)
		n = 0;
	char *text = take(a, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	return (struct str){text, (size_t)n};
}

struct str arena_fmt(struct arena *a, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	struct str s = arena_vfmt(a, format, args);
	va_end(args);
	return s;
}

void buf_add(struct buf *b, struct str s)
{
	if (s.n == 0)
		return;
	if (b->room - b->n < s.n) {
		size_t room = b->room * 2 > b->n + s.n ? b->room * 2 : b->n + s.n + 256;
		char *p = take(b->arena, room);
		if (b->n > 0)
			memcpy(p, b->p, b->n);
		b->p = p;
		b->room = room;
	}
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void buf_char(struct buf *b, char c)
{
	buf_add(b, (struct str){&c, 1});
}

void buf_fmt(struct buf *b, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_add(b, arena_vfmt(b->arena, format, args));
	va_end(args);
}

struct str buf_str(const struct buf *b)
{
	return (struct str){b->p, b->n};
}
