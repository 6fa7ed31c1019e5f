/* disclosure_names.c -- finds people in the words of a segment, and what stands for them. */
#include "features/handbook/disclosure_parts.h"

enum {
	GAP_MAX = 8,     /* bytes between two words of one name */
	ABBREVIATED = 4, /* letters; a full stop behind them ends no sentence */
	INITIAL_MAX = 3, /* "Chr. Ahorn" */
	NAME_WORDS = 6,
	ROLE_WORDS = 6,
	JOINED_MAX = 64,
	ADDRESS_MAX = 200
};

static struct str gap_behind(const struct segment *s, size_t i)
{
	size_t end = s->words[i].end;

	return str_head(str_from(s->text, end), s->words[i + 1].start - end);
}

static bool is_tight(const struct segment *s, size_t i)
{
	return str_find_char(gap_behind(s, i), ' ') == gap_behind(s, i).n;
}

/* May word i and the next one belong to one name? */
static bool near(const struct segment *s, size_t i)
{
	struct str gap = gap_behind(s, i);
	bool abbreviated = s->words[i].folded_n <= ABBREVIATED;

	if (gap.n > GAP_MAX)
		return false;
	for (size_t k = 0; k + 1 < gap.n; k++)
		if (gap.p[k + 1] == ' ' &&
		    (str_find_char(S("!?;:"), gap.p[k]) < 4 || (gap.p[k] == '.' && !abbreviated)))
			return false;
	return true;
}

static bool is_given(const struct segment *s, const struct person_name *p, size_t i)
{
	return list_has(&p->given, segment_folded(s, i));
}

static bool is_family(const struct segment *s, const struct person_name *p, size_t i)
{
	return list_has(&p->family, segment_folded(s, i));
}

static char char_behind(const struct segment *s, size_t i)
{
	return s->words[i].end < s->text.n ? s->text.p[s->words[i].end] : '\0';
}

/* "A.", "Chr.", "a_" beside the family name i of this person. */
static bool is_initial(const struct segment *s, const struct person_name *p, size_t at, size_t i)
{
	struct str w = segment_folded(s, at);
	bool dot = char_behind(s, at) == '.';
	bool tight = at < i ? is_tight(s, at) : is_tight(s, i);

	if (w.n > INITIAL_MAX || s->words[at].digits || (w.n > 1 && !dot) || (at > i && !dot))
		return false;
	if (!tight && (!s->words[at].capital || !s->words[i].capital))
		return false;
	for (size_t k = 0; k < p->given.n; k++)
		if (w.n < p->given.v[k].n && str_starts(p->given.v[k], w))
			return true;
	return false;
}

/* Looks for a given name before the family name i; *from becomes its first word. */
static bool given_before(const struct segment *s, const struct person_name *p, size_t i,
			 size_t *from)
{
	bool hit = false;

	for (size_t j = i, steps = 0; j > 0 && steps < NAME_WORDS && near(s, j - 1); steps++) {
		j--;
		struct str w = segment_folded(s, j);
		if (is_given(s, p, j) || is_initial(s, p, j, i)) {
			hit = true;
			*from = j;
		} else if (hit || !(is_family(s, p, j) || is_particle(w) || is_title(w))) {
			break;
		}
	}
	return hit;
}

static bool given_after(const struct segment *s, const struct person_name *p, size_t i, size_t *to)
{
	bool hit = false;

	for (size_t j = i; j + 1 < s->count && j < i + NAME_WORDS && near(s, j);) {
		j++;
		if (is_given(s, p, j) || is_initial(s, p, j, i)) {
			hit = true;
			*to = j;
		} else if (hit || !is_family(s, p, j)) {
			break;
		}
	}
	return hit;
}

static bool is_salutation(struct str folded)
{
	static const struct str words[] = {
	    S_INIT("frau"),     S_INIT("herr"),     S_INIT("herrn"),      S_INIT("fr"),
	    S_INIT("hr"),       S_INIT("familie"),  S_INIT("fam"),        S_INIT("kollege"),
	    S_INIT("kollegin"), S_INIT("kollegen"), S_INIT("dr"),         S_INIT("doktor"),
	    S_INIT("prof"),     S_INIT("mrs"),      S_INIT("ms"),         S_INIT("professor"),
	    S_INIT("mr"),       S_INIT("eheleute"), S_INIT("professorin")};

	return list_has(&(struct disclosure_list){sizeof words / sizeof *words, words}, folded);
}

