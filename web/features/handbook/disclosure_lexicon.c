/* disclosure_lexicon.c -- takes names apart and keeps every word that is to be found. */
#include "features/handbook/disclosure_parts.h"

#include "base/utf8.h"

#include <string.h>

enum {
	TABLE_FIRST = 1024,
	PIECES_MAX = 12,
	ALONE_FAMILY = 4, /* letters; "Ott" and "Rau" alone are too often something else */
	ALONE_GIVEN = 3,
	GLUED_MIN = 6,
	VALUE_MIN = 4
};

bool list_has(const struct disclosure_list *list, struct str s)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i], s))
			return true;
	return false;
}

bool is_title(struct str folded)
{
	static const struct str titles[] = {
	    S_INIT("dr"),  S_INIT("doktor"), S_INIT("prof"), S_INIT("professor"),
	    S_INIT("med"), S_INIT("jur"),    S_INIT("phil"), S_INIT("professorin"),
	    S_INIT("rer"), S_INIT("nat"),    S_INIT("hc"),   S_INIT("ing"),
	    S_INIT("pol"), S_INIT("oec"),    S_INIT("dipl"), S_INIT("diplom"),
	    S_INIT("mag"), S_INIT("ma"),     S_INIT("msc"),  S_INIT("ba"),
	    S_INIT("bsc"), S_INIT("llm"),    S_INIT("mba"),  S_INIT("frau"),
	    S_INIT("phd"), S_INIT("mdl"),    S_INIT("mdb"),  S_INIT("herr")};

	return list_has(&(struct disclosure_list){sizeof titles / sizeof *titles, titles}, folded);
}

bool is_particle(struct str folded)
{
	static const struct str particles[] = {
	    S_INIT("von"), S_INIT("van"), S_INIT("vom"), S_INIT("de"),  S_INIT("den"),
	    S_INIT("der"), S_INIT("zu"),  S_INIT("zum"), S_INIT("zur"), S_INIT("di"),
	    S_INIT("da"),  S_INIT("dos"), S_INIT("del"), S_INIT("la"),  S_INIT("el"),
	    S_INIT("al"),  S_INIT("ben"), S_INIT("ibn"), S_INIT("ter"), S_INIT("ten")};

	return list_has(&(struct disclosure_list){sizeof particles / sizeof *particles, particles},
			folded);
}

/* The table ------------------------------------------------------------------------------------ */

static struct entry *slot(const struct lexicon *l, struct str word, uint32_t hash)
{
	size_t at = hash & (l->size - 1);

	while (l->table[at].word.n > 0 &&
	       (l->table[at].hash != hash || !str_eq(l->table[at].word, word)))
		at = (at + 1) & (l->size - 1);
	return &l->table[at];
}

const struct use *lexicon_find(const struct lexicon *l, struct str folded, uint32_t hash)
{
	return folded.n == 0 ? NULL : slot(l, folded, hash)->uses;
}

static void grow(struct lexicon *l)
{
	const struct entry *old = l->table;
	size_t old_size = l->size;

	l->size = old_size == 0 ? TABLE_FIRST : old_size * 2;
	l->table = ARENA_ARRAY(l->arena, struct entry, l->size);
	for (size_t i = 0; i < old_size; i++)
		if (old[i].word.n > 0)
			*slot(l, old[i].word, old[i].hash) = old[i];
}

static void add(struct lexicon *l, struct str word, struct use use)
{
	uint32_t hash = word_hash(word);

	if (word.n == 0)
		return;
	if (l->used * 2 >= l->size)
		grow(l);
	struct entry *e = slot(l, word, hash);
	struct use *copy = ARENA_NEW(l->arena, struct use);
	l->used += e->word.n == 0;
	*copy = use;
	copy->next = e->uses;
	*e = (struct entry){.word = word, .hash = hash, .uses = copy};
}

/* Names ---------------------------------------------------------------------------------------- */

/* What stands between two blanks of a name: one word, or "Ahorn-Meier". */
struct piece {
	struct disclosure_list words; /* folded */
	size_t *letters;              /* of each word, as written or folded, whichever is more */
	struct str joined;
	bool title, particle;
};

static struct disclosure_list words_of(struct arena *a, const struct segment *s)
{
	struct str *words = ARENA_ARRAY(a, struct str, s->count);

	for (size_t i = 0; i < s->count; i++)
		words[i] = arena_str(a, segment_folded(s, i));
	return (struct disclosure_list){s->count, words};
}

static struct str joined(struct arena *a, const struct disclosure_list *words)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < words->n; i++)
		buf_add(&b, words->v[i]);
	return buf_str(&b);
}

static struct piece piece_of(struct lexicon *l, struct reader *r, struct str text)
{
	struct segment s = read_plain(r, text);
	struct piece p = {.words = words_of(l->arena, &s),
			  .letters = ARENA_ARRAY(l->arena, size_t, s.count)};
	bool longer = false; /* than initials */

	for (size_t i = 0; i < s.count; i++) {
		size_t letters = utf8_chars(segment_between(&s, i, i));
		p.letters[i] = letters > p.words.v[i].n ? letters : p.words.v[i].n;
		longer = longer || letters > 1;
	}
	p.joined = joined(l->arena, &p.words);
	p.title = is_title(p.joined) || (longer && str_find_char(s.text, '.') < s.text.n);
	p.particle = s.count > 0 && !s.words[0].capital && is_particle(p.joined);
	return p;
}

/* Without titles and particles. */
static size_t pieces_of(struct lexicon *l, struct reader *r, struct str text,
			struct piece out[PIECES_MAX])
{
	struct str rest = text, part;
	size_t n = 0;

