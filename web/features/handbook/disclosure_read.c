/* disclosure_read.c -- makes text, HTML, attributes and Markdown one kind of segment. */
#include "features/handbook/disclosure_parts.h"
#include "features/handbook/fold.h"
#include "markup/normal.h"

#include <string.h>

enum { WORD_BYTES_MAX = 250, DECODE_ROUNDS = 3 };

struct reader *reader_new(struct arena *a)
{
	struct reader *r = ARENA_NEW(a, struct reader);

	r->text.arena = r->decoded.arena = r->plain.arena = a;
	return r;
}

/* HTML ------------------------------------------------------------------------------------------*/

/* Length of the tag at the start of s; 0 when "<" begins none, or one that has no end. */
static size_t tag_length(struct str s, struct str *name)
{
	size_t from = s.n > 1 && s.p[1] == '/' ? 2 : 1, to = from;
	char quote = '\0';

	while (to < s.n && is_alnum(s.p[to]))
		to++;
	*name = str_head(str_from(s, from), to - from);
	if (name->n == 0 || !is_alpha(name->p[0]))
		return 0;
	for (size_t i = to; i < s.n; i++) {
		if (s.p[i] == quote)
			quote = '\0';
		else if (quote == '\0' && (s.p[i] == '"' || s.p[i] == '\''))
			quote = s.p[i];
		else if (quote == '\0' && s.p[i] == '>')
			return i + 1;
	}
	return 0;
}

static bool is_one_of(struct str s, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(s, str_of(names[i])))
			return true;
	return false;
}

/* Such tags may stand in the middle of a word, and of a pair of braces. */
static bool stands_in_a_word(struct str tag)
{
	static const char *const names[] = {"a", "em", "strong", "del", "code", "span", "b", "i"};

	return is_one_of(tag, names, sizeof names / sizeof *names);
}

static void put_html(struct buf *b, struct str html)
{
	bool whole = true; /* false once a tag without an end was seen: no second look for it */

	while (html.n > 0) {
		size_t at = str_find_char(html, '<');
		text_put(b, str_head(html, at), true);
		html = str_from(html, at);
		if (html.n == 0)
			return;
		struct str tag;
		size_t n = whole ? tag_length(html, &tag) : 0;
		whole = whole && (n > 0 || tag.n == 0);
		if (n == 0 || !stands_in_a_word(tag))
			text_gap(b);
		html = str_from(html, n > 0 ? n : 1);
	}
}

static bool is_furniture(struct str attribute)
{
	static const char *const names[] = {"class", "scope", "tabindex", "loading", "role"};

	return is_one_of(attribute, names, sizeof names / sizeof *names);
}

/* Cuts the next NAME="VALUE" from the inside of a tag. */
static bool cut_attribute(struct attribute *a)
{
	size_t at = str_find_char(a->inside, '='), from = at;

	if (at == a->inside.n)
		return false;
	while (from > 0 && (is_alnum(a->inside.p[from - 1]) || a->inside.p[from - 1] == '-'))
		from--;
	a->name = str_head(str_from(a->inside, from), at - from);
	struct str rest = str_from(a->inside, at + 1);
	bool quoted = rest.n > 0 && (rest.p[0] == '"' || rest.p[0] == '\'');
	struct str value = str_from(rest, quoted);
	a->value = str_head(value, str_find_char(value, quoted ? rest.p[0] : ' '));
	a->inside = str_from(value, a->value.n + 1);
	return true;
}

bool attribute_next(struct attribute *a)
{
	for (;;) {
		while (cut_attribute(a))
			if (!is_furniture(a->name))
				return true;
		a->rest = str_from(a->rest, str_find_char(a->rest, '<'));
		if (a->rest.n == 0)
			return false;
		size_t n = tag_length(a->rest, &a->tag);
		if (n == 0 && a->tag.n > 0)
			return false; /* has no end: read_html shows the rest as words */
		size_t head = n == 0 ? 1 : (size_t)(a->tag.p - a->rest.p) + a->tag.n;
		a->inside = n == 0 ? S("") : str_head(str_from(a->rest, head), n - head - 1);
		a->rest = str_from(a->rest, n == 0 ? 1 : n);
	}
}

/* Words -----------------------------------------------------------------------------------------*/

uint32_t word_hash(struct str folded)
{
	uint32_t h = 0x811c9dc5u; /* FNV-1a */

	for (size_t i = 0; i < folded.n; i++)
		h = (h ^ (unsigned char)folded.p[i]) * 0x01000193u;
	return h;
}

