/* base_test.c -- strings, arena, calendar, money, UTF-8, secrets. */
#include "test.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/log.h"
#include "base/money.h"
#include "base/secret.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	secret_password_fast();
	return date_init() == OK && secret_init() == OK ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

TEST(str_cut_gives_every_part_also_empty_ones)
{
	struct str rest = S("a;;b;"), part;

	CHECK(str_cut(&rest, ';', &part) && str_eq(part, S("a")));
	CHECK(str_cut(&rest, ';', &part) && str_eq(part, S("")));
	CHECK(str_cut(&rest, ';', &part) && str_eq(part, S("b")));
	CHECK(str_cut(&rest, ';', &part) && str_eq(part, S("")));
	CHECK(!str_cut(&rest, ';', &part));
}

TEST(str_to_int_refuses_signs_blanks_and_overflow)
{
	static const struct str bad[] = {S_INIT(""),   S_INIT("-1"), S_INIT("+1"),
					 S_INIT(" 1"), S_INIT("1x"), S_INIT("9223372036854775808")};
	int64_t n = 0;

	CHECK(str_to_int(S("9223372036854775807"), &n) && n == INT64_MAX);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK(!str_to_int(bad[i], &n));
}

TEST(str_order_and_search)
{
	CHECK(str_cmp(S("a"), S("ab")) < 0 && str_cmp(S("b"), S("ab")) > 0);
	CHECK(str_cmp(S("ab"), S("ab")) == 0);
	CHECK_INT(str_find(S("abcabd"), S("abd")), 3);
	CHECK_INT(str_find(S("abc"), S("x")), 3);
	CHECK(str_eq_nocase(S("Abc"), S("aBC")) && !str_eq_nocase(S("ä"), S("Ä")));
	CHECK_STR(str_trim(S(" \t a b \r\n")), S("a b"));
}

TEST(arena_gives_zeroed_memory_again_after_a_reset)
{
	struct arena *a = arena_new(1 << 20);
	for (int round = 0; round < 3; round++) {
		char *p = arena_alloc(a, 300000);
		for (size_t i = 0; i < 300000; i += 999)
			CHECK_INT(p[i], 0);
		memset(p, 'x', 300000);
		arena_reset(a);
	}
	arena_free(a);
}

TEST(arena_aborts_at_its_cap)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		log_threshold(LOG_ERROR + 1);
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(1);
		struct arena *a = arena_new(200000);
		for (int i = 0; i < 100; i++)
			(void)arena_alloc(a, 4000);
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
}

TEST(buf_grows_and_keeps_what_it_has)
{
	struct buf b = {.arena = arena};

	for (int i = 0; i < 1000; i++)
		buf_fmt(&b, "%d,", i);
	CHECK(str_starts(buf_str(&b), S("0,1,2,")) && str_ends(buf_str(&b), S("998,999,")));
}

TEST(dates_go_through_day_numbers_and_back)
{
	for (int64_t day = -25567; day < 376200; day++) {
		struct date d = date_from_days(day);
		CHECK(date_valid(d));
		CHECK_INT(date_days(d), day);
	}
	CHECK_INT(date_days((struct date){1970, 1, 1}), 0);
	CHECK_INT(date_days((struct date){2026, 11, 23}), 20780);
}

TEST(dates_know_leap_years_and_month_ends)
{
	struct date d;

	CHECK(date_parse_german(S("29.02.2028"), &d));
	CHECK(!date_parse_german(S("29.02.2027"), &d));
	CHECK(!date_parse_german(S("29.02.2100"), &d));
	CHECK(!date_parse_german(S("31.04.2026"), &d));
	d = date_add_months((struct date){2026, 11, 30}, 3);
	CHECK(d.year == 2027 && d.month == 2 && d.day == 28);
	d = date_add_months((struct date){2026, 1, 31}, -2);
	CHECK(d.year == 2025 && d.month == 11 && d.day == 30);
}

