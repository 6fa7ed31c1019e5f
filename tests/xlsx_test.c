/* xlsx_test.c -- workbooks, read again by somebody who knows nothing of how they were made. */
#include "export/xlsx.h"
#include "export/zip.h"

#include "base/clock.h"
#include "base/log.h"
#include "quiet.h"
#include "test.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static struct arena *arena;
static const struct xlsx_column columns[] = {
    {S_INIT("Task Force"), 30}, {S_INIT("Ende"), 12}, {S_INIT("Budget"), 14}, {S_INIT("Tage"), 8}};

static struct xlsx_writer begin(void)
{
	arena_free(arena);
	arena = arena_new(64u << 20);
	clock_set(1795165200);
	return (struct xlsx_writer){
	    .arena = arena, .sheet = S("Übersicht"), .n = 4, .columns = columns};
}

static struct str finished(struct xlsx_writer *w)
{
	struct str out = S("");

	CHECK_INT(xlsx_end(w, S("/tmp"), &out), OK);
	return out;
}

/* What tests/xlsx_cells.py says about the file. */
static struct str told(struct str file)
{
	char path[] = "/tmp/xlsx_test.XXXXXX";
	int fd = mkstemp(path);

	CHECK(fd >= 0 && write(fd, file.p, file.n) == (ssize_t)file.n);
	close(fd);
	const char *command =
	    arena_fmt(arena, "PYTHONUTF8=1 python3 tests/xlsx_cells.py %s", path).p;
	FILE *f = popen(command, "r");
	struct buf b = {.arena = arena};
	CHECK(f != NULL);
	for (int c; (c = getc(f)) != EOF;)
		buf_char(&b, (char)c);
	CHECK_INT(pclose(f), 0);
	unlink(path);
	return buf_str(&b);
}

/* A whole line of what was told. */
static void check_line(struct str all, const char *want)
{
	struct str line = arena_fmt(arena, "\n%s\n", want),
		   here = arena_fmt(arena, "\n%.*s", ARG(all));

	if (str_find(here, line) == here.n) {
		print_error("no line \"%s\" in\n%.*s", want, ARG(all));
		fail();
	}
}

/* The text as it arrives in the first cell, with the format in front. */
static struct str cell_of(struct str text)
{
	struct xlsx_writer w = begin();

	xlsx_text(&w, text);
	xlsx_end_row(&w);
	struct str all = told(finished(&w)), line;
	while (str_cut(&all, '\n', &line))
		if (str_starts(line, S("A2 ")))
			return str_from(line, 3);
	return S("(none)");
}

TEST(a_workbook_says_what_it_was_given)
{
	struct xlsx_writer w = begin();

	xlsx_text(&w, S("Grünflächen\nund <Wege> & \"mehr\""));
	xlsx_date(&w, (struct date){2027, 3, 31});
	xlsx_amount(&w, 8500000);
	xlsx_number(&w, 42);
	xlsx_end_row(&w);
	xlsx_text(&w, S("zweite"));
	xlsx_date(&w, (struct date){0});
	xlsx_amount(&w, -123456);
	xlsx_end_row(&w);
	struct str out = finished(&w), all = told(out);
	CHECK(str_starts(out, S("PK\3\4")));
	check_line(all, "A1 [bold wrap] text Task Force");
	check_line(all, "D1 [bold wrap] text Tage");
	check_line(all, "A2 [wrap] text Grünflächen\\nund <Wege> & \"mehr\"");
	check_line(all, "B2 [dd.mm.yyyy] n 46477");
	check_line(all, "C2 [#,##0.00\\ \"€\"] n 85000");
	check_line(all, "D2 [0] n 42");
	check_line(all, "C3 [#,##0.00\\ \"€\"] n -1234.56");
	CHECK(str_find(all, S("\nB3 ")) == all.n);
	check_line(all, "sheets Übersicht");
	check_line(all, "title Übersicht");
	check_line(all, "created 2026-11-20T09:00:00Z");
	check_line(all, "pane 1 frozen");
	check_line(all, "filter A1:D3");
	check_line(all, "width 1 1 31");
	check_line(all, "width 4 4 9");
}

TEST(a_workbook_without_rows_has_its_heads)
{
	struct xlsx_writer w = begin();
	struct str all = told(finished(&w));

	check_line(all, "A1 [bold wrap] text Task Force");
	check_line(all, "filter A1:D1");
	CHECK(str_find(all, S("\nA2")) == all.n);
}

