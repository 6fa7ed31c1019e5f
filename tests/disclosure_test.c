/* disclosure_test.c -- people in the texts of the public edition, wherever and however written. */
#include "disclosure_fixture.h"

#include "features/handbook/fold.h"

/* ---- Folding ---- */

static struct str folded(struct str word)
{
	char *out = arena_alloc(arena, word.n);

	return (struct str){out, fold_word(word, out)};
}

TEST(a_folded_word_never_needs_more_bytes_than_it_had)
{
	char out[16];

	for (uint32_t cp = 1; cp < 0x110000; cp++) {
		struct buf b = {.arena = arena};
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		arena_reset(arena);
		utf8_put(&b, cp);
		size_t n = fold_word(buf_str(&b), out);
		CHECK(n <= b.n);
		CHECK(utf8_valid((struct str){out, n}));
	}
	CHECK_STR(folded(S("Ⱥda")), S("Ⱥda")); /* ⱥ is longer */
	CHECK_STR(folded(S("Şahin Łukasz Ǻ ÅSA")), S("sahin lukasz a asa"));
}

TEST(spellings_of_one_name_fold_alike)
{
	static const struct str alike[][4] = {
	    {S_INIT("Müller"), S_INIT("MUELLER"), S_INIT("muller"), S_INIT("Mu\xcc\x88ller")},
	    {S_INIT("Böhm"), S_INIT("Boehm"), S_INIT("BOHM"), S_INIT("böhm")},
	    {S_INIT("Ärzte"), S_INIT("Aerzte"), S_INIT("arzte"), S_INIT("ÄRZTE")},
	    {S_INIT("Weiß"), S_INIT("WEISS"), S_INIT("weiss"), S_INIT("WEIẞ")},
	    {S_INIT("O'Neill"), S_INIT("ONEILL"), S_INIT("O'Néill"), S_INIT("oneill")},
	    {S_INIT("Şahin"), S_INIT("sahin"), S_INIT("ŞAHİN"), S_INIT("SAHIN")},
	    {S_INIT("Nguyễn"), S_INIT("nguyen"), S_INIT("NGUYỄN"),
	     S_INIT("Nguye\xcc\x82\xcc\x83n")},
	    {S_INIT("Берёза"), S_INIT("БЕРЁЗА"), S_INIT("берёза"), S_INIT("БерЁза")},
	    {S_INIT("Łukasz"), S_INIT("lukasz"), S_INIT("ŁUKASZ"), S_INIT("Lukasz")},
	};

	for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
		for (size_t k = 1; k < 4; k++)
			CHECK_STR(folded(alike[i][k]), folded(alike[i][0]));
}

TEST(other_names_stay_other_names)
{
	CHECK_STR(folded(S("Bauer")), S("bauer"));
	CHECK_STR(folded(S("Neuer")), S("neuer"));
	CHECK_STR(folded(S("Quelle")), S("quelle"));
	CHECK(!str_eq(folded(S("Ahorn")), folded(S("Ahorm"))));
	CHECK_STR(folded(S("a\xff"
			   "b")),
		  S("ab"));
}

/* ---- Names ---- */