TEST(dates_are_read_as_people_type_them)
{
	struct date d = {0, 0, 0};

	CHECK(date_parse_german(S(" 3.2.27 "), &d) && d.year == 2027 && d.month == 2 && d.day == 3);
	CHECK(date_parse_german(S("2027-02-03"), &d));
	CHECK(date_parse_month(S("03/2027"), true, &d) && d.day == 31);
	CHECK(date_parse_month(S("3.2027"), false, &d) && d.day == 1 && d.month == 3);
	CHECK(date_parse_month(S("15.03.2027"), false, &d) && d.day == 15);
	static const struct str bad[] = {
	    S_INIT(""),      S_INIT("heute"),     S_INIT("13/2027"),   S_INIT("3/27"),
	    S_INIT("1.2.3"), S_INIT("32.1.2027"), S_INIT("1.1.12345"), S_INIT("-1.1.2027")};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK(!date_parse_month(bad[i], false, &d));
}

TEST(dates_of_the_database_are_read_strictly)
{
	static const struct str bad[] = {S_INIT(""),
					 S_INIT("2026"),
					 S_INIT("202-01-01"),
					 S_INIT("2026-1-01"),
					 S_INIT("2026-01-1"),
					 S_INIT("2026-01-01x"),
					 S_INIT("2026-13-01"),
					 S_INIT("2026-00-01"),
					 S_INIT("2026-01-00"),
					 S_INIT("2026-01-32"),
					 S_INIT("1899-01-01"),
					 S_INIT("3000-01-01"),
					 S_INIT("20260-01-01"),
					 S_INIT("2026-01/01"),
					 S_INIT("2026/01-01"),
					 S_INIT("x026-01-01")};
	struct date d = {0, 0, 0};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK(!date_parse_iso(bad[i], &d));
	CHECK(date_parse_iso(S("2028-02-29"), &d) && d.day == 29);
	CHECK(date_cmp(d, (struct date){2028, 2, 28}) > 0);
	CHECK(date_cmp((struct date){2028, 2, 28}, d) < 0 && date_cmp(d, d) == 0);
}

TEST(days_that_are_none_or_beyond_the_calendar_are_empty)
{
	struct date none = {0, 0, 0};

	CHECK_STR(date_long(arena, none), S(""));
	CHECK_STR(date_month_year(arena, none), S(""));
	CHECK_STR(date_iso(arena, none), S(""));
	CHECK(date_is_none(date_of(INT64_MAX)));
	CHECK_STR(date_time_long(arena, INT64_MAX), S(""));
}

TEST(dates_are_shown_in_german)
{
	struct date d = {2026, 11, 6};

	CHECK_STR(date_short(arena, d), S("06.11.2026"));
	CHECK_STR(date_long(arena, d), S("6.\u00a0November 2026"));
	CHECK_STR(date_month_year(arena, d), S("11/2026"));
	CHECK_STR(date_weekday_name(d), S("Freitag"));
	CHECK_STR(date_iso(arena, d), S("2026-11-06"));
	CHECK_STR(date_short(arena, (struct date){0, 0, 0}), S(""));
	CHECK_INT(date_quarter(d), 4);
}

TEST(the_calendar_is_that_of_berlin_also_around_clock_changes)
{
	/* 2026-03-28 22:59:59Z and 23:00:00Z: the last second of a winter day and the next day. */
	CHECK_INT(date_of(1774738799).day, 28);
	CHECK_INT(date_of(1774738800).day, 29);
	CHECK_INT(date_end_of_day((struct date){2026, 3, 28}), 1774738799);
	/* The day of the change to summer time ends at 21:59:59Z. */
	CHECK_INT(date_end_of_day((struct date){2026, 3, 29}), 1774821599);
	CHECK_INT(date_end_of_day((struct date){2026, 10, 25}), 1792969199);
	clock_set(1774738800);
	CHECK_INT(date_today().day, 29);
	CHECK_STR(date_time_long(arena, clock_now()), S("29.\u00a0März 2026, 00:00\u00a0Uhr"));
	clock_set(0);
}

