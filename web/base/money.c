/* money.c -- German amounts. */
#include "base/money.h"

enum { DIGITS_MAX = 15 };

static bool strip(struct str *s, struct str suffix)
{
	if (!str_ends(*s, suffix))
		return false;
	*s = str_trim(str_head(*s, s->n - suffix.n));
	return true;
}

/* Whole euros: digits, or groups of three behind dots. */
static bool parse_euros(struct str s, int64_t *euros)
{
	int64_t value = 0;
	size_t digits = 0, since_dot = 0;
	bool dotted = false;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.') {
			if (since_dot == 0 || since_dot > 3 || (dotted && since_dot != 3))
				return false;
			dotted = true;
			since_dot = 0;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9' || ++digits > DIGITS_MAX)
			return false;
		value = value * 10 + (s.p[i] - '0');
		since_dot++;
	}
	*euros = value;
	return digits > 0 && (!dotted || since_dot == 3);
}

static bool parse_cents(struct str s, int64_t *cents)
{
	if (s.n < 1 || s.n > 2 || !str_to_int(s, cents))
		return false;
	if (s.n == 1)
		*cents *= 10;
	return true;
}

bool money_parse(struct str s, int64_t *cents)
{
	int64_t euros = 0, part = 0;

	s = str_trim(s);
	if (!strip(&s, S("€")))
		(void)strip(&s, S("EUR"));
	(void)strip(&s, S("\u00a0"));
	bool negative = str_starts(s, S("-"));
	if (negative)
		s = str_trim(str_from(s, 1));
	if (!strip(&s, S(",-")))
		(void)strip(&s, S(",–"));
	size_t comma = str_find_char(s, ',');
	if (comma < s.n && !parse_cents(str_from(s, comma + 1), &part))
		return false;
	if (!parse_euros(str_head(s, comma), &euros))
		return false;
	*cents = euros * 100 + part;
	if (negative)
		*cents = -*cents;
	return true;
}

/* Written from the right: cents, comma, then groups of three. */
static struct str german(struct arena *a, int64_t cents, bool dots, bool with_cents)
{
	char text[40];
	size_t at = sizeof text;
	uint64_t rest = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;
	int count = 0;

	if (with_cents) {
		text[--at] = (char)('0' + rest % 10);
		text[--at] = (char)('0' + rest / 10 % 10);
		text[--at] = ',';
	}
	rest /= 100;
	do {
		if (dots && count > 0 && count % 3 == 0)
			text[--at] = '.';
		text[--at] = (char)('0' + rest % 10);
		rest /= 10;
		count++;
	} while (rest > 0);
	if (cents < 0)
		text[--at] = '-';
	return arena_str(a, (struct str){text + at, sizeof text - at});
}

struct str money_text(struct arena *a, int64_t cents)
{
	return arena_fmt(a, "%.*s\u00a0€", ARG(german(a, cents, true, true)));
}

struct str money_short(struct arena *a, int64_t cents)
{
	return arena_fmt(a, "%.*s\u00a0€", ARG(german(a, cents, true, cents % 100 != 0)));
}

struct str money_plain(struct arena *a, int64_t cents)
{
	return german(a, cents, false, true);
}

int money_percent(int64_t part, int64_t whole)
{
	if (whole <= 0)
		return -1;
	if (part <= 0)
		return 0;
	/* At most 17 digits come in, so only sums of many amounts could come near the limit. */
	int64_t percent = part > INT64_MAX / 100 ? part / (whole / 100 + 1) : part * 100 / whole;
	return percent > 9999 ? 9999 : (int)percent;
}
