/* text.c -- the words of a text node: escaped, with footnotes and bare addresses as links. */
#include "markup/render.h"

void render_escaped(struct buf *b, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i <= s.n; i++) {
		struct str entity = {NULL, 0};
		if (i < s.n)
			switch (s.p[i]) {
			case '&':
				entity = S("&amp;");
				break;
			case '<':
				entity = S("&lt;");
				break;
			case '>':
				entity = S("&gt;");
				break;
			case '"':
				entity = S("&quot;");
				break;
			default:
				continue;
			}
		buf_add(b, str_head(str_from(s, from), i - from));
		buf_add(b, entity);
		from = i + 1;
	}
}

void render_gap(struct render *r)
{
	if (r->plain.n > 0 && r->plain.p[r->plain.n - 1] != ' ')
		buf_char(&r->plain, ' ');
}

void render_words(struct render *r, struct str s)
{
	size_t from = 0;

	if (r->muted)
		return;
	s = source_plain(r->arena, s);
	if (r->images == 0)
		render_escaped(&r->html, s);
	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && (unsigned char)s.p[i] > ' ')
			continue;
		buf_add(&r->plain, str_head(str_from(s, from), i - from));
		if (i < s.n)
			render_gap(r);
		from = i + 1;
	}
}

/* A footnote mark at the start of s; returns its length, 0 when there is none. */
static size_t footnote(struct render *r, struct str s)
{
	struct str label;

	if (r->notes == NULL || r->muted || !note_reference(s, &label) ||
	    str_find_char(label, MARK_NOTHING) < label.n)
		return 0;
	struct markdown_note *note = note_named(r->notes, label);
	if (note == NULL) {
		warn(r->warnings, r->line,
		     "Zur Fußnote [^%.*s] fehlt der Text. Schreibe ihn als "
		     "eigene Zeile: [^%.*s]: Text.",
		     ARG(label), ARG(label));
		return 0;
	}
	if (r->images > 0)
		return label.n + 3;
	if (note->number == 0)
		note->number = ++r->notes->last;
	long long number = note->number;
	if (r->in_link) { /* a link inside a link is not HTML */
		buf_fmt(&r->html, "<sup>%lld</sup>", number);
		return label.n + 3;
	}
	struct str prefix = r->notes->prefix;
	buf_fmt(&r->html, "<sup id=\"%.*sfnref-%lld", ARG(prefix), number);
	if (++note->references > 1)
		buf_fmt(&r->html, "-%lld", (long long)note->references);
	buf_fmt(&r->html,
		"\"><a href=\"#%.*sfn-%lld\"><span class=\"hs-vorlesen\">Fußnote </span>"
		"%lld</a></sup>",
		ARG(prefix), number, number);
	return label.n + 3;
}

static size_t bare_link(struct render *r, struct str s)
{
	struct str scheme;
	size_t n = link_bare(s, &scheme);

	if (n == 0 || r->muted || r->images > 0 || r->in_link)
		return 0;
	struct str url = source_plain(r->arena, str_head(s, n));
	bool mail = str_eq(scheme, S("mailto:"));
	r->link_bytes += n;
	buf_fmt(&r->html, "<a%s href=\"%.*s", mail ? "" : " class=\"hs-extern\"", ARG(scheme));
	link_write(&r->html, url);
	buf_add(&r->html, S("\">"));
	render_words(r, url);
	buf_add(&r->html, S("</a>"));
	return n;
}

/* An address begins with a letter or digit, and not in the middle of a word or path. */
static bool address_may_begin(struct str s, size_t at)
{
	char c = s.p[at];
	bool alnum = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');

	return alnum && (at == 0 || (!source_word_before(s, at) &&
				     str_find_char(S("._+-@/"), s.p[at - 1]) == 6));
}

static void warn_stars(struct render *r, struct str s)
{
	if (r->stars_warned || r->warnings == NULL || r->images > 0 || str_find(s, S("**")) == s.n)
		return;
	r->stars_warned = true;
	warn(r->warnings, r->line,
	     "Hier steht ** ohne Gegenstück. Fett wird, was zwischen "
	     "zwei ** ohne Leerzeichen am Rand steht.");
}

void render_text(struct render *r, struct str marked)
{
	bool addresses = str_find_char(marked, '.') < marked.n;
	size_t from = 0;

	warn_stars(r, marked);
	for (size_t i = 0; i < marked.n;) {
		struct str here = str_from(marked, i);
		bool note = here.p[0] == '[', address = addresses && address_may_begin(marked, i);
		bool stand_in = here.p[0] == MARK_STAR || here.p[0] == MARK_NOTHING;
		if (!note && !address && !stand_in) {
			i++;
			continue;
		}
		render_words(r, str_head(str_from(marked, from), i - from));
		from = i;
		size_t n = note ? footnote(r, here) : address ? bare_link(r, here) : 1;
		if (here.p[0] == MARK_STAR)
			render_words(r, S("*"));
		i += n > 0 ? n : 1;
		if (n > 0)
			from = i;
	}
	render_words(r, str_from(marked, from));
}
