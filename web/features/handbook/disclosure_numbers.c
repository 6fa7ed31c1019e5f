/* disclosure_numbers.c -- tells telephone numbers from dates, sums, postal codes and the rest. */
#include "features/handbook/disclosure_parts.h"

enum {
	GROUPS_MAX = 24,
	GAP_MAX = 3, /* "0641 / 306" */
	DIGITS_MIN = 7,
	DIGITS_MAX = 14,
	UNBROKEN_MIN = 9, /* a municipality's key (AGS) has 8 digits and may begin with 0 */
	WORLD_MIN = 10
};

/* Digits with what may stand between the digits of one number: "+49 (0) 641/306-12 34". */
struct run {
	size_t start[GROUPS_MAX], n[GROUPS_MAX];
	size_t count, end; /* end: behind the last digit */
};

static size_t digits_end(struct str s, size_t at)
{
	while (at < s.n && is_digit(s.p[at]))
		at++;
	return at;
}

/* Where the next group begins behind `at`; s.n when the number ends here. */
static size_t next_group(struct str s, size_t at)
{
	size_t to = at;

	while (to < s.n && to - at <= GAP_MAX && str_find_char(S(" /-()."), s.p[to]) < 6)
		to++;
	bool digit = to < s.n && to > at && to - at <= GAP_MAX && is_digit(s.p[to]);
	bool dot = str_find_char(str_head(str_from(s, at), to - at), '.') < to - at;
	return digit && (!dot || to - at == 1) ? to : s.n;
}

/* Reads the run that begins with the digit at `at`. */
static void read_run(struct str s, size_t at, struct run *r)
{
	r->count = 0;
	r->end = at;
	while (at < s.n && r->count < GROUPS_MAX) {
		r->start[r->count] = at;
		r->end = digits_end(s, at);
		r->n[r->count++] = r->end - at;
		at = next_group(s, r->end);
	}
	/* "0641abc" is a name for something; only its last group can touch a letter. */
	if (r->end < s.n && (is_alpha(s.p[r->end]) || s.p[r->end] == '_'))
		r->count--;
}

static char before(struct str s, size_t at)
{
	return at == 0 ? ' ' : s.p[at - 1];
}

/* "1 234 567", "1.234.567" */
static bool is_grouped_number(struct str s, const struct run *r)
{
	if (r->count < 2 || r->n[0] > 3 || s.p[r->start[0]] == '0')
		return false;
	for (size_t i = 1; i < r->count; i++) {
		char gap = s.p[r->start[i] - 1];
		if (r->n[i] != 3 || r->start[i] - r->start[i - 1] - r->n[i - 1] != 1 ||
		    (gap != ' ' && gap != '.'))
			return false;
	}
	return true;
}

static bool is_iban(struct str s, const struct run *r)
{
	size_t at = r->start[0];

	return at >= 2 && r->n[0] >= 2 && s.p[at - 1] >= 'A' && s.p[at - 1] <= 'Z' &&
	       s.p[at - 2] >= 'A' && s.p[at - 2] <= 'Z' && !is_alnum(before(s, at - 2));
}

static bool is_year(struct str s, size_t at, size_t n)
{
	struct str year = str_head(str_from(s, at), n);

	return n == 4 && (str_starts(year, S("19")) || str_starts(year, S("20")));
}

/* How many groups from k on make a number of at most DIGITS_MAX digits; *digits: how many. */
static size_t take(struct str s, const struct run *r, size_t k, size_t *digits)
{
	size_t i = k;

	*digits = 0;
	while (i < r->count && *digits + r->n[i] <= DIGITS_MAX) {
		bool next_number = *digits >= DIGITS_MIN && r->n[i] >= 3 &&
				   s.p[r->start[i]] == '0' && s.p[r->start[i] - 1] == ' ';
		if (next_number)
			break;
		*digits += r->n[i++];
	}
	return i - k;
}

/* "+49 …", "(+49) …", "0049 …"; *from becomes where it begins. */
static bool is_international(struct str s, const struct run *r, size_t k, size_t digits,
			     size_t *from)
{
	size_t at = r->start[k];
	bool zeros = r->n[k] >= 4 && s.p[at] == '0' && s.p[at + 1] == '0' && s.p[at + 2] != '0';
	bool blank = at > 1 && s.p[at - 1] == ' ' && s.p[at - 2] == '+' && digits >= WORLD_MIN;

	if (zeros && digits >= WORLD_MIN && !is_wordy(before(s, at)))
		return true;
	if (s.p[at] == '0' || digits < DIGITS_MIN || !(before(s, at) == '+' || blank))
		return false;
	*from = at - (blank ? 2 : 1);
	return true;
}

