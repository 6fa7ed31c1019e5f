/* str.c -- counted strings. */
#include "base/str.h"

#include <string.h>

struct str str_of(const char *cstr)
{
	return (struct str){cstr, cstr == NULL ? 0 : strlen(cstr)};
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_head(s, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

	if (order != 0)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.n > 0 && is_space(s.p[0]))
		s = str_from(s, 1);
	while (s.n > 0 && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_from(struct str s, size_t offset)
{
	if (s.p == NULL)
		return s;
	if (offset > s.n)
		offset = s.n;
	return (struct str){s.p + offset, s.n - offset};
}

struct str str_head(struct str s, size_t n)
{
	return (struct str){s.p, n < s.n ? n : s.n};
}

size_t str_find(struct str s, struct str what)
{
	if (what.n == 0)
		return 0;
	if (s.n == 0)
		return s.n;
	const char *hit = memmem(s.p, s.n, what.p, what.n);
	return hit == NULL ? s.n : (size_t)(hit - s.p);
}

size_t str_find_char(struct str s, char c)
{
	const char *hit = s.n == 0 ? NULL : memchr(s.p, c, s.n);

	return hit == NULL ? s.n : (size_t)(hit - s.p);
}

bool str_cut(struct str *rest, char separator, struct str *part)
{
	if (rest->p == NULL)
		return false;
	size_t at = str_find_char(*rest, separator);
	*part = str_head(*rest, at);
	*rest = at < rest->n ? str_from(*rest, at + 1) : (struct str){NULL, 0};
	return true;
}

struct str str_host(struct str url)
{
	size_t at = str_find(url, S("://"));
	struct str host = at == url.n ? S("") : str_from(url, at + 3);

	host = str_head(host, str_find_char(host, '/'));
	return str_head(host, str_find_char(host, ':'));
}

bool str_to_int(struct str s, int64_t *out)
{
	int64_t value = 0;

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int digit = s.p[i] - '0';
		if (value > (INT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return true;
}
