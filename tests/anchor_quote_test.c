/* anchor_quote_test.c -- taking, checking and offering quotes. */
#include "features/handbook/anchor.h"

#include "arena_fixture.h"

TEST(anchors_take_the_words_around_in_whole_code_points)
{
	const struct str plain = S("Überörtliche Gärten für Bürger*innen öffnen früh");
	struct anchor a = anchor_make(plain, str_find(plain, S("für")), S("für").n);

	CHECK_STR(a.quote, S("für"));
	CHECK_STR(a.prefix, S("Überörtliche Gärten "));
	CHECK_STR(a.suffix, S(" Bürger*innen öffnen früh"));
	/* From the middle of ü to the middle of ü. */
	a = anchor_make(plain, 1, str_find(plain, S("ä")) - 0);
	CHECK_STR(a.quote, S("Überörtliche Gä"));
	CHECK_INT(a.start, 0);
	CHECK_INT(a.length, a.quote.n);
	a = anchor_make(plain, plain.n, 3);
	CHECK(a.quote.n == 0 && a.length == 0 && a.start == 0);
	a = anchor_make(plain, 3, SIZE_MAX);
	CHECK_STR(str_from(plain, 3), a.quote);
	a = anchor_make(
	    S("ääääääääääääääääääääääääääääääääääääääääxüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü"), 80,
	    1);
	CHECK(a.prefix.n == 2 * ANCHOR_CONTEXT && a.suffix.n == 2 * ANCHOR_CONTEXT);
	CHECK_STR(str_head(a.prefix, 2), S("ä"));
}

TEST(a_pasted_quote_is_verified_in_any_spelling)
{
	const struct str plain = S("Wir sagen \"Nein\" - solange es hilft. Wir sagen Ja.");
	size_t start, length;

	CHECK_INT(
	    anchor_verify(arena, plain, S("  „Nein“ –\u00a0so\u00adlange\n"), &start, &length), 1);
	CHECK_STR(anchor_make(plain, start, length).quote, S("\"Nein\" - solange"));
	CHECK_INT(anchor_verify(arena, plain, S("Wir sagen"), &start, &length), 2);
	CHECK(start == 0 && length == 9);
	CHECK_INT(anchor_verify(arena, plain, S("Vielleicht"), &start, &length), 0);
	CHECK(start == 0 && length == 0);
	CHECK_INT(anchor_verify(arena, plain, S(" \n "), &start, &length), 0);
	CHECK_INT(anchor_verify(arena, S("ja ja ja"), S("ja ja"), &start, &length), 2);
	CHECK_INT(anchor_verify(arena, S("Ja für Gärten"), S("Ga\u0308rten"), &start, &length), 1);
}

static struct str sentences(struct str plain)
{
	struct anchor_sentence *v;
	struct buf b = {.arena = arena};
	size_t n = anchor_sentences(arena, plain, &v);

	for (size_t i = 0; i < n; i++) {
		CHECK_STR(str_head(str_from(plain, v[i].start), v[i].text.n), v[i].text);
		buf_fmt(&b, "%s%.*s", i > 0 ? "|" : "", ARG(v[i].text));
	}
	return buf_str(&b);
}

TEST(sentences_end_at_their_marks)
{
	CHECK_STR(sentences(S("Eins. Zwei! Drei? Vier")), S("Eins.|Zwei!|Drei?|Vier"));
	CHECK_STR(sentences(S("Er fragt: \"Wer?\" Dann geht er (sofort.) Ende...")),
		  S("Er fragt: \"Wer?\"|Dann geht er (sofort.)|Ende..."));
	CHECK_STR(sentences(S("\"Warum?\" fragt sie. Öfter. Ende… Ja")),
		  S("\"Warum?\" fragt sie.|Öfter.|Ende…|Ja"));
	CHECK_STR(sentences(S("Siehe www.stadt.de. Danach. 2023. Es gilt")),
		  S("Siehe www.stadt.de.|Danach.|2023.|Es gilt"));
	CHECK_STR(sentences(S("")), S(""));
	CHECK_STR(sentences(S("...")), S("..."));
}

TEST(abbreviations_ordinals_and_initials_end_no_sentence)
{
	CHECK_STR(sentences(S("Orte, z. B. Nord, d. h. alle. Ende.")),
		  S("Orte, z. B. Nord, d. h. alle.|Ende."));
	CHECK_STR(sentences(S("Orte (z.B. Nord) u. a. Städte bzw. Kreise. Ende.")),
		  S("Orte (z.B. Nord) u. a. Städte bzw. Kreise.|Ende."));
	CHECK_STR(sentences(S("Nach Nr. 4 und Abs. II am 6. Oktober. Ende.")),
		  S("Nach Nr. 4 und Abs. II am 6. Oktober.|Ende."));
	CHECK_STR(sentences(S("Dr. A. Ökologe und i.d.R. Frau Prof. Ä. Muster. Ende.")),
		  S("Dr. A. Ökologe und i.d.R. Frau Prof. Ä. Muster.|Ende."));
	CHECK_STR(sentences(S("Bis z.Zt. Nord usw. über alles. Ende.")),
		  S("Bis z.Zt. Nord usw. über alles.|Ende."));
	CHECK_STR(sentences(S("Anlage-Nr. 3, ca. 5 Mio. Euro usw. Danach.")),
		  S("Anlage-Nr. 3, ca. 5 Mio. Euro usw.|Danach."));
}

TEST(the_last_of_forty_sentences_takes_the_rest)
{
	struct buf b = {.arena = arena};
	struct anchor_sentence *v;

	for (int i = 0; i < 50; i++)
		buf_fmt(&b, "%sSatz %d00.", i > 0 ? " " : "", i);
	size_t n = anchor_sentences(arena, buf_str(&b), &v);
	CHECK_INT(n, ANCHOR_SENTENCES);
	CHECK_STR(v[38].text, S("Satz 3800."));
	CHECK(str_starts(v[39].text, S("Satz 3900. Satz 4000.")));
	CHECK(str_ends(v[39].text, S("Satz 4900.")));
}

TEST(states_have_names_as_they_are_stored)
{
	enum anchor_state s;

	CHECK(anchor_state_named(S("ambiguous"), &s) && s == ANCHOR_AMBIGUOUS);
	CHECK(!anchor_state_named(S("lost"), &s));
}

TESTS_MAIN_EACH(before, after)
