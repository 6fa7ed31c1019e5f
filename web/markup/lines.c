/* lines.c -- warnings that need only the lines: traces of a word processor, and their list. */
#include "markup/source.h"

void warn(struct warnings *w, int64_t line, const char *format, ...)
{
	va_list args;

	if (w == NULL || w->count > MARKDOWN_WARNINGS)
		return;
	struct markdown_warning *m = ARENA_NEW(w->arena, struct markdown_warning);
	m->line = line;
	if (w->count++ == MARKDOWN_WARNINGS) {
		m->text = S("Es gibt noch mehr Hinweise. Behebe zuerst die gezeigten.");
		m->line = INT64_MAX;
	} else {
		va_start(args, format);
		m->text = arena_vfmt(w->arena, format, args);
		va_end(args);
	}
	struct markdown_warning **at = &w->first;
	while (*at != NULL && (*at)->line <= m->line)
		at = &(*at)->next;
	if (m->line == INT64_MAX)
		m->line = line;
	m->next = *at;
	*at = m;
}

/* "Einleitung<tab>3" or "Einleitung ..... 3" */
static bool has_page_number(struct str line)
{
	struct str s = str_trim(line);
	size_t digits = 0, dots = 0;

	while (digits < s.n && s.p[s.n - 1 - digits] >= '0' && s.p[s.n - 1 - digits] <= '9')
		digits++;
	if (digits == 0 || digits > 3 || digits == s.n)
		return false;
	if (s.p[s.n - 1 - digits] == '\t')
		return str_find_char(s, '\t') == s.n - 1 - digits && (s.p[0] > '9' || s.p[0] < 0);
	s = str_trim(str_head(s, s.n - digits));
	while (dots < s.n && s.p[s.n - 1 - dots] == '.')
		dots++;
	return dots >= 4 && dots < s.n;
}

static bool has_columns(struct str line)
{
	struct str s = str_trim(line);

	return str_find_char(s, '\t') < s.n;
}

/* Lines of one kind that follow each other (blank lines between them do not count). */
struct run {
	int64_t first, last, count;
};

static void run_add(struct run *r, int64_t line)
{
	if (r->count++ == 0)
		r->first = line;
	r->last = line;
}

static void run_end_pages(struct run *r, struct warnings *w)
{
	if (r->count >= 2)
		warn(w, r->first,
		     "Die Zeilen %lld bis %lld sehen aus wie ein Inhaltsverzeichnis mit "
		     "Seitenzahlen. Lösche sie: Das Verzeichnis entsteht von selbst.",
		     (long long)r->first, (long long)r->last);
	*r = (struct run){0};
}

static void run_end_columns(struct run *r, struct warnings *w)
{
	if (r->count >= 2)
		warn(w, r->first,
		     "Die Zeilen %lld bis %lld sehen aus wie eine Tabelle mit Tabulatoren. "
		     "Schreibe sie als | Spalte | Spalte | mit einer Zeile | --- | --- | unter "
		     "dem Kopf.",
		     (long long)r->first, (long long)r->last);
	*r = (struct run){0};
}

/* A raised digit at the start of s (¹²³: C2 B9, B2, B3; ⁰⁴-⁹: E2 81 B0, B4-B9): its bytes, or 0. */
static size_t superscript(struct str s, int *digit)
{
	unsigned char last = s.n > 2 ? (unsigned char)s.p[2] : 0;

	*digit = 0;
	if (str_starts(s, S("¹")) || str_starts(s, S("²")) || str_starts(s, S("³"))) {
		*digit = str_starts(s, S("¹")) ? 1 : str_starts(s, S("²")) ? 2 : 3;
		return 2;
	}
	if (!str_starts(s, S("\xe2\x81")) || (last != 0xb0 && (last < 0xb4 || last > 0xb9)))
		return 0;
	*digit = last - 0xb0;
	return 3;
}

/* m², km³, x²: a short unit or a letter before the digit, so no footnote. */
static bool is_power(struct str s, size_t at)
{
	size_t letters = 0;

	while (letters < at && (s.p[at - 1 - letters] | 0x20) >= 'a' &&
	       (s.p[at - 1 - letters] | 0x20) <= 'z')
		letters++;
	bool word = letters < at && (unsigned char)s.p[at - 1 - letters] >= 0x80;
	if (letters == 1)
		return !word;
	return letters == 2 && !word && s.p[at - 1] == 'm';
}

static void warn_superscript(struct str line, int64_t number, struct warnings *w)
{
	size_t start = line.n - str_trim(line).n;
	int digit;

	for (size_t i = 0; i < line.n; i++) {
		size_t n = superscript(str_from(line, i), &digit);
		if (n == 0 || is_power(line, i))
			continue;
		struct str sign = str_head(str_from(line, i), n);
		if (i <= start)
			warn(w, number,
			     "Diese Zeile beginnt mit „%.*s“ und sieht aus wie der Text einer "
			     "Fußnote. Schreibe stattdessen [^%d]: an ihren Anfang.",
			     ARG(sign), digit);
		else
			warn(w, number,
			     "Die hochgestellte „%.*s“ sieht aus wie eine Fußnote. Schreibe "
			     "dafür [^%d].",
			     ARG(sign), digit);
		return;
	}
}

/* A line in capitals between blank lines: a heading that lost its format. */
static bool is_shouted(struct str line)
{
	struct str s = str_trim(line);
	size_t letters = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		unsigned char before = i > 0 ? (unsigned char)s.p[i - 1] : 0;
		if ((c >= 'a' && c <= 'z') || (before == 0xc3 && c >= 0xa0))
			return false; /* a small letter, also ä to ÿ */
		letters += c >= 'A' && c <= 'Z';
	}
	return letters >= 4 && str_find_char(s, '|') == s.n && str_find_char(s, '\t') == s.n &&
	       str_find_char(S("#>-*+`["), s.p[0]) == 7;
}

static void run_end_shouted(const struct run *r, struct warnings *w)
{
	if (r->count == 1)
		warn(w, r->first,
		     "Diese Zeile in Großbuchstaben sieht aus wie eine Überschrift. "
		     "Setze ## davor.");
	if (r->count > 1)
		warn(w, r->first,
		     "%lld Zeilen in Großbuchstaben (diese ist die erste) sehen aus wie "
		     "Überschriften. Setze ## davor, bei Unterpunkten ###.",
		     (long long)r->count);
}

void source_warn(struct str text, struct warnings *w)
{
	struct str rest = text, line;
	struct scan scan = {0};
	struct run pages = {0}, columns = {0}, shouted = {0};
	bool blank_before = true;

	for (int64_t number = 1; str_cut(&rest, '\n', &line); number++) {
		bool blank = str_trim(line).n == 0, code = scan_line(&scan, line);
		if (blank) {
			blank_before = true;
			continue;
		}
		bool page = !code && columns.count == 0 && has_page_number(line);
		if (page)
			run_add(&pages, number);
		else
			run_end_pages(&pages, w);
		if (!code && !page && has_columns(line))
			run_add(&columns, number);
		else
			run_end_columns(&columns, w);
		bool alone = blank_before && (rest.n == 0 || rest.p[0] == '\n' || rest.p[0] == ' ');
		if (!code && alone && is_shouted(line))
			run_add(&shouted, number);
		if (!code)
			warn_superscript(line, number, w);
		blank_before = false;
	}
	run_end_pages(&pages, w);
	run_end_columns(&columns, w);
	run_end_shouted(&shouted, w);
}