TEST(a_name_is_found_in_every_spelling)
{
	static const struct sample samples[] = {
	    FOUND("Frag Anna Ahorn.", "Anna Ahorn"),
	    FOUND("Frag ANNA AHORN.", "ANNA AHORN"),
	    FOUND("frag anna ahorn", "anna ahorn"),
	    FOUND("Ahorn, Anna (Lindheim)", "Ahorn, Anna"),
	    FOUND("Ahorn Anna", "Ahorn Anna"),
	    FOUND("Kontakt: A. Ahorn", "A. Ahorn"),
	    FOUND("A.Ahorn", "A.Ahorn"),
	    FOUND("A Ahorn", "A Ahorn"),
	    FOUND("Ahorn, A.", "Ahorn, A"),
	    FOUND("Frau Ahorn", "Frau Ahorn"),
	    FOUND("frau ahorn", "frau ahorn"),
	    FOUND("Frau Dr. Ahorn", "Frau Dr. Ahorn"),
	    FOUND("Frau Anna Ahorn", "Frau Anna Ahorn"),
	    FOUND("Das sagt Ahorn.", "Ahorn"),
	    FOUND("Ahorns Vorschlag", "Ahorns"),
	    FOUND("Anna Ahorn's Büro", "Anna Ahorn's"),
	    FOUND("Anna\nAhorn", "Anna Ahorn"),
	    FOUND("Anna\xc2\xa0"
		  "Ahorn",
		  "Anna Ahorn"),
	    FOUND("An\xc2\xadna Ahor\xe2\x80\x8bn", "Anna Ahorn"),
	    FOUND("Anna Ah-\norn", "Ah- orn"),
	    FOUND("(Anna)Ahorn", "Anna)Ahorn"),
	    FOUND("Anna/Ahorn", "Anna/Ahorn"),
	    FOUND("foto_anna-ahorn2.jpg", "anna-ahorn"),
	    FOUND("AnnaAhorn", "AnnaAhorn"),
	    FOUND("Bild: ahorn.jpg", "ahorn"),
	    FOUND("ahornanna", "ahornanna"),
	    FOUND("\xef\xbc\xa1nna Ahorn", "Anna Ahorn"),
	    FOUND("Bernd Müller", "Bernd Müller"),
	    FOUND("bernd mueller", "bernd mueller"),
	    FOUND("MULLER, BERND", "MULLER, BERND"),
	    FOUND("Herrn Müllers Büro", "Herrn Müllers"),
	    FOUND("Bernd Mu\xcc\x88ller", "Bernd Mu\xcc\x88ller"),
	    FOUND("Uwe Böhm", "Uwe Böhm"),
	    FOUND("Uwe Bohm", "Uwe Bohm"),
	    FOUND("Sean O\xe2\x80\x99Neill", "Sean O'Neill"),
	    FOUND("Oneill", "Oneill"),
	    FOUND("Derya Sahin", "Derya Sahin"),
	    FOUND("ŞAHİN", "ŞAHİN"),
	    FOUND("Karl Strauss", "Karl Strauss"),
	    FOUND("Prof. Strauß", "Prof. Strauß"),
	    FOUND("Ngọc Nguyễn", "Ngọc Nguyễn"),
	    FOUND("ИВАН БЕРЁЗА", "ИВАН БЕРЁЗА"),
	    FOUND("bei حداد", "حداد"),
	    FOUND("Das sagt Moel.", "Moel"),
	    FOUND("Gri\xef\xac\x80"
		  "el",
		  "Griffel"),
	    FOUND("Anna Ahorn und", "Anna Ahorn"),
	};

	CHECK_SAMPLES(FINDING_NAME, true, samples);
}

TEST(double_names_particles_and_titles_do_not_hide_a_name)
{
	static const struct sample samples[] = {
	    FOUND("Maria-Lena von der Birke-Weiß", "Maria-Lena von der Birke-Weiß"),
	    FOUND("Maria Birke", "Maria Birke"),
	    FOUND("M.-L. Weiss", "M.-L. Weiss"),
	    FOUND("Lena Birke Weiß", "Lena Birke Weiß"),
	    FOUND("Frau von der Birke", "Frau von der Birke"),
	    FOUND("Birke-Weiß, Maria-Lena", "Birke-Weiß, Maria-Lena"),
	    FOUND("die Birke-Weiß-Gruppe", "Birke"),
	    FOUND("marialenabirkeweiss", "marialenabirkeweiss"),
	    FOUND("mariabirkeweiss", "mariabirkeweiss"),
	};

	CHECK_SAMPLES(FINDING_NAME, true, samples);
}

TEST(a_short_name_needs_company)
{
	static const struct sample samples[] = {
	    FOUND("Christian Ott", "Christian Ott"),
	    FOUND("Ott, Christian", "Ott, Christian"),
	    FOUND("Chr. Ott", "Chr. Ott"),
	    FOUND("c.ott", "c.ott"),
	    FOUND("Herr Ott", "Herr Ott"),
	    FOUND("Herrn Prof. Ott", "Herrn Prof. Ott"),
	    FOUND("Herr Tobias Ott", "Herr Tobias Ott"),
	    FOUND("Familie Ott", "Familie Ott"),
	    FOUND("LI BO", "LI BO"),
	    NOTHING("Ott hat gesagt"),
	    NOTHING("Hof Ott"),
	    NOTHING("Das ist gut. Ott. Bo"),
	    NOTHING("Danke, Christian. Ott kam."),
	    NOTHING("Christian, (***) *** Ott"),
	    NOTHING("Ch Ott, Ott C, c ott"),
	    NOTHING("Herr Eins Zwei Drei Ott"),
	    NOTHING("Frau Anders. Dann kam Ott."),
	};

	CHECK_SAMPLES(FINDING_NAME, true, samples);
}

