/*
 * register_line.h -- one line of the register as bytes: canonical JSON, written and read.
 *
 * Keys stand in the order of the shape and nowhere else; no blanks; whole numbers from 0 without
 * leading zeros; a bool is 0 or 1.  Text is UTF-8 in normal form C; '"' and '\' have a '\' before,
 * control characters are \b \t \n \f \r or \u00xx with lower-case digits, nothing else is escaped.
 * A field that only older lines have is left out where it is empty.  So one record has exactly one
 * spelling, and the reader takes no other.
 *
 * The same table writes and reads a struct, so what can be written can be read.
 */
#ifndef STEERING_REGISTER_LINE_H
#define STEERING_REGISTER_LINE_H

#include "features/steering/register_records.h"

enum register_type {
	TYPE_INT,    /* int64_t, from 0 */
	TYPE_BOOL,   /* bool */
	TYPE_TEXT,   /* struct str */
	TYPE_WORD,   /* struct str: one of `words` */
	TYPE_HEX,    /* struct str: `size` lower-case hexadecimal digits */
	TYPE_DAY,    /* struct str: 2026-03-19 */
	TYPE_PERSON, /* struct register_who: its digest, or empty */
	TYPE_NAMED,  /* an enum with names */
	TYPE_COUNTS, /* struct tally_count, as a list of numbers */
	TYPE_LIST    /* struct { size_t n; const T *v; } with T of `shape` */
};
struct register_field {
	const char *key;
	enum register_type type;
	size_t offset;
	size_t size;                        /* TYPE_HEX: digits; TYPE_NAMED: how many names */
	const char *words;                  /* TYPE_WORD: "room remote"; "-" allows none */
	struct str (*name)(int i);          /* TYPE_NAMED */
	const struct register_shape *shape; /* TYPE_LIST */
	bool old; /* TYPE_TEXT, not the first: in older lines alone; empty where it is missing */
};
struct register_shape {
	size_t size; /* of the struct */
	const struct register_field *fields;
	size_t n;
};

/* What every list looks like. */
struct register_any {
	size_t n;
	const void *v;
};

enum { REGISTER_LINE_MAX = 1 << 20, REGISTER_LIST_MAX = 2000 };

/* What every line begins with. */
struct register_begin {
	int64_t n, at;
	const struct register_kind *kind;
};
/* E_INTERNAL, with a log line, for a value that cannot be.  A person without a digest is looked up;
 * the book's database is not needed otherwise. */
MUST enum err register_line_write(struct register_book *b, const struct register_begin *begin,
				  const void *record, struct str *line);
/* The record is a new struct in the arena; false for anything but one canonical line. */
bool register_line_read(struct arena *a, struct str line, struct register_begin *begin,
			const void **record);

/* Lower-case hexadecimal digits, that many. */
bool register_is_hex(struct str s, size_t digits);
bool register_is_number(struct str s, int64_t *out); /* in its one spelling */
bool register_is_word(const char *words, struct str s);
bool register_is_day(struct str s);
/* The text of a field whose type is a text. */
bool register_text_fits(const struct register_field *f, struct str s);

#endif
