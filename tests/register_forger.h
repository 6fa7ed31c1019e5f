/*
 * register_forger.h -- changes records of a register and makes hashes and seals anew, with the key.
 */
#ifndef TESTS_REGISTER_FORGER_H
#define TESTS_REGISTER_FORGER_H

#include "fixtures.h"

#include "features/steering/register_file.h"
#include "features/steering/register_line.h"

#include <inttypes.h>

static inline struct str replaced(struct str s, const char *from, const char *to)
{
	size_t at = str_find(s, str_of(from));

	return at == s.n ? s
			 : arena_fmt(test_arena, "%.*s%s%.*s", ARG(str_head(s, at)), to,
				     ARG(str_from(s, at + strlen(from))));
}

/* A line without its number, which is written anew. */
static inline struct str numbered(struct str line, int64_t n)
{
	return arena_fmt(test_arena, "{\"n\":%" PRId64 "%.*s", n,
			 ARG(str_from(line, str_find_char(line, ','))));
}

static inline void forge_record(struct buf *out, struct str line, int64_t *n, struct str *head)
{
	struct register_begin begin = {0};
	const void *record;

	line = numbered(line, ++*n);
	*head = register_hash(test_arena, *head, line);
	buf_fmt(out, "R %" PRId64 " %.*s %.*s\n", *n, ARG(*head), ARG(line));
	if (register_line_read(test_arena, line, &begin, &record) && begin.kind->sealed)
		buf_fmt(out, "S %" PRId64 " %.*s %.*s\n", *n,
			ARG(secret_key_public(test_app.register_key)),
			ARG(secret_sign(test_arena, test_app.register_key, *head)));
}

/* Every record that contains `where` has `from` replaced once; `to` NULL: goes; `from` NULL: is
 * followed by the record `to`. */
static inline struct str forged(struct str text, const char *where, const char *from,
				const char *to)
{
	struct register_file file = {.rest = text};
	struct buf out = {.arena = test_arena};
	struct register_row row;
	struct str why, head = S(REGISTER_ZEROS);
	int64_t n = 0;

	while (register_file_next(&file, &row, &why)) {
		bool meant = str_find(row.text, str_of(where)) < row.text.n;
		if (row.mark != ROW_RECORD || (meant && to == NULL))
			continue;
		forge_record(&out, meant && from != NULL ? replaced(row.text, from, to) : row.text,
			     &n, &head);
		if (meant && from == NULL && to != NULL)
			forge_record(&out, str_of(to), &n, &head);
	}
	buf_fmt(&out, "E %" PRId64 " %.*s\n", n, ARG(head));
	return buf_str(&out);
}

/* The first record that contains all of `where`. */
static inline struct str record_with(struct str text, const char *where)
{
	struct register_file file = {.rest = text};
	struct register_row row;
	struct str why;

	while (register_file_next(&file, &row, &why))
		if (str_find(row.text, str_of(where)) < row.text.n)
			return row.text;
	return S("");
}

#endif
