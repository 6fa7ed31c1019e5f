/* tags.c -- the words inside raw HTML, which itself is never kept. */
#include "markup/source.h"

static size_t find_nocase(struct str s, struct str what)
{
	for (size_t i = 0; i + what.n <= s.n; i++)
		if (str_eq_nocase(str_head(str_from(s, i), what.n), what))
			return i;
	return s.n;
}

/* Name of the tag at the start of s ("</li>" -> "li"). */
static struct str tag_name(struct str s)
{
	size_t from = s.n > 1 && s.p[1] == '/' ? 2 : 1, to = from;

	while (to < s.n && (((s.p[to] | 0x20) >= 'a' && (s.p[to] | 0x20) <= 'z') ||
			    (s.p[to] >= '0' && s.p[to] <= '9')))
		to++;
	return str_head(str_from(s, from), to - from);
}

static bool any_of(struct str name, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq_nocase(name, names[i]))
			return true;
	return false;
}

static bool stands_in_a_line(struct str name)
{
	static const struct str names[] = {S_INIT("a"),      S_INIT("b"),   S_INIT("i"),
					   S_INIT("em"),     S_INIT("s"),   S_INIT("u"),
					   S_INIT("strong"), S_INIT("sub"), S_INIT("sup"),
					   S_INIT("span"),   S_INIT("code")};

	return any_of(name, names, sizeof names / sizeof *names);
}

static bool has_no_words(struct str name)
{
	static const struct str names[] = {S_INIT("script"), S_INIT("style"), S_INIT("template"),
					   S_INIT("svg"),    S_INIT("math"),  S_INIT("object"),
					   S_INIT("iframe")};

	return any_of(name, names, sizeof names / sizeof *names);
}

/* Length of a tag with all that belongs to it (a comment, a whole script); at least 1. */
static size_t tag_length(struct str s, struct str name)
{
	if (str_starts(s, S("<!--"))) {
		size_t end = str_find(s, S("-->"));
		return end < s.n ? end + 3 : s.n;
	}
	size_t end = str_find_char(s, '>');
	if (end == s.n)
		return s.n;
	if (s.p[1] == '/' || !has_no_words(name))
		return end + 1;
	struct str rest = str_from(s, end + 1);
	for (size_t at = 0, hit; (hit = find_nocase(str_from(rest, at), S("</"))) < rest.n - at;
	     at += hit + 2) {
		struct str close = str_from(rest, at + hit);
		if (str_eq_nocase(tag_name(close), name)) {
			size_t gt = str_find_char(close, '>');
			return end + 1 + at + hit + (gt < close.n ? gt + 1 : gt);
		}
	}
	return s.n;
}

static bool starts_tag(struct str s)
{
	return s.n > 1 && s.p[0] == '<' &&
	       (s.p[1] == '/' || s.p[1] == '!' || s.p[1] == '?' || tag_name(s).n > 0);
}

struct str source_without_tags(struct arena *a, struct str html)
{
	struct buf b = {.arena = a};
	bool gap = false;

	for (size_t i = 0; i < html.n;) {
		struct str here = str_from(html, i);
		if (starts_tag(here)) {
			struct str name = tag_name(here);
			gap = gap || !stands_in_a_line(name);
			i += tag_length(here, name);
			continue;
		}
		bool space = here.p[0] == ' ' || here.p[0] == '\n' || here.p[0] == '\t';
		if (!space) {
			if (gap && b.n > 0)
				buf_char(&b, ' ');
			buf_char(&b, here.p[0]);
		}
		gap = space || (gap && space);
		i++;
	}
	return buf_str(&b);
}