TEST(a_text_is_never_a_formula_or_a_number)
{
	CHECK_STR(cell_of(S("=HYPERLINK(\"http://x.example\";\"x\")")),
		  S("[@ wrap] text =HYPERLINK(\"http://x.example\";\"x\")"));
	CHECK_STR(cell_of(S("+49 123")), S("[@ wrap] text +49 123"));
	CHECK_STR(cell_of(S("-5")), S("[@ wrap] text -5"));
	CHECK_STR(cell_of(S("@SUM(A1)")), S("[@ wrap] text @SUM(A1)"));
	CHECK_STR(cell_of(S("{=1+1}")), S("[wrap] text {=1+1}"));
	CHECK_STR(cell_of(S("007")), S("[wrap] text 007"));
	CHECK_STR(cell_of(S("http://x.example")), S("[wrap] text http://x.example"));
}

TEST(blanks_line_ends_and_escapes_survive)
{
	CHECK_STR(cell_of(S("  a\tb  ")), S("[wrap] text   a\\tb  "));
	CHECK_STR(cell_of(S("a\r\nb\rc")), S("[wrap] text a\\nb\\nc"));
	CHECK_STR(cell_of(S("_x0041_ _xyz_ __x000D_")), S("[wrap] text _x0041_ _xyz_ __x000D_"));
	CHECK_STR(cell_of(S("😀 e\xcc\x81 \xe2\x80\xae")),
		  S("[wrap] text 😀 e\xcc\x81 \xe2\x80\xae"));
	CHECK_STR(cell_of(S("]]>&amp;<![CDATA[")), S("[wrap] text ]]>&amp;<![CDATA["));
}

TEST(what_xml_forbids_becomes_a_replacement)
{
	CHECK_STR(cell_of(S("a\0b\x01\x1b"
			    "c\xef\xbf\xbe\xef\xbf\xbf\xff\xed\xa0\x80")),
		  S("[wrap] text a�b��c������"));
}

static struct str many(const char *piece, size_t count)
{
	static char text[70000];
	size_t n = strlen(piece);

	for (size_t i = 0; i < count; i++)
		memcpy(text + i * n, piece, n);
	return (struct str){text, count * n};
}

TEST(more_than_a_cell_holds_is_cut_and_says_so)
{
	CHECK_STR(cell_of(many("x", 32767)), S("[wrap] text (32767) …xxxxxxxxxxxxxxxxxxxx"));
	CHECK_STR(cell_of(many("x", 32768)), S("[wrap] text (32767) …xxxxxxxxx… (gekürzt)"));
	CHECK_STR(cell_of(many("ä", 32767)), S("[wrap] text (32767) …ääääääääääääääääääää"));
	/* Spreadsheets count as UTF-16 does. */
	CHECK_STR(cell_of(many("😀", 16384)), S("[wrap] text (32767) …😀😀😀😀😀😀😀😀😀… (gekürzt)"));
	/* Five of seven characters of an escape are gone when it is read. */
	CHECK_STR(cell_of(many("_x0041_", 5000)), S("[wrap] text (17647) …x0041__x0… (gekürzt)"));
}

TEST(days_before_the_calendar_of_spreadsheets_are_text)
{
	struct xlsx_writer w = begin();

	xlsx_text(&w, S("x"));
	xlsx_date(&w, (struct date){1900, 2, 28});
	xlsx_end_row(&w);
	xlsx_text(&w, S("x"));
	xlsx_date(&w, (struct date){1900, 3, 1});
	xlsx_end_row(&w);
	struct str all = told(finished(&w));
	check_line(all, "B2 [wrap] text 28.02.1900");
	check_line(all, "B3 [dd.mm.yyyy] n 61");
}

TEST(the_same_table_gives_the_same_bytes)
{
	struct str first, second;

	for (int i = 0; i < 2; i++) {
		struct xlsx_writer w = begin();
		xlsx_text(&w, S("a"));
		xlsx_end_row(&w);
		second = finished(&w);
		if (i == 0)
			first =
			    (struct str){memcpy(malloc(second.n), second.p, second.n), second.n};
		sleep(i == 0); /* the real clock goes on */
	}
	CHECK(str_eq(first, second));
	free((void *)(uintptr_t)first.p);
	clock_set(1795165201);
	struct xlsx_writer w = {.arena = arena, .sheet = S("a"), .n = 4, .columns = columns};
	CHECK(!str_eq(finished(&w), second));
}

