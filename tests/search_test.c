/* search_test.c -- what is typed finds what is written: search form, question, index, excerpt. */
#include "db_memory.h"

#include "features/handbook/search_terms.h"
#include "markup/normal.h"

static struct str form(const char *text)
{
	return search_form(arena, str_of(text));
}

/* --- the form --- */

TEST(the_form_is_lower_case_letters_and_digits)
{
	setup();
	CHECK_STR(form("  Hunde-Steuer\n(§ 5 Abs. 2)  "), S("hunde steuer 5 abs 2"));
	CHECK_STR(form("Straße STRASSE straẞe"), S("strasse strasse strasse"));
	CHECK_STR(form("Änderung der Gebühren für Öl"), S("anderung der gebuhren fur ol"));
	CHECK_STR(form("Gebu\xcc\x88hr"), S("gebuhr"));
	CHECK_STR(form("Çınar Łódź Ørsted Đorđe æther"), S("cinar lodz orsted dorde aether"));
	CHECK_STR(form("m² ﬁnden Ⅻ ½"), S("m2 finden xii 1 2"));
	CHECK_STR(form("Ωμέγα ΩΜΈΓΑ"), S("ωμεγα ωμεγα"));
	CHECK_STR(form("Datei\u00adsystem Wort\u200bende"), S("dateisystem wortende"));
	CHECK_STR(form("…„“ – 😀"), S(""));
	CHECK_STR(form("a\xff"
		       "b"),
		  S("a b"));
	CHECK_STR(form(""), S(""));
	/* Not an umlaut: "Klimaerwärmung" holds "Erwärmung". */
	CHECK_STR(form("Klimaerwärmung"), S("klimaerwarmung"));
}

TEST(signs_of_gender_are_dropped_inside_words_only)
{
	setup();
	CHECK_STR(form("Bürger*innen Bürger:innen Bürger_innen BürgerInnen Bürger·innen"),
		  S("burgerinnen burgerinnen burgerinnen burgerinnen burgerinnen"));
	CHECK_STR(form("**Wort** *ein* x: y 10:30 a_1 8:Uhr"), S("wort ein x y 10 30 a 1 8 uhr"));
	CHECK_STR(form("Bürger*\u00adinnen Bu\xcc\x88*innen"), S("burger innen buinnen"));
	CHECK_STR(form("*innen Bürger*"), S("innen burger"));
}

TEST(each_byte_of_the_form_knows_its_place_in_the_text)
{
	struct search_text t;
	struct str text = S("Ma\u00adße, Bu\xcc\x88ro");

	setup();
	search_text_make(arena, text, &t);
	CHECK_STR(t.form, S("masse buro"));
	static const struct search_span want[] = {{0, 1}, {1, 2},  {4, 6},   {4, 6},   {6, 7},
						  {7, 9}, {9, 10}, {10, 13}, {13, 14}, {14, 15}};
	for (size_t i = 0; i < t.form.n; i++) {
		CHECK_INT(t.spans[i].begin, want[i].begin);
		CHECK_INT(t.spans[i].end, want[i].end);
	}
}

/* --- the question --- */

static struct str match(const char *typed)
{
	return search_match(arena, str_of(typed));
}

TEST(terms_are_quoted_and_joined)
{
	setup();
	CHECK_STR(match("Satzung"), S("(\"satzung\")"));
	CHECK_STR(match("Satzung, Hunde"), S("(\"satzung\") AND (\"hunde\")"));
	CHECK_STR(match("  E-Mail  "), S("(\"e mail\")"));
	CHECK_STR(match("und/oder"), S("(\"und\") AND (\"oder\")"));
	CHECK_STR(match("EU Förderung in NRW"),
		  S("(\"forderung\" OR \"foerderung\") AND (\"nrw\")"));
}

TEST(umlauts_are_asked_for_in_both_spellings)
{
	setup();
	CHECK_STR(match("Gebuehr"), S("(\"gebuehr\" OR \"gebuhr\")"));
	CHECK_STR(match("Gebu\xcc\x88hr"), S("(\"gebuhr\" OR \"gebuehr\")"));
	CHECK_STR(match("neue Quelle"), S("(\"neue\") AND (\"quelle\")"));
	CHECK_STR(match("Klimaerwaermung"),
		  S("(\"klimaerwaermung\" OR \"klimarwaermung\" OR \"klimaerwarmung\" OR"
		    " \"klimarwarmung\")"));
	CHECK_STR(match("oel"), S("(\"oel\")"));
}

