/* write_links.c -- link definitions, gathered from the blocks that brought them along. */
#include "markup/source.h"
#include "markup/write_parts.h"

#include <inttypes.h>

/* The parser's limit; what is beyond has no meaning for it. */
enum { LINKS_MAX = 500, LABEL_MAX = 200 };

struct link {
	struct str label, line;
	struct str name; /* the label that it is written with */
	bool spared;     /* elsewhere "[label]" is no link */
};

struct piece {
	const struct block *block;
	struct str text, lines; /* lines: its definitions */
};

struct links {
	struct arena *arena;
	struct piece *pieces;
	size_t count;
	struct link *list; /* by first appearance; a label may stand for several addresses */
	size_t link_count;
	int64_t number; /* the highest at the end of a label, "label-7" */
};

/* The next "[label]" from *at on, which moves behind the bracket that opens it. */
static bool next_label(struct str text, size_t *at, struct str *label)
{
	while (*at < text.n) {
		if (text.p[(*at)++] != '[')
			continue;
		struct str inner = str_head(str_from(text, *at), LABEL_MAX + 1);
		size_t end = str_find_char(inner, ']');
		*label = str_trim(str_head(inner, end));
		if (end < inner.n)
			return true;
	}
	return false;
}

/* The same that get definitions when a document is read. */
static bool has_links(const struct block *b, struct str text)
{
	return b->kind != BLOCK_CODE && b->kind != BLOCK_RULE && !scan_open(text);
}

/* ---- Definitions at the end of a block ---- */

/* Lines with nothing but definitions, and not too many. */
static bool are_definitions(struct str lines)
{
	struct str line, label;
	size_t n = 0;

	while (str_cut(&lines, '\n', &line))
		if (++n > LINKS_MAX || !str_starts(line, S("[")) || !link_definition(line, &label))
			return false;
	return true;
}

static struct piece split(const struct block *b)
{
	struct str text = b->markdown;
	size_t at = text.n;

	while (at > 1 && !(text.p[at - 1] == '\n' && text.p[at - 2] == '\n'))
		at--;
	bool cut = at > 1 && at < text.n && are_definitions(str_from(text, at)) &&
		   has_links(b, str_head(text, at - 2));
	return (struct piece){.block = b,
			      .text = cut ? str_head(text, at - 2) : text,
			      .lines = cut ? str_from(text, at) : (struct str){NULL, 0}};
}

/* ---- One meaning for each label ---- */

/* The definition of this label, with this line unless that is NULL. */
static struct link *link_with(struct links *l, struct str label, const struct str *line)
{
	for (size_t i = 0; i < l->link_count; i++)
		if (str_eq_nocase(l->list[i].label, label) &&
		    (line == NULL || str_eq(l->list[i].line, *line)))
			return &l->list[i];
	return NULL;
}

static void gather(struct links *l, const struct piece *p)
{
	struct str rest = p->lines, line, label;

	while (str_cut(&rest, '\n', &line))
		if (link_definition(line, &label) && link_with(l, label, &line) == NULL &&
		    l->link_count < LINKS_MAX)
			l->list[l->link_count++] = (struct link){.label = label, .line = line};
}

static bool carries(const struct piece *p, struct str label)
{
	struct str rest = p->lines, line, own;

	while (str_cut(&rest, '\n', &line))
		if (link_definition(line, &own) && str_eq_nocase(own, label))
			return true;
	return false;
}

/* Words in brackets that are no link in their block must not become one. */
static void spare(struct links *l, const struct piece *p)
{
	struct str label, rest;
	struct link *link;
	int64_t number;

	if (!has_links(p->block, p->text))
		return;
	for (size_t at = 0; next_label(p->text, &at, &label);) {
		if ((link = link_with(l, label, NULL)) != NULL && !link->spared)
			link->spared = !carries(p, label);
		for (rest = label; str_find_char(rest, '-') < rest.n;)
			rest = str_from(rest, str_find_char(rest, '-') + 1);
		if (rest.n < 10 && str_to_int(rest, &number) && number > l->number)
			l->number = number;
	}
}