TEST(an_ordinary_word_is_a_name_only_in_company)
{
	static const struct sample samples[] = {
	    FOUND("Eva Koch", "Eva Koch"),       FOUND("E. Koch", "E. Koch"),
	    FOUND("Frau Koch", "Frau Koch"),     FOUND("Koch, Eva", "Koch, Eva"),
	    NOTHING("Ein Koch, der kocht"),      NOTHING("z. B. Koch"),
	    FOUND("Max Seefeld", "Max Seefeld"), FOUND("Herr Seefeld", "Herr Seefeld"),
	    NOTHING("Die Stadt Seefeld"),
	};

	CHECK_SAMPLES(FINDING_NAME, true, samples);
}

TEST(other_words_are_no_names)
{
	static const struct sample samples[] = {
	    NOTHING("Ahornallee und Müllerei"),
	    NOTHING("der ahorn im Wald/ahorn."),
	    NOTHING("Müller*innen, Müller:innen, Müller_innen, Müller/in, Müller/-innen"),
	    NOTHING("MüllerInnen, Ahorner"),
	    NOTHING("Person 1 (Stadt A)"),
	    NOTHING("Kolleg*innen, Bürger*innen und Akteur*innen"),
	    NOTHING("Herr und Frau, Dr. und Prof."),
	    NOTHING("Die Frau am Telefon"),
	    NOTHING(""),
	    NOTHING("..., ' '' ''' - -"),
	};

	CHECK_SAMPLES(FINDING_NAME, true, samples);
}

TEST(a_given_name_alone_only_warns)
{
	static const struct sample samples[] = {
	    FOUND("Frag Anna (Lindheim)", "Anna"),
	    FOUND("Lena hilft", "Lena"),
	    NOTHING("Frag Anna Ahorn"),
	    NOTHING("anna"),
	    NOTHING("Hannah, der Stadtr. Von der Leitung"),
	    NOTHING("Li"),
	};

	CHECK_SAMPLES(FINDING_NAME, false, samples);
	CHECK_INT(look_plain(S("Frag Anna")), 1);
	CHECK_INT(look_plain(S("Lena Birke Weiß, Anna Ahorn")), 2);
}

/* ---- Where names stand ---- */

static struct str blocking_name(struct disclosure_text text)
{
	look(text);
	return first_of(FINDING_NAME, true);
}

static struct str name_in_html(struct str code)
{
	return blocking_name((struct disclosure_text){.html = code});
}

static struct str name_in_markdown(struct str source)
{
	return blocking_name((struct disclosure_text){.markdown = source});
}

TEST(tags_do_not_hide_a_name)
{
	CHECK_STR(name_in_html(S("<em>Anna</em> Ahorn")), S("Anna Ahorn"));
	CHECK_STR(name_in_html(S("<em>An</em>na <a href=\"/x\">Ah</a>orn")), S("Anna Ahorn"));
	CHECK_STR(name_in_html(S("<td>Anna</td><td>Ahorn</td>")), S("Anna Ahorn"));
	CHECK_STR(name_in_html(S("Christian<br>Ott")), S("Christian Ott"));
	CHECK_STR(name_in_html(S("M&uuml;l&shy;ler &amp; &#65;horn")), S("Müller"));
	CHECK_STR(name_in_html(S("<!-- Anna Ahorn -->")), S("Anna Ahorn"));
	CHECK_STR(name_in_html(S("<a Ahorn")), S("Ahorn"));
	CHECK_STR(name_in_html(S("a < Ahorn > b")), S("Ahorn"));
}

