/* field_label_test.c -- what a page calls its fields, read from the page. */
#include "app/field_label.h"
#include "arena_fixture.h"

static struct str named(const char *html, const char *id)
{
	struct buf page = {.arena = arena};

	buf_add(&page, S("<p>"));
	buf_add(&page, field_label_mark(arena, str_of(id)));
	buf_add(&page, S("</p>"));
	buf_add(&page, str_of(html));
	struct str filled = field_labels_fill(arena, buf_str(&page));
	struct str first = str_from(filled, S("<p>").n);
	return str_head(first, str_find(first, S("</p>")));
}

TEST(a_field_is_called_by_its_label)
{
	static const char html[] =
	    "<label class=\"kern-label\" for=\"titel\">Betreff</label><input id=\"titel\">"
	    "<label for=\"weg\">Welche Wege gibt es?</label><textarea id=\"weg\"></textarea>"
	    "<label for=\"f\">Frage &amp; Antwort</label><select id=\"f\"></select>";

	CHECK_STR(named(html, "titel"), S("Betreff:"));
	CHECK_STR(named(html, "weg"), S("Welche Wege gibt es?"));
	CHECK_STR(named(html, "f"), S("Frage &amp; Antwort:"));
}

TEST(what_explains_the_label_does_not_belong_to_its_name)
{
	static const char html[] =
	    "<label for=\"ende\">Ende <span "
	    "class=\"kern-label__optional\">freiwillig</span></label>"
	    "<input id=\"ende\">"
	    "<label for=\"t-2\">Titel<span class=\"hs-vorlesen\"> der Anlage 2</span>\n</label>"
	    "<input id=\"t-2\">"
	    "<label for=\"ja\"><strong>Zustimmen</strong><small>Ich trage es mit.</small></label>"
	    "<input type=\"checkbox\" id=\"ja\">";

	CHECK_STR(named(html, "ende"), S("Ende:"));
	CHECK_STR(named(html, "t-2"), S("Titel der Anlage 2:"));
	CHECK_STR(named(html, "ja"), S("Zustimmen:"));
}

TEST(choices_are_called_by_the_legend_of_the_fieldset_that_has_the_message)
{
	static const char html[] =
	    "<fieldset class=\"kern-fieldset\"><legend>Zeitraum</legend>"
	    "<label for=\"ab\">Beginn</label><input id=\"ab\" aria-describedby=\"ab-fehler\">"
	    "</fieldset>"
	    "<fieldset aria-describedby=\"art-hinweis art-fehler\"><legend class=\"kern-label\">"
	    "Was wird gebucht?</legend><input type=\"radio\" id=\"art\">"
	    "<label for=\"art\">Mittelabruf</label></fieldset>"
	    "<fieldset id=\"anlagen\" aria-describedby=\"anlagen-fehler\"><legend>Anlagen</legend>"
	    "<label for=\"erste\">Erste</label><input id=\"erste\"></fieldset>";

	CHECK_STR(named(html, "ab"), S("Beginn:"));
	CHECK_STR(named(html, "art"), S("Was wird gebucht?"));
	CHECK_STR(named(html, "anlagen"), S("Anlagen:"));
	CHECK_STR(named(html, "erste"), S("Erste:"));
}

TEST(what_is_no_field_is_called_as_it_calls_itself)
{
	static const char html[] =
	    "<fieldset id=\"weise\"><legend>Was soll geschehen?</legend></fieldset>"
	    "<table class=\"t\" id=\"auswahl\"><caption>Rückmeldungen</caption></table>"
	    "<h2 id=\"gast\" tabindex=\"-1\">Wer kommt?</h2>"
	    "<div id=\"person\" role=\"group\" aria-label=\"Befangenheit\"></div>"
	    "<label for=\"nummer-2\" id=\"nummer\">Nummer</label><input id=\"nummer-2\">";

	CHECK_STR(named(html, "weise"), S("Was soll geschehen?"));
	CHECK_STR(named(html, "auswahl"), S("Rückmeldungen:"));
	CHECK_STR(named(html, "gast"), S("Wer kommt?"));
	CHECK_STR(named(html, "person"), S("Befangenheit:"));
	CHECK_STR(named(html, "nummer"), S("Nummer:"));
}

TEST(a_field_that_is_not_there_has_no_name)
{
	CHECK_STR(named("<label for=\"a\">A</label>", "b"), S(""));
	CHECK_STR(named("<label for=\"a\">A", "a"), S(""));
	CHECK_STR(named("", ""), S(""));
}

TEST(a_page_without_marks_stays_as_it_is)
{
	struct str html = S("<p>Nichts zu tun</p>");

	CHECK(field_labels_fill(arena, html).p == html.p);
}

TESTS_MAIN_EACH(before, after)
