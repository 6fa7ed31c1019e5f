/* http_request_test.c -- what the server hands over: paths, methods, headers, bodies. */
#include "base/secret.h"
#include "base/utf8.h"
#include "http/request.h"
#include "test.h"

static struct arena *a;

static int set_up(void **state)
{
	(void)state;
	a = arena_new(64 * 1024 * 1024);
	return secret_init() == OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static const char nginx_id[] = "0123456789abcdef0123456789ABCDEF";

static struct http_input get(struct str uri)
{
	return (struct http_input){.method = S("GET"),
				   .uri = uri,
				   .request_id = str_of(nginx_id),
				   .remote_addr = S("::1")};
}

static struct http_input post(struct str body)
{
	struct http_input in = get(S("/anmelden"));

	in.method = S("POST");
	in.content_type = S("application/x-www-form-urlencoded");
	in.body = body;
	return in;
}

static enum err parsed(struct http_input in, struct http_request *out)
{
	return request_parse(a, &in, out);
}

static enum err path_of(struct str uri, struct str *path)
{
	struct http_request rq;
	enum err err = parsed(get(uri), &rq);

	*path = rq.path;
	return err;
}

static struct str repeated(struct str what, size_t times)
{
	struct buf b = {.arena = a};

	while (times-- > 0)
		buf_add(&b, what);
	return buf_str(&b);
}

/* Paths */

TEST(a_path_is_decoded_and_separated_from_its_query)
{
	struct http_request rq;

	CHECK_INT(parsed(get(S("/b%C3%BCrger/x+y?q=1%202&r=a+b")), &rq), OK);
	CHECK_STR(rq.path, S("/b\xc3\xbcrger/x+y"));
	CHECK_STR(rq.target, S("/b%C3%BCrger/x+y?q=1%202&r=a+b"));
	CHECK_STR(field_text(&rq.query, S("q")), S("1 2"));
	CHECK_STR(field_text(&rq.query, S("r")), S("a b"));
}

TEST(ordinary_paths_pass)
{
	static const struct str good[] = {
	    S_INIT("/"),        S_INIT("/a"),        S_INIT("/a/"),     S_INIT("/a/b/"),
	    S_INIT("/?"),       S_INIT("/a?/b//.."), S_INIT("/a?q=\\"), S_INIT("/..."),
	    S_INIT("/a..b/.c"), S_INIT("/~x:@!$'"),
	};
	struct str path;

	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		CHECK_INT(path_of(good[i], &path), OK);
		CHECK(path.n > 0 && path.p[0] == '/');
	}
}

TEST(paths_that_mean_something_else_than_they_say_are_refused)
{
	static const struct str bad[] = {
	    S_INIT(""),
	    S_INIT("a"),
	    S_INIT("*"),
	    S_INIT("?q=1"),
	    S_INIT("//"),
	    S_INIT("//evil.example/"),
	    S_INIT("/a//b"),
	    S_INIT("/a//"),
	    S_INIT("/."),
	    S_INIT("/.."),
	    S_INIT("/a/."),
	    S_INIT("/a/../b"),
	    S_INIT("/./a"),
	    S_INIT("/%2e%2e/a"),
	    S_INIT("/a/%2E"),
	    S_INIT("/.%2e/"),
	    S_INIT("/a%2Fb"),
	    S_INIT("/%2F"),
	    S_INIT("/%2e%2e%2fetc"),
	    S_INIT("/\\evil.example"),
	    S_INIT("/%5Cevil"),
	    S_INIT("/a%00b"),
	    S_INIT("/a%"),
	    S_INIT("/a%zz"),
	    S_INIT("/a%0Ab"),
	    S_INIT("/a%0d%0aX"),
	    S_INIT("/a%7F"),
	    S_INIT("/a%09"),
	    S_INIT("/%C3"),
	    S_INIT("/%C0%AF"),
	    S_INIT("/%ED%A0%80"),
	    S_INIT("/%ff"),
	    S_INIT("/\xc3\xa4"),
	    S_INIT("/a b"),
	    S_INIT("/a\nb"),
	    S_INIT("/a#b"),
	    S_INIT("http://evil.example/"),
	    S_INIT("/a?q=\xc3\xa4"),
	    S_INIT("/a?q=1 2"),
	};
	struct str path;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		CHECK_INT(path_of(bad[i], &path), E_BAD_REQUEST);
		if (bad[i].n < 2 || str_find(bad[i], S("?q")) == bad[i].n)
			CHECK_STR(path, S(""));
	}
}

