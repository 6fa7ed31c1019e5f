/* link_check.c -- follows links as far as this program goes. */
#include "features/handbook/link_check.h"

#include "base/utf8.h"

enum { ADDRESS_CHARS = 80, UID_CHARS = 8 };

struct check {
	const struct request *rq;
	const struct manuscript *next;
	const struct outline *outline;
};

struct address {
	struct str path, query, fragment;
};

static struct address split(struct str url)
{
	struct str rest = str_head(url, str_find_char(url, '#'));
	struct address a = {.fragment = str_from(url, rest.n)};

	a.path = str_head(rest, str_find_char(rest, '?'));
	a.query = str_from(rest, a.path.n);
	return a;
}

static bool has_block(const struct check *c, struct str uid)
{
	for (size_t i = 0; i < c->next->n; i++)
		if (str_eq(c->next->v[i].uid, uid))
			return true;
	return false;
}

static bool has_chapter(const struct check *c, struct str slug)
{
	for (size_t i = 0; i < c->outline->chapter_count; i++)
		if (str_eq(c->outline->chapters[i].slug, slug))
			return true;
	return false;
}

/* Places on a page of the handbook: blocks, and footnotes, which the program links itself. */
static bool fragment_leads(const struct check *c, struct str fragment)
{
	static const struct str block = S_INIT("#b-");

	if (fragment.n == 0 || str_starts(fragment, S("#fn")))
		return true;
	return str_starts(fragment, block) && has_block(c, str_from(fragment, block.n));
}

/* The block whose thread is asked for; empty: none. */
static struct str asked_block(struct str query)
{
	static const struct str mark = S_INIT("absatz=");
	size_t at = str_find(query, mark);

	return at < query.n ? str_head(str_from(query, at + mark.n), UID_CHARS) : S("");
}

/* An address of this program, and for the text in force what stands behind it. */
static bool path_leads(const struct check *c, const struct address *a)
{
	struct request probe = *c->rq;
	const struct route *route = NULL;

	/* Files of the operator's, which the web server knows. */
	if (str_starts(a->path, S("/statisch/")))
		return true;
	probe.http.method = METHOD_GET;
	probe.http.path = a->path;
	probe.slug = S("");
	if (route_find(c->rq->app, &probe, &route) != OK)
		return false;
	bool chapter = str_eq(str_of(route->path), S("/handbuch/:slug"));
	if (!chapter && !str_eq(str_of(route->path), S("/handbuch")))
		return true;
	if (str_find(a->query, S("fassung=")) < a->query.n)
		return true;
	struct str uid = asked_block(a->query);
	return (!chapter || has_chapter(c, probe.slug)) && (uid.n == 0 || has_block(c, uid)) &&
	       fragment_leads(c, a->fragment);
}

static bool leads(const struct check *c, struct str url)
{
	const struct address a = split(url);

	if (str_starts(url, S("#")))
		return fragment_leads(c, url);
	return !str_starts(url, S("/")) || path_leads(c, &a);
}

/* As it was written: our renderer escapes nothing else in an address. */
static struct str unescape(struct arena *a, struct str s)
{
	static const struct str amp = S_INIT("&amp;");
	struct buf b = {.arena = a};

	for (size_t at; (at = str_find(s, amp)) < s.n; s = str_from(s, at + amp.n)) {
		buf_add(&b, str_head(s, at));
		buf_char(&b, '&');
	}
	buf_add(&b, s);
	return buf_str(&b);
}

/* The next address in the HTML of a block; false at its end. */
static bool next_link(struct arena *a, struct str *html, struct str *url)
{
	static const struct str mark = S_INIT("<a href=\"");
	size_t at = str_find(*html, mark);

	if (at >= html->n)
		return false;
	*html = str_from(*html, at + mark.n);
	*url = unescape(a, str_head(*html, str_find_char(*html, '"')));
	return true;
}

void links_check(const struct request *rq, const struct manuscript *next, struct passages at,
		 const struct outline *o, struct markdown_document *doc)
{
	const struct check c = {rq, next, o};
	int warned = 0;

	for (size_t i = at.from; i < at.to; i++) {
		struct str html = next->v[i].text.html, url;
		while (warned < LINKS_WARNED && next_link(rq->arena, &html, &url)) {
			if (leads(&c, url))
				continue;
			markdown_warn(
			    rq->arena, doc, next->v[i].text.line,
			    arena_fmt(rq->arena, "Der Verweis auf „%.*s“ führt nirgendwohin.",
				      ARG(utf8_beginning(rq->arena, url, ADDRESS_CHARS))));
			warned++;
		}
	}
}
