/* fields.c -- names and values of forms and query strings, and percent-encoding both ways. */
#include "base/utf8.h"
#include "http/request.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* Writes at most s.n bytes.  A NUL is refused however it was written, because it would cut the
 * text short at the next library that takes a C string. */
static bool decode(struct str s, bool plus_is_blank, char *out, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '%') {
			int high = i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1;
			int low = i + 2 < s.n ? hex_digit(s.p[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && plus_is_blank) {
			c = ' ';
		}
		if (c == '\0')
			return false;
		out[(*n)++] = c;
	}
	return true;
}

bool percent_decode(struct arena *a, struct str s, bool plus_is_blank, struct str *out)
{
	char *text = arena_alloc(a, s.n);
	size_t n;

	if (!decode(s, plus_is_blank, text, &n))
		return false;
	*out = (struct str){text, n};
	return true;
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

struct str percent_encode(struct arena *a, struct str s)
{
	static const char digits[] = "0123456789ABCDEF";
	char *text = arena_array(a, s.n, 3);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (is_unreserved(s.p[i])) {
			text[n++] = s.p[i];
			continue;
		}
		text[n++] = '%';
		text[n++] = digits[c >> 4];
		text[n++] = digits[c & 15];
	}
	return (struct str){text, n};
}

/* Browsers send CRLF for every line end of a text area; we keep texts with LF alone, so that a
 * text that was only shown and sent again has not changed. */
static enum err field_parse(struct arena *a, struct str pair, struct field *out)
{
	size_t equals = str_find_char(pair, '=');
	struct str raw_value = str_from(pair, equals + 1);
	char *value = arena_alloc(a, raw_value.n);
	size_t n;

	*out = (struct field){.name = {NULL, 0}};
	if (!percent_decode(a, str_head(pair, equals), true, &out->name))
		return E_BAD_REQUEST;
	if (out->name.n > FIELD_NAME_MAX)
		return E_TOO_LARGE;
	if (!decode(raw_value, true, value, &n))
		return E_BAD_REQUEST;
	out->value = utf8_lines(a, (struct str){value, n});
	return utf8_clean(out->name, false) && utf8_clean(out->value, true) ? OK : E_BAD_REQUEST;
}

static size_t pairs_in(struct str body)
{
	struct str pair;
	size_t n = 0;

	while (str_cut(&body, '&', &pair))
		n += pair.n > 0;
	return n;
}

enum err fields_parse(struct arena *a, struct str body, struct fields *out)
{
	size_t count = pairs_in(body);
	struct fields found = {0, NULL};
	struct str pair;

	*out = found;
	if (count > FIELDS_MAX)
		return E_TOO_LARGE;
	found.v = ARENA_ARRAY(a, struct field, count);
	while (str_cut(&body, '&', &pair))
		if (pair.n > 0)
			TRY(field_parse(a, pair, &found.v[found.n++]));
	*out = found;
	return OK;
}

bool field_each(struct fields *f, struct str name, size_t *at, struct str *value)
{
	for (; *at < f->n; ++*at) {
		struct field *field = &f->v[*at];
		if (str_eq(field->name, name)) {
			field->read = true;
			*value = field->value;
			++*at;
			return true;
		}
	}
	return false;
}

struct str field_text(struct fields *f, struct str name)
{
	struct str value = {NULL, 0};
	size_t at = 0;

	field_each(f, name, &at, &value);
	return value;
}

bool field_present(struct fields *f, struct str name)
{
	struct str value;
	size_t at = 0;

	return field_each(f, name, &at, &value);
}

const struct field *fields_unread(const struct fields *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (!f->v[i].read)
			return &f->v[i];
	return NULL;
}