static size_t letters_end(struct str s, size_t at)
{
	while (at < s.n) {
		size_t next = at;
		unsigned char c = (unsigned char)s.p[at];
		bool inner_apostrophe =
		    c == '\'' && at + 1 < s.n && is_wordy(s.p[at + 1]) && !is_digit(s.p[at + 1]);
		if (inner_apostrophe || is_alpha((char)c)) {
			at++;
			continue;
		}
		if (c < 0x80 || !letter_is(utf8_next(s, &next)))
			break;
		at = next;
	}
	return at;
}

static void add_word(struct reader *r, struct str text, size_t start, size_t end)
{
	struct word *w = &r->words[r->count++];
	struct str bytes = str_head(str_from(text, start), end - start);
	size_t first = 0;

	*w = (struct word){.start = (uint32_t)start, .end = (uint32_t)end};
	w->digits = is_digit(bytes.p[0]);
	w->capital = !w->digits && letter_may_begin_name(utf8_next(bytes, &first));
	if (r->count > 1)
		w->folded = w[-1].folded + w[-1].folded_n;
	bytes = str_head(bytes, WORD_BYTES_MAX);
	w->folded_n = (uint8_t)fold_word(bytes, r->folded + w->folded);
	w->hash = word_hash((struct str){r->folded + w->folded, w->folded_n});
}

static void need_word(struct reader *r)
{
	enum { FIRST = 256 };

	if (r->count < r->words_room)
		return;
	size_t room = r->words_room == 0 ? FIRST : r->words_room * 2;
	struct word *words = ARENA_ARRAY(r->text.arena, struct word, room);
	if (r->count > 0)
		memcpy(words, r->words, r->count * sizeof *words);
	r->words = words;
	r->words_room = room;
}

static void split_words(struct reader *r, struct str text)
{
	if (r->folded_room < text.n) {
		r->folded_room = text.n * 2;
		r->folded = arena_alloc(r->text.arena, r->folded_room);
	}
	r->count = 0;
	for (size_t i = 0; i < text.n;) {
		size_t end = i;
		while (end < text.n && is_digit(text.p[end]))
			end++;
		if (end == i && text.p[i] != '\'')
			end = letters_end(text, i);
		if (end > i) {
			need_word(r);
			add_word(r, text, i, end);
			i = end;
		} else {
			(void)utf8_next(text, &i);
		}
	}
}

/* Segments --------------------------------------------------------------------------------------*/

static struct segment segment(struct reader *r, bool address)
{
	struct str text = str_trim(buf_str(&r->text));

	split_words(r, text);
	return (struct segment){.text = text,
				.address = address,
				.words = r->words,
				.count = r->count,
				.folded = r->folded};
}

/* Most HTML and Markdown says nothing that the plain text has not said. */
static struct segment segment_if_new(struct reader *r)
{
	if (str_eq(str_trim(buf_str(&r->text)), buf_str(&r->plain)))
		r->text.n = 0;
	return segment(r, false);
}

struct segment read_plain(struct reader *r, struct str plain)
{
	r->text.n = r->plain.n = 0;
	text_put(&r->text, plain, false);
	buf_add(&r->plain, str_trim(buf_str(&r->text)));
	return segment(r, false);
}

struct segment read_html(struct reader *r, struct str html)
{
	r->text.n = 0;
	put_html(&r->text, html);
	return segment_if_new(r);
}

struct segment read_markdown(struct reader *r, struct str markdown)
{
	r->text.n = 0;
	text_put(&r->text, markdown, true);
	return segment_if_new(r);
}

bool attribute_is_address(const struct attribute *a)
{
	return str_eq_nocase(a->name, S("href")) || str_eq_nocase(a->name, S("src"));
}

struct segment read_attribute(struct reader *r, const struct attribute *a)
{
	bool more = attribute_is_address(a);

	r->text.n = r->decoded.n = 0;
	if (!more) {
		text_put(&r->text, a->value, true);
		return segment(r, false);
	}
	text_put(&r->decoded, a->value, true);
	for (int i = 0; more && i < DECODE_ROUNDS; i++)
		more = text_percent_decode(&r->decoded);
	text_put(&r->text, buf_str(&r->decoded), false);
	return segment(r, true);
}

struct str segment_between(const struct segment *s, size_t from, size_t to)
{
	size_t start = s->words[from].start;

	return str_head(str_from(s->text, start), s->words[to].end - start);
}

struct str segment_folded(const struct segment *s, size_t word)
{
	return (struct str){s->folded + s->words[word].folded, s->words[word].folded_n};
}
