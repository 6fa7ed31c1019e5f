/* disclosure_signs.c -- finds e-mail addresses and braces by their signs. */
#include "features/handbook/disclosure_parts.h"

enum { BRACES_SHOWN = 60, LOCAL_MAX = 128 };

static struct str slice(struct str s, size_t from, size_t to)
{
	return str_head(str_from(s, from), to - from);
}

static bool starts_nocase(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq_nocase(str_head(s, prefix.n), prefix);
}

static size_t skip_blank(struct str s, size_t at)
{
	return at < s.n && s.p[at] == ' ' ? at + 1 : at;
}

static bool is_one_of(char c, struct str set)
{
	return str_find_char(set, c) < set.n;
}

/* E-mail ----------------------------------------------------------------------------------------*/

/* Bytes of letters up to Latin ones in UTF-8; quotation marks and dashes begin with others. */
static bool is_latin(char c)
{
	unsigned char u = (unsigned char)c;

	return is_alnum(c) || (u >= 0x80 && u <= 0xcb);
}

/* What stands for "@": where it begins and ends, blanks around it included. */
struct sign {
	size_t from, to;
	bool loose; /* may be something else, so that a complete host must follow */
};

static struct sign sign_between(struct str s, size_t from, size_t to, bool loose)
{
	struct sign sign = {from, skip_blank(s, to), loose};

	if (from > 0 && s.p[from - 1] == ' ')
		sign.from--;
	sign.loose = loose || sign.from < from || sign.to > to;
	return sign;
}

/* "@", "(at)", "[ät]", "{a}", " at ", "_at_" at this place. */
static bool sign_at(struct str s, size_t at, struct sign *out)
{
	static const struct str words[] = {S_INIT("at"), S_INIT("\xc3\xa4t"), S_INIT("\xc3\x84t"),
					   S_INIT("@"), S_INIT("a")};
	char open = s.p[at];
	bool bracket = is_one_of(open, S("([{<"));

	if (open == '@') {
		*out = sign_between(s, at, at + 1, false);
		return true;
	}
	size_t from = bracket ? skip_blank(s, at + 1) : at + 1;
	for (size_t i = 0; i < (bracket ? 5 : 3); i++) {
		size_t end = from + words[i].n;
		size_t close = bracket ? skip_blank(s, end) : end;
		if (close >= s.n || !starts_nocase(str_from(s, from), words[i]) ||
		    !(bracket ? is_one_of(s.p[close], S(")]}>")) : s.p[close] == open))
			continue;
		bool word = !bracket || i == 4;
		*out = word && !bracket ? (struct sign){at, close + 1, true}
					: sign_between(s, at, close + 1, word);
		return true;
	}
	return false;
}

/* Length of ".", " punkt ", "[dot]" before another label; 0 for anything else. */
static size_t dot_length(struct str s)
{
	static const struct str words[] = {S_INIT("punkt"), S_INIT("dot"), S_INIT("pkt"),
					   S_INIT(".")};
	size_t at = skip_blank(s, 0);
	bool bracket = at < s.n && is_one_of(s.p[at], S("([{<"));

	if (s.n > 1 && s.p[0] == '.')
		return is_latin(s.p[1]) ? 1 : 0;
	at = bracket ? skip_blank(s, at + 1) : at;
	for (size_t i = 0; i < (bracket ? 4 : 3); i++) {
		size_t end = at + words[i].n, close = skip_blank(s, end);
		if (end >= s.n || !starts_nocase(str_from(s, at), words[i]))
			continue;
		if (bracket && close < s.n && is_one_of(s.p[close], S(")]}>")))
			return skip_blank(s, close + 1);
		if (!bracket && at > 0 && close > end)
			return close;
	}
	return 0;
}

/* Length of the host at the start of s; *complete when it has a top-level domain. */
static size_t host_length(struct str s, bool *complete)
{
	size_t labels = 0, end = 0, last = 0;

	for (size_t at = 0, dot; labels == 0 || (dot = dot_length(str_from(s, end))) > 0;) {
		at = labels == 0 ? 0 : end + dot;
		last = at;
		while (at < s.n && (is_latin(s.p[at]) || s.p[at] == '-'))
			at++;
		if (at == last)
			break;
		end = at;
		labels++;
	}
	*complete = labels > 1 && end - last > 1 && !is_digit(s.p[end - 1]);
	return end;
}

static bool has_letter(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_wordy(s.p[i]) && !is_digit(s.p[i]))
			return true;
	return false;
}

void find_mails(struct check *c, const struct segment *segment)
{
	struct str s = segment->text;
	struct sign sign;
	bool complete;

	for (size_t i = 1; i < s.n; i++) {
		if (!is_one_of(s.p[i], S("@([{< _")) || !sign_at(s, i, &sign))
			continue;
		size_t from = sign.from;
		while (from > 0 && sign.from - from < LOCAL_MAX &&
		       (is_latin(s.p[from - 1]) || is_one_of(s.p[from - 1], S("._+-%"))))
			from--;
		while (from < sign.from && ((unsigned char)s.p[from] & 0xc0) == 0x80)
			from++; /* the end of a sign that is no letter */
		size_t n = host_length(str_from(s, sign.to), &complete);
		struct str host = slice(s, sign.to, sign.to + n);
		if (from < sign.from && has_letter(host) && n > 1 && (complete || !sign.loose))
			found(c, FINDING_EMAIL, slice(s, from, sign.to + n), true);
	}
}

/* Braces ----------------------------------------------------------------------------------------*/

void find_braces(struct check *c, const struct segment *segment)
{
	struct str rest = segment->text;
	size_t n;

	for (size_t at; (at = placeholder_find_braces(rest, &n)) < rest.n;) {
		struct str here = str_from(rest, at);
		size_t end = str_find_char(str_head(here, BRACES_SHOWN), '}');
		while (end < here.n &&
		       (here.p[end] == '}' || ((unsigned char)here.p[end] & 0xc0) == 0x80))
			end++;
		found(c, FINDING_PLACEHOLDER, str_head(here, end), true);
		rest = str_from(rest, at + n);
	}
}
