/* csv_test.c -- tables for spreadsheets, in both directions. */
#include "export/csv.h"
#include "test.h"

static struct arena *arena;
static struct csv_table table;
static size_t line;

static enum csv_problem parse(struct str text)
{
	arena_free(arena);
	arena = arena_new(64u << 20);
	return csv_read(arena, text, &table, &line);
}

static struct str written(const struct str *cells, size_t n)
{
	struct csv_writer w = {.out = {.arena = arena}};

	for (size_t i = 0; i < n; i++)
		csv_text(&w, cells[i]);
	csv_end_row(&w);
	return csv_end(&w);
}

TEST(cells_are_separated_as_the_first_line_does_it)
{
	CHECK_INT(parse(S("a;b,c\n1;2,5;3\n")), CSV_FINE);
	CHECK_INT(table.n, 2);
	CHECK_INT(table.rows[0].n, 2);
	CHECK_STR(table.rows[1].cells[1], S("2,5"));
	CHECK_INT(parse(S("a,b,c;d\n1;0,2\n")), CSV_FINE);
	CHECK_INT(table.rows[0].n, 3);
	CHECK_STR(table.rows[1].cells[0], S("1;0"));
	CHECK_INT(parse(S("\"a,b,c\";d\n1,5;2")), CSV_FINE);
	CHECK_INT(table.rows[0].n, 2);
	CHECK_STR(table.rows[1].cells[0], S("1,5"));
}

TEST(every_line_end_and_a_mark_at_the_beginning_are_read)
{
	CHECK_INT(parse(S("\xef\xbb\xbf"
			  "a;b\r\n\r\n1;\"2\r\n3\r4\"\r5;6\n   \n7;")),
		  CSV_FINE);
	CHECK_INT(table.n, 4);
	CHECK_STR(table.rows[0].cells[0], S("a"));
	CHECK_STR(table.rows[1].cells[1], S("2\n3\n4"));
	CHECK_INT(table.rows[1].line, 3);
	CHECK_STR(table.rows[2].cells[0], S("5"));
	CHECK_INT(table.rows[2].line, 6);
	CHECK_INT(table.rows[3].n, 2);
	CHECK_INT(parse(S("")), CSV_FINE);
	CHECK_INT(table.n, 0);
}

TEST(a_broken_quote_names_its_line)
{
	CHECK_INT(parse(S("a;b\n1;\"offen\n\n")), CSV_QUOTE);
	CHECK_INT(line, 2);
	CHECK_INT(parse(S("a\n\"b\"c\n")), CSV_QUOTE);
	CHECK_INT(parse(S("a\nb\"c\n")), CSV_QUOTE);
	CHECK_INT(line, 2);
}

TEST(what_is_no_text_is_refused)
{
	CHECK_INT(parse(S("a;b\n1;\xff\n")), CSV_NOT_TEXT);
	CHECK_INT(parse(S("a;b\n1;\0\n")), CSV_NOT_TEXT);
	CHECK_INT(parse(S("a;b\n1;\x1b[31m\n")), CSV_NOT_TEXT);
}

static struct str many(const char *piece, size_t count)
{
	struct buf b = {.arena = arena};

	while (count-- > 0)
		buf_add(&b, str_of(piece));
	return buf_str(&b);
}

static enum csv_problem parse_many(const char *piece, size_t count)
{
	struct arena *a = arena_new(64u << 20);
	struct buf b = {.arena = a};

	while (count-- > 0)
		buf_add(&b, str_of(piece));
	enum csv_problem p = parse(buf_str(&b));
	arena_free(a);
	return p;
}

TEST(rows_without_any_word_are_skipped)
{
	CHECK_INT(parse(S("a;b;c\r\n;;\r\n1;;\r\n\"\"; ;\t\r\n;;3\r\n;;;;;\r\n")), CSV_FINE);
	CHECK_INT(table.n, 3);
	CHECK_STR(table.rows[1].cells[0], S("1"));
	CHECK_STR(table.rows[2].cells[2], S("3"));
	CHECK_INT(table.rows[2].line, 5);
}

TEST(each_limit_holds_exactly)
{
	CHECK_INT(parse_many("x\n", CSV_ROWS_MAX), CSV_FINE);
	CHECK_INT(parse_many("x\n", CSV_ROWS_MAX + 1), CSV_TOO_MANY_ROWS);
	CHECK_INT(line, CSV_ROWS_MAX + 1);
	CHECK_INT(parse_many(";", CSV_COLUMNS_MAX - 1), CSV_FINE);
	CHECK_INT(parse_many(";", CSV_COLUMNS_MAX), CSV_TOO_MANY_COLUMNS);
	CHECK_INT(parse_many("x", CSV_CELL_MAX), CSV_FINE);
	CHECK_INT(parse_many("x", CSV_CELL_MAX + 1), CSV_CELL_TOO_LONG);
	struct str quoted = many("\"\"", CSV_CELL_MAX);
	struct arena *own = arena_new(4u << 20);
	CHECK_INT(parse(arena_fmt(own, "\"%.*s\"", ARG(quoted))), CSV_FINE);
	arena_free(own);
}

TEST(texts_that_look_like_formulas_get_an_apostrophe)
{
	static const struct str formulas[] = {S_INIT("=1"),  S_INIT("+1"),  S_INIT("-1"),
					      S_INIT("@x"),  S_INIT("\tx"), S_INIT("\rx"),
					      S_INIT("'=1"), S_INIT("''-")};

	(void)parse(S(""));
	for (size_t i = 0; i < sizeof formulas / sizeof formulas[0]; i++) {
		struct str out = written(&formulas[i], 1);
		CHECK(str_find(out, S("'")) == 3 || str_find(out, S("\"'")) == 3);
	}
	CHECK_STR(written(&(struct str)S_INIT("'quoted'"), 1), S("\xef\xbb\xbf'quoted'\r\n"));
}

TEST(amounts_are_never_guarded)
{
	(void)parse(S(""));
	struct csv_writer w = {.out = {.arena = arena}};
	csv_amount(&w, -123456);
	csv_amount(&w, 0);
	csv_end_row(&w);
	CHECK_STR(csv_end(&w), S("\xef\xbb\xbf-1234,56;0,00\r\n"));
}

TEST(what_is_written_is_read_again)
{
	static const struct str cells[] = {S_INIT("einfach"),
					   S_INIT(""),
					   S_INIT("a;b"),
					   S_INIT("\"x\""),
					   S_INIT("zwei\nzeilen"),
					   S_INIT("=f(x)"),
					   S_INIT("'=f"),
					   S_INIT("''+1"),
					   S_INIT("'"),
					   S_INIT(" rand "),
					   S_INIT("\ttab"),
					   S_INIT("-12,34"),
					   S_INIT("1,2,3,4,5,6,7,8"),
					   S_INIT("äöü😀\u202e"),
					   S_INIT("'kein'"),
					   S_INIT("ende")};
	enum { N = sizeof cells / sizeof cells[0] };

	(void)parse(S(""));
	struct str out = written(cells, N);
	struct arena *a = arena_new(1u << 20);
	out = arena_str(a, out);
	CHECK_INT(parse(out), CSV_FINE);
	CHECK_INT(table.n, 1);
	CHECK_INT(table.rows[0].n, N);
	for (size_t i = 0; i < N; i++)
		CHECK_STR(table.rows[0].cells[i], cells[i]);
	arena_free(a);
}

static int leave(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

TESTS_MAIN_WITH(NULL, leave)
