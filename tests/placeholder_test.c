/* placeholder_test.c -- {{keys}} in every form of a text, and what the public never gets. */
#include "features/handbook/placeholder.h"

#include "markdown_fixture.h"

/* Internal values are as different as they can be; nothing of them may show in public. */
static const struct placeholder pairs[] = {
    {S_INIT("ansprechperson"), S_INIT("Anna Ahorn"), S_INIT("Person 1 (Stadt A)")},
    {S_INIT("leitung-2"), S_INIT("Maximiliane von Birkenfeld-Zwettl"), S_INIT("Person 2")},
    {S_INIT("zeichen"), S_INIT("<b>\"R&D\"</b> 'x'"), S_INIT("a*b_c|d`e[f](g)#!")},
    {S_INIT("liste"), S_INIT("1. Anna"), S_INIT("2) Person")},
    {S_INIT("strich"), S_INIT("- Anna"), S_INIT("\t # Person\n\n!")},
    {S_INIT("rund"), S_INIT("(/y)"), S_INIT("(/x)")},
    {S_INIT("punkt"), S_INIT("x"), S_INIT("- Person")},
    {S_INIT("klammer"), S_INIT("x"), S_INIT("{{ansprechperson}}")},
    {S_INIT("leer"), S_INIT("Anna Ahorn"), S_INIT("")},
    {S_INIT("ansprechperson"), S_INIT("nie"), S_INIT("nie")},
};
static const struct placeholders list = {sizeof pairs / sizeof *pairs, pairs};

static struct str text_for(struct str text, enum placeholder_side side)
{
	return placeholder_fill_text(arena, text, &list, side);
}

static struct str public_text(struct str text)
{
	return text_for(text, PLACEHOLDER_PUBLIC);
}

static struct str public_html(struct str text)
{
	return placeholder_fill_html(arena, text, &list, PLACEHOLDER_PUBLIC);
}

static struct str public_markdown(struct str text)
{
	return placeholder_fill_markdown(arena, text, &list, PLACEHOLDER_PUBLIC);
}

TEST(a_key_is_short_lower_case_and_plain)
{
	static const struct str good[] = {S_INIT("ab"), S_INIT("person-1"), S_INIT("0-"),
					  S_INIT("abcdefghijklmnopqrstuvwxyzabcdefghijklmn")};
	static const struct str bad[] = {S_INIT(""),
					 S_INIT("a"),
					 S_INIT("Anna"),
					 S_INIT("a b"),
					 S_INIT("a_b"),
					 S_INIT("stra\xc3\x9f"),
					 S_INIT("abcdefghijklmnopqrstuvwxyzabcdefghijklmno")};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		CHECK(placeholder_key_valid(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!placeholder_key_valid(bad[i]));
}

static struct str stored_words(struct str text, size_t start, size_t length)
{
	placeholder_stored_span(arena, text, &list, PLACEHOLDER_INTERNAL, &start, &length);
	return str_head(str_from(text, start), length);
}

/* Takes every piece of the filled text there is. */
TEST(words_of_the_filled_text_lead_back_to_the_stored_ones)
{
	struct str text = S("Frau {{ansprechperson}}, {{{{punkt}} und {{unbekannt}} von {{punkt}}");
	struct str read = text_for(text, PLACEHOLDER_INTERNAL);

	CHECK_STR(read, S("Frau Anna Ahorn, {{x und {{unbekannt}} von x"));
	CHECK_STR(stored_words(text, 0, 4), S("Frau"));
	CHECK_STR(stored_words(text, 0, 6), S("Frau {{ansprechperson}}"));
	CHECK_STR(stored_words(text, 10, 5), S("{{ansprechperson}}"));
	CHECK_STR(stored_words(text, 15, 5), S(", {{{{punkt}}"));
	CHECK_STR(stored_words(text, read.n - 1, 1), S("{{punkt}}"));
	CHECK_STR(stored_words(text, read.n - 5, 3), S("von"));
	for (size_t from = 0; from < read.n; from++)
		for (size_t n = 1; from + n <= read.n; n++) {
			struct str words =
			    text_for(stored_words(text, from, n), PLACEHOLDER_INTERNAL);
			CHECK(str_find(words, str_head(str_from(read, from), n)) < words.n);
			CHECK(words.n <= n + 2 * sizeof "Anna Ahorn");
		}
}

TEST(each_side_gets_its_own_value)
{
	struct str text = S("Frag {{ansprechperson}} oder {{leitung-2}}.");

	CHECK_STR(text_for(text, PLACEHOLDER_INTERNAL),
		  S("Frag Anna Ahorn oder Maximiliane von Birkenfeld-Zwettl."));
	CHECK_STR(public_text(text), S("Frag Person 1 (Stadt A) oder Person 2."));
	CHECK_STR(public_text(S("{{ ansprechperson\t}}")), S("Person 1 (Stadt A)"));
}

TEST(a_text_without_braces_is_not_copied)
{
	struct str text = S("Ein { Satz } ohne.");

	CHECK(public_text(text).p == text.p);
	CHECK(public_html(text).p == text.p && public_markdown(text).p == text.p);
	CHECK_INT(public_text((struct str){NULL, 0}).n, 0);
}

TEST(what_has_no_value_stays_visible)
{
	static const struct str same[] = {S_INIT("{{unbekannt}}"),
					  S_INIT("{{Anna}}"),
					  S_INIT("{{a}}"),
					  S_INIT("{{leer}}"),
					  S_INIT("{{"),
					  S_INIT("{{ansprechperson"),
					  S_INIT("{{ansprechperson} }"),
					  S_INIT("{{\nansprechperson}}"),
					  S_INIT("{{}}"),
					  S_INIT("{{ansprech person}}")};

	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		CHECK_STR(public_text(same[i]), same[i]);
		CHECK_STR(public_html(same[i]), same[i]);
		CHECK_STR(public_markdown(same[i]), same[i]);
	}
}

