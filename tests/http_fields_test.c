/* http_fields_test.c -- percent-encoding, form fields and cookies. */
#include "http/request.h"
#include "test.h"

#include <stdlib.h>

static struct arena *a;

static int set_up(void **state)
{
	(void)state;
	a = arena_new(64 * 1024 * 1024);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static struct str repeated(struct str what, size_t times)
{
	struct buf b = {.arena = a};

	while (times-- > 0)
		buf_add(&b, what);
	return buf_str(&b);
}

/* Percent-encoding */

TEST(escapes_are_decoded_in_both_cases_of_letters)
{
	struct str out;

	CHECK(percent_decode(a, S("a%2Fb%2fc%41"), false, &out));
	CHECK_STR(out, S("a/b/cA"));
	CHECK(percent_decode(a, S("%C3%A4%25"), false, &out));
	CHECK_STR(out, S("\xc3\xa4%"));
	CHECK(percent_decode(a, S(""), false, &out));
	CHECK_STR(out, S(""));
}

TEST(a_plus_is_a_blank_only_where_asked_for)
{
	struct str out;

	CHECK(percent_decode(a, S("a+b%2B"), true, &out));
	CHECK_STR(out, S("a b+"));
	CHECK(percent_decode(a, S("a+b"), false, &out));
	CHECK_STR(out, S("a+b"));
}

TEST(wrong_escapes_and_nul_are_refused)
{
	static const struct str wrong[] = {
	    S_INIT("%"),   S_INIT("%4"),  S_INIT("a%"),     S_INIT("a%4"), S_INIT("%zz"),
	    S_INIT("%4g"), S_INIT("%g4"), S_INIT("% 41"),   S_INIT("%00"), S_INIT("a\0b"),
	    S_INIT("%%"),  S_INIT("%-1"), S_INIT("%u0041"),
	};
	struct str out;

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		CHECK(!percent_decode(a, wrong[i], true, &out));
}

TEST(a_cut_escape_does_not_read_behind_the_end)
{
	char *tight = malloc(2); /* the address sanitizer watches its end */
	struct str out;

	memcpy(tight, "%4", 2);
	CHECK(!percent_decode(a, (struct str){tight, 2}, false, &out));
	CHECK(!percent_decode(a, (struct str){tight, 1}, false, &out));
	free(tight);
}

TEST(encoding_keeps_only_what_is_unreserved)
{
	CHECK_STR(percent_encode(a, S("aZ09-._~")), S("aZ09-._~"));
	CHECK_STR(percent_encode(a, S(" /?&=+%#\xc3\xa4\n")),
		  S("%20%2F%3F%26%3D%2B%25%23%C3%A4%0A"));
	CHECK_STR(percent_encode(a, S("")), S(""));
}

TEST(every_byte_but_nul_survives_encoding_and_decoding)
{
	char all[255];
	struct str out;

	for (int i = 0; i < 255; i++)
		all[i] = (char)(i + 1);
	struct str text = {all, sizeof all};
	CHECK(percent_decode(a, percent_encode(a, text), false, &out));
	CHECK_STR(out, text);
	CHECK(percent_decode(a, percent_encode(a, text), true, &out));
	CHECK_STR(out, text);
}

/* Fields */

TEST(fields_keep_their_order_and_their_duplicates)
{
	struct fields f;
	struct str value;
	size_t at = 0;

	CHECK_INT(fields_parse(a, S("a=1&b=2&a=3&c&=d&&e=f=g"), &f), OK);
	CHECK_INT(f.n, 6);
	CHECK_STR(field_text(&f, S("a")), S("1"));
	CHECK_STR(field_text(&f, S("e")), S("f=g"));
	CHECK(field_present(&f, S("c")));
	CHECK_STR(field_text(&f, S("c")), S(""));
	CHECK_STR(field_text(&f, S("")), S("d"));
	CHECK(!field_present(&f, S("A")));
	CHECK(field_each(&f, S("a"), &at, &value));
	CHECK_STR(value, S("1"));
	CHECK(field_each(&f, S("a"), &at, &value));
	CHECK_STR(value, S("3"));
	CHECK(!field_each(&f, S("a"), &at, &value));
}

TEST(an_empty_body_has_no_fields)
{
	struct fields f;

	CHECK_INT(fields_parse(a, S(""), &f), OK);
	CHECK_INT(f.n, 0);
	CHECK_INT(fields_parse(a, (struct str){NULL, 0}, &f), OK);
	CHECK_INT(f.n, 0);
	CHECK_INT(fields_parse(a, S("&&&"), &f), OK);
	CHECK_INT(f.n, 0);
	CHECK(fields_unread(&f) == NULL);
}

TEST(fields_nobody_asked_for_are_found)
{
	struct fields f;

	CHECK_INT(fields_parse(a, S("title=x&is_admin=1&title=y"), &f), OK);
	CHECK_STR(fields_unread(&f)->name, S("title"));
	CHECK_STR(field_text(&f, S("title")), S("x"));
	CHECK_STR(fields_unread(&f)->name, S("is_admin"));
	CHECK(field_present(&f, S("is_admin")));
	CHECK_STR(fields_unread(&f)->value, S("y")); /* a second one is not read by the first */
}

TEST(line_ends_become_one_character)
{
	struct fields f;

	CHECK_INT(fields_parse(a, S("t=a%0D%0Ab%0Dc%0Ad%0D%0D%0A%09e%0D"), &f), OK);
	CHECK_STR(field_text(&f, S("t")), S("a\nb\nc\nd\n\n\te\n"));
}

TEST(fields_that_are_not_clean_text_are_refused)
{
	static const struct str bad[] = {
	    S_INIT("a=%00"),       S_INIT("a=%1B"),          S_INIT("a=%7F"),
	    S_INIT("a=%FF"),       S_INIT("a=%C0%80"),       S_INIT("a=%C3"),
	    S_INIT("a=%ED%A0%80"), S_INIT("a=%F4%90%80%80"), S_INIT("a=\x01"),
	    S_INIT("a=\xe4"),      S_INIT("a%0A=1"),         S_INIT("a%09=1"),
	    S_INIT("%00=1"),       S_INIT("%E4=1"),          S_INIT("a=%"),
	    S_INIT("%=1"),         S_INIT("ok=1&a=%zz"),     S_INIT("a=1\0&b=2"),
	};
	struct fields f;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		CHECK_INT(fields_parse(a, bad[i], &f), E_BAD_REQUEST);
		CHECK_INT(f.n, 0);
	}
}

