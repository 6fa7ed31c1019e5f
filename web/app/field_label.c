/* field_label.c -- the label of a field, found in the page that shows it. */
#include "app/field_label.h"

#include "base/log.h"

/* Requests with control characters are refused, so no value of a page contains it. */
enum { MARK = '\x01' };

struct str field_label_mark(struct arena *a, struct str id)
{
	return arena_fmt(a, "%c%.*s%c", MARK, ARG(id), MARK);
}

static struct str past(struct str html, struct str what)
{
	size_t at = str_find(html, what);

	return at < html.n ? str_from(html, at + what.n) : S("");
}

/* Text without tags, and without what only explains: "freiwillig", the small print of a choice. */
static struct str words(struct arena *a, struct str html)
{
	struct buf text = {.arena = a};

	while (html.n > 0) {
		buf_add(&text, str_head(html, str_find_char(html, '<')));
		html = str_from(html, str_find_char(html, '<'));
		struct str tag = str_head(html, str_find_char(html, '>'));
		if (str_starts(tag, S("<small")))
			html = past(html, S("</small>"));
		else if (str_find(tag, S("kern-label__optional")) < tag.n)
			html = past(html, S("</span>"));
		else
			html = past(html, S(">"));
	}
	return str_trim(buf_str(&text));
}

/* The words of the element in whose tag `html` begins; none when it has no end. */
static struct str words_until(struct arena *a, struct str html, struct str end_tag)
{
	size_t end = str_find(html, end_tag);

	return words(a, past(str_head(html, end < html.n ? end : 0), S(">")));
}

/* The legend, when the field is one choice of several: then the fieldset around has its message. */
static struct str legend_of(struct arena *a, struct str html, size_t field, struct str id)
{
	const struct str begin = S("<fieldset");
	struct str group = S(""), rest = html;

	for (size_t at; (at = str_find(rest, begin)) < rest.n;) {
		rest = str_from(rest, at);
		if (rest.p > html.p + field)
			break;
		group = rest;
		rest = str_from(rest, begin.n);
	}
	struct str tag = str_head(group, str_find_char(group, '>'));
	struct str message = arena_fmt(a, "%.*s-fehler", ARG(id));
	size_t at = str_find(tag, message);
	if (at == tag.n || (tag.p[at - 1] != '"' && tag.p[at - 1] != ' '))
		return S("");
	return words_until(a, str_from(group, str_find(group, S("<legend"))), S("</legend>"));
}

/* What an element says about itself: a group, a table, a heading, a label that is the aim. */
static struct str own_name(struct arena *a, struct str html, size_t field)
{
	static const struct {
		struct str tag, name, end;
	} named[] = {{S_INIT("<fieldset"), S_INIT("<legend"), S_INIT("</legend>")},
		     {S_INIT("<table"), S_INIT("<caption"), S_INIT("</caption>")},
		     {S_INIT("<h2"), S_INIT("<h2"), S_INIT("</h2>")},
		     {S_INIT("<label"), S_INIT("<label"), S_INIT("</label>")}};

	while (html.p[field] != '<' && field > 0)
		field--;
	html = str_from(html, field);
	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
		if (str_starts(html, named[i].tag))
			return words_until(a, str_from(html, str_find(html, named[i].name)),
					   named[i].end);
	struct str tag = str_head(html, str_find_char(html, '>'));
	struct str aria = past(tag, S(" aria-label=\""));
	return str_head(aria, str_find_char(aria, '"'));
}

static struct str label_of(struct arena *a, struct str html, struct str id)
{
	size_t field = str_find(html, arena_fmt(a, " id=\"%.*s\"", ARG(id)));
	size_t label = str_find(html, arena_fmt(a, " for=\"%.*s\"", ARG(id)));
	struct str name = S("");

	if (field < html.n)
		name = own_name(a, html, field);
	if (field < html.n && name.n == 0)
		name = legend_of(a, html, field, id);
	return name.n > 0 ? name : words_until(a, str_from(html, label), S("</label>"));
}

struct str field_labels_fill(struct arena *a, struct str html)
{
	struct buf filled = {.arena = a};
	struct str rest = html, part, id;

	if (str_find_char(html, MARK) == html.n)
		return html;
	while (str_cut(&rest, MARK, &part)) {
		buf_add(&filled, part);
		if (!str_cut(&rest, MARK, &id))
			break;
		struct str label = label_of(a, html, id);
		if (label.n == 0)
			log_event(LOG_ERROR, "field_without_label", KV("field", id));
		buf_add(&filled, label);
		if (label.n > 0 && str_find_char(S(".:?!"), label.p[label.n - 1]) == 4)
			buf_char(&filled, ':');
	}
	return buf_str(&filled);
}
