/* disclosure_hosts.c -- finds names of machines and folders that only the inside knows. */
#include "features/handbook/disclosure_parts.h"

enum { HOST_MAX = 253 };

static struct str slice(struct str s, size_t from, size_t to)
{
	return str_head(str_from(s, from), to - from);
}

static bool starts_nocase(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq_nocase(str_head(s, prefix.n), prefix);
}

static bool is_host_char(char c)
{
	return is_wordy(c) || c == '.' || c == '-' || c == '_';
}

/* "wiki.lindheim.example" is below "lindheim.example" and also that itself. */
static bool is_below(struct str host, struct str domain)
{
	size_t more = host.n - domain.n;

	return domain.n > 0 && host.n >= domain.n && str_eq_nocase(str_from(host, more), domain) &&
	       (more == 0 || host.p[more - 1] == '.');
}

static bool is_below_any(struct str host, const struct str *domains, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_below(host, domains[i]))
			return true;
	return false;
}

/* Pages of a municipality for everybody: "lindheim.example", "www.lindheim.example". */
static bool is_public_page(struct str host, struct str domain)
{
	return host.n == domain.n ||
	       (host.n == domain.n + 4 && str_eq_nocase(str_head(host, 4), S("www.")));
}

static bool is_in_mail_domain(const struct disclosure_world *w, struct str host)
{
	for (size_t i = 0; i < w->mail_domains.n; i++) {
		struct str domain = w->mail_domains.v[i];
		if (is_below(host, domain) && !is_public_page(host, domain))
			return true;
	}
	return false;
}

/* Four numbers below 256; fills in the first two. */
static bool is_ipv4(struct str host, int64_t octets[2])
{
	struct str rest = host, part;
	size_t n = 0;
	int64_t value;

	while (str_cut(&rest, '.', &part)) {
		if (n > 3 || part.n > 3 || !str_to_int(part, &value) || value > 255)
			return false;
		if (n < 2)
			octets[n] = value;
		n++;
	}
	return n == 4;
}

/* "Abschnitt 10.1.2.3" */
static bool counts_sections(struct str s, size_t at)
{
	static const struct str words[] = {
	    S_INIT("abschnitt "), S_INIT("kapitel "), S_INIT("ziffer "), S_INIT("nr. "),
	    S_INIT("punkt "),     S_INIT("version "), S_INIT("abs. "),   S_INIT("\xc2\xa7 ")};
	struct str head = str_head(s, at);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (head.n >= words[i].n &&
		    str_eq_nocase(str_from(head, head.n - words[i].n), words[i]))
			return true;
	return false;
}

static bool is_private_ipv4(struct str host)
{
	int64_t o[2];

	return is_ipv4(host, o) &&
	       (o[0] == 10 || o[0] == 127 || (o[0] == 192 && o[1] == 168) ||
		(o[0] == 172 && o[1] >= 16 && o[1] <= 31) || (o[0] == 169 && o[1] == 254));
}

static bool has_label(struct str host, struct str label)
{
	struct str rest = host, part;

	while (str_cut(&rest, '.', &part))
		if (str_eq_nocase(part, label))
			return true;
	return false;
}

static bool is_internal_name(const struct disclosure_world *w, struct str host)
{
	static const struct str endings[] = {
	    S_INIT("local"),       S_INIT("intern"),    S_INIT("lan"),       S_INIT("internal"),
	    S_INIT("home"),        S_INIT("corp"),      S_INIT("localhost"), S_INIT("intranet"),
	    S_INIT("localdomain"), S_INIT("home.arpa"), S_INIT("private"),   S_INIT("fritz.box")};
	static const struct str shares[] = {S_INIT("sharepoint.com"), S_INIT("teams.microsoft.com"),
					    S_INIT("teams.live.com"), S_INIT("onedrive.live.com")};
	bool dotted = str_find_char(host, '.') < host.n;

	if (is_below_any(host, w->hosts.v, w->hosts.n))
		return true;
	if (!dotted)
		return str_eq_nocase(host, S("localhost"));
	return is_below_any(host, endings, sizeof endings / sizeof *endings) ||
	       is_below_any(host, shares, sizeof shares / sizeof *shares) ||
	       has_label(host, S("intranet")) || is_in_mail_domain(w, host);
}

