/* disclosure_signs_test.c -- addresses, numbers, hosts and the rest of what blocks or warns. */
#include "disclosure_fixture.h"

TEST(mail_addresses_are_found_in_disguise)
{
	static const struct sample samples[] = {
	    FOUND("Schreib an a.b@x.example.", "a.b@x.example"),
	    FOUND("<info@stadt.example>", "info@stadt.example"),
	    FOUND("„a@x.example“", "a@x.example"),
	    FOUND("a@host", "a@host"),
	    FOUND("a\xef\xbc\xa0x.example", "a@x.example"),
	    FOUND("a\xc2\xa0@\xc2\xa0x.example", "a @ x.example"),
	    FOUND("a @x.example", "a @x.example"),
	    FOUND("a (at) x.example", "a (at) x.example"),
	    FOUND("a(at)xy", "a(at)xy"),
	    FOUND("a [at] x punkt example", "a [at] x punkt example"),
	    FOUND("a[ät]x[.]example", "a[ät]x[.]example"),
	    FOUND("a {at} x (dot) example", "a {at} x (dot) example"),
	    FOUND("a (a) x.example", "a (a) x.example"),
	    FOUND("a at x dot example", "a at x dot example"),
	    FOUND("a AT x.example", "a AT x.example"),
	    FOUND("a_at_x.example", "a_at_x.example"),
	    FOUND("a ( at ) x.example", "a ( at ) x.example"),
	    FOUND("a-b+c%d@x-y.example", "a-b+c%d@x-y.example"),
	    FOUND("müller@höhe.example", "müller@höhe.example"),
	    FOUND("a@x\xc2\xad.example", "a@x.example"),
	    FOUND("mailto:a@x.example", "a@x.example"),
	    FOUND("a@10.0.0.1x", "a@10.0.0.1x"),
	    NOTHING("Folge uns: @stadt"),
	    NOTHING("3 @ 5,00 Euro"),
	    NOTHING("3@5"),
	    NOTHING("Punkt (a) wird genannt"),
	    NOTHING("Wir sind at work. Danach"),
	    NOTHING("Look at me"),
	    NOTHING("a @ host. Danach"),
	    NOTHING("Ende (at) "),
	    NOTHING("@"),
	    NOTHING("ab@"),
	    NOTHING("(at)x.example"),
	    NOTHING("b(a)cd, 3@55, C@f"),
	    NOTHING("a @ x.e, a @ 3.14"),
	};

	CHECK_SAMPLES(FINDING_EMAIL, true, samples);
}

TEST(telephone_numbers_are_found)
{
	static const struct sample samples[] = {
	    FOUND("Ruf +49 641 306-1234 an", "+49 641 306-1234"),
	    FOUND("+49 (0) 641/306-12 34", "+49 (0) 641/306-12 34"),
	    FOUND("+49(0)641 3061234", "+49(0)641 3061234"),
	    FOUND("(+49) 641 306123", "(+49) 641 306123"),
	    FOUND("+ 49 641 306123", "+ 49 641 306123"),
	    FOUND("+496413061234", "+496413061234"),
	    FOUND("+43 1 5880012", "+43 1 5880012"),
	    FOUND("0049 641 306123", "0049 641 306123"),
	    FOUND("0641 306-1234", "0641 306-1234"),
	    FOUND("0641\xc2\xa0"
		  "306\xe2\x80\x91"
		  "1234",
		  "0641 306-1234"),
	    FOUND("0641/306 12 34", "0641/306 12 34"),
	    FOUND("0641 / 306 12 34", "0641 / 306 12 34"),
	    FOUND("(0641) 306-1234", "(0641) 306-1234"),
	    FOUND("0641.306.1234", "0641.306.1234"),
	    FOUND("06413061234", "06413061234"),
	    FOUND("0641-3061234", "0641-3061234"),
	    FOUND("030 1234567", "030 1234567"),
	    FOUND("0170 1234567", "0170 1234567"),
	    FOUND("Zimmer 12 0641 306-1234", "0641 306-1234"),
	    FOUND("2026 0641 306-1234", "0641 306-1234"),
	    FOUND("Tel. 306-1234", "Tel. 306-1234"),
	    FOUND("Telefon: 3061", "Telefon: 3061"),
	    FOUND("Fax -3061", "Fax -3061"),
	    FOUND("Rathaus -0641 306123", "0641 306123"),
	    FOUND("Durchwahl -12", "Durchwahl -12"),
	    FOUND("Durchwahl 1234", "Durchwahl 1234"),
	    FOUND("DW: 12", "DW: 12"),
	    FOUND("Mobil 1701234567", "Mobil 1701234567"),
	    FOUND("Apparat 123", "Apparat 123"),
	    FOUND("[x](tel:0641306)", "tel:0641306"),
	    FOUND("0641 306123 und 0641 306124", "0641 306123"),
	};

	CHECK_SAMPLES(FINDING_PHONE, true, samples);
	look_plain(S("0641 306123 0641 306124 / Fax 0641 306125"));
	CHECK_INT(finding_count, 3);
	look((struct disclosure_text){.html = S("<a href=\"tel:0641-306123\">x</a>")});
	CHECK_STR(first_of(FINDING_PHONE, true), S("0641-306123"));
}