TEST(quoted_words_stay_together)
{
	setup();
	CHECK_STR(match("\"neue Fassung\" Haus"), S("(\"neue fassung\") AND (\"haus\")"));
	CHECK_STR(match("das „neue Haus“ hier"), S("(\"das\") AND (\"neue haus\") AND (\"hier\")"));
	CHECK_STR(match("»a, b« abc"), S("(\"a b\") AND (\"abc\")"));
	CHECK_STR(match("ein\"zwei drei\"vier"), S("(\"ein\") AND (\"zwei drei\") AND (\"vier\")"));
	CHECK_STR(match("\"offen bleibt"), S("(\"offen\") AND (\"bleibt\")"));
	CHECK_STR(match("\"\" \"a\""), S(""));
}

TEST(nothing_usable_gives_nothing_to_ask)
{
	setup();
	CHECK_STR(match(""), S(""));
	CHECK_STR(match("in EU 5 * ? \"\""), S(""));
	CHECK_STR(match("😀😀😀 ---"), S(""));
}

TEST(only_the_first_eight_terms_count)
{
	setup();
	CHECK_STR(match("aaa bbb ccc ddd eee fff ggg hhh iii jjj"),
		  S("(\"aaa\") AND (\"bbb\") AND (\"ccc\") AND (\"ddd\") AND (\"eee\") AND"
		    " (\"fff\") AND (\"ggg\") AND (\"hhh\")"));
}

/* --- with the index --- */

static struct str texts[] = {
    S_INIT("Die Hundesteuersatzung gilt seit 2024."),
    S_INIT("In der Straße am Maßstab wird gebaut."),
    S_INIT("Bürger*innen reichen Vorschläge ein."),
    S_INIT("Gebührenordnung für Öl und Übergänge."),
    S_INIT("Die öffentliche Fassung des Handbuchs."),
    S_INIT("Fassung: öffentliche Sitzung der Akteur:innen."),
    S_INIT("Klimaerwärmung und Bauerlaubnis."),
    S_INIT("Johann Wolfgang von Goethe, Dateisy\u00adstem, E-Mail an die EU."),
};
enum { TEXTS = sizeof texts / sizeof texts[0] };

static void index_texts(void)
{
	static const char insert_text[] = "INSERT INTO found (rowid, form) VALUES ($1, $2)";

	begin_write();
	CHECK_INT(
	    db_script(db, S("CREATE VIRTUAL TABLE found USING fts5(form, tokenize='trigram');")),
	    OK);
	for (size_t i = 0; i < TEXTS; i++)
		CHECK_INT(db_run(db, insert_text,
				 WITH(INT((int64_t)i), TEXT(search_form(arena, texts[i]))), NULL),
			  OK);
	CHECK_INT(db_commit(db), OK);
	CHECK_INT(db_begin_read(db, arena), OK);
}

/* Numbers of the texts that are found: "0 4"; each has a hit in its excerpt. */
static struct str found_by(struct str typed)
{
	static const char sql[] = "SELECT rowid FROM found WHERE found MATCH $1 ORDER BY rowid";
	struct str question = search_match(arena, typed);
	struct buf b = {.arena = arena};
	struct excerpt e;

	if (question.n == 0)
		return S("nothing to ask");
	struct rows r = db_query(db, sql, WITH(TEXT(question)));
	while (rows_next(&r)) {
		size_t hits = 0;
		buf_fmt(&b, "%s%d", b.n > 0 ? " " : "", (int)col_int(&r, 0));
		search_excerpt(arena, texts[col_int(&r, 0)], typed, 200, &e);
		for (size_t i = 0; i < e.n; i++)
			hits += e.parts[i].hit;
		CHECK(hits > 0);
	}
	CHECK_INT(r.err, OK);
	return buf_str(&b);
}

static struct str found(const char *typed)
{
	return found_by(str_of(typed));
}

