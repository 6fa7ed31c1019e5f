/* http_response_test.c -- what goes out: status, headers, cookies, nothing smuggled in. */
#include "base/log.h"
#include "http/response.h"
#include "test.h"

static struct arena *a;

static int set_up(void **state)
{
	(void)state;
	log_threshold(LOG_ERROR + 1); /* refusals are logged, and here they are wanted */
	a = arena_new(64 * 1024 * 1024);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static struct str sent(struct arena *into, const struct response *r, bool head)
{
	struct str body, begin = response_head(into, r, head, &body);

	return arena_fmt(into, "%.*s%.*s", ARG(begin), ARG(body));
}

/* Answers */

TEST(an_answer_has_status_type_length_headers_and_body)
{
	struct response r = {
	    .status = 200, .content_type = S("text/html; charset=utf-8"), .body = S("<p>")};

	CHECK_INT(response_header(&r, S("ETag"), S("\"1\"")), OK);
	CHECK_STR(sent(a, &r, false),
		  S("Status: 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
		    "Content-Length: 3\r\nETag: \"1\"\r\n\r\n<p>"));
}

TEST(an_answer_to_head_names_the_length_and_has_no_body)
{
	struct response r = {.status = 404, .content_type = S("text/plain"), .body = S("nichts")};

	CHECK_STR(sent(a, &r, true), S("Status: 404 Not Found\r\nContent-Type: text/plain"
				       "\r\nContent-Length: 6\r\n\r\n"));
}

TEST(answers_without_content_have_no_body_and_no_length)
{
	struct response r = {.status = 304, .content_type = S("text/html"), .body = S("<p>")};

	CHECK_INT(response_header(&r, S("ETag"), S("\"1\"")), OK);
	CHECK_STR(sent(a, &r, false), S("Status: 304 Not Modified\r\nETag: \"1\"\r\n\r\n"));
	r = (struct response){.status = 204};
	CHECK_STR(sent(a, &r, false), S("Status: 204 No Content\r\n\r\n"));
}

TEST(a_redirect_has_an_empty_body_with_length)
{
	struct response r = {.status = 303};

	CHECK_INT(response_header(&r, S("Location"), S("/handbuch")), OK);
	CHECK_STR(sent(a, &r, false),
		  S("Status: 303 See Other\r\nContent-Length: 0\r\nLocation: /handbuch\r\n\r\n"));
}

TEST(an_answer_nobody_filled_in_is_our_fault)
{
	struct response r = {.status = 0};
	struct str failed = S("Status: 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");

	CHECK_STR(sent(a, &r, false), failed);
	r = (struct response){.status = 200, .content_type = S("text/html\r\nX: y")};
	CHECK_STR(sent(a, &r, false), failed);
}

TEST(headers_cannot_be_injected)
{
	static const struct str bad_values[] = {S_INIT("/a\r\nSet-Cookie: x=y"),
						S_INIT("a\nb"),
						S_INIT("a\rb"),
						S_INIT("a\0b"),
						S_INIT("a\tb"),
						S_INIT("a\x7f"),
						S_INIT("\xc3\xa4"),
						S_INIT("\x1f")};
	static const struct str bad_names[] = {S_INIT(""),      S_INIT("A B"),      S_INIT("A:"),
					       S_INIT("A\r\n"), S_INIT("\xc3\xa4"), S_INIT("A\0")};
	struct response r = {.status = 200};

	for (size_t i = 0; i < sizeof bad_values / sizeof bad_values[0]; i++)
		CHECK_INT(response_header(&r, S("Location"), bad_values[i]), E_INTERNAL);
	for (size_t i = 0; i < sizeof bad_names / sizeof bad_names[0]; i++)
		CHECK_INT(response_header(&r, bad_names[i], S("x")), E_INTERNAL);
	CHECK_INT(r.n, 0);
}

TEST(the_headers_of_the_writer_itself_cannot_come_twice)
{
	struct response r = {.status = 200};

	CHECK_INT(response_header(&r, S("content-length"), S("1")), E_INTERNAL);
	CHECK_INT(response_header(&r, S("Content-Type"), S("a/b")), E_INTERNAL);
	CHECK_INT(response_header(&r, S("STATUS"), S("200")), E_INTERNAL);
}

TEST(the_room_for_headers_ends)
{
	struct response r = {.status = 200};

	for (int i = 0; i < HEADERS_MAX; i++)
		CHECK_INT(response_header(&r, S("Vary"), S("Cookie")), OK);
	CHECK_INT(response_header(&r, S("Vary"), S("Cookie")), E_INTERNAL);
}

TEST(cookies_are_closed_to_scripts_and_other_sites)
{
	struct response r = {.status = 200};

	CHECK_INT(response_cookie(a, &r, S("__Host-s"), S("abc"), 3600), OK);
	CHECK_INT(response_cookie(a, &r, S("s"), S("abc"), -1), OK);
	CHECK_INT(response_cookie(a, &r, S("s"), S(""), 0), OK);
	CHECK_STR(r.headers[0].name, S("Set-Cookie"));
	CHECK_STR(r.headers[0].value,
		  S("__Host-s=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=3600"));
	CHECK_STR(r.headers[1].value, S("s=abc; Path=/; HttpOnly; SameSite=Lax"));
	CHECK_STR(r.headers[2].value, S("s=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
}

TEST(cookie_attributes_cannot_be_injected)
{
	static const struct str bad[] = {S_INIT("a; Domain=x"), S_INIT("a b"), S_INIT("a,b"),
					 S_INIT("\""),          S_INIT("\\"),  S_INIT("a\r\nb"),
					 S_INIT("\xc3\xa4"),    S_INIT("a\0b")};
	struct response r = {.status = 200};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK_INT(response_cookie(a, &r, S("s"), bad[i], -1), E_INTERNAL);
	CHECK_INT(response_cookie(a, &r, S("s=x;"), S("y"), -1), E_INTERNAL);
	CHECK_INT(response_cookie(a, &r, S("s"), S("y"), -2), E_INTERNAL);
	CHECK_INT(r.n, 0);
}

TESTS_MAIN_WITH(set_up, tear_down)