TEST(braces_around_a_marker_do_not_hide_it)
{
	CHECK_STR(public_text(S("{{{leitung-2}}}")), S("{Person 2}"));
	CHECK_STR(public_text(S("{{{{leitung-2}}}}")), S("{{Person 2}}"));
	CHECK_STR(public_text(S("{{x {{leitung-2}}")), S("{{x Person 2"));
}

TEST(a_value_is_not_expanded_again)
{
	CHECK_STR(public_text(S("{{klammer}} {{leitung-2}}")), S("{{ansprechperson}} Person 2"));
}

TEST(html_values_are_escaped_for_text_and_attributes)
{
	CHECK_STR(placeholder_fill_html(arena, S("<p title=\"{{zeichen}}\">{{zeichen}}</p>"), &list,
					PLACEHOLDER_INTERNAL),
		  S("<p title=\"&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt; &#39;x&#39;\">"
		    "&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt; &#39;x&#39;</p>"));
}

TEST(markdown_values_keep_their_looks_and_lose_their_meaning)
{
	CHECK_STR(public_markdown(S("{{ansprechperson}}")), S("Person 1 (Stadt A)"));
	CHECK_STR(public_markdown(S("{{zeichen}}")), S("a\\*b\\_c&#124;d\\`e\\[f\\](g)\\#\\!"));
	CHECK_STR(public_markdown(S("{{liste}} {{strich}}")), S("2\\) Person \\# Person \\!"));
	CHECK_STR(public_markdown(S("\\{{leitung-2}} \\\\{{leitung-2}}")),
		  S("\\{{leitung-2}} \\\\Person 2"));
}

/* The forms of one text say the same, whichever way it was made. */
static void check_same_words(struct str source)
{
	struct markdown_document raw = document(source), filled = document(public_markdown(source));

	CHECK_INT(raw.count, filled.count);
	for (struct block *a = raw.blocks, *b = filled.blocks; a != NULL; a = a->next) {
		CHECK_STR(public_text(a->plain), b->plain);
		CHECK_STR(public_html(a->html), b->html);
		b = b->next;
	}
}

