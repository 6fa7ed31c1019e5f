/* erase_names.c -- where the program wrote somebody's name, whole: histories, letters to others,
 * the details of the audit. */
#include "features/people/erase.h"

#include "base/utf8.h"
#include "export/json.h"
#include "markup/normal.h"

#include <inttypes.h>

/* The code point that ends at `end`; 0 at the beginning.  Moves *end to where it begins. */
static uint32_t sign_before(struct str s, size_t *end)
{
	size_t at = *end;

	if (at == 0)
		return 0;
	do
		at--;
	while (at > 0 && ((unsigned char)s.p[at] & 0xc0) == 0x80);
	*end = at;
	return utf8_next(s, &at);
}

static uint32_t sign_at(struct str s, size_t *at)
{
	return *at < s.n ? utf8_next(s, at) : 0;
}

static bool in_word(uint32_t sign)
{
	return letter_is(sign) || (sign >= '0' && sign <= '9');
}

/* What joins two parts of a name or of an address. */
static bool joins(uint32_t sign)
{
	return sign == '-' || sign == '.' || sign == '_' || sign == '+';
}

static bool goes_on_before(struct str s, size_t begin)
{
	uint32_t sign = sign_before(s, &begin), further = sign_before(s, &begin);

	if (in_word(sign)) /* a letter behind a backslash is JSON's line end */
		return further != '\\';
	return joins(sign) && in_word(further);
}

static bool goes_on_behind(struct str s, size_t end)
{
	uint32_t sign = sign_at(s, &end), further = sign_at(s, &end);

	return in_word(sign) || (joins(sign) && in_word(further));
}

/* Where `name` stands whole in `s` from `from` on; s.n when nowhere. */
static size_t find_whole(struct str s, struct str name, size_t from)
{
	for (size_t at = from; name.n > 0 && at < s.n; at++) {
		at += str_find(str_from(s, at), name);
		if (at < s.n && !goes_on_before(s, at) && !goes_on_behind(s, at + name.n))
			return at;
	}
	return s.n;
}

static struct str replaced(struct arena *a, struct str s, struct str name, struct str by)
{
	struct buf b = {.arena = a};
	size_t from = 0;

	for (size_t at; (at = find_whole(s, name, from)) < s.n; from = at + name.n) {
		buf_add(&b, str_head(str_from(s, from), at - from));
		buf_add(&b, by);
	}
	if (from == 0)
		return s;
	buf_add(&b, str_from(s, from));
	return buf_str(&b);
}

/* `next` finds the row behind $1 that may name $2, and its texts; `write` sets them in row $1. */
struct named_rows {
	const char *next, *write;
};

static const struct named_rows renamed[] = {
    {"SELECT id, before, after, reason FROM handbook_event WHERE id > $1"
     "   AND instr(before || ' ' || after || ' ' || reason, $2) > 0 ORDER BY id LIMIT 1",
     "UPDATE handbook_event SET before = $2, after = $3, reason = $4 WHERE id = $1"},
    {"SELECT id, before, after, reason FROM steering_event WHERE id > $1"
     "   AND instr(before || ' ' || after || ' ' || reason, $2) > 0 ORDER BY id LIMIT 1",
     "UPDATE steering_event SET before = $2, after = $3, reason = $4 WHERE id = $1"},
    {"SELECT id, subject, body, '' FROM outbox WHERE id > $1"
     "   AND instr(subject || ' ' || body, $2) > 0 ORDER BY id LIMIT 1",
     "UPDATE outbox SET subject = substr($2, 1, 200), body = $3 WHERE id = $1 AND $4 = ''"},
};

enum { TEXTS = 3, ROW_ARENA = 16 << 20 };

/* One row, and on to the next: at the end *id is 0.  `row` holds the new texts of one. */
static enum err rename_next(struct db *db, struct arena *row, const struct named_rows *in,
			    const struct erased *p, struct str by, int64_t *id)
{
	struct rows r = db_query(db, in->next, WITH(INT(*id), TEXT(p->name)));
	struct str was, is[TEXTS];
	bool changed = false;

	*id = 0;
	if (!rows_next(&r))
		return r.err;
	*id = col_int(&r, 0);
	for (int i = 0; i < TEXTS; i++) {
		was = col_peek(&r, i + 1);
		is[i] = replaced(row, was, p->name, by);
		changed = changed || !str_eq(was, is[i]);
	}
	if (!changed)
		return OK;
	return db_run(db, in->write, WITH(INT(*id), TEXT(is[0]), TEXT(is[1]), TEXT(is[2])), NULL);
}