TEST(a_query_beyond_its_limit_is_too_large)
{
	struct http_request rq;
	struct str at_limit = repeated(S("a"), QUERY_MAX - 2);

	CHECK_INT(parsed(get(arena_fmt(a, "/?b=%.*s", ARG(at_limit))), &rq), OK);
	CHECK_INT(parsed(get(arena_fmt(a, "/x?bc=%.*s", ARG(at_limit))), &rq), E_TOO_LARGE);
	CHECK_STR(rq.path, S("/x"));
}

/* Requests */

TEST(head_counts_as_get)
{
	struct http_input in = get(S("/"));
	struct http_request rq;

	CHECK_INT(parsed(in, &rq), OK);
	CHECK(rq.method == METHOD_GET && !rq.head);
	in.method = S("HEAD");
	CHECK_INT(parsed(in, &rq), OK);
	CHECK(rq.method == METHOD_GET && rq.head);
}

TEST(methods_are_case_sensitive_and_strange_ones_are_other)
{
	static const struct str others[] = {S_INIT(""),       S_INIT("get"),    S_INIT("PUT"),
					    S_INIT("DELETE"), S_INIT("post"),   S_INIT("GET "),
					    S_INIT("TRACE"),  S_INIT("OPTIONS")};
	struct http_input in = get(S("/"));
	struct http_request rq;

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		in.method = others[i];
		CHECK_INT(parsed(in, &rq), OK);
		CHECK(rq.method == METHOD_OTHER && !rq.head);
	}
}

TEST(the_servers_request_id_is_kept)
{
	struct http_request rq;

	CHECK_INT(parsed(get(S("/")), &rq), OK);
	CHECK_STR(rq.id, str_of(nginx_id));
}

TEST(a_missing_or_malformed_request_id_is_replaced)
{
	static const struct str bad[] = {
	    S_INIT(""),
	    S_INIT("0123456789abcdef0123456789abcde"),
	    S_INIT("0123456789abcdef0123456789abcdeff"),
	    S_INIT("0123456789abcdef0123456789abcdeg"),
	    S_INIT("0123456789abcdef\n123456789abcdef"),
	};
	struct http_request rq;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct http_input in = get(S("/%"));
		in.request_id = bad[i];
		CHECK_INT(parsed(in, &rq), E_BAD_REQUEST);
		CHECK_INT(rq.id.n, SECRET_ID_CHARS);
		CHECK(!str_eq(rq.id, bad[i]));
	}
}

TEST(a_refused_request_still_fills_an_error_page)
{
	struct http_input in = post(S("a=%"));
	struct http_request rq;

	in.cookie = S("sitzung=abc");
	CHECK_INT(parsed(in, &rq), E_BAD_REQUEST);
	CHECK_STR(rq.id, str_of(nginx_id));
	CHECK(rq.method == METHOD_POST && rq.arena == a);
	CHECK_STR(rq.path, S("/anmelden"));
	CHECK_STR(field_text(&rq.cookies, S("sitzung")), S("abc"));
	CHECK_INT(rq.form.n, 0);
}

TEST(header_texts_are_taken_over)
{
	struct http_input in = get(S("/"));
	struct http_request rq;

	in.origin = S("https://handschlag.example");
	in.if_none_match = S("\"abc\"");
	in.user_agent = S("Mozilla/5.0");
	CHECK_INT(parsed(in, &rq), OK);
	CHECK_STR(rq.origin, S("https://handschlag.example"));
	CHECK_STR(rq.if_none_match, S("\"abc\""));
	CHECK_STR(rq.user_agent, S("Mozilla/5.0"));
	CHECK_STR(rq.remote_addr, S("::1"));
}

TEST(header_texts_that_are_not_clean_are_refused)
{
	static const struct str dirty[] = {S_INIT("a\nb"), S_INIT("\xff"), S_INIT("a\x7f"),
					   S_INIT("a\0b"), S_INIT("\x1b[0m")};
	struct http_request rq;

	for (size_t i = 0; i < sizeof dirty / sizeof dirty[0]; i++) {
		struct http_input in[4] = {get(S("/")), get(S("/")), get(S("/")), get(S("/"))};
		in[0].origin = in[1].if_none_match = in[2].user_agent = in[3].remote_addr =
		    dirty[i];
		for (size_t k = 0; k < 4; k++) {
			CHECK_INT(parsed(in[k], &rq), E_BAD_REQUEST);
			CHECK_INT(rq.origin.n + rq.if_none_match.n + rq.user_agent.n, 0);
		}
	}
}

