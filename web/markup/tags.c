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

/* ---- Blocks of raw HTML ---- */

static bool is_block_name(struct str name)
{
	static const char *const names[] = {
	    "address", "article",  "aside", "base",     "basefont", "blockquote", "body",
	    "caption", "center",   "col",   "colgroup", "dd",       "details",    "dialog",
	    "dir",     "div",      "dl",    "dt",       "fieldset", "figcaption", "figure",
	    "footer",  "form",     "frame", "frameset", "h1",       "h2",         "h3",
	    "h4",      "h5",       "h6",    "head",     "header",   "hr",         "html",
	    "iframe",  "legend",   "li",    "link",     "main",     "menu",       "menuitem",
	    "nav",     "noframes", "ol",    "optgroup", "option",   "p",          "param",
	    "section", "source",   "title", "summary",  "table",    "tbody",      "td",
	    "tfoot",   "th",       "thead", "title",    "tr",       "track",      "ul"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

static size_t skip_spaces(struct str s, size_t i)
{
	while (i < s.n && is_space(s.p[i]))
		i++;
	return i;
}

/* Behind the attribute that begins at i; s.n when there is none that is well formed. */
static size_t skip_attribute(struct str s, size_t i)
{
	size_t start = i;

	while (i < s.n && !is_space(s.p[i]) && str_find_char(S("=>/\"'<`"), s.p[i]) == 7)
		i++;
	size_t equals = skip_spaces(s, i);
	if (i == start || equals == s.n || s.p[equals] != '=')
		return i == start ? s.n : i;
	i = skip_spaces(s, equals + 1);
	if (i < s.n && (s.p[i] == '"' || s.p[i] == '\'')) {
		size_t end = str_find_char(str_from(s, i + 1), s.p[i]);
		return i + 1 + end < s.n ? i + 2 + end : s.n;
	}
	start = i;
	while (i < s.n && !is_space(s.p[i]) && str_find_char(S("=>\"'<`"), s.p[i]) == 6)
		i++;
	return i == start ? s.n : i;
}

/* One whole tag and nothing else. */
static bool is_lone_tag(struct str s)
{
	bool closing = str_starts(s, S("</"));
	struct str name = tag_name(s);
	size_t i = (closing ? 2 : 1) + name.n;

	if (name.n == 0 || (name.p[0] >= '0' && name.p[0] <= '9'))
		return false;
	while (i < s.n && (s.p[i] == '-' || !is_space(s.p[i])) && s.p[i] != '>' && s.p[i] != '/')
		if (s.p[i++] != '-')
			return false;
	for (size_t next = skip_spaces(s, i);
	     !closing && next > i && next < s.n && s.p[next] != '>' && s.p[next] != '/';
	     next = skip_spaces(s, i))
		i = skip_attribute(s, next);
	i = skip_spaces(s, i);
	i += !closing && i < s.n && s.p[i] == '/';
	return i + 1 == s.n && s.p[i] == '>';
}

bool tags_begin(struct str line, bool flow, struct str *end)
{
	static const struct {
		struct str begin, end;
	} kinds[] = {{S_INIT("<!--"), S_INIT("-->")},
		     {S_INIT("<?"), S_INIT("?>")},
		     {S_INIT("<![CDATA["), S_INIT("]]>")}};
	struct str s = str_trim(line), name = str_starts(s, S("<")) ? tag_name(s) : S("");

	*end = S("");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_starts(s, kinds[i].begin)) {
			*end = kinds[i].end;
			return true;
		}
	if (str_starts(s, S("<!")) && s.n > 2 && s.p[2] >= 'A' && s.p[2] <= 'Z') {
		*end = S(">");
		return true;
	}
	if (name.n == 0)
		return false;
	bool closing = s.p[1] == '/';
	struct str behind = str_from(s, (closing ? 2 : 1) + name.n);
	bool whole = behind.n == 0 || is_space(behind.p[0]) || behind.p[0] == '>';
	bool raw = str_eq_nocase(name, S("script")) || str_eq_nocase(name, S("pre")) ||
		   str_eq_nocase(name, S("style"));
	if (raw && whole && !closing) {
		*end = S("</");
		return true;
	}
	if (is_block_name(name) && (whole || str_starts(behind, S("/>"))))
		return true;
	return !flow && is_lone_tag(s);
}

bool tags_end(struct str line, struct str end)
{
	if (end.n == 0)
		return str_trim(line).n == 0;
	if (!str_eq(end, S("</")))
		return str_find(line, end) < line.n;
	return find_nocase(line, S("</script>")) < line.n ||
	       find_nocase(line, S("</pre>")) < line.n || find_nocase(line, S("</style>")) < line.n;
}