TEST(what_cannot_be_a_sheet_is_our_bug)
{
	static const struct str bad[] = {S_INIT(""), S_INIT("a/b"), S_INIT("'a"), S_INIT("[1]"),
					 S_INIT("0123456789012345678901234567890x")};
	struct str out;
	struct xlsx_writer w;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		w = begin();
		w.sheet = bad[i];
		CHECK_INT(xlsx_end(&w, S("/tmp"), &out), E_INTERNAL);
	}
	w = begin();
	w.sheet = S("ÄÖÜäöüß ÄÖÜäöüß ÄÖÜäöüß ÄÖÜäöüß");
	CHECK_INT(xlsx_end(&w, S("/tmp"), &out), OK);
	w = begin();
	for (int i = 0; i < 5; i++)
		xlsx_number(&w, i);
	CHECK_INT(xlsx_end(&w, S("/tmp"), &out), E_INTERNAL);
	w = begin();
	w.n = 0;
	CHECK_INT(xlsx_end(&w, S("/tmp"), &out), E_INTERNAL);
	w = begin();
	w.row = 1048576;
	CHECK_INT(xlsx_end(&w, S("/tmp"), &out), E_TOO_LARGE);
}

static void fill(struct xlsx_writer *w, size_t rows)
{
	for (size_t i = 0; i < rows; i++) {
		xlsx_text(w, S("Der Wortlaut einer Rückmeldung, die etwas länger ist."));
		xlsx_date(w, (struct date){2026, 1, 1});
		xlsx_amount(w, (int64_t)i * 100);
		xlsx_number(w, (int64_t)i);
		xlsx_end_row(w);
	}
}

static enum err with_file_limit(rlim_t bytes)
{
	struct xlsx_writer w = begin();
	struct rlimit before, low;
	struct str out;

	fill(&w, 1000);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	low = before;
	low.rlim_cur = bytes;
	setrlimit(RLIMIT_FSIZE, &low);
	enum err err = xlsx_end(&w, S("/tmp"), &out);
	setrlimit(RLIMIT_FSIZE, &before);
	return err;
}

/* The library does not notice it under its temporary files: at 64 KB the sheet of 200 KB is cut,
 * while the file, which is packed, would fit. */
TEST(a_full_disk_gives_no_file)
{
	struct quiet q = hush(); /* here the library talks */
	enum err sheet = with_file_limit(64u << 10), parts = with_file_limit(4u << 10);
	enum err all = with_file_limit(0);

	(void)speak(arena, q);
	CHECK_INT(sheet, E_UNAVAILABLE);
	CHECK_INT(parts, E_UNAVAILABLE);
	CHECK_INT(all, E_UNAVAILABLE);
	CHECK_INT(with_file_limit(16u << 20), OK);
}

static int open_files(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;

	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n;
}

TEST(no_file_stays_open_or_lies_about)
{
	struct xlsx_writer w = begin();
	char dir[] = "/tmp/xlsx_test.XXXXXX";
	struct str out;

	CHECK(mkdtemp(dir) != NULL);
	fill(&w, 10);
	int before = open_files();
	CHECK_INT(xlsx_end(&w, str_of(dir), &out), OK);
	CHECK_INT(open_files(), before);
	CHECK_INT(rmdir(dir), 0); /* empty */
}

TEST(a_piece_of_a_file_is_not_whole)
{
	struct xlsx_writer w = begin();

	fill(&w, 3);
	struct str out = finished(&w);
	CHECK(zip_whole(out));
	for (size_t n = 0; n < out.n; n++)
		CHECK(!zip_whole(str_head(out, n)));
	char *bytes = (char *)(uintptr_t)out.p;
	static const size_t places[] = {14, 22, 100}; /* the first sum, length, packed text */
	for (size_t i = 0; i < 3; i++) {
		bytes[places[i]] ^= 1;
		CHECK(!zip_whole(out));
		bytes[places[i]] ^= 1;
	}
	CHECK(zip_whole(out));
}

static int setup(void **state)
{
	(void)state;
	log_threshold((enum log_level)(LOG_ERROR + 1)); /* the mistakes made here are on purpose */
	return 0;
}

static int leave(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

TESTS_MAIN_WITH(setup, leave)
