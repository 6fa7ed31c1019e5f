/* fixtures.c -- the little world in which the tests play. */
#include "fixtures.h"

#include "app/guard.h"
#include "base/date.h"
#include "base/secret.h"
#include "db/migrate.h"
#include "features/features.h"
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct db *test_db;
static struct db *first_world;
struct app test_app;
struct arena *test_arena;
bool test_forms_are_shown = true;
static struct arena *request_arena;
static struct secret_key register_key;
static char data_dir[] = "/tmp/handschlag-test-XXXXXX";
static struct str password_text;

static void must(enum err err, const char *what)
{
	if (err == OK)
		return;
	print_error("%s: %s\n", what, err_name(err));
	abort();
}

static void remove_data_dir(void)
{
	char path[80];

	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/password-%d.lock", data_dir, i);
		unlink(path);
	}
	rmdir(data_dir);
}

static void leave(void)
{
	db_close(test_db);
	db_close(first_world);
	arena_free(test_arena);
	arena_free(request_arena);
	view_unload();
	remove_data_dir();
}

/* Once per process: templates, zone, password of everybody. */
static void prepare(void)
{
	const char *views = getenv("HANDSCHLAG_VIEWS");

	test_arena = arena_new(256u << 20);
	request_arena = arena_new(64u << 20);
	atexit(leave);
	log_threshold(getenv("HANDSCHLAG_LOG") != NULL ? LOG_DEBUG : LOG_ERROR + 1);
	must(date_init(), "date_init");
	must(secret_init(), "secret_init");
	secret_password_fast();
	view_strict(true);
	must(view_load(str_of(views != NULL ? views : "views"), false), "view_load");
	if (mkdtemp(data_dir) == NULL)
		abort();
	must(secret_password_hash(request_arena, S(PASSWORD), &password_text), "password");
	secret_key_make(&register_key);
	static char kept[160];
	snprintf(kept, sizeof kept, "%.*s", ARG(password_text));
	password_text = str_of(kept);
}

static void sessions(void)
{
	static const char sql[] =
	    "INSERT INTO session (token_hash, person_id, created_at, last_at, ends_at)"
	    " VALUES ($1, $2, $3, $3, $3 + 43200)";

	for (int64_t id = ANNA; id < PERSON_END; id++) {
		struct str token = str_from(cookie_of(id), S("handschlag=").n);
		struct bind hash = BLOB(secret_hash(test_arena, token, S(""))),
			    now = INT(FIXTURE_NOW);
		must(db_run(test_db, sql, WITH(hash, INT(id), now), NULL), "session");
	}
}

/* Made once; each test gets a copy. */
static void make_world(void)
{
	must(db_open(S(""), &test_db), "db_open");
	must(migrate(test_db, test_arena, S("")), "migrate");
	must(db_begin_write(test_db, test_arena), "begin");
	must(db_script(test_db, str_of(world)), "world");
	must(db_run(test_db, "UPDATE person SET password_hash = $1", WITH(TEXT(password_text)),
		    NULL),
	     "passwords");
	sessions();
	must(db_commit(test_db), "commit");
	first_world = test_db;
}

void fixtures(void)
{
	if (test_arena == NULL)
		prepare();
	db_close(test_db);
	test_db = NULL;
	arena_reset(test_arena);
	arena_reset(request_arena);
	clock_set(FIXTURE_NOW);
	test_app = sitemap;
	test_app.register_key = &register_key;
	test_app.factor_key = S("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	test_app.config = (struct config){.base_url = S("http://127.0.0.1:8080"),
					  .cooperation = S("Testverbund"),
					  .data = str_of(data_dir),
					  .views = S("views"),
					  .pages = S("views/pages"),
					  .development = true};
	if (first_world == NULL)
		make_world();
	must(db_open_copy(first_world, &test_db), "db_open_copy");
}

struct str cookie_of(int64_t person)
{
	return arena_fmt(test_arena, "handschlag=%043d", (int)person);
}

struct str csrf_for(struct str secret)
{
	struct request rq = {.arena = test_arena, .csrf_secret = secret};

	return csrf_token(&rq);
}

struct str csrf_of(int64_t person)
{
	return csrf_for(str_from(cookie_of(person), S("handschlag=").n));
}