TEST(money_is_read_in_german_notation)
{
	static const struct {
		struct str typed;
		int64_t cents;
	} good[] = {
	    {S_INIT("12.345,67"), 1234567},
	    {S_INIT("12345,67"), 1234567},
	    {S_INIT("12345"), 1234500},
	    {S_INIT(" 22.100 € "), 2210000},
	    {S_INIT("22.100\u00a0€"), 2210000},
	    {S_INIT("120.000,-"), 12000000},
	    {S_INIT("0,5"), 50},
	    {S_INIT("-1.000 EUR"), -100000},
	    {S_INIT("1.234.567,–"), 123456700},
	    {S_INIT("999999999999999,99"), 99999999999999999},
	};
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		int64_t cents = 0;
		CHECK(money_parse(good[i].typed, &cents));
		CHECK_INT(cents, good[i].cents);
	}
}

TEST(money_that_could_mean_two_things_is_refused)
{
	static const struct str bad[] = {
	    S_INIT(""),         S_INIT("12.34"),    S_INIT("1,234.56"),
	    S_INIT("1.2345"),   S_INIT("1,234"),    S_INIT("zwölf"),
	    S_INIT("1 000"),    S_INIT(".500"),     S_INIT("1..000"),
	    S_INIT("--1"),      S_INIT("1000.000"), S_INIT("€"),
	    S_INIT("1,"),       S_INIT("1e3"),      S_INIT("9999999999999999"),
	    S_INIT("1.23.456"), S_INIT("1,x"),
	};
	int64_t cents;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK(!money_parse(bad[i], &cents));
}

TEST(money_is_shown_in_german_notation)
{
	CHECK_STR(money_text(arena, 1234567), S("12.345,67\u00a0€"));
	CHECK_STR(money_text(arena, -5), S("-0,05\u00a0€"));
	CHECK_STR(money_short(arena, 12000000), S("120.000\u00a0€"));
	CHECK_STR(money_short(arena, 100001), S("1.000,01\u00a0€"));
	CHECK_STR(money_plain(arena, 1234567), S("12345,67"));
	CHECK_STR(money_plain(arena, INT64_MIN), S("-92233720368547758,08"));
	CHECK_INT(money_percent(2210000, 8500000), 26);
	CHECK_INT(money_percent(5, 0), -1);
	CHECK_INT(money_percent(-5, 10), 0);
	CHECK_INT(money_percent(INT64_MAX, INT64_MAX), 99);
	CHECK_INT(money_percent(100000, 1), 9999);
}

TEST(the_host_of_an_address)
{
	CHECK_STR(str_host(S("https://handschlag.example:8080/x:y")), S("handschlag.example"));
	CHECK_STR(str_host(S("https://handschlag.example/x://y")), S("handschlag.example"));
	CHECK_STR(str_host(S("http://a")), S("a"));
	CHECK_STR(str_host(S("handschlag.example")), S(""));
	CHECK_STR(str_host(S("")), S(""));
}