/* "Frau Ott", "Herr Prof. Dr. von Ott", "Herrn Max Ott" with a given name nobody registered. */
static bool salutation_before(const struct segment *s, size_t i, size_t *from)
{
	bool hit = false;
	size_t names = 0;

	for (size_t j = i; j > 0 && i - j < NAME_WORDS && near(s, j - 1);) {
		j--;
		struct str w = segment_folded(s, j);
		if (is_salutation(w)) {
			hit = true;
			*from = j;
		} else if (hit || !(is_title(w) || is_particle(w) ||
				    (s->words[j].capital && ++names <= 2))) {
			break;
		}
	}
	/* "frau ahorn", but not "Frau anders" */
	return hit && (s->words[i].capital || !s->words[*from].capital || is_tight(s, i - 1));
}

/* "Bürger*innen" are not Frau Bürger. */
static bool is_gendered(const struct segment *s, size_t i)
{
	if (i + 1 >= s->count)
		return false;
	struct str next = segment_folded(s, i + 1), gap = gap_behind(s, i);
	bool ending = str_eq(next, S("in")) || str_eq(next, S("innen"));
	return ending && (str_eq(gap, S("/-")) || str_eq(gap, S("\xc2\xb7")) ||
			  (gap.n == 1 && str_find_char(S("*:_/"), gap.p[0]) < 4));
}

/* Part of an address or of the name of a file: "https://a.example/ahorn", "ahorn.png". */
static bool is_in_address(const struct segment *s, size_t i)
{
	size_t from = s->words[i].start, to = s->words[i].end;

	while (from > 0 && s->text.p[from - 1] != ' ' && s->words[i].start - from < ADDRESS_MAX)
		from--;
	while (to < s->text.n && s->text.p[to] != ' ' && to - s->words[i].end < ADDRESS_MAX)
		to++;
	struct str chunk = str_head(str_from(s->text, from), to - from);
	for (size_t k = 1; k + 1 < chunk.n; k++)
		if ((chunk.p[k] == '.' || chunk.p[k] == '@') && is_alnum(chunk.p[k - 1]) &&
		    is_alnum(chunk.p[k + 1]))
			return true;
	return false;
}

static bool is_ordinary(const struct check *c, const struct use *uses)
{
	for (; uses != NULL; uses = uses->next)
		if (uses->kind == USE_ORDINARY ||
		    (uses->kind == USE_TOWN && c->lexicon->phrases[uses->index].words.n == 1))
			return true;
	return false;
}

struct span {
	bool hit;
	size_t from, to;
};

static void widen(struct span *out, size_t from, size_t to)
{
	if (!out->hit || to - from > out->to - out->from)
		*out = (struct span){true, from, to};
}

/* The widest reading of word i as a family name. */
static struct span family_at(const struct check *c, const struct segment *s, size_t i)
{
	const struct word *w = &s->words[i];
	bool may_stand_alone = w->uses != NULL && !is_gendered(s, i) && !is_ordinary(c, w->uses) &&
			       (w->capital || s->address || is_in_address(s, i));
	struct span out = {false, i, i};

	for (const struct use *u = w->uses; u != NULL; u = u->next) {
		if (u->kind == USE_GLUED)
			widen(&out, i, i);
		if (u->kind != USE_FAMILY)
			continue;
		const struct person_name *p = &c->lexicon->persons[u->index];
		size_t from = i, to = i;
		bool hit = given_before(s, p, i, &from) || given_after(s, p, i, &to);
		hit = salutation_before(s, from, &from) || hit;
		while (hit && to + 1 < s->count && near(s, to) && is_family(s, p, to + 1))
			to++;
		if (hit || (u->alone && may_stand_alone))
			widen(&out, from, to);
	}
	return out;
}

/* Values, municipalities ----------------------------------------------------------------------- */

static bool phrase_at(const struct segment *s, const struct phrase *p, size_t i)
{
	bool lower = !s->words[i].capital && !s->address;

	/* A single word may be an ordinary one when it is written small. */
	if (p->words.n > s->count - i || (p->words.n == 1 && p->capital && lower))
		return false;
	for (size_t k = 1; k < p->words.n; k++)
		if (!str_eq(segment_folded(s, i + k), p->words.v[k]))
			return false;
	return true;
}

static bool is_role(const struct lexicon *l, struct str folded)
{
	static const struct str endings[] = {S_INIT(""),   S_INIT("s"),  S_INIT("n"),
					     S_INIT("en"), S_INIT("in"), S_INIT("innen")};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_ends(folded, endings[i]) &&
		    list_has(&l->roles, str_head(folded, folded.n - endings[i].n)))
			return true;
	return false;
}