TEST(the_index_finds_what_is_meant)
{
	index_texts();
	CHECK_STR(found("satzung"), S("0"));
	CHECK_STR(found("HUNDESTEUER"), S("0"));
	CHECK_STR(found("strasse"), S("1"));
	CHECK_STR(found("Straße"), S("1"));
	CHECK_STR(found("massstab"), S("1"));
	CHECK_STR(found("Bürgerinnen"), S("2"));
	CHECK_STR(found("buerger:innen"), S("2"));
	CHECK_STR(found("burger"), S("2"));
	CHECK_STR(found("gebuehrenordnung"), S("3"));
	CHECK_STR(found("gebuhren"), S("3"));
	CHECK_STR(found("uebergaenge"), S("3"));
	CHECK_STR(found("Übergang"), S("3"));
	CHECK_STR(found("Erwärmung"), S("6"));
	CHECK_STR(found("klimaerwaermung"), S("6"));
	CHECK_STR(found("erlaubnis"), S("6"));
	CHECK_STR(found("Göthe"), S("7"));
	CHECK_STR(found("dateisystem"), S("7"));
	CHECK_STR(found("e-mail"), S("7"));
}

TEST(all_terms_must_occur_and_phrases_in_order)
{
	index_texts();
	CHECK_STR(found("öffentliche Fassung"), S("4 5"));
	CHECK_STR(found("\"öffentliche Fassung\""), S("4"));
	CHECK_STR(found("„Fassung öffentliche“"), S("5"));
	CHECK_STR(found("Fassung Handbuch"), S("4"));
	CHECK_STR(found("Fassung Hunde"), S(""));
	CHECK_STR(found("an EU Goethe"), S("7")); /* too short to be asked for */
	CHECK_STR(found("EU"), S("nothing to ask"));
}

TEST(what_the_index_would_take_for_orders_is_only_text)
{
	static const char *const typed[] = {
	    "satzung\" OR \"bau",  "form:satzung",   "satzung*",      "NOT satzung",
	    "satzung) OR (bau",    "{form}:satzung", "^satzung",      "NEAR(satzung bau, 5)",
	    "satzung' OR 1=1 --",  "\"\"\"\"",       "satzung + bau", "- form : satzung",
	    "\\\"satzung\\\" bau", "''''''''''''",   "OR OR OR",      "AND"};

	index_texts();
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
		(void)found(typed[i]); /* no error of the database */
	CHECK_STR(found("satzung*"), S("0"));
	CHECK_STR(found("*satzung"), S("0"));
	CHECK_STR(found("form:satzung"), S("")); /* "formsatzung", as in "Bürger:innen" */
	CHECK_STR(found("NOT satzung"), S(""));  /* nobody wrote "not" */
	CHECK_STR(found("satzung OR öffentliche"), S(""));
}

TEST(a_query_of_4000_characters_is_answered)
{
	static const char *const pieces[] = {"x", "\"", "satzung ", "ae", "ä", "\" \"", "ß*", "(a"};

	index_texts();
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct buf b = {.arena = arena};
		while (b.n < 4000)
			buf_add(&b, str_of(pieces[i]));
		struct str got = found_by(buf_str(&b));
		CHECK_STR(got, i == 2                       ? S("0")
			       : i == 1 || i == 5 || i == 7 ? S("nothing to ask")
							    : S(""));
	}
	struct buf b = {.arena = arena};
	buf_add(&b, S("hundesteuersatzung "));
	for (int i = 0; i < 4000; i++)
		buf_char(&b, 'x');
	CHECK_STR(found_by(buf_str(&b)), S(""));
	CHECK(search_match(arena, buf_str(&b)).n < 200);
}

/* --- excerpts --- */

/* Hits in brackets. */
static struct str shown(const char *plain, const char *typed, size_t max_chars)
{
	struct buf b = {.arena = arena};
	struct excerpt e;

	search_excerpt(arena, str_of(plain), str_of(typed), max_chars, &e);
	for (size_t i = 0; i < e.n; i++)
		buf_fmt(&b, e.parts[i].hit ? "[%.*s]" : "%.*s", ARG(e.parts[i].text));
	return buf_str(&b);
}