/* The first address keeps the label, unless that is spared; the others get "label-2", "label-3". */
static void name_links(struct links *l)
{
	for (size_t i = 0; i < l->link_count; i++) {
		struct link *link = &l->list[i];
		bool keeps = !link->spared && link_with(l, link->label, NULL) == link;
		link->name =
		    keeps ? link->label
			  : arena_fmt(l->arena, "%.*s-%" PRId64, ARG(link->label), ++l->number);
	}
}

/* ---- Texts with the new labels ---- */

/* The new label of "[label]", where it is another one in this block. */
static const struct link *renamed(struct links *l, const struct piece *p, struct str label)
{
	struct str rest = p->lines, line, own;

	while (str_cut(&rest, '\n', &line)) {
		if (!link_definition(line, &own) || !str_eq_nocase(own, label))
			continue;
		const struct link *link = link_with(l, label, &line);
		return link != NULL && !str_eq(link->name, link->label) ? link : NULL;
	}
	return NULL;
}

/* Code in backticks, or an escaped character: what holds no link.  Its length, or 0. */
static size_t opaque(struct str s)
{
	size_t n = 0;

	if (s.p[0] == '\\')
		return s.n > 1 ? 2 : 1;
	while (n < s.n && s.p[n] == '`')
		n++;
	if (n == 0)
		return 0;
	for (size_t i = n, run = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] == '`') {
			run++;
			continue;
		}
		if (run == n)
			return i;
		run = 0;
	}
	return n;
}

/* "[label]" becomes "[label][name]", "[words][label]" becomes "[words][name]". */
static struct str with_names(struct links *l, const struct piece *p)
{
	struct buf b = {.arena = l->arena};
	struct str text = p->text, label;

	for (size_t i = 0, n; i < text.n; i += n) {
		struct str here = str_from(text, i);
		size_t at = 0;
		const struct link *link = NULL;
		n = opaque(here);
		if (n == 0 && here.p[0] == '[' && next_label(here, &at, &label) && at == 1)
			link = renamed(l, p, label);
		if (link == NULL) {
			n = n == 0 ? 1 : n;
			buf_add(&b, str_head(here, n));
			continue;
		}
		n = str_find_char(here, ']') + 1;
		struct str behind = str_from(here, n);
		bool second = i > 0 && text.p[i - 1] == ']';
		bool other = str_starts(behind, S("(")) ||
			     (str_starts(behind, S("[")) && !str_starts(behind, S("[]")));
		if (!second)
			buf_add(&b, str_head(here, n));
		if (second || !other)
			buf_fmt(&b, "[%.*s]", ARG(link->name));
		n += str_starts(behind, S("[]")) ? 2 : 0;
	}
	return buf_str(&b);
}

struct str *links_take(struct arena *a, const struct block *const *blocks, size_t n,
		       struct buf *definitions)
{
	struct links l = {.arena = a, .number = 1};
	struct str *texts = ARENA_ARRAY(a, struct str, n);

	l.pieces = ARENA_ARRAY(a, struct piece, n);
	l.list = ARENA_ARRAY(a, struct link, LINKS_MAX);
	for (size_t i = 0; i < n; i++) {
		l.pieces[i] = split(blocks[i]);
		gather(&l, &l.pieces[i]);
	}
	for (size_t i = 0; i < n; i++)
		spare(&l, &l.pieces[i]);
	name_links(&l);
	for (size_t i = 0; i < n; i++)
		texts[i] =
		    l.pieces[i].lines.n > 0 ? with_names(&l, &l.pieces[i]) : l.pieces[i].text;
	for (size_t i = 0; i < l.link_count; i++)
		buf_fmt(definitions, "[%.*s]%.*s\n", ARG(l.list[i].name),
			ARG(str_from(l.list[i].line, str_find(l.list[i].line, S("]:")) + 1)));
	return texts;
}
