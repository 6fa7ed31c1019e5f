/* register_write.c -- a record as a line. */
#include "base/date.h"
#include "base/log.h"
#include "base/utf8.h"
#include "features/steering/register_line.h"
#include "markup/normal.h"

#include <inttypes.h>
#include <string.h>

struct writer {
	struct register_book *book;
	struct buf out;
};

bool register_is_hex(struct str s, size_t digits)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
			return false;
	return s.n == digits;
}

bool register_is_number(struct str s, int64_t *out)
{
	return str_to_int(s, out) && (s.n == 1 || s.p[0] != '0');
}

bool register_is_word(const char *words, struct str s)
{
	struct str rest = str_of(words), word;

	while (str_cut(&rest, ' ', &word))
		if (str_eq(s, str_eq(word, S("-")) ? S("") : word))
			return true;
	return false;
}

bool register_is_day(struct str s)
{
	struct date d;

	return date_parse_iso(s, &d) && s.n == 10;
}

static void write_escaped(struct buf *out, unsigned char c)
{
	static const char from[] = "\b\t\n\f\r\"\\", to[] = "btnfr\"\\";
	const char *at = c != '\0' ? strchr(from, c) : NULL;

	if (at != NULL)
		buf_fmt(out, "\\%c", to[at - from]);
	else if (c < 0x20)
		buf_fmt(out, "\\u%04x", c);
	else
		buf_char(out, (char)c);
}

static bool write_text(struct writer *w, struct str s)
{
	if (!utf8_valid(s))
		return false;
	s = normal_nfc(w->book->arena, s);
	buf_char(&w->out, '"');
	for (size_t i = 0; i < s.n; i++)
		write_escaped(&w->out, (unsigned char)s.p[i]);
	buf_char(&w->out, '"');
	return true;
}

static bool write_int(struct writer *w, int64_t value)
{
	buf_fmt(&w->out, "%" PRId64, value);
	return value >= 0;
}

static bool write_named(struct writer *w, const struct register_field *f, const void *at)
{
	int value;

	memcpy(&value, at, sizeof value);
	return value >= 0 && value < (int)f->size && write_text(w, f->name(value));
}

static bool write_person(struct writer *w, const struct register_who *who)
{
	struct str digest = who->digest;

	if (digest.n == 0 && who->id != 0 && register_person(w->book, who->id, &digest) != OK)
		return false;
	return (digest.n == 0 || register_is_hex(digest, 64)) && write_text(w, digest);
}

static bool write_counts(struct writer *w, const struct tally_count *c)
{
	bool fine = true;

	for (int i = 0; i < UNIT_STATUSES; i++) {
		buf_char(&w->out, i == 0 ? '[' : ',');
		fine = write_int(w, c->of[i]) && fine;
	}
	buf_char(&w->out, ']');
	return fine;
}

static bool write_fields(struct writer *w, const struct register_shape *shape, const char *record);

static bool write_list(struct writer *w, const struct register_shape *shape, const void *at)
{
	struct register_any list;

	memcpy(&list, at, sizeof list);
	buf_char(&w->out, '[');
	for (size_t i = 0; i < list.n; i++) {
		buf_add(&w->out, i == 0 ? S("{") : S(",{"));
		if (!write_fields(w, shape, (const char *)list.v + i * shape->size))
			return false;
		buf_char(&w->out, '}');
	}
	buf_char(&w->out, ']');
	return list.n <= REGISTER_LIST_MAX;
}

bool register_text_fits(const struct register_field *f, struct str s)
{
	switch (f->type) {
	case TYPE_HEX:
		return register_is_hex(s, f->size);
	case TYPE_WORD:
		return register_is_word(f->words, s);
	case TYPE_DAY:
		return register_is_day(s);
	case TYPE_TEXT:
		return !f->old || s.n > 0;
	case TYPE_INT:
	case TYPE_BOOL:
	case TYPE_PERSON:
	case TYPE_NAMED:
	case TYPE_COUNTS:
	case TYPE_LIST:
		break;
	}
	return true;
}

static bool write_value(struct writer *w, const struct register_field *f, const void *at)
{
	switch (f->type) {
	case TYPE_INT:
		return write_int(w, *(const int64_t *)at);
	case TYPE_BOOL:
		return write_int(w, *(const bool *)at ? 1 : 0);
	case TYPE_PERSON:
		return write_person(w, at);
	case TYPE_NAMED:
		return write_named(w, f, at);
	case TYPE_COUNTS:
		return write_counts(w, at);
	case TYPE_LIST:
		return write_list(w, f->shape, at);
	case TYPE_TEXT:
	case TYPE_WORD:
	case TYPE_HEX:
	case TYPE_DAY:
		break;
	}
	return register_text_fits(f, *(const struct str *)at) &&
	       write_text(w, *(const struct str *)at);
}

static bool write_fields(struct writer *w, const struct register_shape *shape, const char *record)
{
	for (size_t i = 0; i < shape->n; i++) {
		const struct register_field *f = &shape->fields[i];
		if (f->old && ((const struct str *)(record + f->offset))->n == 0)
			continue;
		buf_fmt(&w->out, "%s\"%s\":", i == 0 ? "" : ",", f->key);
		if (!write_value(w, f, record + f->offset)) {
			log_event(LOG_ERROR, "register_value_impossible", KV_C("field", f->key));
			return false;
		}
	}
	return true;
}

enum err register_line_write(struct register_book *b, const struct register_begin *begin,
			     const void *record, struct str *line)
{
	struct writer w = {.book = b, .out = {.arena = b->arena}};

	buf_fmt(&w.out, "{\"n\":%" PRId64 ",\"at\":%" PRId64 ",\"kind\":\"%.*s\",", begin->n,
		begin->at, ARG(begin->kind->name));
	if (!write_fields(&w, begin->kind->shape, record))
		return E_INTERNAL;
	buf_char(&w.out, '}');
	*line = buf_str(&w.out);
	return line->n <= REGISTER_LINE_MAX ? OK : E_INTERNAL;
}