TEST(other_numbers_are_no_telephone_numbers)
{
	static const struct sample samples[] = {
	    NOTHING("am 26.11.2026"),
	    NOTHING("vom 05.11.2026 bis 07.11.2026"),
	    NOTHING("01.02.-03.02.2026"),
	    NOTHING("2026-11-26, 01/2026"),
	    NOTHING("1.234.567 €"),
	    NOTHING("+1.000.000 €"),
	    NOTHING("1 050 000 000 Euro"),
	    NOTHING("0,5 % und 0.75"),
	    NOTHING("35390 Gießen"),
	    NOTHING("01067 Dresden, 2026"),
	    NOTHING("06110 2026"),
	    NOTHING("35390 2026"),
	    NOTHING("Vorlage 0123/2026"),
	    NOTHING("Drucksache 0456-2024"),
	    NOTHING("§ 51 Abs. 1 Nr. 12"),
	    NOTHING("ISBN 978-3-16-148410-0"),
	    NOTHING("ISBN 0-306-40615-2"),
	    NOTHING("AGS 06531005"),
	    NOTHING("06 531 005"),
	    NOTHING("AGS: 065310005005"),
	    NOTHING("DE12 5001 0517 0648 4898 90"),
	    NOTHING("08:00 bis 17:00 Uhr"),
	    NOTHING("Mobil 2030"),
	    NOTHING("Telefon 115"),
	    NOTHING("Telefon, 2 Stunden"),
	    NOTHING("https://a.example/0641306123"),
	    NOTHING("www.a.example/0641306123"),
	    NOTHING("550e8400-e29b-41d4-a716-044665544000"),
	    NOTHING("00012345678"),
	    NOTHING("Version 0.10.200"),
	    NOTHING("0641306123abc"),
	    NOTHING("x0641306123"),
	    NOTHING("12 Kommunen, 3 Jahre, 2,5 Stellen"),
	    NOTHING("Abschnitt 3.2.1"),
	    NOTHING("5 + 49 = 54, 2 + 49 12345"),
	    NOTHING("0641 -- 3061234"),
	    NOTHING("Nr. 0641. 3061234 folgt"),
	    NOTHING("10–20 Personen"),
	};

	CHECK_SAMPLES(FINDING_PHONE, true, samples);
	look((struct disclosure_text){.html = S("<a href=\"https://a.example/0641306123\">x</a>")});
	CHECK_INT(finding_count, 0);
}

