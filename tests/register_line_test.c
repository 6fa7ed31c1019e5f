/* register_line_test.c -- a record as a line: what is written reads back, and nothing else reads.
 */
#include "register_world.h"

static struct register_receipt receipt;

static int end_transaction(void **state)
{
	(void)state;
	if (test_db != NULL)
		db_rollback(test_db);
	return 0;
}

static struct str of_every_kind(void)
{
	struct register_wording_read r = {MEETING, ENTRY_1, TEMPLATE_1, 1, S(SHA_1), WHO(IVO)};
	struct register_recusal_disputed disputed = {TEMPLATE_2, MEETING, WHO(ANNA)};
	struct register_recusal_decided decided = {4, TEMPLATE_2, MEETING, WHO(ANNA), true};
	struct register_minutes_approved approved = {MEETING, MEETING};

	voided_sample(&receipt);
	CHECK_INT(register_wording_read(&book, &r), OK);
	CHECK_INT(register_recusal_disputed(&book, &disputed), OK);
	CHECK_INT(register_recusal_decided(&book, &decided), OK);
	CHECK_INT(register_minutes_approved(&book, &approved), OK);
	witnesses();
	return written();
}

/* What can be written can be read, byte by byte. */
TEST(every_kind_of_record_reads_back_the_same)
{
	struct register_file file = {.rest = of_every_kind()};
	bool seen[REGISTER_KINDS] = {false};
	struct register_row row;
	struct str why;

	book.db = NULL;
	while (register_file_next(&file, &row, &why)) {
		struct register_begin begin;
		const void *record;
		struct str again;
		if (row.mark != ROW_RECORD)
			continue;
		CHECK(register_line_read(test_arena, row.text, &begin, &record));
		CHECK_INT(begin.n, row.n);
		CHECK_INT(register_line_write(&book, &begin, record, &again), OK);
		CHECK_STR(again, row.text);
		seen[begin.kind->id] = true;
	}
	for (int i = 0; i < REGISTER_KINDS; i++) {
		CHECK(seen[i]);
		CHECK_INT(register_kinds[i].id, i);
		CHECK(register_kind_named(register_kinds[i].name) == &register_kinds[i]);
	}
	CHECK(register_kind_named(S("poll")) == NULL);
}

static struct str aborted_line(const char *reason)
{
	struct register_book b = {.arena = test_arena};
	struct register_begin begin = {7, 8, &register_kinds[REGISTER_POLL_ABORTED]};
	struct register_poll_aborted r = {9, str_of(reason)};
	struct str line;

	return register_line_write(&b, &begin, &r, &line) == OK ? line : S("refused");
}

/* One line is either refused or the one spelling of what it says. */
static bool reads_back(struct arena *a, struct str line)
{
	struct register_book b = {.arena = a};
	struct register_begin begin;
	const void *record;
	struct str again;

	if (!register_line_read(a, line, &begin, &record))
		return false;
	CHECK_INT(register_line_write(&b, &begin, record, &again), OK);
	CHECK_STR(again, line);
	return true;
}

/* How many of the lines that differ from this one in a single byte are lines as well. */
static int damaged(struct arena *a, struct str line)
{
	static const char bytes[] = "019af\"\\,:{}[] -.u\x01\xc3";
	char other[4096];
	int read = 0;

	CHECK(line.n < sizeof other);
	for (size_t i = 0; i < line.n; i++) {
		arena_reset(a);
		CHECK(!reads_back(a, str_head(line, i)));
		for (size_t k = 0; k < sizeof bytes; k++) {
			if (bytes[k] == line.p[i])
				continue;
			memcpy(other, line.p, line.n);
			other[i] = bytes[k];
			read += reads_back(a, (struct str){other, line.n});
		}
		memmove(other + i, line.p + i + 1, line.n - i - 1);
		read += reads_back(a, (struct str){other, line.n - 1});
	}
	return read;
}

TEST(a_damaged_line_of_any_kind_is_refused_or_the_one_spelling_of_something_else)
{
	struct register_file file = {.rest = of_every_kind()};
	bool seen[REGISTER_KINDS] = {false};
	struct arena *a = arena_new(8 << 20);
	struct register_row row;
	struct str why;
	int read = 0;

	while (register_file_next(&file, &row, &why)) {
		struct register_begin begin;
		const void *record;
		if (row.mark != ROW_RECORD ||
		    !register_line_read(test_arena, row.text, &begin, &record) ||
		    seen[begin.kind->id])
			continue;
		seen[begin.kind->id] = true;
		read += damaged(a, row.text);
	}
	read += damaged(a, aborted_line("a\"\\\n\x1f"));
	CHECK(read > REGISTER_KINDS * 20); /* other digits in a number, other letters in a text */
	arena_free(a);
}

static bool reads_list(size_t entries, const char *end)
{
	struct buf line = {.arena = test_arena};

	buf_add(&line, S("{\"n\":1,\"at\":2,\"kind\":\"poll_closed\",\"poll\":3,\"units\":["));
	for (size_t i = 0; i < entries; i++)
		buf_fmt(&line, "%s{\"unit\":%zu,\"status\":\"yes\"}", i == 0 ? "" : ",", i);
	buf_add(&line, str_of(end));
	buf_add(&line, S(",\"counts\":[0,0,0,0,0,0,0],\"weights\":[0,0,0,0,0,0,0],\"persons\":2,"
			 "\"chair\":\"yes\",\"result\":\"adopted\",\"words\":\"\"}"));
	return reads_back(test_arena, buf_str(&line));
}

