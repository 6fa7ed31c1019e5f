/*
 * fixtures.h -- whole requests in one process, against a fresh database in memory.
 *
 *	fixtures();
 *	struct answer a = post_as(ANNA, "/task-forces", FORM(FIELD("name", "Klima")));
 *	CHECK_INT(a.status, 303);
 *
 * post_as adds Origin, the CSRF token and a one-time key; post_raw sends what it is given.  A form
 * or query may contain anything; what is not printable is percent-encoded.  Answers live until the
 * next call of fixtures().
 */
#ifndef TESTS_FIXTURES_H
#define TESTS_FIXTURES_H

#include "app/app.h"
#include "base/clock.h"
#include "base/log.h"
#include "test.h"

/* Four municipalities (ids 1-4) and a funder (5). */
enum { LINDHEIM = 1, AUENTAL, BERGSTEDT, SEEFELD, FUND };
/* Everybody's password is PASSWORD; addresses are name@municipality.example. */
#define PASSWORD "korrekt-pferd-batterie"
enum {
	NOBODY,
	ANNA,  /* PMO, Lindheim: anna@lindheim.example */
	BEN,   /* leads "dateninventur", Auental */
	CEM,   /* member of "dateninventur", Bergstedt */
	DORA,  /* reader, Seefeld */
	EMIL,  /* installation administrator, no municipality */
	FINN,  /* funder */
	GRETA, /* administrator of Auental's people */
	HEIDI, /* committee, Bergstedt */
	IVO,   /* chair, Seefeld */
	JULE,  /* reviewer, Lindheim */
	KIM,   /* leads "stadt-app", Lindheim; deputy of nobody */
	PERSON_END
};
/* 2026-11-20 10:00 in Berlin, a Friday in quarter 4. */
enum { FIXTURE_NOW = 1795165200 };

extern struct db *test_db;
extern struct app test_app;
extern struct arena *test_arena;

struct answer {
	int status;
	struct str body, location, content_type;
	struct response raw; /* all headers */
};

/* Each line of the summary above a refused form must lead to its field by its name; not where forms
 * are sent that no page shows. */
extern bool test_forms_are_shown;

void fixtures(void); /* fresh database and clock; call first in every test */
struct answer get_as(int64_t person, const char *target);
struct answer post_as(int64_t person, const char *target, struct str form);
struct answer post_raw(struct http_input in);

/* With any cookie header, and the token that belongs to this session or guest. */
struct answer post_with(struct str cookie, struct str secret, const char *target, struct str form);
struct str csrf_for(struct str secret);
struct str guest_secret(void); /* of the guest that post_as(NOBODY, …) is */
/* The value of a cookie the answer sets; of several the last, as in a browser. */
struct str cookie_set(const struct answer *a, const char *name);

struct str header_of(const struct answer *a, const char *name); /* first of that name, or empty */
bool shows(const struct answer *a, const char *text);           /* body contains the text */
size_t times(const struct answer *a, const char *text);         /* how often */
/* A line of the summary above a refused form: id of the field, name with its colon, message or how
 * it begins. */
bool summary_says(const struct answer *a, const char *id, const char *label, const char *message);

/* "a=1&b=x%20y": FORM(FIELD("a", "1"), FIELD_STR("b", text)). */
struct test_field {
	struct str name, value;
};
#define FIELD(n, v) ((struct test_field){S(n), S(v)})
#define FIELD_STR(n, v) ((struct test_field){S(n), (v)})
#define FORM(...)                                                                                  \
	form_of((struct test_field[]){__VA_ARGS__},                                                \
		sizeof((struct test_field[]){__VA_ARGS__}) / sizeof(struct test_field))
struct str form_of(const struct test_field *fields, size_t n);
struct str repeated(const char *piece, size_t times); /* long texts */

/* The session cookie of a person ("handschlag=…") and a valid token for it, for post_raw. */
struct str cookie_of(int64_t person);
struct str csrf_of(int64_t person);

/*
 * Sends the same request again and again, each time in a fresh world in which another database call
 * fails.  Whenever the answer is not below 400 it must be the 500 page, and `rows` (a count) must
 * be what it was.  Ends when no call was left to fail; then the request must have succeeded.
 */
void every_failure_leaves_nothing(struct answer (*send)(void), const char *rows);

/*
 * What every form must stand, tried with a valid `form`; `count_sql` counts what it would change.
 *
 * check_failures: each database call fails in turn, which gives 500 and changes nothing, until the
 * form goes through and changes something; so it may be the last check of a test.
 * check_refusals: unknown field, NUL, invalid UTF-8, 300 KB, without token, key or right origin.
 * check_once: the same form again, as by a double click, leads to the same page and changes
 * nothing.
 */
void check_failures(int64_t person, const char *target, struct str form, const char *count_sql);
void check_refusals(int64_t person, const char *target, struct str form, const char *count_sql);
void check_once(int64_t person, const char *target, struct str form, const char *count_sql);

/* Reading and changing rows besides the program; abort on any error. */
int64_t count_of(const char *sql);
struct str text_of(const char *sql);
void run_sql(const char *sql);

#endif
