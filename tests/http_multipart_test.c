/* http_multipart_test.c -- forms with files: what browsers send, and everything that is refused. */
#include "http/multipart.h"
#include "multipart.h"
#include "test.h"

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

static struct fields parsed(struct str body)
{
	struct fields f;

	CHECK_INT(multipart_parse(a, S(TEST_MULTIPART), body, &f), OK);
	return f;
}

TEST(fields_and_files_arrive_as_a_browser_sends_them)
{
	struct buf b = {.arena = a};

	multipart_text(&b, S("titel"), S("Eins\r\nzwei \xc3\xa4\n\rdrei"));
	multipart_text(&b, S("leer"), S(""));
	multipart_file(&b, S("datei"), S("hand%22buch%20.md"), S("# A\r\n\0\xff--\r\n--x"));
	multipart_file(&b, S("keine"), S(""), S(""));
	struct str body = multipart_end(&b);
	struct fields f = parsed(body);
	CHECK_INT(f.n, 4);
	CHECK_STR(field_text(&f, S("titel")), S("Eins\nzwei \xc3\xa4\n\ndrei"));
	CHECK(field_present(&f, S("leer")) && !f.v[1].file && f.v[1].value.n == 0);
	CHECK(f.v[2].file);
	CHECK_STR(f.v[2].file_name, S("hand\"buch%20.md"));
	CHECK_STR(f.v[2].value, S("# A\r\n\0\xff--\r\n--x"));
	CHECK(f.v[2].value.p > body.p && f.v[2].value.p < body.p + body.n);
	CHECK(f.v[3].file && f.v[3].file_name.n + f.v[3].value.n == 0);
	CHECK(fields_unread(&f) == &f.v[2]);
}

TEST(a_form_without_fields_is_a_form)
{
	CHECK_INT(parsed(S("--" TEST_BOUNDARY "--\r\n")).n, 0);
	CHECK_INT(parsed(S("--" TEST_BOUNDARY "--")).n, 0);
}

TEST(the_type_is_recognised_in_any_spelling)
{
	CHECK(multipart_is(S("multipart/form-data; boundary=x")));
	CHECK(multipart_is(S("Multipart/Form-Data")));
	CHECK(!multipart_is(S("multipart/mixed; boundary=x")));
	CHECK(!multipart_is(S("application/x-www-form-urlencoded")));
	CHECK(!multipart_is(S("")));
}

static enum err with_type(const char *type)
{
	struct fields f;
	enum err err = multipart_parse(a, str_of(type), S("--ab--"), &f);

	CHECK(err == OK || f.n == 0);
	return err;
}