/* Each line above a refused form leads to one field and begins with the field's name. */
static void check_summary(const struct answer *a)
{
	const struct str line = S("<li><a href=\"#");
	struct str rest = str_from(a->body, str_find(a->body, S("id=\"fehler-titel\"")));

	rest = str_head(rest, str_find(rest, S("</ul>")));
	for (size_t at; (at = str_find(rest, line)) < rest.n;) {
		rest = str_from(rest, at + line.n);
		struct str id = str_head(rest, str_find_char(rest, '"'));
		struct str field = arena_fmt(test_arena, " id=\"%.*s\"", ARG(id));
		rest = str_from(rest, id.n);
		if (times(a, arena_cstr(test_arena, field)) == 1 && str_starts(rest, S("\"><b>")) &&
		    !str_starts(rest, S("\"><b></b>")))
			continue;
		fail_msg("#%.*s: not one field, or without a name", ARG(id));
	}
	CHECK(!str_starts(a->content_type, S("text/html")) || !shows(a, "\x01"));
}

struct answer post_raw(struct http_input in)
{
	struct answer a = {.status = 0};
	bool head = false;

	in.user_agent = S("Test");
	in.remote_addr = in.remote_addr.n > 0 ? in.remote_addr : S("192.0.2.1");
	arena_reset(request_arena);
	app_answer(&test_app, test_db, request_arena, &in, &a.raw, &head);
	/* Copied, so that the answers of several requests can be compared. */
	for (size_t i = 0; i < a.raw.n; i++) {
		a.raw.headers[i].name = arena_str(test_arena, a.raw.headers[i].name);
		a.raw.headers[i].value = arena_str(test_arena, a.raw.headers[i].value);
	}
	a.raw.body = a.body = arena_str(test_arena, a.raw.body);
	a.status = a.raw.status;
	a.content_type = arena_str(test_arena, a.raw.content_type);
	a.location = header_of(&a, "Location");
	if (test_forms_are_shown)
		check_summary(&a);
	return a;
}

struct answer get_as(int64_t person, const char *target)
{
	return post_raw(
	    (struct http_input){.method = S("GET"),
				.uri = str_of(target),
				.cookie = person == NOBODY ? S("") : cookie_of(person)});
}

static const struct str *foreign; /* the origin of a POST; NULL: ours */

static struct answer post_body(struct str cookie, const char *target, const char *begin,
			       struct str form)
{
	return post_raw((struct http_input){
	    .method = S("POST"),
	    .uri = str_of(target),
	    .content_type = S("application/x-www-form-urlencoded"),
	    .cookie = cookie,
	    .origin = foreign != NULL ? *foreign : test_app.config.base_url,
	    .body = arena_fmt(test_arena, "%s%s%.*s", begin, form.n > 0 ? "&" : "", ARG(form))});
}

struct answer post_with(struct str cookie, struct str secret, const char *target, struct str form)
{
	struct str begin = arena_fmt(test_arena, "csrf=%.*s&key=%.*s", ARG(csrf_for(secret)),
				     ARG(secret_id(test_arena)));

	return post_body(cookie, target, arena_cstr(test_arena, begin), form);
}

/* A guest's login form is bound to the guest's cookie. */
struct str guest_secret(void)
{
	return str_head(S("0000000000000000000000000000000000000000guest"), SECRET_TOKEN_CHARS);
}

struct answer post_as(int64_t person, const char *target, struct str form)
{
	if (person == NOBODY)
		return post_with(arena_fmt(test_arena, "gast=%.*s", ARG(guest_secret())),
				 guest_secret(), target, form);
	return post_with(cookie_of(person), str_from(cookie_of(person), S("handschlag=").n), target,
			 form);
}

struct str cookie_set(const struct answer *a, const char *name)
{
	struct str value = S(""), want = arena_fmt(test_arena, "%s=", name);

	for (size_t i = 0; i < a->raw.n; i++)
		if (str_eq(a->raw.headers[i].name, S("Set-Cookie")) &&
		    str_starts(a->raw.headers[i].value, want))
			value = str_from(a->raw.headers[i].value, want.n);
	return str_head(value, str_find_char(value, ';'));
}

struct str header_of(const struct answer *a, const char *name)
{
	for (size_t i = 0; i < a->raw.n; i++)
		if (str_eq_nocase(a->raw.headers[i].name, str_of(name)))
			return a->raw.headers[i].value;
	return S("");
}

bool shows(const struct answer *a, const char *text)
{
	return str_find(a->body, str_of(text)) < a->body.n;
}

bool summary_says(const struct answer *a, const char *id, const char *label, const char *message)
{
	struct str line =
	    arena_fmt(test_arena, "<li><a href=\"#%s\"><b>%s</b> %s", id, label, message);

	return shows(a, arena_cstr(test_arena, line));
}

