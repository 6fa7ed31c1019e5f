/* edition_build_test.c -- what of a version gets into an edition, and in which shape. */
#include "edition_world.h"

/* All blocks that say "offen" are for everybody, those that say "rat" for others only. */
static struct answer built(const char *markdown)
{
	import(markdown);
	run_sql("INSERT INTO block_text (block_id, kind, level, ordered, number, label, audience,"
		" markdown, plain, html, hash, created_at) SELECT block_id, kind, level, ordered,"
		" number, label, CASE WHEN plain GLOB '*rat*' THEN 'public' ELSE 'both' END,"
		" markdown, plain, html, hash, 2 FROM block_text"
		" WHERE plain GLOB '*offen*' OR plain GLOB '*rat*';"
		"UPDATE revision_block SET block_text_id = (SELECT max(n.id)"
		"   FROM block_text n JOIN block_text o ON o.block_id = n.block_id"
		"  WHERE o.id = revision_block.block_text_id)");
	CHECK_INT(prepare().status, 303);
	return get_as(ANNA, EDITION "/vorschau");
}

static struct answer omitted(void)
{
	return get_as(ANNA, EDITION);
}

static struct answer pack(void)
{
	return get_as(ANNA, EDITION "/handbuch.md");
}

TEST(nothing_is_public_by_itself)
{
	struct answer a = built("# Probe\n\n## Kapitel\n\nText.\n");
	CHECK(!shows(&a, "Kapitel</h2>") && !shows(&a, "Text."));
	a = omitted();
	CHECK(shows(&a, "Diese Ausgabe ist leer"));
}

TEST(what_stands_below_an_internal_heading_stays_inside)
{
	struct answer a =
	    built("# Probe\n\n## offen eins\n\noffen A\n\n### Zu\n\noffen B\n\n#### offen C\n\n"
		  "offen D\n\n### offen zwei\n\noffen E\n\n## Zu\n\noffen F\n\n## offen drei\n");
	CHECK(shows(&a, "offen A") && shows(&a, "1.1 offen zwei") && shows(&a, "offen E"));
	CHECK(!shows(&a, "offen B") && !shows(&a, "offen C") && !shows(&a, "offen D"));
	CHECK(!shows(&a, "offen F") && shows(&a, "2 offen drei"));
	a = omitted();
	CHECK(shows(&a, "1-mal Text für alle in Kapiteln"));
	CHECK(shows(&a, "3-mal Text für alle unter einer internen Zwischenüberschrift"));
}

TEST(lists_close_their_gaps)
{
	struct answer a = built("# Probe\n\n## offen\n\n3. offen eins\n4. zu\n5. offen drei\n"
				"   - offen tief\n6. zu\n   - offen hoch\n     1. offen noch\n");
	CHECK(shows(&a, "<ol start=\"3\"><li"));
	CHECK_INT(times(&a, "<ol start="), 1);
	CHECK(!shows(&a, "zu<"));
	struct answer md = pack();
	CHECK(shows(&md, "3. offen eins\n4. offen drei\n   - offen tief\n"));
	CHECK(shows(&md, "offen hoch\n") && !shows(&md, "- - offen hoch"));
	CHECK_INT(count_of("SELECT level FROM edition_block WHERE plain = 'offen hoch'"), 1);
	CHECK_INT(count_of("SELECT level FROM edition_block WHERE plain = 'offen noch'"), 2);
}

TEST(a_list_whose_first_item_is_internal_begins_where_it_began)
{
	built("# Probe\n\n## offen\n\n1. zu\n2. offen zwei\n3. offen drei\n");
	CHECK_STR(text_of("SELECT group_concat(item) FROM edition_block WHERE kind = 'list_item'"),
		  S("1,2"));
}

TEST(rows_need_their_head)
{
	struct answer a =
	    built("# Probe\n\n## offen\n\n| offen | Kopf |\n| - | - |\n| offen eins | x |\n"
		  "| zu | y |\n| offen drei | z |\n\nText\n\n"
		  "| Zu | Kopf |\n| - | - |\n| offen vier | x |\n");
	CHECK(shows(&a, "offen eins") && shows(&a, "offen drei") && !shows(&a, "offen vier"));
	CHECK(!shows(&a, ">y<"));
	a = omitted();
	CHECK(shows(&a, "1-mal eine Zeile, deren Tabellenkopf intern ist"));
}

TEST(notes_and_their_references_go_together)
{
	struct answer a =
	    built("# Probe\n\n## offen\n\noffen A.[^geheim] Punkt[^zwei]\n\nzu[^drei] [^eins]\n\n"
		  "offen B.[^eins] `[^zwei]`\n\n"
		  "[^geheim]: Zu.\n[^drei]: offen drei\n[^eins]: offen eins\n"
		  "[^zwei]: offen zwei\n");
	CHECK(shows(&a, "k1-fn-1\" value=\"1\"><p>offen zwei"));
	CHECK(shows(&a, "k1-fn-2\" value=\"2\"><p>offen eins"));
	CHECK(!shows(&a, "offen drei") && !shows(&a, "[^geheim]") && !shows(&a, "Zu."));
	struct answer md = pack();
	CHECK(shows(&md, "offen A. Punkt[^1-1]") && shows(&md, "[^1-2]: offen eins"));
	CHECK(!shows(&md, "geheim") && !shows(&md, "[^eins]"));
	a = omitted();
	CHECK(shows(&a, "1-mal ein Verweis auf eine interne Fußnote"));
	CHECK(shows(&a, "1-mal eine Fußnote, auf die kein öffentlicher Absatz verweist"));
}