TEST(internal_hosts_and_paths_are_found)
{
	static const struct sample samples[] = {
	    FOUND("http://intranet.stadt.example/x", "intranet.stadt.example"),
	    FOUND("siehe intranet.stadt", "intranet.stadt"),
	    FOUND("https://wiki/Seite", "wiki"),
	    FOUND("nas.local", "nas.local"),
	    FOUND("Dateien auf Fs1.Intern.", "Fs1.Intern"),
	    FOUND("drucker.lan:9100", "drucker.lan"),
	    FOUND("a.internal b", "a.internal"),
	    FOUND("a.home", "a.home"),
	    FOUND("a.corp", "a.corp"),
	    FOUND("http://localhost:8080", "localhost"),
	    FOUND("localhost", "localhost"),
	    FOUND("10.1.2.3", "10.1.2.3"),
	    FOUND("172.16.0.1, 172.32.0.1", "172.16.0.1"),
	    FOUND("http://192.168.1.1/", "192.168.1.1"),
	    FOUND("127.0.0.1", "127.0.0.1"),
	    FOUND("[fd12:3456::1]", "fd12:3456::1"),
	    FOUND("FE80::1", "FE80::1"),
	    FOUND("\\\\server\\freigabe\\x", "\\\\server\\freigabe\\x"),
	    FOUND("unter H:\\Projekte\\x", "H:\\Projekte\\x"),
	    FOUND("file:///x/y", "file:///x/y"),
	    FOUND("smb://nas/x", "smb://nas/x"),
	    FOUND("https://stadt.sharepoint.com/x", "stadt.sharepoint.com"),
	    FOUND("https://teams.microsoft.com/l/x", "teams.microsoft.com"),
	    FOUND("https://cloud.geheim.example/x", "cloud.geheim.example"),
	    FOUND("https://a.CLOUD.geheim.example", "a.CLOUD.geheim.example"),
	    FOUND("https://wiki.lindheim.example", "wiki.lindheim.example"),
	    NOTHING("https://www.lindheim.example/x"),
	    NOTHING("https://lindheim.example"),
	    NOTHING("https://geheim.example"),
	    NOTHING("https://nicht-lindheim.example"),
	    NOTHING("https://digitalprinciples.org"),
	    NOTHING("8.8.8.8, 172.15.0.1, 172.32.0.1, 192.169.1.1, 11.0.0.1"),
	    NOTHING("Abschnitt 10.1.2.3"),
	    NOTHING("10.1.2.3.4, 10.1.2.300"),
	    NOTHING("10.11.2026"),
	    NOTHING("Das Intranet, intern, lokal, local"),
	    NOTHING("fad::x, fd:12:3, fade:1:2, fd12:34, 2001:fd12:34::1"),
	    NOTHING("Gut\\\\ so, a\\b, C: und D"),
	    NOTHING("Datei: x, profile:/x"),
	    NOTHING("z. B. hier"),
	};

	CHECK_SAMPLES(FINDING_HOST, true, samples);
	look((struct disclosure_text){.html = S("<a href=\"https://x.sharepoint.com/y\">z</a>")});
	CHECK_STR(first_of(FINDING_HOST, true), S("x.sharepoint.com"));
	CHECK_INT(look_plain(S("a@nas.local")), 1);
	look((struct disclosure_text){.markdown = S("\\\\server\\freigabe")});
	CHECK_STR(first_of(FINDING_HOST, true), S("\\\\server\\freigabe"));
}

TEST(unresolved_placeholders_are_found)
{
	static const struct sample samples[] = {
	    FOUND("Frag {{anna-ahorn}}!", "{{anna-ahorn}}"),
	    FOUND("{{ x", "{{ x"),
	    FOUND("{{{x}}}", "{{{x}}}"),
	    FOUND("%7B%7Bx%7D%7D", "%7B%7Bx%7D%7D"),
	    FOUND("{\xe2\x80\x8b{x}}", "{{x}}"),
	    NOTHING("{x} }} { {"),
	};

	CHECK_SAMPLES(FINDING_PLACEHOLDER, true, samples);
}

/* What the renderer makes of markers that are broken or stand where none may. */
TEST(no_conversion_hides_an_unresolved_placeholder)
{
	static const struct str sources[] = {
	    S_INIT("{{x}}"),
	    S_INIT("*{{x}}* **{{y}}**"),
	    S_INIT("[a](https://a.example/{{x}})"),
	    S_INIT("https://a.example/{{x}}"),
	    S_INIT("[a](/b \"{{x}}\")"),
	    S_INIT("![{{x}}](/medien/a.png)"),
	    S_INIT("`{{x}}`"),
	    S_INIT("| {{x}} |\n|-|\n| b |"),
	    S_INIT("# {{x}}"),
	    S_INIT("\\{\\{x}}"),
	    S_INIT("&#123;&#123;x}}"),
	    S_INIT("&lcub;{x}}"),
	    S_INIT("{**{x}}**"),
	    S_INIT("{[{x}}](/y)"),
	    S_INIT("{<b>{x}}</b>"),
	    S_INIT("{&shy;{x}}"),
	    S_INIT("{{**x**}}"),
	};

	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		struct block *b = document(sources[i]).blocks;
		look((struct disclosure_text){b->plain, b->html, b->markdown});
		if (first_of(FINDING_PLACEHOLDER, true).n == 0)
			print_error("not found in \"%.*s\"\n", ARG(sources[i]));
		CHECK(first_of(FINDING_PLACEHOLDER, true).n > 0);
	}
}