TEST(a_form_must_say_that_it_is_one)
{
	static const struct str bad[] = {
	    S_INIT(""),
	    S_INIT("text/plain"),
	    S_INIT("application/json"),
	    S_INIT("multipart/form-data; boundary=x"),
	    S_INIT("application/x-www-form-urlencodedx"),
	    S_INIT("text/plain; application/x-www-form-urlencoded"),
	};
	struct http_input in = post(S("a=1"));
	struct http_request rq;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		in.content_type = bad[i];
		CHECK_INT(parsed(in, &rq), E_BAD_REQUEST);
		CHECK_INT(rq.form.n, 0);
	}
	in.content_type = S("Application/X-WWW-Form-Urlencoded ; charset=UTF-8");
	CHECK_INT(parsed(in, &rq), OK);
	CHECK_STR(field_text(&rq.form, S("a")), S("1"));
	CHECK_INT(rq.upload_bytes, 0);
}

TEST(a_body_beyond_its_limit_is_too_large)
{
	struct http_request rq;
	struct str value = repeated(S("a"), FORM_MAX - 2);
	struct http_input in = post(arena_fmt(a, "b=%.*s", ARG(value)));

	CHECK_INT(parsed(in, &rq), OK);
	CHECK_INT(field_text(&rq.form, S("b")).n, FORM_MAX - 2);
	in.body = arena_fmt(a, "bc=%.*s", ARG(value));
	CHECK_INT(parsed(in, &rq), E_TOO_LARGE);
	in = post(S(""));
	in.body_too_large = true;
	CHECK_INT(parsed(in, &rq), E_TOO_LARGE);
	CHECK_STR(rq.path, S("/anmelden"));
}

TEST(the_body_of_a_get_is_not_looked_at)
{
	struct http_input in = get(S("/"));
	struct http_request rq;

	in.body = S("a=%");
	in.body_too_large = true;
	CHECK_INT(parsed(in, &rq), OK);
	CHECK_INT(rq.form.n, 0);
}

/* Chance, with a fixed beginning: bytes that the parsers look at come more often. */

static uint64_t dice = 20261123;

static size_t roll(size_t sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (size_t)(dice % sides);
}

static struct str random_text(char *room, size_t max)
{
	static const char usual[] = "%&=+;/?.0aF2eC3A4\r\n \\#\"";
	size_t n = roll(max + 1);

	for (size_t i = 0; i < n; i++)
		room[i] = roll(8) == 0 ? (char)roll(256) : usual[roll(sizeof usual - 1)];
	return (struct str){room, n};
}

static void check_fields(const struct fields *f)
{
	CHECK(f->n <= FIELDS_MAX);
	for (size_t i = 0; i < f->n; i++) {
		CHECK(f->v[i].name.n <= FIELD_NAME_MAX && utf8_clean(f->v[i].name, false));
		CHECK(utf8_clean(f->v[i].value, true));
		CHECK(str_find_char(f->v[i].value, '\r') == f->v[i].value.n);
	}
}

TEST(whatever_comes_in_only_clean_text_goes_on)
{
	char bytes[3][200];
	struct http_request rq;
	int accepted = 0;

	for (int round = 0; round < 50000; round++) {
		struct http_input in = post(random_text(bytes[0], roll(200)));
		bytes[1][0] = '/';
		in.uri = random_text(bytes[1] + 1, roll(40));
		in.uri = (struct str){bytes[1], in.uri.n + 1};
		in.cookie = random_text(bytes[2], roll(200));
		accepted += parsed(in, &rq) == OK;
		CHECK(rq.path.n == 0 || rq.path.p[0] == '/');
		CHECK(utf8_clean(rq.path, false));
		CHECK(str_find(rq.path, S("//")) == rq.path.n);
		check_fields(&rq.query);
		check_fields(&rq.form);
		check_fields(&rq.cookies);
		arena_reset(a);
	}
	CHECK(accepted > 100);
}

TESTS_MAIN_WITH(set_up, tear_down)
