/* json.c -- JSON without a tree. */
#include "export/json.h"

#include <inttypes.h>
#include <string.h>

static void quote(struct buf *b, struct str s)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			buf_char(b, '\\');
		if (c < 0x20)
			buf_fmt(b, "\\u%04x", c);
		else
			buf_char(b, s.p[i]);
	}
	buf_char(b, '"');
}

/* A text ends with a quotation mark, so the last sign tells whether something stands before. */
static void begin(struct buf *b, const char *key)
{
	if (b->n > 0 && strchr("{[:", b->p[b->n - 1]) == NULL)
		buf_char(b, ',');
	if (key == NULL)
		return;
	quote(b, str_of(key));
	buf_char(b, ':');
}

void json_text(struct buf *b, const char *key, struct str value)
{
	begin(b, key);
	quote(b, value);
}

void json_int(struct buf *b, const char *key, int64_t value)
{
	begin(b, key);
	buf_fmt(b, "%" PRId64, value);
}

void json_bool(struct buf *b, const char *key, bool value)
{
	begin(b, key);
	buf_add(b, value ? S("true") : S("false"));
}

void json_value(struct buf *b, const char *key, struct str json)
{
	begin(b, key);
	buf_add(b, json);
}

void json_open(struct buf *b, const char *key, char bracket)
{
	begin(b, key);
	buf_char(b, bracket);
}

void json_close(struct buf *b, char bracket)
{
	buf_char(b, bracket);
}

void json_pair(struct buf *b, const char *key, struct str value)
{
	if (b->n == 0)
		buf_char(b, '{');
	json_text(b, key, value);
}

struct str json_end(struct buf *b)
{
	if (b->n == 0)
		return S("{}");
	buf_char(b, '}');
	return buf_str(b);
}
