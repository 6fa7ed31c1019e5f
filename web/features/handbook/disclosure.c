/* disclosure.c -- leads every text of the public edition past the finders. */
#include "features/handbook/disclosure_parts.h"
#include "features/handbook/fold.h"

#include <string.h>

enum { FINDINGS_FIRST = 64 };

static const struct str names[FINDING_KINDS] = {
    [FINDING_NAME] = S_INIT("name"),
    [FINDING_EMAIL] = S_INIT("email"),
    [FINDING_PHONE] = S_INIT("phone"),
    [FINDING_HOST] = S_INIT("host"),
    [FINDING_PLACEHOLDER] = S_INIT("placeholder"),
    [FINDING_IMAGE] = S_INIT("image"),
    [FINDING_BUDGET] = S_INIT("budget"),
    [FINDING_ROLE] = S_INIT("role"),
};

struct str finding_kind_name(enum finding_kind kind)
{
	return names[kind];
}

bool finding_kind_named(struct str name, enum finding_kind *out)
{
	for (int kind = 0; kind < FINDING_KINDS; kind++)
		if (str_eq(name, names[kind])) {
			*out = (enum finding_kind)kind;
			return true;
		}
	return false;
}

/* The list ------------------------------------------------------------------------------------- */

/* Equal for what differs only in case, blanks and marks: "**Anna** Ahorn", "anna ahorn". */
static uint64_t key_of(enum finding_kind kind, struct str text)
{
	char folded[DISCLOSURE_TEXT];
	uint64_t h = 0xcbf29ce484222325u + (uint64_t)kind;
	size_t n = fold_word(text, folded);

	for (size_t i = 0; i < n; i++)
		if (is_wordy(folded[i]) || folded[i] == '.' || folded[i] == ',')
			h = (h ^ (unsigned char)folded[i]) * 0x100000001b3u;
	return h;
}

static void need_finding(struct check *c)
{
	size_t room = c->room == 0 ? FINDINGS_FIRST : c->room * 2;

	if (c->count < c->room)
		return;
	struct finding *list = ARENA_ARRAY(c->arena, struct finding, room);
	uint64_t *keys = ARENA_ARRAY(c->arena, uint64_t, room);
	if (c->count > 0) {
		memcpy(list, c->list, c->count * sizeof *list);
		memcpy(keys, c->keys, c->count * sizeof *keys);
	}
	c->list = list;
	c->keys = keys;
	c->room = room;
}

void found(struct check *c, enum finding_kind kind, struct str text, bool blocking)
{
	size_t same_kind = 0;

	if (text.n > DISCLOSURE_TEXT) {
		text.n = DISCLOSURE_TEXT;
		while (text.n > 0 && ((unsigned char)text.p[text.n] & 0xc0) == 0x80)
			text.n--;
	}
	uint64_t key = key_of(kind, text);
	for (size_t i = c->block_start; i < c->count; i++) {
		bool alike = c->list[i].kind == kind && c->list[i].blocking == blocking;
		same_kind += alike;
		if (alike && c->keys[i] == key)
			return;
	}
	if (same_kind >= DISCLOSURE_PER_KIND)
		return;
	need_finding(c);
	c->keys[c->count] = key;
	c->list[c->count++] = (struct finding){.kind = kind,
					       .text = arena_str(c->arena, text),
					       .block = c->block,
					       .blocking = blocking};
}

/* The way of a text ---------------------------------------------------------------------------- */

static void check_segment(struct check *c, struct segment s)
{
	if (s.text.n == 0)
		return;
	find_names(c, &s);
	find_mails(c, &s);
	find_phones(c, &s);
	find_hosts(c, &s);
	find_braces(c, &s);
	find_sums(c, &s);
}

static void check_attributes(struct check *c, struct reader *r, struct str html)
{
	struct attribute a = {.rest = html};

	while (attribute_next(&a)) {
		struct segment s = read_attribute(r, &a);
		if (str_eq_nocase(a.tag, S("img")) && str_eq_nocase(a.name, S("src")))
			found(c, FINDING_IMAGE, s.text, true);
		check_segment(c, s);
	}
}

size_t disclosure_check(struct arena *a, const struct disclosure_world *world,
			const struct disclosure_text *texts, size_t n, struct finding **out)
{
	struct reader *r = reader_new(a);
	struct check c = {.arena = a, .world = world, .lexicon = lexicon_new(a, r, world)};

	for (size_t i = 0; i < n; i++) {
		c.block = i;
		c.block_start = c.count;
		check_segment(&c, read_plain(r, texts[i].plain));
		check_segment(&c, read_html(r, texts[i].html));
		check_attributes(&c, r, texts[i].html);
		check_segment(&c, read_markdown(r, texts[i].markdown));
	}
	*out = c.list;
	return c.count;
}
