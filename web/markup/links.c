/* links.c -- which addresses may stand in a page, and how they are written. */
#include "markup/render.h"

enum { ADDRESS_MAX = 2000, LOCAL_PART_MAX = 64, HOST_MAX = 253 };

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool starts_nocase(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq_nocase(str_head(s, prefix.n), prefix);
}

/* Browsers drop tabs and line ends inside addresses, so "/<tab>/host" would leave our site. */
static bool is_printable(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return s.n > 0 && s.n <= ADDRESS_MAX;
}

/* Host of dotted labels, port, then the end, a path, a query or a fragment. */
static bool host_is_plain(struct str s)
{
	size_t i = 0;

	while (i < s.n && i < HOST_MAX && (is_alnum(s.p[i]) || s.p[i] == '-' || s.p[i] == '.'))
		i++;
	if (i == 0 || s.p[0] == '.' || s.p[0] == '-')
		return false;
	if (i < s.n && s.p[i] == ':') {
		size_t port = i + 1;
		while (port < s.n && port < i + 6 && s.p[port] >= '0' && s.p[port] <= '9')
			port++;
		if (port == i + 1)
			return false;
		i = port;
	}
	return i == s.n || s.p[i] == '/' || s.p[i] == '?' || s.p[i] == '#';
}

bool link_is_external(struct str url)
{
	return starts_nocase(url, S("https://")) || starts_nocase(url, S("http://"));
}

static bool mail_is_plain(struct str s)
{
	struct str scheme;
	struct str address = str_head(s, str_find_char(s, '?'));

	return address.n > 0 && link_bare(address, &scheme) == address.n &&
	       str_eq(scheme, S("mailto:"));
}

bool link_allowed(struct str url)
{
	if (!is_printable(url))
		return false;
	if (url.p[0] == '#')
		return url.n > 1;
	if (url.p[0] == '/')
		return url.n == 1 || (url.p[1] != '/' && url.p[1] != '\\');
	if (starts_nocase(url, S("https://")))
		return host_is_plain(str_from(url, 8));
	if (starts_nocase(url, S("http://")))
		return host_is_plain(str_from(url, 7));
	return starts_nocase(url, S("mailto:")) && mail_is_plain(str_from(url, 7));
}

bool image_allowed(struct str url)
{
	return is_printable(url) &&
	       (str_starts(url, S("/statisch/")) || str_starts(url, S("/medien/"))) &&
	       str_find(url, S("..")) == url.n && str_find_char(url, '\\') == url.n &&
	       str_find_char(url, '%') == url.n;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

void link_write(struct buf *b, struct str url)
{
	static const struct str plain = S_INIT("-._~:/?@!$'()*+,;=");
	bool fragment = false;

	for (size_t i = 0; i < url.n; i++) {
		char c = url.p[i];
		bool escaped =
		    c == '%' && i + 2 < url.n && is_hex(url.p[i + 1]) && is_hex(url.p[i + 2]);
		bool first_hash = c == '#' && !fragment;
		fragment = fragment || first_hash;
		if (c == '&')
			buf_add(b, S("&amp;"));
		else if (is_alnum(c) || escaped || first_hash || str_find_char(plain, c) < plain.n)
			buf_char(b, c);
		else
			buf_fmt(b, "%%%02X", (unsigned)(unsigned char)c);
	}
}

static size_t mail_length(struct str s)
{
	size_t at = 0, end;

	while (at < s.n && at < LOCAL_PART_MAX &&
	       (is_alnum(s.p[at]) || str_find_char(S("._+-"), s.p[at]) < 4))
		at++;
	if (at == 0 || at >= s.n || s.p[at] != '@')
		return 0;
	for (end = at + 1; end < s.n && end - at < HOST_MAX;)
		if (is_alnum(s.p[end]) || s.p[end] == '-' || s.p[end] == '.')
			end++;
		else
			break;
	while (s.p[end - 1] == '.' || s.p[end - 1] == '-')
		end--;
	struct str host = str_from(str_head(s, end), at + 1);
	size_t dot = str_find_char(host, '.');
	return dot > 0 && dot < host.n && host.p[0] != '-' ? end : 0;
}

static bool ends_address(struct str s)
{
	char c = s.p[0];

	return ((unsigned char)c <= ' ' && c != MARK_STAR) || str_find_char(S("<>\"|[]`"), c) < 7 ||
	       str_starts(s, S("\xe2\x80")); /* “ … */
}

/* Where the address ends: punctuation and a bracket that closes the sentence stay outside. */
static size_t web_length(struct str s)
{
	size_t n = 0;
	int depth = 0;

	while (n < s.n && n < ADDRESS_MAX && !ends_address(str_from(s, n)))
		n++;
	for (size_t i = 0; i < n; i++)
		depth += (s.p[i] == '(') - (s.p[i] == ')');
	for (; n > 0; n--) {
		char c = s.p[n - 1];
		if (c == ')' && depth < 0)
			depth++;
		else if (str_find_char(S(".,;:!?'*_~"), c) == 10)
			break;
	}
	return n;
}

size_t link_bare(struct str s, struct str *scheme)
{
	bool www = starts_nocase(s, S("www."));
	size_t head = starts_nocase(s, S("https://")) ? 8 : starts_nocase(s, S("http://")) ? 7 : 0;

	*scheme = www ? S("https://") : S("");
	if (www || head > 0) {
		size_t n = web_length(s);
		struct str host = str_from(str_head(s, n), head);
		size_t end = 0;
		while (end < host.n && host.p[end] != '/' && host.p[end] != '?' &&
		       host.p[end] != '#')
			end++;
		size_t dot = str_find_char(str_from(str_head(host, end), www ? 4 : 0), '.');
		bool dotted = n > head + 4 && dot > 0 && dot + (www ? 4u : 0u) < end;
		return dotted && host_is_plain(host) ? n : 0;
	}
	*scheme = S("mailto:");
	return mail_length(s);
}
