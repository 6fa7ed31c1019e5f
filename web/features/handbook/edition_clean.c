/* edition_clean.c -- Markdown that leaves the house as a file: nothing in it that pages hide, no
 * address that only the inside has. */
#include "features/handbook/edition_parts.h"

/* Raw HTML --------------------------------------------------------------------------------------
 */

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Length of the tag or comment at the start of s; 0 for anything else. */
static size_t tag_length(struct str s)
{
	size_t end;

	if (str_starts(s, S("<!--"))) {
		end = str_find(s, S("-->"));
		return end == s.n ? s.n : end + 3;
	}
	if (s.n < 2 || !(is_letter(s.p[1]) || s.p[1] == '/' || s.p[1] == '!' || s.p[1] == '?'))
		return 0;
	end = str_find_char(s, '>');
	return end == s.n ? 0 : end + 1;
}

static bool is_address(struct str tag)
{
	return str_find(tag, S("://")) < tag.n || str_find_char(tag, '@') < tag.n ||
	       str_starts(tag, S("<mailto:"));
}

/* What pages show as it stands (code) stays, and so do addresses in angle brackets. */
static bool may_stay(const struct block *b, struct str tag)
{
	struct str name = str_from(tag, 1);

	if (str_starts(tag, S("<!--")))
		return str_find(b->plain, tag) < b->plain.n;
	return str_eq_nocase(str_head(name, 2), S("br")) || str_find(b->plain, tag) < b->plain.n ||
	       (is_address(tag) && str_find_char(tag, ' ') == tag.n);
}

struct str edition_clean(struct arena *a, const struct block *b)
{
	struct str rest = b->markdown;
	struct buf out = {.arena = a};

	if (b->kind == BLOCK_CODE || str_find_char(rest, '<') == rest.n)
		return rest;
	while (rest.n > 0) {
		size_t at = str_find_char(rest, '<');
		buf_add(&out, str_head(rest, at));
		rest = str_from(rest, at);
		if (rest.n == 0)
			break;
		size_t length = tag_length(rest);
		struct str tag = str_head(rest, length > 0 ? length : 1);
		if (length == 0 || may_stay(b, tag))
			buf_add(&out, tag);
		rest = str_from(rest, tag.n);
	}
	return buf_str(&out);
}

/* Addresses ------------------------------------------------------------------------------------ */

static struct str public_chapter(const struct sources *s, struct str slug)
{
	for (size_t i = 0; i < s->chapter_count; i++)
		if (str_eq(s->chapters[i].slug, slug))
			return s->chapters[i].public_slug;
	return S("");
}

/* "#b-UID" of a block that is published under another name; empty for any other. */
static struct str public_fragment(struct arena *a, const struct sources *s, struct str fragment)
{
	if (!str_starts(fragment, S("#b-")))
		return S("");
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].kept && str_eq(s->v[i].uid, str_from(fragment, 3)))
			return arena_fmt(a, "#b-%.*s", ARG(s->v[i].out.uid));
	return S("");
}

static struct str public_address(struct arena *a, const struct sources *s, struct str address,
				 size_t *omitted)
{
	struct str inside = S("/handbuch/");
	size_t hash = str_find_char(address, '#');
	struct str path = str_head(address, hash);

	if (str_starts(address, S("/oeffentlich/")) || str_starts(address, S("/statisch/")))
		return address;
	if (str_starts(path, inside)) {
		struct str slug = str_from(path, inside.n);
		struct str chapter = public_chapter(s, str_head(slug, str_find_char(slug, '?')));
		if (chapter.n > 0)
			return arena_fmt(a, EDITION_HOME "/%.*s%.*s", ARG(chapter),
					 ARG(public_fragment(a, s, str_from(address, hash))));
	}
	++*omitted;
	return S(EDITION_HOME);
}

/* Length of what stands before an address at the start of s: "](", "]( <", "]: ", "]:<"; 0 if
 * there is none of ours. */
static size_t before_address(struct str s)
{
	size_t i = 2;

	if (!str_starts(s, S("](")) && !str_starts(s, S("]:")))
		return 0;
	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t'))
		i++;
	if (i < s.n && s.p[i] == '<')
		i++;
	return i < s.n && s.p[i] == '/' ? i : 0;
}

static size_t address_length(struct str s)
{
	size_t i = 0;

	while (i < s.n && s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != ')' && s.p[i] != '>')
		i++;
	return i;
}

struct str edition_links(struct arena *a, struct str markdown, const struct sources *s,
			 size_t *omitted)
{
	struct str rest = markdown;
	struct buf out = {.arena = a};

	if (str_find(rest, S("](")) == rest.n && str_find(rest, S("]:")) == rest.n)
		return markdown;
	while (rest.n > 0) {
		size_t at = str_find_char(rest, ']');
		buf_add(&out, str_head(rest, at));
		rest = str_from(rest, at);
		size_t before = before_address(rest);
		if (before > 0) {
			size_t length = address_length(str_from(rest, before));
			struct str address = str_head(str_from(rest, before), length);
			buf_add(&out, str_head(rest, before));
			buf_add(&out, public_address(a, s, address, omitted));
			rest = str_from(rest, before + length);
		} else if (rest.n > 0) {
			buf_char(&out, ']');
			rest = str_from(rest, 1);
		}
	}
	return buf_str(&out);
}
