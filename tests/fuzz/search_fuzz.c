/*
 * search_fuzz.c -- a query, a line end, a text.  The question must be one that the index takes, and
 * the excerpt a piece of the text; what the index finds in the text must be marked there.
 */
#include "base/log.h"
#include "base/utf8.h"
#include "db/db.h"
#include "features/handbook/search_terms.h"
#include "fuzz.h"
#include "markup/normal.h"

enum { EXCERPT_CHARS = 60 };

static bool in_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

static void check_form(struct arena *a, struct str text)
{
	struct search_text t;
	size_t at = 0;

	search_text_make(a, text, &t);
	REQUIRE(str_eq(search_form(a, t.form), t.form));
	REQUIRE(utf8_valid(t.form) && str_find(t.form, S("  ")) == t.form.n);
	REQUIRE(str_eq(str_trim(t.form), t.form));
	for (size_t i = 0; i < t.form.n; i++) {
		REQUIRE(in_word((unsigned char)t.form.p[i]) || t.form.p[i] == ' ');
		REQUIRE(t.spans[i].begin >= at && t.spans[i].begin <= t.spans[i].end);
		REQUIRE(t.spans[i].end <= text.n);
		at = t.spans[i].begin;
	}
}

/* ("a" OR "b c") AND ("d") */
static void check_question(struct str question)
{
	bool quoted = false;
	size_t terms = question.n > 0;

	for (size_t i = 0; i < question.n; i++) {
		unsigned char c = (unsigned char)question.p[i];
		if (c == '"')
			quoted = !quoted;
		else if (quoted)
			REQUIRE(in_word(c) || c == ' ');
		else
			REQUIRE(c == ' ' || c == '(' || c == ')' || (c >= 'A' && c <= 'Z'));
		terms += !quoted && c == 'N';
	}
	REQUIRE(!quoted && terms <= SEARCH_TERMS_MAX);
}

/* The parts are the text from somewhere on, ellipses aside; how many are hits. */
static size_t check_excerpt(const struct excerpt *e, struct str plain)
{
	const char *at = NULL, *end = plain.p + plain.n;
	size_t hits = 0, chars = 0, longest = 0;

	for (size_t i = 0; i < e->n; i++) {
		struct str text = e->parts[i].text;
		bool own = text.n > 0 && text.p >= plain.p && text.p + text.n <= end;
		hits += e->parts[i].hit;
		REQUIRE(text.n > 0 && (own || !e->parts[i].hit));
		if (!own) {
			REQUIRE(i == 0 || i == e->n - 1);
			REQUIRE(str_eq(text, S("… ")) || str_eq(text, S(" …")));
			continue;
		}
		REQUIRE(at == NULL || text.p == at);
		at = text.p + text.n;
		chars += utf8_chars(text);
		if (e->parts[i].hit && utf8_chars(text) > longest)
			longest = utf8_chars(text);
	}
	/* A hit is shown whole even if it is longer than that. */
	REQUIRE(chars <= EXCERPT_CHARS || chars <= longest + EXCERPT_CHARS / 4);
	return hits;
}

static bool index_finds(struct arena *a, struct str plain, struct str question)
{
	static const char create[] =
	    "CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5(form, tokenize='trigram')";
	static const char insert[] = "INSERT INTO found (form) VALUES ($1)";
	static const char count[] = "SELECT count(*) FROM found WHERE found MATCH $1";
	static struct db *db;
	int64_t n = 0;

	if (db == NULL) {
		REQUIRE(db_open(S(""), &db) == OK);
		REQUIRE(db_begin_write(db, a) == OK);
		REQUIRE(db_run(db, create, WITH_NOTHING, NULL) == OK);
		REQUIRE(db_commit(db) == OK);
	}
	REQUIRE(db_begin_write(db, a) == OK);
	REQUIRE(db_run(db, insert, WITH(TEXT(search_form(a, plain))), NULL) == OK);
	REQUIRE(db_int(db, count, WITH(TEXT(question)), &n) == OK);
	db_rollback(db);
	return n > 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = fuzz_arena();
	struct str plain = {(const char *)bytes, n}, typed;
	struct excerpt e;

	log_threshold(LOG_ERROR);
	if (!str_cut(&plain, '\n', &typed) || plain.p == NULL)
		return 0;
	struct str question = search_match(a, typed);
	check_question(question);
	check_form(a, plain);
	search_excerpt(a, plain, typed, EXCERPT_CHARS, &e);
	size_t hits = check_excerpt(&e, plain);
	REQUIRE(question.n > 0 || hits == 0);
	if (question.n > 0 && utf8_valid(plain))
		REQUIRE(!index_finds(a, plain, question) || hits > 0);
	return 0;
}
