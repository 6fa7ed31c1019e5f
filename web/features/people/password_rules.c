/* password_rules.c -- what is left of a password after everything that is easy to guess. */
#include "features/people/password_rules.h"

#include "app/password.h"
#include "base/utf8.h"

enum { WORDS_MAX = 400, LOCAL_WORD_MIN = 3, ROW_MIN = 4 };

struct words {
	struct arena *arena;
	size_t n;
	struct str v[WORDS_MAX];
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* "Stadt Gießen" becomes "stadt" and "giessen"; what has fewer letters than a name is no word. */
static void add_words(struct words *w, struct str text)
{
	struct str key = utf8_sort_key(w->arena, text);
	size_t begin = 0;

	for (size_t i = 0; i <= key.n; i++) {
		if (i < key.n && is_letter(key.p[i]))
			continue;
		if (i - begin >= LOCAL_WORD_MIN && w->n < WORDS_MAX)
			w->v[w->n++] = (struct str){key.p + begin, i - begin};
		begin = i + 1;
	}
}

static enum err local_words(struct db *db, struct words *w)
{
	static const char sql[] = "SELECT name, short, slug FROM municipality ORDER BY id LIMIT 60";
	struct rows r = db_query(db, sql, WITH_NOTHING);

	while (rows_next(&r))
		for (int column = 0; column < 3; column++)
			add_words(w, col_text(&r, column));
	return r.err;
}

static void match(struct str s, struct str word, size_t *longest)
{
	if (word.n > *longest && str_starts(s, word))
		*longest = word.n;
}

static size_t word_length(struct str s, const struct words *w)
{
	size_t longest = 0;

	for (const char *const *word = common_words; **word != '\0'; word++)
		match(s, str_of(*word), &longest);
	for (size_t i = 0; i < w->n; i++)
		match(s, w->v[i], &longest);
	return longest;
}

/* How far s runs along a row of the keyboard, the alphabet or the digits, in either direction. */
static size_t row_length(struct str s)
{
	static const struct str rows[] = {
	    S_INIT("abcdefghijklmnopqrstuvwxyz"),
	    S_INIT("01234567890"),
	    S_INIT("qwertzuiop"),
	    S_INIT("qwertyuiop"),
	    S_INIT("asdfghjkl"),
	    S_INIT("yxcvbnm"),
	    S_INIT("zxcvbnm"),
	    S_INIT("1qay2wsx3edc4rfv5tgb6zhn7ujm"),
	    S_INIT("1qaz2wsx3edc4rfv5tgb6yhn7ujm"),
	};
	size_t longest = 0;

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct str row = rows[r];
		for (size_t at = 0; at < row.n; at++) {
			size_t up = 0, down = 0;
			while (up < s.n && at + up < row.n && s.p[up] == row.p[at + up])
				up++;
			while (down < s.n && down <= at && s.p[down] == row.p[at - down])
				down++;
			longest = up > longest ? up : longest;
			longest = down > longest ? down : longest;
		}
	}
	return longest >= ROW_MIN ? longest : 0;
}

static bool is_digit(struct str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

static size_t year_length(struct str s)
{
	bool century = str_starts(s, S("19")) || str_starts(s, S("20"));

	return century && is_digit(s, 2) && is_digit(s, 3) ? 4 : 0;
}

static size_t easy_length(struct str s, const struct words *w)
{
	size_t longest = word_length(s, w);

	if (row_length(s) > longest)
		longest = row_length(s);
	return longest > 0 ? longest : year_length(s);
}

/* Signs that are not part of anything easy; a sign that repeats the one before counts once. */
static size_t own_chars(struct str s, const struct words *w)
{
	uint32_t before = 0;
	size_t own = 0;

	for (size_t i = 0; i < s.n;) {
		size_t easy = easy_length(str_from(s, i), w);
		if (easy > 0) {
			i += easy;
			continue;
		}
		uint32_t c = utf8_next(s, &i);
		own += c != before && c != ' ';
		before = c;
	}
	return own;
}

static size_t different_chars(struct str s)
{
	uint32_t seen[PASSWORD_DIFFERENT_CHARS];
	size_t n = 0;

	for (size_t i = 0; i < s.n && n < PASSWORD_DIFFERENT_CHARS;) {
		uint32_t c = utf8_next(s, &i);
		size_t k = 0;
		while (k < n && seen[k] != c)
			k++;
		if (k == n)
			seen[n++] = c;
	}
	return n;
}

/* "p@55w0rt" -> "passwort". */
static struct str without_disguise(struct arena *a, struct str s)
{
	static const char from[] = "@4031!$57", to[] = "aaoeiisst";
	char *text = arena_alloc(a, s.n);

	for (size_t i = 0; i < s.n; i++) {
		text[i] = s.p[i];
		for (size_t k = 0; k + 1 < sizeof from; k++)
			if (s.p[i] == from[k])
				text[i] = to[k];
	}
	return (struct str){text, s.n};
}

static bool is_guessable(struct str password, const struct words *w)
{
	struct str key = utf8_sort_key(w->arena, password);

	return different_chars(key) < PASSWORD_DIFFERENT_CHARS ||
	       own_chars(key, w) < PASSWORD_OWN_CHARS ||
	       own_chars(without_disguise(w->arena, key), w) < PASSWORD_OWN_CHARS;
}

enum err password_verdict(struct db *db, struct arena *a, const struct password_owner *who,
			  struct str password, enum password_verdict *out)
{
	struct words *w = ARENA_NEW(a, struct words);
	size_t chars = utf8_chars(password);

	*out = chars < PASSWORD_MIN_CHARS ? PASSWORD_TOO_SHORT : PASSWORD_TOO_LONG;
	if (chars < PASSWORD_MIN_CHARS || chars > PASSWORD_MAX_CHARS)
		return OK;
	w->arena = a;
	add_words(w, who->cooperation);
	add_words(w, who->name);
	add_words(w, who->email);
	TRY(local_words(db, w));
	*out = is_guessable(password, w) ? PASSWORD_GUESSABLE : PASSWORD_FINE;
	return OK;
}

enum message password_message(enum password_verdict v)
{
	static const enum message messages[] = {M_NONE, M_PASSWORD_SHORT, M_PASSWORD_LONG,
						M_PASSWORD_GUESSABLE};

	return messages[v];
}

const char *password_complaint(enum password_verdict v)
{
	static const char *const complaints[] = {
	    "",
	    "The password is too short: at least 12 characters.",
	    "The password is too long: at most 256 characters.",
	    "The password is easy to guess: it consists of common words, number rows or names of "
	    "this place. Four words that have nothing to do with each other are good.",
	};

	return complaints[v];
}