TEST(the_boundary_stands_alone_and_is_one)
{
	static const char *const good[] = {
	    "multipart/form-data; boundary=ab", "multipart/form-data;boundary=\"ab\"",
	    "multipart/form-data ; BOUNDARY=ab ", "multipart/form-data;\tboundary=ab"};
	static const char *const bad[] = {
	    "",
	    "multipart/form-data",
	    "multipart/form-data;",
	    "multipart/form-data; boundary",
	    "multipart/form-data; boundary=",
	    "multipart/form-data; boundary=\"\"",
	    "multipart/form-data; boundary=\"ab",
	    "multipart/form-data; boundary=ab; boundary=cd",
	    "multipart/form-data; boundary=ab; charset=utf-8",
	    "multipart/form-data; charset=ab",
	    "multipart/form-data; boundary=\"a b\"",
	    "multipart/form-data; boundary=a*b",
	    "multipart/form-data; boundary=a~b",
	    "multipart/form-data; boundary=a^b",
	    "multipart/form-data; boundary=\"a@b\"",
	    "multipart/form-data; boundary=a\x7f",
	    "multipart/form-data; boundary\x7f=ab",
	    "multipart/form-data; boundary ab",
	    "multipart/form-data; boundary=ab cd",
	    "multipart/form-data; boundary=ab;",
	    "multipart/form-data; boundary=\"ab\"c",
	    "multipart/form-data boundary=ab",
	    "multipart/form-data, boundary=ab",
	    "multipart/form-data; =ab",
	    "multipart/mixed; boundary=ab",
	    "multipart/form-data; boundary=aaaaaaaaaabbbbbbbbbbccccccccccaaaaaaaaaabbbbbbbbbb"
	    "ccccccccccddddddddddx"};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (with_type(good[i]) != OK)
			fail_msg("refused: %s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (with_type(bad[i]) != E_BAD_REQUEST)
			fail_msg("let in: %s", bad[i]);
}

#define DISPOSITION "Content-Disposition: form-data; name=\"a\"\r\n"
#define FIELD_A DISPOSITION "\r\nx"

TEST(whatever_is_malformed_is_refused)
{
	static const struct {
		const char *body;
		enum err err;
	} cases[] = {
	    {"", E_BAD_REQUEST},
	    {"--", E_BAD_REQUEST},
	    {"x\r\n--ab--", E_BAD_REQUEST},
	    {"\r\n--ab--", E_BAD_REQUEST},
	    {"--abc--", E_BAD_REQUEST},
	    {"--ab", E_BAD_REQUEST},
	    {"--ab-", E_BAD_REQUEST},
	    {"--ab--x", E_BAD_REQUEST},
	    {"--ab--\r\nx", E_BAD_REQUEST},
	    {"--ab--\n", E_BAD_REQUEST},
	    {"--ab \r\n" FIELD_A "\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\n" FIELD_A "\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\n" FIELD_A, E_BAD_REQUEST},
	    {"--ab\r\n" FIELD_A "\r\n--ab", E_BAD_REQUEST},
	    {"--ab\r\n" FIELD_A "\r\n--abc--", E_BAD_REQUEST},
	    {"--ab\r\n" FIELD_A "\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\n" FIELD_A "\r\n--ab--", OK},
	    {"--ab\r\n" FIELD_A "\r\n--ab\r\n" FIELD_A "\r\n--ab--\r\n", OK},
	    {"--ab\r\n\r\nx\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION DISPOSITION "\r\nx\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION, E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION "\r\n", E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION "Content-Type: text/plain\r\n\r\nx\r\n--ab--", OK},
	    {"--ab\r\n" DISPOSITION "Content-Type: a\r\nContent-type: b\r\n\r\nx\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION "X-Other: y\r\n\r\nx\r\n--ab--", OK},
	    {"--ab\r\n" DISPOSITION "X Other: y\r\n\r\nx\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION " folded\r\n\r\nx\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION ": y\r\n\r\nx\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION "X-Other\r\n\r\nx\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION "X-Other: \x01\r\n\r\nx\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION "X-Other: \xff\r\n\r\nx\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data\r\n\r\nx\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--ab--", OK},
	    {"--ab\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data; name=\"a\\\"b\"\r\n\r\nx\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data; name=\"a\"; x=\"b\"\r\n\r\nx\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data; name=\"a\"; filename*=UTF-8''b\r\n\r\n"
	     "x\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\";"
	     " filename=\"c\"\r\n\r\nx\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data; filename=\"b\"\r\n\r\nx\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data; name=\"a%0Ab\"\r\n\r\nx\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b%0Dc\"\r\n\r\n"
	     "x\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\nx\r\n--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\xc3\"\r\n\r\nx\r\n"
	     "--ab--",
	     E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION "\r\n\x01\r\n--ab--", E_BAD_REQUEST},
	    {"--ab\r\n" DISPOSITION "\r\n\xff\r\n--ab--", E_BAD_REQUEST},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fields f;
		enum err err = multipart_parse(a, S("multipart/form-data; boundary=ab"),
					       str_of(cases[i].body), &f);
		if (err != cases[i].err || (err != OK && f.n > 0))
			fail_msg("case %zu: %s", i, err_name(err));
	}
	struct fields f;
	CHECK_INT(multipart_parse(a, S("multipart/form-data; boundary=ab"),
				  S("--ab\r\n" DISPOSITION "\r\na\0b\r\n--ab--"), &f),
		  E_BAD_REQUEST);
}

static struct str many(const char *piece, size_t times)
{
	struct buf b = {.arena = a};

	while (times-- > 0)
		buf_add(&b, str_of(piece));
	return buf_str(&b);
}

static enum err with_part(struct str headers)
{
	struct str body = arena_fmt(a, "--ab\r\n%.*s\r\nx\r\n--ab--", ARG(headers));
	struct fields f;

	return multipart_parse(a, S("multipart/form-data; boundary=ab"), body, &f);
}

static enum err with_name(size_t bytes, size_t file_bytes)
{
	return with_part(
	    arena_fmt(a, "Content-Disposition: form-data; name=\"%.*s\"; filename=\"%.*s\"\r\n",
		      ARG(many("n", bytes)), ARG(many("f", file_bytes))));
}

static enum err with_headers(size_t more)
{
	return with_part(
	    arena_fmt(a, "%.*s%.*s", ARG(S(DISPOSITION)), ARG(many("X: y\r\n", more))));
}

static enum err with_fields(size_t n)
{
	struct buf b = {.arena = a};
	struct fields f;

	while (n-- > 0)
		multipart_text(&b, S("a"), S("b"));
	return multipart_parse(a, S(TEST_MULTIPART), multipart_end(&b), &f);
}

TEST(a_boundary_may_be_of_letters_digits_and_some_signs)
{
	struct fields f;

	CHECK_INT(multipart_parse(a, S("multipart/form-data; boundary=azAZ09'+_-."),
				  S("--azAZ09'+_-.--"), &f),
		  OK);
}

TEST(everything_has_its_limit)
{
	CHECK_INT(with_name(FIELD_NAME_MAX, MULTIPART_FILE_NAME_MAX), OK);
	CHECK_INT(with_name(FIELD_NAME_MAX + 1, 1), E_TOO_LARGE);
	CHECK_INT(with_name(1, MULTIPART_FILE_NAME_MAX + 1), E_TOO_LARGE);
	CHECK_INT(with_name(1, MULTIPART_LINE_MAX), E_TOO_LARGE);
	CHECK_INT(with_name(1, 10 * MULTIPART_LINE_MAX), E_TOO_LARGE);
	CHECK_INT(with_headers(MULTIPART_HEADERS_MAX - 1), OK);
	CHECK_INT(with_headers(MULTIPART_HEADERS_MAX), E_TOO_LARGE);
	CHECK_INT(with_fields(FIELDS_MAX), OK);
	CHECK_INT(with_fields(FIELDS_MAX + 1), E_TOO_LARGE);
}

TEST(a_flood_of_boundaries_costs_no_time)
{
	struct str body = many("\r\n--a", 200 * 1000);
	struct fields f;

	body = arena_fmt(a, "--ab\r\n" FIELD_A "%.*s\r\n--ab--", ARG(body));
	CHECK_INT(multipart_parse(a, S("multipart/form-data; boundary=ab"), body, &f), OK);
	CHECK_INT(f.n, 1);
}

TESTS_MAIN_WITH(set_up, tear_down)