/* Wherever a value that the public must not read comes from. */
TEST(internal_values_of_placeholders_are_found)
{
	static const struct sample samples[] = {
	    FOUND("Frag Zora Zeder.", "Zora Zeder"),
	    FOUND("ZORA\xc2\xa0ZEDER", "ZORA ZEDER"),
	    FOUND("in Zimmer 4711b", "Zimmer 4711b"),
	    FOUND("zora zeder", "zora zeder"),
	    FOUND("Zypresse sagt", "Zypresse"),
	    NOTHING("eine zypresse"),
	    NOTHING("in Zimmer 4712"),
	    NOTHING("Zora und Zeder"),
	    NOTHING("Der Steuerungskreis sagt ja."),
	    NOTHING("Person 1 (Stadt A)"),
	};

	CHECK_SAMPLES(FINDING_PLACEHOLDER, true, samples);
	look((struct disclosure_text){.html = S("<b>Zora</b> <i>Zeder</i>")});
	CHECK_STR(first_of(FINDING_PLACEHOLDER, true), S("Zora Zeder"));
	look((struct disclosure_text){.html = S("<a href=\"/zora-zeder\">x</a>")});
	CHECK_STR(first_of(FINDING_PLACEHOLDER, true), S("zora-zeder"));
}

TEST(every_image_blocks)
{
	look((struct disclosure_text){.html = S("<figure><img src=\"/medien/a.png\" alt=\"x\">"
						"<img src=\"/statisch/b%20c.svg\" alt=\"\">")});
	CHECK_INT(finding_count, 2);
	CHECK(findings[0].kind == FINDING_IMAGE && findings[0].blocking);
	CHECK_STR(findings[0].text, S("/medien/a.png"));
	CHECK_STR(findings[1].text, S("/statisch/b c.svg"));
	look((struct disclosure_text){.html = S("<a href=\"/medien/a.png\">x</a>")});
	CHECK_INT(finding_count, 0);
}

TEST(sums_of_money_warn)
{
	static const struct sample samples[] = {
	    FOUND("kostet 1.234,50 €.", "1.234,50 €"),
	    FOUND("12 EUR", "12 EUR"),
	    FOUND("100 Euro", "100 Euro"),
	    FOUND("500,- €", "500,- €"),
	    FOUND("250\xc2\xa0Tsd. Euro", "250 Tsd. Euro"),
	    FOUND("1,2 Mio. €", "1,2 Mio. €"),
	    FOUND("2 Millionen", "2 Millionen"),
	    FOUND("1 234 567 €", "1 234 567 €"),
	    FOUND("2026 5 €", "5 €"),
	    FOUND("€ 500", "€ 500"),
	    FOUND("EUR 2.000 im Jahr", "EUR 2.000"),
	    FOUND("50T€", "50T€"),
	    FOUND("ein 9-Euro-Ticket", "9-Euro"),
	    NOTHING("12 Europäer*innen? 12 Kommunen"),
	    NOTHING("Euro und 2026"),
	    NOTHING("26.11.2026"),
	};

	CHECK_SAMPLES(FINDING_BUDGET, false, samples);
	look_plain(S("100 € 200 €"));
	CHECK_INT(finding_count, 2);
	CHECK_STR(findings[1].text, S("200 €"));
}

TEST(a_municipality_beside_a_role_warns)
{
	static const struct sample samples[] = {
	    FOUND("Projektleitung in Lindheim", "Projektleitung in Lindheim"),
	    FOUND("Lindheim: die Leitung", "Lindheim: die Leitung"),
	    FOUND("Lindheims Dezernentin", "Lindheims Dezernentin"),
	    FOUND("die Lindheimer Leitung", "Lindheimer Leitung"),
	    FOUND("Dezernent*in der Stadt Bad Auental", "Dezernent*in der Stadt Bad Auental"),
	    FOUND("BÜRGERMEISTER BERGSTEDT", "BÜRGERMEISTER BERGSTEDT"),
	    FOUND("Leitung a b c d e Lindheim", "Leitung a b c d e Lindheim"),
	    FOUND("Leitung SEE", "Leitung SEE"),
	    NOTHING("Leitung a b c d e f Lindheim"),
	    NOTHING("Leitung am See"),
	    NOTHING("Einleitung, Lindheim"),
	    NOTHING("Bad Leitung Auental"),
	    NOTHING("Leitung der Stadt A"),
	    NOTHING("Lindheim"),
	};

	CHECK_SAMPLES(FINDING_ROLE, false, samples);
}

TEST(a_usual_text_is_clean)
{
	look_plain(S("Die PMO trifft sich am 26.11.2026 um 10:30 Uhr. 3 von 12 Kommunen (25 %) "
		     "nutzen § 51 HGO, siehe Kap. 3.2.1 und https://www.a.example/x?y=1. Alle "
		     "Bürger*innen & Kolleg:innen sind \"willkommen\" – auch in 35390 Gießen."));
	CHECK_INT(finding_count, 0);
}

TESTS_MAIN_EACH(before, after)