/* "0641 306-1234", "(0641) 306-1234", "06413061234": area codes have three digits or more. */
static bool is_national(struct str s, const struct run *r, size_t k, size_t groups, size_t digits)
{
	size_t at = r->start[k];
	char lead = before(s, at);

	if (s.p[at] != '0' || r->n[k] < 3 || s.p[at + 1] == '0' || digits < DIGITS_MIN)
		return false;
	if (is_wordy(lead) || str_find_char(S("_=#.,%"), lead) < 6)
		return false;
	if (lead == '-' && at > 1 && s.p[at - 2] != ' ')
		return false;
	if (groups == 1)
		return digits >= UNBROKEN_MIN;
	/* "Vorlage 0123/2026", "01067 2026" */
	return groups != 2 || !is_year(s, r->start[k + 1], r->n[k + 1]);
}

/* Words before a number -------------------------------------------------------------------------*/

/* The letters before `at`, with at most four other characters between; *from: where. */
static struct str word_before(struct str s, size_t at, size_t *from)
{
	size_t to = at;

	while (to > 0 && at - to < 4 && str_find_char(S(" .:-/("), s.p[to - 1]) < 6)
		to--;
	*from = to;
	while (*from > 0 && is_wordy(s.p[*from - 1]) && !is_digit(s.p[*from - 1]))
		--*from;
	return str_head(str_from(s, *from), to - *from);
}

/* How many digits are a telephone number behind this word; 0 for other words. */
static size_t digits_behind(struct str word)
{
	static const struct {
		struct str word;
		size_t digits;
	} keys[] = {
	    {S_INIT("tel"), 4},           {S_INIT("telefon"), 4},    {S_INIT("fon"), 4},
	    {S_INIT("telefonnummer"), 4}, {S_INIT("phone"), 4},      {S_INIT("rufnummer"), 4},
	    {S_INIT("fax"), 4},           {S_INIT("telefax"), 4},    {S_INIT("hotline"), 4},
	    {S_INIT("mobil"), 6},         {S_INIT("handy"), 6},      {S_INIT("mobilnummer"), 6},
	    {S_INIT("apparat"), 3},       {S_INIT("durchwahl"), 2},  {S_INIT("dw"), 2},
	    {S_INIT("nst"), 2},           {S_INIT("nebenstelle"), 2}};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (str_eq_nocase(word, keys[i].word))
			return keys[i].digits;
	return 0;
}

/* The official keys of municipalities and regions have up to twelve digits. */
static bool is_official_key(struct str s, const struct run *r)
{
	static const struct str words[] = {S_INIT("AGS"),  S_INIT("ARS"),
					   S_INIT("ISBN"), S_INIT("Gemeindeschl\xc3\xbcssel"),
					   S_INIT("ISSN"), S_INIT("Regionalschl\xc3\xbcssel")};
	size_t from;
	struct str word = word_before(s, r->start[0], &from);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq(word, words[i]))
			return true;
	return false;
}

static void add_phone(struct check *c, struct str s, size_t from, size_t to)
{
	found(c, FINDING_PHONE, str_head(str_from(s, from), to - from), true);
}

/* Looks for a number that begins with group k; returns how many groups it took, at least 1. */
static size_t number_at(struct check *c, struct str s, const struct run *r, size_t k)
{
	size_t digits, groups = take(s, r, k, &digits), from = r->start[k];

	if (groups == 0 ||
	    !(is_international(s, r, k, digits, &from) || is_national(s, r, k, groups, digits)))
		return 1;
	size_t last = k + groups - 1;
	from -= before(s, from) == '(';
	add_phone(c, s, from, r->start[last] + r->n[last]);
	return groups;
}

static void numbers_in(struct check *c, struct str s, const struct run *r)
{
	size_t from, digits = 0, before_count = c->count;
	bool nothing = is_grouped_number(s, r) || is_iban(s, r) || is_official_key(s, r);

	for (size_t k = 0; !nothing && k < r->count;)
		k += number_at(c, s, r, k);
	size_t needed = digits_behind(word_before(s, r->start[0], &from));
	if (needed == 0 || c->count > before_count)
		return;
	size_t groups = take(s, r, 0, &digits);
	if (groups > 0 && digits >= needed)
		add_phone(c, s, from, r->start[groups - 1] + r->n[groups - 1]);
}