static enum err rename_in(struct db *db, struct arena *row, const struct named_rows *in,
			  const struct erased *p, struct str by)
{
	int64_t id = 0;

	do {
		arena_reset(row);
		TRY(rename_next(db, row, in, p, by, &id));
	} while (id != 0);
	return OK;
}

/* A name may stand in more letters than a request has room for. */
static enum err rename_all(struct db *db, const struct erased *p, struct str by)
{
	struct arena *row = arena_new(ROW_ARENA);
	enum err err = OK;

	for (size_t i = 0; err == OK && i < sizeof renamed / sizeof renamed[0]; i++)
		err = rename_in(db, row, &renamed[i], p, by);
	arena_free(row);
	return err;
}

/* As it stands within a text of JSON. */
static struct str within_json(struct arena *a, struct str s)
{
	struct buf b = {.arena = a};

	json_text(&b, NULL, s);
	return str_head(str_from(buf_str(&b), 1), b.n - 2);
}

static bool names(struct str s, const struct erased *p)
{
	return find_whole(s, p->name, 0) < s.n || find_whole(s, p->email, 0) < s.n;
}

static enum err blank_all(struct db *db, struct arena *a, const struct erased *p)
{
	static const char next_sql[] =
	    "SELECT id, coalesce(before, ''), coalesce(after, '') FROM audit WHERE id > $1"
	    "   AND (instr(coalesce(before, '') || ' ' || coalesce(after, ''), $2) > 0"
	    "     OR instr(coalesce(before, '') || ' ' || coalesce(after, ''), $3) > 0)"
	    " ORDER BY id LIMIT 1";
	static const char blank_sql[] =
	    "UPDATE audit SET before = NULL, after = NULL WHERE id = $1";
	const struct erased q = {.name = within_json(a, p->name),
				 .email = within_json(a, p->email)};
	int64_t id = 0;

	for (;;) {
		struct rows r = db_query(db, next_sql, WITH(INT(id), TEXT(q.name), TEXT(q.email)));
		if (!rows_next(&r))
			return r.err;
		id = col_int(&r, 0);
		if (names(col_peek(&r, 1), &q) || names(col_peek(&r, 2), &q))
			TRY(db_run(db, blank_sql, WITH(INT(id)), NULL));
	}
}

/* Names of before, as the audit has them. */
#define FORMER                                                                                     \
	" FROM (SELECT DISTINCT json_extract(before, '$.name') AS name FROM audit"                 \
	"   WHERE object = $1 AND +action = 'person.edit' AND json_valid(before)) WHERE name <> "  \
	"$2"

static enum err former_names(struct db *db, struct arena *a, const struct erased *p,
			     struct str **out, size_t *n)
{
	struct str object = arena_fmt(a, "person/%" PRId64, p->id);
	int64_t most = 0;

	*n = 0;
	TRY(db_int(db, "SELECT count(*)" FORMER, WITH(TEXT(object), TEXT(p->name)), &most));
	*out = ARENA_ARRAY(a, struct str, (size_t)most + 1);
	struct rows r =
	    db_query(db, "SELECT name" FORMER " ORDER BY name", WITH(TEXT(object), TEXT(p->name)));
	while (*n < (size_t)most && rows_next(&r))
		(*out)[(*n)++] = col_text(&r, 0);
	return r.err;
}

enum err erased_names_go(struct db *db, struct arena *a, const struct erased *p, struct str by)
{
	struct erased was = *p;
	struct str *former;
	size_t n;

	TRY(former_names(db, a, p, &former, &n));
	TRY(rename_all(db, p, by));
	TRY(blank_all(db, a, p));
	for (size_t i = 0; i < n; i++) {
		was.name = former[i];
		TRY(rename_all(db, &was, by));
		TRY(blank_all(db, a, &was));
	}
	return OK;
}