TEST(attributes_do_not_hide_a_name)
{
	CHECK_STR(name_in_html(S("<img src=\"/medien/a.png\" alt=\"Anna Ahorn\">")),
		  S("Anna Ahorn"));
	CHECK_STR(name_in_html(S("<img src=\"/medien/ahorn.png\" alt=\"\">")), S("ahorn"));
	CHECK_STR(name_in_html(S("<a class=\"x\" href=\"/team/anna_ahorn\">x</a>")),
		  S("anna_ahorn"));
	CHECK_STR(name_in_html(S("<a href=\"/x?name=Anna%20Ahorn\">x</a>")), S("Anna Ahorn"));
	CHECK_STR(name_in_html(S("<a href=\"/M%25C3%25BCller\">x</a>")), S("Müller"));
	CHECK_STR(name_in_html(S("<a href=\"mailto:a.ahorn@x.example\">x</a>")), S("a.ahorn"));
	CHECK_STR(name_in_html(S("<a href=/ahorn>x</a>")), S("ahorn"));
	CHECK_STR(name_in_html(S("<a title='Frau \"Ott\"'>x</a>")), S("Frau \"Ott"));
	CHECK_STR(name_in_html(S("<h2 id=\"zu-anna-ahorn\">x</h2>")), S("anna-ahorn"));
	CHECK_STR(name_in_html(S("<p class=\"ahorn\">x</p>")), S(""));
}

TEST(markdown_does_not_hide_a_name)
{
	CHECK_STR(name_in_markdown(S("**Anna** *Ahorn*")), S("Anna** *Ahorn"));
	CHECK_STR(name_in_markdown(S("Text <!-- Ahorn --> Text")), S("Ahorn"));
	CHECK_STR(name_in_markdown(S("<!-- M&#xFC;ller -->")), S("Müller"));
	CHECK_STR(name_in_markdown(S("<!-- M&#252;ller -->")), S("Müller"));
	CHECK_STR(name_in_markdown(S("[x]: /y \"Anna Ahorn\"")), S("Anna Ahorn"));
	CHECK_STR(name_in_markdown(S("[Tel](tel:123 'Ahorn')")), S("Ahorn"));
	CHECK_STR(name_in_markdown(S("```ahorn-anna\nx\n```")), S("ahorn-anna"));
	CHECK_STR(name_in_markdown(S("Anna\\_Ahorn")), S("Anna\\_Ahorn"));
}

/* Whatever way the renderer goes, the three forms together show it. */
TEST(no_spelling_in_markdown_gets_a_name_through)
{
	static const struct str sources[] = {
	    S_INIT("An**na** Ahorn"),
	    S_INIT("Anna  \nAhorn"),
	    S_INIT("[Ah](/x)orn"),
	    S_INIT("&Auml;hm, M&uuml;ller"),
	    S_INIT("[x](/y \"Anna Ahorn\")"),
	    S_INIT("![Anna Ahorn](/medien/x.png)"),
	    S_INIT("![x](https://a.example/ahorn.png)"),
	    S_INIT("[x](javascript:ahorn.js)"),
	    S_INIT("<span data-x=\"ahorn-anna\">x</span>"),
	    S_INIT("x <script>Ahorn</script>"),
	    S_INIT("| Anna | Ahorn |\n|-|-|\n| x | y |"),
	    S_INIT("x[^ahorn-anna]\n\n[^ahorn-anna]: y"),
	    S_INIT("`Ahorn`"),
	    S_INIT("~~Ahorn~~"),
	    S_INIT("# A\\. Ahorn"),
	    S_INIT("https://a.example/Ahorn"),
	};

	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		struct markdown_document d = document(sources[i]);
		bool hit = false;
		for (struct block *b = d.blocks; b != NULL; b = b->next)
			hit = hit || blocking_name(
					 (struct disclosure_text){b->plain, b->html, b->markdown})
					     .n > 0;
		if (!hit)
			print_error("not found in \"%.*s\"\n", ARG(sources[i]));
		CHECK(hit);
	}
}

/* ---- The list ---- */