TEST(hits_are_marked_as_they_are_written)
{
	setup();
	CHECK_STR(shown("Die Hundesteuersatzung gilt.", "SATZUNG", 99),
		  S("Die Hundesteuer[satzung] gilt."));
	CHECK_STR(shown("Straße und Strasse", "strasse", 99), S("[Straße] und [Strasse]"));
	CHECK_STR(shown("Bürger*innen, Bürger", "buerger", 99), S("[Bürger]*innen, [Bürger]"));
	CHECK_STR(shown("Bürger*innen", "bürgerinnen", 99), S("[Bürger*innen]"));
	CHECK_STR(shown("Bu\xcc\x88ro\xcc\x88 auf", "büro", 99), S("[Bu\xcc\x88ro\xcc\x88] auf"));
	CHECK_STR(shown("Die neue  –  Fassung", "\"neue Fassung\"", 99),
		  S("Die [neue  –  Fassung]"));
	CHECK_STR(shown("Maßstab", "mas stab", 99), S("[Maß][stab]"));
	CHECK_STR(shown("Maßstab", "mas sst", 99), S("[Maß]stab"));
	CHECK_STR(shown("gebuehr Gebühr", "gebühr", 99), S("[gebuehr] [Gebühr]"));
	CHECK_STR(shown("ein Haus, Haus", "hausboot haus", 99), S("ein [Haus], [Haus]"));
	CHECK_STR(shown("ein Hausboot", "haus hausboot", 99), S("ein [Hausboot]"));
	CHECK_STR(shown("a < b & c", "nichts", 99), S("a < b & c"));
	CHECK_STR(shown("", "haus", 99), S(""));
	CHECK_STR(shown("Text", "", 99), S("Text"));
}

TEST(an_excerpt_is_cut_between_words)
{
	static const char plain[] =
	    "Eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf.";

	setup();
	CHECK_STR(shown(plain, "eins", 20), S("[Eins] zwei drei vier …"));
	CHECK_STR(shown(plain, "sieben", 20), S("… [sieben] acht neun …"));
	CHECK_STR(shown(plain, "sieben", 28), S("… sechs [sieben] acht neun zehn …"));
	CHECK_STR(shown(plain, "zwölf", 20), S("… neun zehn elf [zwölf]."));
	CHECK_STR(shown(plain, "fehlt", 20), S("Eins zwei drei vier …"));
	CHECK_STR(shown(plain, "sechs acht zehn", 25), S("… fünf [sechs] sieben [acht] …"));
	CHECK_STR(shown(plain, "eins", 63), S("[Eins] zwei drei vier fünf sechs sieben acht neun"
					      " zehn elf zwölf."));
	CHECK_STR(shown(plain, "eins", 62),
		  S("[Eins] zwei drei vier fünf sechs sieben acht neun zehn elf …"));
	CHECK_STR(shown("  Haus und Hof  ", "hof", 12), S("Haus und [Hof]"));
}

TEST(an_excerpt_of_one_long_word_is_cut_between_characters)
{
	setup();
	CHECK_STR(shown("ääääääääääääääääääääsatzungüüüüüüüüüüüüüüüüüüüü", "satzung", 16),
		  S("… ääää[satzung]üüüüü …"));
	CHECK_STR(shown("äääääääääää satzungsänderung", "satzungsänderung", 4),
		  S("… [satzungsänderung]"));
	CHECK_STR(shown("abc def", "def", 0), S("… [def]"));
}

TEST(a_text_that_is_not_in_the_index_is_asked_the_same)
{
	struct str text = S("Hundesteuersatzung der Stadt, Straße & Gebühr");

	setup();
	CHECK(search_finds(arena, text, S("satzung")));
	CHECK(search_finds(arena, text, S("STRASSE gebuehr")));
	CHECK(search_finds(arena, text, S("\"der Stadt\"")));
	CHECK(!search_finds(arena, text, S("\"Stadt der\"")));
	CHECK(!search_finds(arena, text, S("satzung Katze")));
	CHECK(!search_finds(arena, text, S("de")));
	CHECK(!search_finds(arena, text, S("")));
	CHECK(!search_finds(arena, S(""), S("satzung")));
	CHECK(search_touches(arena, text, S("Katze satzung")));
	CHECK(!search_touches(arena, text, S("Katze Hund9")));
	CHECK(!search_touches(arena, text, S("")));
}

TESTS_MAIN_WITH(NULL, teardown)