size_t times(const struct answer *a, const char *text)
{
	struct str rest = a->body, what = str_of(text);
	size_t count = 0;

	for (size_t at; (at = str_find(rest, what)) < rest.n; count++)
		rest = str_from(rest, at + what.n);
	return count;
}

struct str form_of(const struct test_field *fields, size_t n)
{
	struct buf b = {.arena = test_arena};

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&b, '&');
		buf_add(&b, percent_encode(test_arena, fields[i].name));
		buf_char(&b, '=');
		buf_add(&b, percent_encode(test_arena, fields[i].value));
	}
	return buf_str(&b);
}

struct str repeated(const char *piece, size_t count)
{
	struct buf b = {.arena = test_arena};

	while (count-- > 0)
		buf_add(&b, str_of(piece));
	return buf_str(&b);
}

void every_failure_leaves_nothing(struct answer (*send)(void), const char *rows)
{
	for (int64_t n = 1;; n++) {
		fixtures();
		int64_t before = count_of(rows), calls = db_calls(test_db);
		db_fail_after(test_db, n, E_INTERNAL);
		struct answer a = send();
		bool failed = db_calls(test_db) - calls >= n;
		db_fail_after(test_db, 0, OK);
		if (!failed) {
			CHECK(a.status < 400);
			CHECK(count_of(rows) != before);
			return;
		}
		if (a.status >= 400) {
			CHECK_INT(a.status, 500);
			CHECK_INT(count_of(rows), before);
		}
	}
}

int64_t count_of(const char *sql)
{
	int64_t n = 0;

	must(db_begin_read(test_db, test_arena), "begin");
	must(db_int(test_db, sql, WITH_NOTHING, &n), sql);
	db_rollback(test_db);
	return n;
}

struct str text_of(const char *sql)
{
	struct str s = S("");

	must(db_begin_read(test_db, test_arena), "begin");
	must(db_text(test_db, sql, WITH_NOTHING, &s), sql);
	db_rollback(test_db);
	return s;
}

void run_sql(const char *sql)
{
	must(db_begin_write(test_db, test_arena), "begin");
	must(db_script(test_db, str_of(sql)), sql);
	must(db_commit(test_db), "commit");
}

void check_failures(int64_t person, const char *target, struct str form, const char *count_sql)
{
	int64_t before = count_of(count_sql);

	for (int n = 1; n < 300; n++) {
		db_fail_after(test_db, n, E_INTERNAL);
		int status = post_as(person, target, form).status;
		db_fail_after(test_db, 0, OK);
		if (status == 303) {
			CHECK(n > 10); /* session, answer and commit alone are more */
			CHECK(count_of(count_sql) != before);
			return;
		}
		CHECK_INT(status, 500);
		CHECK_INT(count_of(count_sql), before);
	}
	fail_msg("%s never went through", target);
}

void check_refusals(int64_t person, const char *target, struct str form, const char *count_sql)
{
	static const char *const bad[] = {"fremd=1", "fremd=%00", "fremd=%FF", "%C3=1"};
	static const struct str others[] = {S_INIT(""), S_INIT("null"),
					    S_INIT("https://x.example")};
	struct str me = cookie_of(person),
		   token = arena_fmt(test_arena, "csrf=%.*s", ARG(csrf_of(person)));
	int64_t before = count_of(count_sql);

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct str worse = arena_fmt(test_arena, "%.*s&%s", ARG(form), bad[i]);
		CHECK_INT(post_as(person, target, worse).status, 400);
	}
	for (foreign = others; foreign < others + 3; foreign++)
		CHECK_INT(post_as(person, target, form).status, 403);
	foreign = NULL;
	CHECK_INT(post_as(person, target, repeated("a=0123456789&", 23000)).status, 413);
	CHECK_INT(post_body(me, target, "key=aaaaaaaaaaaaaaaa", form).status, 403);
	CHECK_INT(post_body(me, target, arena_cstr(test_arena, token), form).status, 400);
	CHECK_INT(count_of(count_sql), before);
}

void check_once(int64_t person, const char *target, struct str form, const char *count_sql)
{
	const char *begin =
	    arena_cstr(test_arena, arena_fmt(test_arena, "csrf=%.*s&key=bbbbbbbbbbbbbbbb",
					     ARG(csrf_of(person))));
	struct answer a = post_body(cookie_of(person), target, begin, form);
	CHECK_INT(a.status, 303);
	int64_t after = count_of(count_sql);
	struct answer again = post_body(cookie_of(person), target, begin, form);
	CHECK_INT(again.status, 303);
	CHECK_STR(again.location, a.location);
	CHECK_INT(count_of(count_sql), after);
}