TEST(a_flood_of_fields_is_too_large)
{
	struct fields f;

	CHECK_INT(fields_parse(a, repeated(S("a&"), FIELDS_MAX), &f), OK);
	CHECK_INT(f.n, FIELDS_MAX);
	CHECK_INT(fields_parse(a, repeated(S("a&"), FIELDS_MAX + 1), &f), E_TOO_LARGE);
	CHECK_INT(f.n, 0);
	CHECK_INT(fields_parse(a, repeated(S("&"), 10 * FIELDS_MAX), &f), OK);
}

TEST(a_long_field_name_is_too_large)
{
	struct fields f;

	CHECK_INT(fields_parse(a, repeated(S("n"), FIELD_NAME_MAX), &f), OK);
	CHECK_INT(fields_parse(a, repeated(S("%6E"), FIELD_NAME_MAX), &f), OK);
	CHECK_INT(fields_parse(a, repeated(S("n"), FIELD_NAME_MAX + 1), &f), E_TOO_LARGE);
}

/* Cookies */

TEST(cookies_are_found_by_name)
{
	struct fields f;

	CHECK_INT(cookies_parse(a, S("a=1; b=2;c=x=y;  d = 4 ; \te=\"q\"; f="), &f), OK);
	CHECK_INT(f.n, 6);
	CHECK_STR(field_text(&f, S("a")), S("1"));
	CHECK_STR(field_text(&f, S("c")), S("x=y"));
	CHECK_STR(field_text(&f, S("d")), S("4"));
	CHECK_STR(field_text(&f, S("e")), S("\"q\""));
	CHECK_STR(field_text(&f, S("f")), S(""));
}

TEST(cookie_values_are_not_decoded)
{
	struct fields f;

	CHECK_INT(cookies_parse(a, S("a=%41+"), &f), OK);
	CHECK_STR(field_text(&f, S("a")), S("%41+"));
}

TEST(a_cookie_that_comes_twice_counts_as_missing)
{
	struct fields f;

	CHECK_INT(cookies_parse(a, S("s=good; x=1; s=evil"), &f), OK);
	CHECK_INT(f.n, 1);
	CHECK(!field_present(&f, S("s")));
	CHECK_INT(cookies_parse(a, S("s=same; s=same; s=same"), &f), OK);
	CHECK_INT(f.n, 0);
	CHECK_INT(cookies_parse(a, S("s=good; s=\x01"), &f), OK);
	CHECK_INT(f.n, 0);
	CHECK_INT(cookies_parse(a, S("s=1; S=2"), &f), OK);
	CHECK_INT(f.n, 2);
}

TEST(cookies_of_others_that_cannot_be_read_are_left_out)
{
	struct fields f;
	struct str header =
	    arena_fmt(a, "x=\xff; y=a\x01z; novalue; =noname; ; ;\xe4=1; %.*s=1; s=ok",
		      ARG(repeated(S("n"), FIELD_NAME_MAX + 1)));

	CHECK_INT(cookies_parse(a, header, &f), OK);
	CHECK_INT(f.n, 1);
	CHECK_STR(field_text(&f, S("s")), S("ok"));
}

TEST(a_missing_cookie_header_has_no_cookies)
{
	struct fields f;

	CHECK_INT(cookies_parse(a, (struct str){NULL, 0}, &f), OK);
	CHECK_INT(f.n, 0);
	CHECK_INT(cookies_parse(a, S(""), &f), OK);
	CHECK_INT(f.n, 0);
}

TEST(a_flood_of_cookies_is_too_large)
{
	struct fields f;

	CHECK_INT(cookies_parse(a, repeated(S("a=1;"), FIELDS_MAX - 1), &f), OK);
	CHECK_INT(cookies_parse(a, repeated(S("a=1;"), FIELDS_MAX), &f), E_TOO_LARGE);
	CHECK_INT(f.n, 0);
}

TESTS_MAIN_WITH(set_up, tear_down)
