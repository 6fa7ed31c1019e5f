/* multipart.c -- cuts the body of a form with files into its parts. */
#include "http/multipart.h"

#include "base/utf8.h"

/* Parameters of a header ------------------------------------------------------------------------
 */

static bool is_one_of(char c, struct str chars)
{
	return str_find_char(chars, c) < chars.n;
}

static bool is_token_char(char c)
{
	return c > ' ' && c < 0x7f && !is_one_of(c, S("()<>@,;:\\\"/[]?="));
}

/* "; name=value" or "; name="value"" from the front of `rest`; false when there is none, or when it
 * is not well-formed: then `rest` is not used up. */
static bool next_parameter(struct str *rest, struct str *name, struct str *value)
{
	struct str s = str_trim(*rest);

	if (s.n == 0 || s.p[0] != ';')
		return false;
	s = str_trim(str_from(s, 1));
	size_t n = 0;
	while (n < s.n && is_token_char(s.p[n]))
		n++;
	*name = str_head(s, n);
	if (n == 0 || n == s.n || s.p[n] != '=')
		return false;
	s = str_from(s, n + 1);
	bool quoted = s.n > 0 && s.p[0] == '"';
	/* Browsers write a quotation mark as %22 and a backslash as it is, so nothing is escaped.
	 */
	n = quoted ? str_find_char(str_from(s, 1), '"') : 0;
	while (!quoted && n < s.n && is_token_char(s.p[n]))
		n++;
	if (quoted ? n + 1 >= s.n : n == 0)
		return false;
	*value = quoted ? str_head(str_from(s, 1), n) : str_head(s, n);
	*rest = str_from(s, quoted ? n + 2 : n);
	return true;
}

static struct str first_word(struct str s, struct str *rest)
{
	size_t n = str_find_char(s, ';');

	*rest = str_from(s, n);
	return str_trim(str_head(s, n));
}

bool multipart_is(struct str content_type)
{
	struct str rest;

	return str_eq_nocase(first_word(content_type, &rest), S("multipart/form-data"));
}

static bool is_boundary_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       is_one_of(c, S("'()+_,-./:=?"));
}

/* Exactly one parameter, "boundary". */
static bool read_boundary(struct str content_type, struct str *boundary)
{
	struct str rest, name;

	(void)first_word(content_type, &rest);
	if (!next_parameter(&rest, &name, boundary) || !str_eq_nocase(name, S("boundary")) ||
	    str_trim(rest).n > 0 || boundary->n == 0 || boundary->n > MULTIPART_BOUNDARY_MAX)
		return false;
	for (size_t i = 0; i < boundary->n; i++)
		if (!is_boundary_char(boundary->p[i]))
			return false;
	return true;
}

/* A part --------------------------------------------------------------------------------------- */

struct part {
	struct str name, file_name, value;
	bool disposed, typed, file; /* headers seen; it has a file name */
};

/* %22 %0D %0A are the only escapes; the last two are then refused as control characters. */
static struct str unescaped(struct arena *a, struct str s)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < s.n; i++) {
		struct str here = str_from(s, i);
		bool quote = str_starts(here, S("%22"));
		bool line = str_starts(here, S("%0D")) || str_starts(here, S("%0A"));
		buf_char(&b, quote ? '"' : line ? '\n' : s.p[i]);
		if (quote || line)
			i += 2;
	}
	return buf_str(&b);
}

static enum err read_disposition(struct arena *a, struct str value, struct part *p)
{
	struct str rest, name, text;
	bool named = false;

	if (p->disposed || !str_eq_nocase(first_word(value, &rest), S("form-data")))
		return E_BAD_REQUEST;
	p->disposed = true;
	while (next_parameter(&rest, &name, &text)) {
		bool is_name = str_eq_nocase(name, S("name"));
		if ((is_name && named) || (!is_name && p->file) ||
		    (!is_name && !str_eq_nocase(name, S("filename"))))
			return E_BAD_REQUEST;
		*(is_name ? &p->name : &p->file_name) = unescaped(a, text);
		named |= is_name;
		p->file |= !is_name;
	}
	if (!named || str_trim(rest).n > 0 || !utf8_clean(p->name, false) ||
	    !utf8_clean(p->file_name, false))
		return E_BAD_REQUEST;
	return p->name.n > FIELD_NAME_MAX || p->file_name.n > MULTIPART_FILE_NAME_MAX ? E_TOO_LARGE
										      : OK;
}