/* Looks at the name that begins at `at`; returns where it ends. */
static size_t host_at(struct check *c, struct str s, size_t at)
{
	size_t end = at;

	while (end < s.n && is_host_char(s.p[end]))
		end++;
	struct str host = slice(s, at, end);
	while (host.n > 0 && (host.p[host.n - 1] == '.' || host.p[host.n - 1] == '-' ||
			      host.p[host.n - 1] == '_'))
		host.n--;
	bool mail = at > 0 && s.p[at - 1] == '@'; /* reported as such */
	bool after_scheme = at > 2 && str_eq(slice(s, at - 3, at), S("://"));
	bool bare =
	    after_scheme && str_find_char(host, '.') == host.n && (end == s.n || s.p[end] != '@');
	if (host.n == 0 || host.n > HOST_MAX || mail)
		return end;
	if (bare || is_internal_name(c->world, host) ||
	    (is_private_ipv4(host) && !counts_sections(s, at)))
		found(c, FINDING_HOST, host, true);
	return end;
}

/* fc00::/7 and fe80::/10, which no router passes on. */
static void find_ipv6(struct check *c, struct str s, size_t at)
{
	static const struct str heads[] = {S_INIT("fc"),  S_INIT("fd"),  S_INIT("fe8"),
					   S_INIT("fe9"), S_INIT("fea"), S_INIT("feb")};
	size_t end = at, colons = 0;
	bool reserved = false;

	if (at > 0 && (is_wordy(s.p[at - 1]) || s.p[at - 1] == ':'))
		return;
	while (end < s.n && (is_digit(s.p[end]) || s.p[end] == ':' ||
			     ((s.p[end] | 0x20) >= 'a' && (s.p[end] | 0x20) <= 'f')))
		colons += s.p[end++] == ':';
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		reserved = reserved || starts_nocase(str_from(s, at), heads[i]);
	if (reserved && colons > 1 && end - at > 4 && s.p[at + 4] == ':')
		found(c, FINDING_HOST, slice(s, at, end), true);
}

static size_t path_end(struct str s, size_t at)
{
	while (at < s.n && s.p[at] != ' ' && str_find_char(S("\"<>|)"), s.p[at]) == 5)
		at++;
	return at;
}

/* "\\server\share" */
static bool is_share(struct str s, size_t at)
{
	size_t end = at + 2;

	if (!str_starts(str_from(s, at), S("\\\\")) || end >= s.n || !is_wordy(s.p[end]))
		return false;
	while (end < s.n && is_host_char(s.p[end]))
		end++;
	return end + 1 < s.n && s.p[end] == '\\' && s.p[end + 1] != ' ';
}

static bool is_drive(struct str s, size_t at)
{
	return at + 2 < s.n && is_alpha(s.p[at]) && s.p[at + 1] == ':' && s.p[at + 2] == '\\' &&
	       (at == 0 || !is_wordy(s.p[at - 1]));
}

static bool is_inside_scheme(struct str s)
{
	static const struct str schemes[] = {S_INIT("file:/"), S_INIT("smb:/"), S_INIT("afp:/"),
					     S_INIT("msteams:")};

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (starts_nocase(s, schemes[i]))
			return true;
	return false;
}

void find_hosts(struct check *c, const struct segment *segment)
{
	struct str s = segment->text;

	for (size_t i = 0; i < s.n;) {
		char ch = s.p[i];
		bool path = (ch == '\\' && is_share(s, i)) ||
			    (is_alpha(ch) && (is_drive(s, i) || is_inside_scheme(str_from(s, i))));
		if (path) {
			size_t end = path_end(s, i);
			found(c, FINDING_HOST, slice(s, i, end), true);
			i = end;
			continue;
		}
		if ((ch | 0x20) == 'f')
			find_ipv6(c, s, i);
		i = is_wordy(ch) ? host_at(c, s, i) : i + 1;
	}
}