	while (n < PIECES_MAX && str_cut(&rest, ' ', &part)) {
		struct piece p = piece_of(l, r, part);
		if (p.words.n > 0 && !p.title && !p.particle)
			out[n++] = p;
	}
	return n;
}

static struct disclosure_list words_joined(struct arena *a, const struct piece *pieces, size_t n)
{
	size_t count = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		count += pieces[i].words.n;
	struct str *words = ARENA_ARRAY(a, struct str, count);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < pieces[i].words.n; j++)
			words[at++] = pieces[i].words.v[j];
	return (struct disclosure_list){count, words};
}

static void add_words(struct lexicon *l, const struct piece *pieces, size_t n, struct use use)
{
	size_t alone = use.kind == USE_FAMILY ? ALONE_FAMILY : ALONE_GIVEN;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < pieces[i].words.n; j++) {
			use.alone = pieces[i].letters[j] >= alone;
			add(l, pieces[i].words.v[j], use);
		}
}

/* "annaahorn", as in addresses and file names. */
static void add_glued(struct lexicon *l, struct str a, struct str b, size_t person)
{
	struct use use = {.kind = USE_GLUED, .index = person};

	if (a.n == 0 || b.n == 0 || a.n + b.n < GLUED_MIN)
		return;
	add(l, arena_fmt(l->arena, "%.*s%.*s", ARG(a), ARG(b)), use);
	add(l, arena_fmt(l->arena, "%.*s%.*s", ARG(b), ARG(a)), use);
}

static void add_person(struct lexicon *l, struct reader *r, struct str name, size_t index)
{
	struct piece given[PIECES_MAX], family[PIECES_MAX];
	struct person_name *p = &l->persons[index];
	struct segment s = read_plain(r, name);
	struct str text = arena_str(l->arena, s.text), left;

	text = str_head(text, str_find_char(text, '('));
	bool comma = str_find_char(text, ',') < text.n;
	str_cut(&text, ',', &left);
	size_t family_n = pieces_of(l, r, left, family);
	size_t given_n = comma ? pieces_of(l, r, text, given) : 0;
	if (given_n == 0 && family_n > 0) { /* "Anna Ahorn" or "Anna Ahorn, M.A." */
		given_n = family_n - 1;
		memcpy(given, family, given_n * sizeof *given);
		family[0] = family[family_n - 1];
		family_n = 1;
	}
	p->given = words_joined(l->arena, given, given_n);
	p->family = words_joined(l->arena, family, family_n);
	add_words(l, given, given_n, (struct use){.kind = USE_GIVEN, .index = index});
	add_words(l, family, family_n, (struct use){.kind = USE_FAMILY, .index = index});
	struct str all = joined(l->arena, &p->family);
	if (p->given.n > 0)
		add_glued(l, p->given.v[0], all, index);
	if (p->given.n > 1)
		add_glued(l, joined(l->arena, &p->given), all, index);
}

/* Everything else ------------------------------------------------------------------------------ */

static void add_phrase(struct lexicon *l, struct reader *r, struct str text, enum use_kind kind)
{
	struct segment s = read_plain(r, text);
	struct phrase *p = &l->phrases[l->phrase_count];

	if (s.count == 0)
		return;
	*p = (struct phrase){.words = words_of(l->arena, &s),
			     .raw = arena_str(l->arena, s.text),
			     .capital = s.words[0].capital};
	add(l, p->words.v[0], (struct use){.kind = kind, .index = l->phrase_count++});
}

/* A value that the public may read as well is no secret. */
static void add_value(struct lexicon *l, struct reader *r, const struct placeholder *p)
{
	struct segment s = read_plain(r, p->public_);
	struct disclosure_list shown = words_of(l->arena, &s);

	s = read_plain(r, p->internal);
	struct disclosure_list hidden = words_of(l->arena, &s);
	if (s.text.n >= VALUE_MIN && !str_eq(joined(l->arena, &shown), joined(l->arena, &hidden)))
		add_phrase(l, r, p->internal, USE_VALUE);
}

/* "Dezernent*in" is found by its first word. */
static void add_roles(struct lexicon *l, struct reader *r, const struct disclosure_list *roles)
{
	struct str *words = ARENA_ARRAY(l->arena, struct str, roles->n);
	size_t n = 0;

	for (size_t i = 0; i < roles->n; i++) {
		struct segment s = read_plain(r, roles->v[i]);
		if (s.count > 0)
			words[n++] = arena_str(l->arena, segment_folded(&s, 0));
	}
	l->roles = (struct disclosure_list){n, words};
}

struct lexicon *lexicon_new(struct arena *a, struct reader *r, const struct disclosure_world *w)
{
	struct lexicon *l = ARENA_NEW(a, struct lexicon);

	l->arena = a;
	grow(l);
	l->persons = ARENA_ARRAY(a, struct person_name, w->persons.n);
	l->phrases = ARENA_ARRAY(a, struct phrase, w->municipalities.n + w->placeholders.n);
	for (size_t i = 0; i < w->persons.n; i++)
		add_person(l, r, w->persons.v[i], i);
	for (size_t i = 0; i < w->municipalities.n; i++)
		add_phrase(l, r, w->municipalities.v[i], USE_TOWN);
	for (size_t i = 0; i < w->placeholders.n; i++)
		add_value(l, r, &w->placeholders.v[i]);
	for (size_t i = 0; i < w->ordinary.n; i++) {
		struct segment s = read_plain(r, w->ordinary.v[i]);
		for (size_t j = 0; j < s.count; j++)
			add(l, arena_str(a, segment_folded(&s, j)),
			    (struct use){.kind = USE_ORDINARY});
	}
	add_roles(l, r, &w->roles);
	return l;
}