/* Headers other than these two mean nothing here (RFC 7578, 4.8), but for one that would say that
 * the value is not what it looks like. */
static enum err read_header(struct arena *a, struct str line, struct part *p)
{
	size_t colon = str_find_char(line, ':');
	struct str name = str_head(line, colon);

	for (size_t i = 0; i < name.n; i++)
		if (!is_token_char(name.p[i]))
			return E_BAD_REQUEST;
	if (name.n == 0 || colon == line.n || !utf8_clean(str_from(line, colon + 1), false))
		return E_BAD_REQUEST;
	if (str_eq_nocase(name, S("content-disposition")))
		return read_disposition(a, str_from(line, colon + 1), p);
	bool type = str_eq_nocase(name, S("content-type"));
	if ((type && p->typed) || str_eq_nocase(name, S("content-transfer-encoding")))
		return E_BAD_REQUEST;
	p->typed |= type;
	return OK;
}

/* Up to the empty line; `rest` continues behind it. */
static enum err read_headers(struct arena *a, struct str *rest, struct part *p)
{
	for (size_t count = 0;; count++) {
		size_t end = str_find(str_head(*rest, MULTIPART_LINE_MAX + 2), S("\r\n"));
		if (end >= rest->n)
			return E_BAD_REQUEST;
		struct str line = str_head(*rest, end);
		*rest = str_from(*rest, end + 2);
		if (line.n == 0)
			return p->disposed ? OK : E_BAD_REQUEST;
		if (line.n > MULTIPART_LINE_MAX || count == MULTIPART_HEADERS_MAX)
			return E_TOO_LARGE;
		TRY(read_header(a, line, p));
	}
}

static enum err finish(struct arena *a, const struct part *p, struct field *out)
{
	*out = (struct field){.name = p->name,
			      .value = p->file ? p->value : utf8_lines(a, p->value),
			      .file_name = p->file_name,
			      .file = p->file};
	return p->file || utf8_clean(out->value, true) ? OK : E_BAD_REQUEST;
}

/* All of them -----------------------------------------------------------------------------------*/

/* Behind a boundary: a line end and a part, or "--" and the end of the body. */
static enum err next_part(struct arena *a, struct str *rest, struct str boundary, struct part *p,
			  bool *last)
{
	*last = str_starts(*rest, S("--"));
	if (*last) {
		struct str after = str_from(*rest, 2);
		return after.n == 0 || str_eq(after, S("\r\n")) ? OK : E_BAD_REQUEST;
	}
	if (!str_starts(*rest, S("\r\n")))
		return E_BAD_REQUEST;
	*rest = str_from(*rest, 2);
	TRY(read_headers(a, rest, p));
	size_t end = str_find(*rest, boundary);
	if (end == rest->n)
		return E_BAD_REQUEST;
	p->value = str_head(*rest, end);
	*rest = str_from(*rest, end + boundary.n);
	return OK;
}

enum err multipart_parse(struct arena *a, struct str content_type, struct str body,
			 struct fields *out)
{
	struct field *found = ARENA_ARRAY(a, struct field, FIELDS_MAX);
	struct str boundary, rest = body;
	size_t n = 0;

	*out = (struct fields){0, NULL};
	if (!multipart_is(content_type) || !read_boundary(content_type, &boundary))
		return E_BAD_REQUEST;
	boundary = arena_fmt(a, "\r\n--%.*s", ARG(boundary));
	if (!str_starts(rest, str_from(boundary, 2)))
		return E_BAD_REQUEST;
	rest = str_from(rest, boundary.n - 2);
	for (;;) {
		struct part p = {.disposed = false};
		bool last = false;
		TRY(next_part(a, &rest, boundary, &p, &last));
		if (last)
			break;
		if (n == FIELDS_MAX)
			return E_TOO_LARGE;
		TRY(finish(a, &p, &found[n++]));
	}
	*out = (struct fields){n, found};
	return OK;
}