TEST(notes_for_others_stand_apart_and_have_no_number)
{
	struct answer a = built("# Probe\n\n## offen\n\noffen eins[^r]\n\nrat eins\n\n- offen p\n"
				"- rat punkt\n- offen q\n\noffen drei\n\n[^r]: rat note\n");
	CHECK(shows(&a, "<p><b>Für andere Kommunen:</b> rat eins</p>"));
	CHECK(shows(&a, "aria-label=\"Hinweis für andere Kommunen zu 1.1\""));
	CHECK(shows(&a, "<b>Für andere Kommunen:</b> rat note"));
	CHECK_STR(text_of("SELECT group_concat(number) FROM edition_block WHERE tip = 0"),
		  S("1.1,1.2,1.2,1.3"));
	struct answer md = pack();
	CHECK(shows(&md, "> **Für andere Kommunen:** rat eins"));
	CHECK(shows(&md, "[^1-1]: **Für andere Kommunen:** rat note"));
}

TEST(links_lead_to_public_pages_or_to_the_contents)
{
	struct answer a =
	    built("# Probe\n\n## offen eins\n\noffen [weiter](/handbuch/offen-zwei \"Titel\") und"
		  " [zu](/handbuch/geheim#b-abcdefgh) und [fort][x] und "
		  "[raus](https://a.example/handbuch)"
		  " und [da](/oeffentlich/handbuch/offen-eins) und <a href=\"/profil\">HTML</a>\n\n"
		  "## Geheim\n\n## offen zwei\n\n[x]: /task-forces\n");
	CHECK(shows(&a, "href=\"/oeffentlich/handbuch/offen-zwei\""));
	CHECK(shows(&a, "href=\"/oeffentlich/handbuch\"") && !shows(&a, "geheim#"));
	CHECK(shows(&a, "https://a.example/handbuch") && !shows(&a, "HTML</a>"));
	CHECK_STR(text_of("SELECT state FROM edition"), S("checked"));
	struct answer md = pack();
	CHECK(shows(&md, "[weiter](#offen-zwei \"Titel\")"));
	CHECK(!shows(&md, "/task-forces") && !shows(&md, "geheim") && !shows(&md, "/profil"));
	a = omitted();
	CHECK(shows(&a, "2-mal ein Link auf interne Seiten"));
}

TEST(a_link_that_the_source_hides_is_found_by_the_checks)
{
	built("# Probe\n\n## offen eins\n\noffen [zu](\\/handbuch/geheim)\n");
	struct answer md = pack();
	if (shows(&md, "geheim"))
		CHECK_STR(text_of("SELECT state FROM edition"), S("draft"));
}

TEST(placeholders_become_values_on_pages_and_slots_in_the_file)
{
	fixtures();
	struct answer a =
	    built("# Probe\n\n## offen {{anna-a}}\n\noffen {{anna-a}} & {{anna-a}}\n");
	CHECK_STR(text_of("SELECT state FROM edition"), S("draft"));
	run_sql("INSERT INTO placeholder (document_id, key, internal, public) VALUES"
		" (1, 'anna-a', 'Anna Ahorn', 'Person 1 <Stadt A>')");
	CHECK_INT(post_as(ANNA, EDITION "/pruefung", edition_form("Titel", "1")).status, 303);
	CHECK_STR(text_of("SELECT state FROM edition"), S("checked"));
	a = get_as(ANNA, EDITION "/vorschau");
	CHECK(shows(&a, "offen Person 1 &lt;Stadt A&gt; &amp; Person 1"));
	CHECK_STR(text_of("SELECT slug FROM edition_section"), S("offen-person-1-stadt-a"));
	struct answer md = pack();
	CHECK(shows(&md, "offen \\[Person 1 \\<Stadt A\\>\\] & \\[Person 1"));
	CHECK(!shows(&md, "{{") && !shows(&md, "anna"));
}

TEST(what_pages_hide_is_not_in_the_file)
{
	built("# Probe\n\n## offen\n\noffen <!-- geheim --> eins <br> zwei <b "
	      "title=\"geheim\">drei</b>"
	      " <https://a.example/x>\n\n`offen <code>`\n\n<div>geheim</div>\n");
	struct answer md = pack();
	CHECK(!shows(&md, "geheim") && shows(&md, "<br>") && shows(&md, "<https://a.example/x>"));
	CHECK(shows(&md, "`offen <code>`") && shows(&md, "drei"));
}

TEST(a_chapter_is_never_named_like_a_page)
{
	built("# Probe\n\n## Vergleich offen\n\n## offen\n\n");
	run_sql("DELETE FROM edition_block");
	import("# Probe\n\n## Vergleich\n\nText\n");
	audience("Vergleich", "both");
	CHECK_INT(prepare().status, 303);
	CHECK_STR(text_of("SELECT slug FROM edition_section"), S("kapitel-vergleich"));
}

TESTS_MAIN