TEST(lists_have_an_end)
{
	fixtures();
	CHECK(reads_list(0, "]"));
	CHECK(reads_list(9, "]"));
	CHECK(reads_list(REGISTER_LIST_MAX, "]"));
	CHECK(!reads_list(REGISTER_LIST_MAX + 1, "]"));
	CHECK(!reads_list(1, ",]"));
	CHECK(!reads_list(1, ""));
}

TEST(a_line_has_a_largest_size)
{
	fixtures();
	char *reason = arena_chars(test_arena, REGISTER_LINE_MAX);
	memset(reason, 'x', REGISTER_LINE_MAX);
	size_t room = REGISTER_LINE_MAX - aborted_line("").n;
	reason[room] = '\0';
	CHECK_INT(aborted_line(reason).n, REGISTER_LINE_MAX);
	CHECK(reads_back(test_arena, aborted_line(reason)));
	reason[room] = 'x';
	reason[room + 1] = '\0';
	CHECK_STR(aborted_line(reason), S("refused"));
	reason[room] = '\0';
	struct str longer = arena_fmt(test_arena, "%.*s ", ARG(aborted_line(reason)));
	CHECK(!reads_back(test_arena, longer));
}

TEST(a_line_has_one_spelling)
{
	fixtures();
	CHECK_STR(aborted_line("Strom \"weg\"\\\n\t\x01\x1f"),
		  S("{\"n\":7,\"at\":8,\"kind\":\"poll_aborted\",\"poll\":9,"
		    "\"reason\":\"Strom \\\"weg\\\"\\\\\\n\\t\\u0001\\u001f\"}"));
	/* "ä" as one sign, however it was typed. */
	CHECK_STR(aborted_line("a\xcc\x88"), aborted_line("ä"));
	CHECK_STR(aborted_line("\xff"), S("refused"));
}

static bool reads(const char *line)
{
	struct register_begin begin;
	const void *record;

	return register_line_read(test_arena, str_of(line), &begin, &record);
}

TEST(a_line_spelt_otherwise_is_not_read)
{
	static const char fine[] =
	    "{\"n\":1,\"at\":2,\"kind\":\"poll_aborted\",\"poll\":3,\"reason\":\"x\"}";
	static const char *const changes[][2] = {{"\"n\":1", "\"n\":01"},
						 {"\"n\":1", "\"n\":-1"},
						 {"\"n\":1", "\"n\": 1"},
						 {"\"n\":1", "\"n\":1.0"},
						 {"\"x\"", "\"\\u0078\""},
						 {"\"x\"", "\"\\/\""},
						 {"\"x\"", "\"\\u000a\""},
						 {"\"x\"", "\"\\u001F\""},
						 {"\"x\"", "\"\x01\""},
						 {"\"x\"", "\"a\xcc\x88\""},
						 {"\"x\"", "\"\xc3\""},
						 {"\"x\"", "\"x\\\""},
						 {"\"x\"", "null"},
						 {"\"x\"", "\"x"},
						 {"\"x\"}", "\"x\"} "},
						 {"\"x\"}", "\"x\",\"y\":1}"},
						 {"\"x\"}", "\"x\""},
						 {"_aborted", "_lost"},
						 {"\"poll\":3,", ""},
						 {"\"poll\":3", "\"poll\":"},
						 {"\"poll\":3", "\"pol\":3"},
						 {"{\"n\"", " {\"n\""},
						 {"\"x\"", "\"\\u0020\""},
						 {"\"x\"", "\"\\u\""},
						 {"\"n\":1", "\"n\":99999999999999999999"}};

	fixtures();
	CHECK(reads(fine));
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
		CHECK(!reads(
		    arena_cstr(test_arena, replaced(str_of(fine), changes[i][0], changes[i][1]))));
	CHECK(reads(arena_cstr(test_arena, replaced(str_of(fine), "\"x\"", "\"\\u0000\""))));
}

#define PUBLISHED                                                                                  \
	"{\"n\":1,\"at\":2,\"kind\":\"template_published\",\"decision\":3,"                        \
	"\"number\":\"2026-1\",\"version\":1,\"title\":\"x\",\"sha256\":\"" SHA_1                  \
	"\",\"counts_from\":2,\"editorial\":0}"

static bool publication_reads(const char *from, const char *to)
{
	return reads(arena_cstr(test_arena, replaced(S(PUBLISHED), from, to)));
}

/* Records of before named the template; still each has one spelling. */
TEST(a_template_is_read_with_words_and_without)
{
	fixtures();
	CHECK(reads(PUBLISHED));
	CHECK(publication_reads("\"title\":\"x\",", ""));
	CHECK(!publication_reads("\"x\"", "\"\""));
	CHECK(!publication_reads("\"title\":\"x\",", "\"title\":,"));
	CHECK(!publication_reads("\"title\":\"x\",", "\"title\":\"x\",\"title\":\"x\","));
	CHECK(
	    !publication_reads("\"version\":1,\"title\":\"x\",", "\"title\":\"x\",\"version\":1,"));
	CHECK(!publication_reads("\"version\":1,\"title\":\"x\",", "\"title\":\"x\","));
	CHECK(!publication_reads(",\"title\":\"x\"", "}"));
}

TESTS_MAIN_EACH(NULL, end_transaction)