TEST(findings_say_their_block_and_each_thing_once)
{
	const struct disclosure_text texts[] = {
	    {.plain = S("nichts")},
	    {S("Anna Ahorn"), S("<em>Anna</em> Ahorn"), S("*Anna* Ahorn, anna ahorn")},
	    {.plain = S("Anna Ahorn")},
	};

	finding_count = disclosure_check(arena, &world, texts, 3, &findings);
	CHECK_INT(finding_count, 2);
	CHECK_INT(findings[0].block, 1);
	CHECK_INT(findings[1].block, 2);
	CHECK(findings[0].kind == FINDING_NAME && findings[0].blocking);
}

TEST(many_warnings_leave_room_for_what_blocks)
{
	struct buf b = {.arena = arena};

	for (int i = 0; i < 200; i++)
		buf_fmt(&b, "%d Euro a%d@x.example ", i + 100, i);
	buf_add(&b, S("Anna Ahorn {{x"));
	look_plain(buf_str(&b));
	CHECK_INT(finding_count, 2 * DISCLOSURE_PER_KIND + 2);
	CHECK_STR(first_of(FINDING_NAME, true), S("Anna Ahorn"));
	CHECK_STR(first_of(FINDING_PLACEHOLDER, true), S("{{x"));
}

TEST(a_large_cooperation_is_known_by_name)
{
	struct str people[650];
	struct disclosure_world large = {.persons = {650, people}};

	for (int i = 0; i < 650; i++)
		people[i] = arena_fmt(arena, "V%c%c Xylo%c%c", 'a' + i % 26, 'a' + i / 26,
				      'a' + i / 26, 'a' + i % 26);
	struct disclosure_text texts[] = {{.plain = S("v. xyloab")},
					  {.plain = S("Xyloba")},
					  {.plain = S("VZHXYLOHZ")},
					  {.plain = S("Xylozz Vz")}};
	finding_count = disclosure_check(arena, &large, texts, 4, &findings);
	CHECK_INT(finding_count, 2);
	CHECK_STR(findings[0].text, S("Xyloba"));
	CHECK_STR(findings[1].text, S("VZHXYLOHZ"));
}

TEST(many_given_names_leave_room_for_a_full_one)
{
	struct str people[2 * DISCLOSURE_PER_KIND];
	struct disclosure_world many = {.persons = {2 * DISCLOSURE_PER_KIND, people}};
	struct buf b = {.arena = arena};

	for (int i = 0; i < 2 * DISCLOSURE_PER_KIND; i++) {
		people[i] = arena_fmt(arena, "Ab%c%c Ahorn", 'b' + i / 26, 'a' + i % 26);
		buf_fmt(&b, "%.*s ", ARG(str_head(people[i], 4)));
	}
	buf_add(&b, S("Ahorn"));
	struct disclosure_text text = {.plain = buf_str(&b)};
	finding_count = disclosure_check(arena, &many, &text, 1, &findings);
	CHECK_INT(finding_count, DISCLOSURE_PER_KIND + 1);
	CHECK_STR(first_of(FINDING_NAME, true), S("Abcn Ahorn"));
}

TEST(a_long_finding_is_cut_between_characters)
{
	look_plain(joined(S("a@x"), repeated(S("\xc3\xa4"), 200)));
	CHECK_INT(first_of(FINDING_EMAIL, true).n, DISCLOSURE_TEXT - 1);
	CHECK(utf8_valid(first_of(FINDING_EMAIL, true)));
}

TEST(nothing_is_found_in_nothing)
{
	struct disclosure_world nobody = {.persons = {0, NULL}};
	struct disclosure_text text = {.plain = S("Anna Ahorn, Leitung in Lindheim")};

	CHECK_INT(disclosure_check(arena, &nobody, &text, 1, &findings), 0);
	CHECK_INT(disclosure_check(arena, &world, NULL, 0, &findings), 0);
}

TEST(kinds_have_names_for_the_database)
{
	for (int kind = 0; kind < FINDING_KINDS; kind++) {
		enum finding_kind again;
		CHECK(finding_kind_named(finding_kind_name((enum finding_kind)kind), &again));
		CHECK_INT(again, kind);
	}
	CHECK_STR(finding_kind_name(FINDING_EMAIL), S("email"));
	CHECK(!finding_kind_named(S("x"), &(enum finding_kind){0}));
}

TESTS_MAIN_EACH(before, after)
