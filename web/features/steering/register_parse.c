/* register_parse.c -- a line as a record: the one spelling that register_write.c writes. */
#include "base/utf8.h"
#include "features/steering/register_line.h"
#include "markup/normal.h"

#include <string.h>

struct parser {
	struct arena *arena;
	struct str rest;
};

static bool take(struct parser *p, struct str what)
{
	if (!str_starts(p->rest, what))
		return false;
	p->rest = str_from(p->rest, what.n);
	return true;
}

static bool take_char(struct parser *p, char c)
{
	return take(p, (struct str){&c, 1});
}

static bool take_key(struct parser *p, const char *key)
{
	return take_char(p, '"') && take(p, str_of(key)) && take(p, S("\":"));
}

static bool take_int(struct parser *p, int64_t *out)
{
	size_t n = 0;

	while (n < p->rest.n && p->rest.p[n] >= '0' && p->rest.p[n] <= '9')
		n++;
	if (!register_is_number(str_head(p->rest, n), out))
		return false;
	p->rest = str_from(p->rest, n);
	return true;
}

/* Those that have a letter of their own must use it. */
static bool take_code(struct parser *p, char *out)
{
	static const char digits[] = "0123456789abcdef";
	struct str hex = str_head(p->rest, 4);

	if (hex.n != 4 || !register_is_hex(hex, 4) || !str_starts(hex, S("00")) || hex.p[2] > '1')
		return false;
	*out = (char)((hex.p[2] - '0') * 16 + (strchr(digits, hex.p[3]) - digits));
	p->rest = str_from(p->rest, 4);
	return strchr("\b\t\n\f\r", *out) == NULL || *out == '\0';
}

static bool take_escape(struct parser *p, char *out)
{
	static const char from[] = "btnfr\"\\", to[] = "\b\t\n\f\r\"\\";

	if (p->rest.n == 0)
		return false;
	char letter = p->rest.p[0];
	const char *at = letter != '\0' ? strchr(from, letter) : NULL;
	p->rest = str_from(p->rest, 1);
	if (at != NULL)
		*out = to[at - from];
	return at != NULL || (letter == 'u' && take_code(p, out));
}

/* Bytes up to the quotation mark that ends the text: at least as many as it will have. */
static size_t room_for(struct str s)
{
	size_t i = 0;

	while (i < s.n && s.p[i] != '"')
		i += s.p[i] == '\\' ? 2 : 1;
	return i;
}

static bool take_text(struct parser *p, struct str *out)
{
	char *text;
	size_t n = 0;

	if (!take_char(p, '"'))
		return false;
	text = arena_alloc(p->arena, room_for(p->rest) + 1);
	while (p->rest.n > 0 && p->rest.p[0] != '"') {
		char c = p->rest.p[0];
		p->rest = str_from(p->rest, 1);
		if ((unsigned char)c < 0x20 || (c == '\\' && !take_escape(p, &c)))
			return false;
		text[n++] = c;
	}
	*out = (struct str){text, n};
	return take_char(p, '"') && utf8_valid(*out) && str_eq(normal_nfc(p->arena, *out), *out);
}

static bool take_named(struct parser *p, const struct register_field *f, void *at)
{
	struct str s;

	if (!take_text(p, &s))
		return false;
	for (int i = 0; i < (int)f->size; i++) {
		if (!str_eq(f->name(i), s))
			continue;
		memcpy(at, &i, sizeof i);
		return true;
	}
	return false;
}

static bool take_counts(struct parser *p, struct tally_count *c)
{
	for (int i = 0; i < UNIT_STATUSES; i++)
		if (!take_char(p, i == 0 ? '[' : ',') || !take_int(p, &c->of[i]))
			return false;
	return take_char(p, ']');
}

static bool take_fields(struct parser *p, const struct register_shape *shape, char *record);

/* Grows by doubling: a line of a megabyte holds many short entries. */
static bool take_list(struct parser *p, const struct register_shape *shape, void *at)
{
	struct register_any list = {0};
	size_t room = 8;
	char *v = arena_array(p->arena, room, shape->size);

	if (!take_char(p, '['))
		return false;
	while (!take_char(p, ']')) {
		if (list.n == REGISTER_LIST_MAX || (list.n > 0 && !take_char(p, ',')))
			return false;
		if (list.n == room) {
			char *wider = arena_array(p->arena, 2 * room, shape->size);
			memcpy(wider, v, room * shape->size);
			v = wider;
			room *= 2;
		}
		if (!take_char(p, '{') || !take_fields(p, shape, v + list.n * shape->size) ||
		    !take_char(p, '}'))
			return false;
		list.n++;
	}
	list.v = v;
	memcpy(at, &list, sizeof list);
	return true;
}

static bool take_bool(struct parser *p, bool *out)
{
	int64_t value;

	if (!take_int(p, &value))
		return false;
	*out = value == 1;
	return value <= 1;
}

static bool take_person(struct parser *p, struct register_who *who)
{
	return take_text(p, &who->digest) &&
	       (who->digest.n == 0 || register_is_hex(who->digest, 64));
}

static bool take_value(struct parser *p, const struct register_field *f, void *at)
{
	switch (f->type) {
	case TYPE_INT:
		return take_int(p, at);
	case TYPE_BOOL:
		return take_bool(p, at);
	case TYPE_PERSON:
		return take_person(p, at);
	case TYPE_NAMED:
		return take_named(p, f, at);
	case TYPE_COUNTS:
		return take_counts(p, at);
	case TYPE_LIST:
		return take_list(p, f->shape, at);
	case TYPE_TEXT:
	case TYPE_WORD:
	case TYPE_HEX:
	case TYPE_DAY:
		break;
	}
	return take_text(p, at) && register_text_fits(f, *(const struct str *)at);
}

static bool is_left_out(const struct parser *p, const struct register_field *f)
{
	return f->old && !str_starts(p->rest, arena_fmt(p->arena, ",\"%s\":", f->key));
}

static bool take_fields(struct parser *p, const struct register_shape *shape, char *record)
{
	for (size_t i = 0; i < shape->n; i++) {
		const struct register_field *f = &shape->fields[i];
		if (is_left_out(p, f))
			continue;
		if ((i > 0 && !take_char(p, ',')) || !take_key(p, f->key) ||
		    !take_value(p, f, record + f->offset))
			return false;
	}
	return true;
}

bool register_line_read(struct arena *a, struct str line, struct register_begin *begin,
			const void **record)
{
	struct parser p = {a, line};
	struct str name;

	if (line.n > REGISTER_LINE_MAX || !take(&p, S("{\"n\":")) || !take_int(&p, &begin->n) ||
	    !take(&p, S(",\"at\":")) || !take_int(&p, &begin->at) || !take(&p, S(",\"kind\":")) ||
	    !take_text(&p, &name) || !take_char(&p, ','))
		return false;
	begin->kind = register_kind_named(name);
	if (begin->kind == NULL)
		return false;
	char *made = arena_alloc(a, begin->kind->shape->size);
	*record = made;
	return take_fields(&p, begin->kind->shape, made) && str_eq(p.rest, S("}"));
}
