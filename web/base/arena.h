/*
 * arena.h -- memory that lives as long as one request (or one command).
 *
 * Nothing is freed one by one: arena_reset gives everything back at once, so an early return can
 * leak nothing.  An arena has a cap; reaching it is a bug of ours, is logged, and aborts the
 * process (the supervisor starts a new worker).  So no allocation here can fail.  The price is that
 * whoever can make a request reach the cap can end workers: what comes from outside is bounded
 * where it is read (http/request.h), and what a page repeats of it where it is repeated.  A sign
 * becomes up to six bytes there, and the page is held about five times while it grows.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <stdarg.h>

#ifdef __cplusplus
extern "C" {
#endif

struct arena;

struct arena *arena_new(size_t cap_bytes); /* aborts when the machine has no memory left */
void arena_reset(struct arena *a);         /* everything handed out becomes invalid */
void arena_free(struct arena *a);
size_t arena_used(const struct arena *a); /* bytes handed out since the last reset */

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *a, size_t bytes);
char *arena_chars(struct arena *a, size_t bytes);              /* not zeroed: room for a text */
void *arena_array(struct arena *a, size_t count, size_t size); /* checks the product */
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_array((a), (count), sizeof(type)))

/* Copies.  arena_cstr ends with a NUL for library edges; bytes behind an inner NUL are hidden. */
struct str arena_str(struct arena *a, struct str s);
const char *arena_cstr(struct arena *a, struct str s);
struct str arena_fmt(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct str arena_vfmt(struct arena *a, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* A growing text inside an arena.  Start with {.arena = a}. */
struct buf {
	struct arena *arena;
	char *p;
	size_t n, room;
};
void buf_add(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
void buf_fmt(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *b); /* valid until the next addition */

#ifdef __cplusplus
}
#endif

#endif