/* Numbers in addresses of the web are no telephone numbers. */
static size_t skip_address(struct str s, size_t at)
{
	struct str here = str_from(s, at);
	bool web = str_starts(here, S("https://")) || str_starts(here, S("http://")) ||
		   str_starts(here, S("www."));

	if (!web)
		return at;
	while (at < s.n && str_find_char(S(" )>\"]"), s.p[at]) == 5)
		at++;
	return at;
}

void find_phones(struct check *c, const struct segment *s)
{
	for (size_t i = 0; i < s->text.n;) {
		size_t behind = s->address ? i : skip_address(s->text, i);
		if (behind > i) {
			i = behind;
			continue;
		}
		if (!is_digit(s->text.p[i])) {
			i++;
			continue;
		}
		struct run r;
		read_run(s->text, i, &r);
		if (r.count > 0 && (!s->address || str_starts(s->text, S("tel:"))))
			numbers_in(c, s->text, &r);
		i = r.end;
	}
}

/* Sums of money ---------------------------------------------------------------------------------*/

/* Length of "€", "EUR", "Tsd.", "Mio." at the start of s, after a blank or hyphen; 0 if none. */
static size_t unit(struct str s)
{
	static const struct str units[] = {
	    S_INIT("\xe2\x82\xac"), S_INIT("T\xe2\x82\xac"), S_INIT("k\xe2\x82\xac"),
	    S_INIT("EUR"),          S_INIT("TEUR"),          S_INIT("Euro"),
	    S_INIT("Euros"),        S_INIT("Tsd."),          S_INIT("Tsd"),
	    S_INIT("Tausend"),      S_INIT("Mio."),          S_INIT("Mio"),
	    S_INIT("Million"),      S_INIT("Millionen"),     S_INIT("Mrd."),
	    S_INIT("Mrd"),          S_INIT("Milliarde"),     S_INIT("Milliarden")};
	size_t gap = s.n > 0 && (s.p[0] == ' ' || s.p[0] == '-') ? 1 : 0;
	struct str rest = str_from(s, gap);

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct str u = units[i];
		bool word = is_alpha(u.p[u.n - 1]) && rest.n > u.n && is_wordy(rest.p[u.n]);
		if (rest.n >= u.n && !word && str_eq_nocase(str_head(rest, u.n), u))
			return gap + u.n;
	}
	return 0;
}

/* Behind the digits, points and commas of "1.234,50" or "1 234". */
static size_t sum_end(struct str s, size_t at)
{
	for (;;) {
		at = digits_end(s, at);
		bool more =
		    at + 1 < s.n && str_find_char(S("., "), s.p[at]) < 3 && is_digit(s.p[at + 1]);
		bool group = more && s.p[at] == ' ' && digits_end(s, at + 1) == at + 4;
		if (!more || (s.p[at] == ' ' && !group))
			return at;
		at++;
	}
}

/* Where "€ ", "EUR " or "Euro " before the number at `at` begins; `at` when there is none. */
static size_t unit_before(struct str s, size_t at)
{
	static const struct str units[] = {S_INIT("\xe2\x82\xac"), S_INIT("EUR"), S_INIT("Euro")};
	struct str head = str_head(s, at > 0 && s.p[at - 1] == ' ' ? at - 1 : at);

	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_ends(head, units[i]))
			return head.n - units[i].n;
	return at;
}

void find_sums(struct check *c, const struct segment *segment)
{
	struct str s = segment->text;
	size_t last = 0; /* where the sum before ended: its unit is not the next one's */

	for (size_t i = 0; i < s.n && !segment->address;) {
		if (!is_digit(s.p[i])) {
			i++;
			continue;
		}
		size_t from = unit_before(s, i), number_end = sum_end(s, i), to = number_end, n;
		size_t next = to + (str_starts(str_from(s, to), S(",-")) ? 2 : 0);
		while ((n = unit(str_from(s, next))) > 0)
			to = next += n;
		from = from < last ? i : from;
		if (to > number_end || from < i) {
			found(c, FINDING_BUDGET, str_head(str_from(s, from), to - from), false);
			last = to;
		}
		i = to;
	}
}