TEST(utf8_refuses_what_rfc_3629_refuses)
{
	static const struct str bad[] = {
	    S_INIT("\xc0\x80"),
	    S_INIT("\xed\xa0\x80"),
	    S_INIT("\xf4\x90\x80\x80"),
	    S_INIT("\xe2\x82"),
	    S_INIT("\x80"),
	    S_INIT("\xff"),
	    S_INIT("\xe0\x80\xaf"),
	    S_INIT("\xf8\x88\x80\x80\x80"),
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK(!utf8_valid(bad[i]));
	CHECK(utf8_valid(S("aä€😀")));
}

TEST(utf8_clean_refuses_control_characters)
{
	CHECK(utf8_clean(S("a\tb\r\nc"), true) && !utf8_clean(S("a\nb"), false));
	CHECK(!utf8_clean(S("a\0b"), true) && !utf8_clean(S("\x7f"), true));
	CHECK(!utf8_clean(S("\xc2\x85"), true) && !utf8_clean(S("\x1b"), true));
}

TEST(utf8_counts_characters_not_bytes)
{
	CHECK_INT(utf8_chars(S("Bürger*innen €😀")), 15);
	CHECK_STR(utf8_head(S("äöü"), 2), S("äö"));
	CHECK_INT(utf8_chars(S("\xff\xff")), 2);
}

TEST(utf8_beginning_ends_with_a_whole_word)
{
	CHECK_STR(utf8_beginning(arena, S("Fünf Tage vorher"), 16), S("Fünf Tage vorher"));
	CHECK_STR(utf8_beginning(arena, S("Fünf Tage vorher"), 15), S("Fünf Tage …"));
	CHECK_STR(utf8_beginning(arena, S("Fünf Tage vorher"), 9), S("Fünf Tage …"));
	CHECK_STR(utf8_beginning(arena, S("Fünf Tage vorher"), 8), S("Fünf …"));
	CHECK_STR(utf8_beginning(arena, S("Bürger*innen"), 3), S("Bür …"));
}

TEST(utf8_sorts_and_names_german_words)
{
	CHECK_STR(utf8_sort_key(arena, S("Ärger Straße")), S("arger strasse"));
	CHECK_STR(utf8_slug(arena, S("Sensorik & Klima")), S("sensorik-klima"));
	CHECK_STR(utf8_slug(arena, S("  Über größere Öfen! ")), S("ueber-groessere-oefen"));
	CHECK_STR(utf8_slug(arena, S("…")), S(""));
	for (size_t n = 1; n < 90; n++)
		CHECK(utf8_slug(arena, str_head(S("ääääääääääääääääääääääääääääääääääääääääääää"
						  "ääääääääääääääääääää"),
						n))
			  .n <= 60);
}

TEST(utf8_put_and_next_are_inverse)
{
	for (uint32_t cp = 1; cp < 0x110000; cp += cp < 0x900 ? 1 : 257) {
		struct buf b = {.arena = arena};
		size_t at = 0;
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		utf8_put(&b, cp);
		CHECK_INT(utf8_next(buf_str(&b), &at), cp);
		CHECK_INT(at, b.n);
		arena_reset(arena);
	}
}

TEST(secrets_are_random_and_hashes_are_stable)
{
	CHECK(!str_eq(secret_token(arena), secret_token(arena)));
	CHECK_INT(secret_token(arena).n, SECRET_TOKEN_CHARS);
	CHECK_STR(secret_sha256_hex(arena, S("abc")),
		  S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
	CHECK(!str_eq(secret_hash(arena, S("a"), S("")), secret_hash(arena, S("b"), S(""))));
	secret_seed(7);
	struct str first = secret_id(arena);
	secret_seed(7);
	CHECK_STR(secret_id(arena), first);
	secret_seed(0);
	CHECK(secret_equal(S("abc"), S("abc")) && !secret_equal(S("abc"), S("abd")));
	CHECK(!secret_equal(S("abc"), S("ab")));
}

TEST(passwords_match_only_themselves)
{
	struct str hash;

	CHECK_INT(secret_password_hash(arena, S("ein langes Passwort"), &hash), OK);
	CHECK(str_starts(hash, S("$argon2id$")));
	CHECK(secret_password_matches(S("ein langes Passwort"), hash));
	CHECK(!secret_password_matches(S("ein langes Passwor"), hash));
	CHECK(!secret_password_matches(S("x"), S("")) && !secret_password_matches(S("x"), S("$")));
	CHECK(!secret_password_outdated(hash));
	CHECK(secret_password_outdated(S("$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
					 "aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g")));
}

TESTS_MAIN_WITH(setup, teardown)