TEST(filling_before_and_after_rendering_gives_the_same)
{
	static const struct str sources[] = {
	    S_INIT("Frag {{ansprechperson}}."),
	    S_INIT("*{{leitung-2}}* **{{ansprechperson}}** ~~{{liste}}~~ _{{zeichen}}_"),
	    S_INIT("# {{strich}}\n\n## {{liste}} {{zeichen}} ##\n\n{{zeichen}}\n==="),
	    S_INIT("{{liste}}\n\n{{strich}}\n\n- {{strich}}\n- {{liste}}\n\n1. {{zeichen}}"),
	    S_INIT("| {{zeichen}} | {{ansprechperson}} |\n|-|-|\n| {{liste}} | **{{zeichen}}** |"),
	    S_INIT("`{{leitung-2}}` und `` {{ ansprechperson }} ``\n\n```\n{{leitung-2}}\n```"),
	    S_INIT("[{{zeichen}}](/x \"{{ansprechperson}}\") [x]{{ansprechperson}}"),
	    S_INIT("![{{ansprechperson}}](/medien/a.png \"{{leitung-2}}\")"),
	    S_INIT("> {{strich}}\n\nText[^1]\n\n[^1]: {{zeichen}} {{liste}}"),
	    S_INIT("Wort{{leitung-2}}Wort, B\xc3\xbcrger*innen{{zeichen}}"),
	    S_INIT("{{zeichen}}[x](/y) {{klammer}} {{leer}} {{unbekannt}}"),
	    S_INIT("{ {{leitung-2}} } {{{leitung-2}}}"),
	    S_INIT("[x]{{rund}} (a) {{punkt}}\n\n{{punkt}}\n\n- {{rund}}"),
	    S_INIT("<b>{{leitung-2}}</b> <i title=\"x\">{{liste}}</i>"),
	};

	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		check_same_words(sources[i]);
}

TEST(the_renderer_keeps_markers_except_in_addresses)
{
	CHECK_STR(html(S("{{leitung-2}}")), S("<p>{{leitung-2}}</p>\n"));
	CHECK(has(html(S("[x](https://a.example/{{leitung-2}})")),
		  S("href=\"https://a.example/%7B%7Bleitung-2%7D%7D\"")));
	CHECK(has(html(S("https://a.example/{{leitung-2}}")), S("%7B%7Bleitung-2%7D%7D\">")));
	CHECK(!has(html(S("![x](/medien/{{leitung-2}}.png)")), S("src=\"/medien/{{")));
	CHECK(!has(html(S("[x](mailto:{{leitung-2}}@a.example)")), S("href")));
}

/* ---- What the public never gets ---- */

static const struct placeholder other_people[] = {
    {S_INIT("ansprechperson"), S_INIT("Bo"), S_INIT("Person 1 (Stadt A)")},
    {S_INIT("leitung-2"), S_INIT(""), S_INIT("Person 2")},
};

/* Masking letter by letter would show the length of a name: nothing of it may matter. */
TEST(a_public_text_does_not_depend_on_internal_values)
{
	struct placeholders others = {2, other_people};
	struct str source = S("{{ansprechperson}}, {{leitung-2}} *{{ansprechperson}}*");

	CHECK_STR(public_text(source),
		  placeholder_fill_text(arena, source, &others, PLACEHOLDER_PUBLIC));
	CHECK_STR(public_html(source),
		  placeholder_fill_html(arena, source, &others, PLACEHOLDER_PUBLIC));
	CHECK_STR(public_markdown(source),
		  placeholder_fill_markdown(arena, source, &others, PLACEHOLDER_PUBLIC));
}