static void pair_at(struct check *c, const struct segment *s, const struct phrase *town, size_t i)
{
	size_t last = i + town->words.n - 1;
	bool too_short_to_fold = town->words.n == 1 && town->raw.n <= 3;

	if (too_short_to_fold && !str_eq(segment_between(s, i, i), town->raw))
		return;
	for (size_t k = 1; k <= ROLE_WORDS; k++) {
		if (last + k < s->count && is_role(c->lexicon, segment_folded(s, last + k))) {
			found(c, FINDING_ROLE, segment_between(s, i, last + k), false);
			return;
		}
		if (k <= i && is_role(c->lexicon, segment_folded(s, i - k))) {
			found(c, FINDING_ROLE, segment_between(s, i - k, last), false);
			return;
		}
	}
}

static void phrases_at(struct check *c, const struct segment *s, size_t i)
{
	for (const struct use *u = s->words[i].uses; u != NULL; u = u->next) {
		if (u->kind != USE_VALUE && u->kind != USE_TOWN)
			continue;
		const struct phrase *p = &c->lexicon->phrases[u->index];
		if (!phrase_at(s, p, i))
			continue;
		if (u->kind == USE_TOWN)
			pair_at(c, s, p, i);
		else
			found(c, FINDING_PLACEHOLDER, segment_between(s, i, i + p->words.n - 1),
			      true);
	}
}

/* Words ---------------------------------------------------------------------------------------- */

/* Also "Ahorns" and "Lindheimer". */
static const struct use *uses_of(const struct lexicon *l, const struct segment *s, size_t i)
{
	struct str w = segment_folded(s, i), stem = S("");
	const struct use *uses = lexicon_find(l, w, s->words[i].hash);
	bool genitive = w.n > 3 && w.p[w.n - 1] == 's';

	if (uses != NULL)
		return uses;
	if (genitive)
		stem = str_head(w, w.n - 1);
	else if (w.n > 4 && str_ends(w, S("er")))
		stem = str_head(w, w.n - 2);
	uses = stem.n == 0 ? NULL : lexicon_find(l, stem, word_hash(stem));
	while (uses != NULL && !genitive && uses->kind != USE_TOWN)
		uses = uses->next;
	return uses;
}

/* A name parted at the end of a line: "Ah- orn". */
static bool parted_name_at(const struct check *c, const struct segment *s, size_t i)
{
	char both[JOINED_MAX];
	struct buf b = {.p = both, .room = sizeof both};

	if (i + 1 >= s->count || !str_eq(gap_behind(s, i), S("- ")) || !s->words[i].capital ||
	    s->words[i].folded_n + s->words[i + 1].folded_n > JOINED_MAX)
		return false;
	buf_add(&b, segment_folded(s, i));
	buf_add(&b, segment_folded(s, i + 1));
	const struct use *u = lexicon_find(c->lexicon, buf_str(&b), word_hash(buf_str(&b)));
	if (is_ordinary(c, u))
		return false;
	while (u != NULL && !(u->kind == USE_FAMILY && u->alone))
		u = u->next;
	return u != NULL;
}

static bool means_given_name(const struct check *c, const struct word *w)
{
	const struct use *u = w->uses;

	if (w->taken || !w->capital || is_ordinary(c, u))
		return false;
	while (u != NULL && !(u->kind == USE_GIVEN && u->alone))
		u = u->next;
	return u != NULL;
}

void find_names(struct check *c, struct segment *s)
{
	for (size_t i = 0; i < s->count; i++)
		s->words[i].uses = uses_of(c->lexicon, s, i);
	for (size_t i = 0; i < s->count; i++) {
		struct span name = {false, i, i};
		if (s->words[i].uses != NULL) {
			phrases_at(c, s, i);
			name = family_at(c, s, i);
		}
		if (parted_name_at(c, s, i))
			widen(&name, i, i + 1);
		if (!name.hit)
			continue;
		found(c, FINDING_NAME, segment_between(s, name.from, name.to), true);
		for (size_t k = name.from; k <= name.to; k++)
			s->words[k].taken = true;
	}
	for (size_t i = 0; i < s->count && !s->address; i++)
		if (means_given_name(c, &s->words[i]) && !is_gendered(s, i))
			found(c, FINDING_NAME, segment_between(s, i, i), false);
}