/* Losing the braces on the way must not leave a key or an internal value as ordinary text. */
TEST(no_way_of_conversion_leaves_a_name_in_the_public_text)
{
	struct str source = S("# Zu {{ansprechperson}}\n\n- **{{ ansprechperson }}**: "
			      "[{{leitung-2}}](/x \"{{ansprechperson}}\")\n\n"
			      "| {{ansprechperson}} |\n|-|\n| `{{leitung-2}}` |\n\n"
			      "![{{leitung-2}}](/medien/a.png)[^1]\n\n[^1]: {{ansprechperson}}");
	struct markdown_document d = document(source);
	struct buf all = {.arena = arena};

	for (struct block *b = d.blocks; b != NULL; b = b->next) {
		buf_add(&all, public_html(b->html));
		buf_add(&all, public_text(b->plain));
		buf_add(&all, public_markdown(b->markdown));
	}
	buf_add(&all, public_markdown(source));
	buf_add(&all, html(public_markdown(source)));
	CHECK(!has(buf_str(&all), S("ansprechperson")) && !has(buf_str(&all), S("leitung-2")));
	CHECK(!has(buf_str(&all), S("Anna")) && !has(buf_str(&all), S("Ahorn")));
	CHECK(!has(buf_str(&all), S("Birkenfeld")) && !has(buf_str(&all), S("{{")));
	CHECK(has(buf_str(&all), S("Person 1 (Stadt A)")));
}

/* ---- What is not resolved ---- */

static size_t unknown(struct str text, struct str **keys)
{
	return placeholder_unknown(arena, text, &list, keys);
}

TEST(unknown_keys_are_listed_once_in_their_order)
{
	struct str *keys;

	CHECK_INT(unknown(S("{{bbb}} {{ansprechperson}} {{ aaa }} {{bbb}} {{leer}}"), &keys), 2);
	CHECK_STR(keys[0], S("bbb"));
	CHECK_STR(keys[1], S("aaa"));
	CHECK_INT(unknown(S("{{ansprechperson}} ohne"), &keys), 0);
}

TEST(what_cannot_be_a_key_is_listed_as_it_stands)
{
	struct str *keys;

	CHECK_INT(unknown(S("{{ Anna Ahorn }} {{offen\nnoch {{}} {{{xx}}}"), &keys), 4);
	CHECK_STR(keys[0], S("Anna Ahorn"));
	CHECK_STR(keys[1], S("offen"));
	CHECK_STR(keys[2], S(""));
	CHECK_STR(keys[3], S("xx"));
	CHECK_INT(unknown(joined(S("{{"), repeated(S("\xc3\xa4"), 50)), &keys), 1);
	CHECK_INT(keys[0].n, 60);
	CHECK_INT(unknown(joined(S("{{x"), repeated(S("\xc3\xa4"), 50)), &keys), 1);
	CHECK_INT(keys[0].n, 59);
}

TEST(braces_are_found_in_any_spelling)
{
	static const struct str found[] = {S_INIT("{{x"),
					   S_INIT("\\{{x"),
					   S_INIT("\\{\\{x"),
					   S_INIT("{\\{"),
					   S_INIT("%7B%7Bx"),
					   S_INIT("%7b%7b"),
					   S_INIT("%257B%257b"),
					   S_INIT("%25257B{"),
					   S_INIT("{%7B"),
					   S_INIT("&#123;&#123;"),
					   S_INIT("&#x7b;&#X7B;"),
					   S_INIT("&#0123;{"),
					   S_INIT("&lcub;&lbrace;"),
					   S_INIT("{&#x007b;")};
	static const struct str not_found[] = {
	    S_INIT("{"),     S_INIT("{ {"),    S_INIT("}}"),
	    S_INIT("%7B"),   S_INIT("%7D%7D"), S_INIT("&#124;&#124;"),
	    S_INIT("&lcub"), S_INIT("%25%7B"), S_INIT("\\\\"),
	    S_INIT("&"),     S_INIT("")};
	size_t n;

	for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
		struct str text = joined(S("ab "), found[i]);
		CHECK_INT(placeholder_find_braces(text, &n), 3);
		CHECK(n >= 2 && n <= found[i].n);
	}
	for (size_t i = 0; i < sizeof not_found / sizeof *not_found; i++)
		CHECK_INT(placeholder_find_braces(not_found[i], &n), not_found[i].n);
}

TESTS_MAIN_WITH(before, after)
