/*
 * test.h -- cmocka with less to write:
 *
 *	TEST(a_sentence_about_what_holds) { CHECK(1 + 1 == 2); }
 *	TESTS_MAIN
 *
 * A TEST registers itself; TESTS_MAIN runs all of one file, or those whose name contains the
 * first argument.
 */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { TESTS_MAX = 300 };
/* Unused in files that only help tests. */
__attribute__((unused)) static struct CMUnitTest tests[TESTS_MAX];
__attribute__((unused)) static size_t test_count;

#define TEST(name)                                                                                 \
	static void name(void);                                                                    \
	static void name##_run(void **state)                                                       \
	{                                                                                          \
		(void)state;                                                                       \
		name();                                                                            \
	}                                                                                          \
	__attribute__((constructor)) static void name##_register(void)                             \
	{                                                                                          \
		tests[test_count++] = (struct CMUnitTest){#name, name##_run, NULL, NULL, NULL};    \
	}                                                                                          \
	static void name(void)

#define CHECK(condition) assert_true(condition)
#define CHECK_INT(got, want) assert_int_equal((got), (want))
/* Two struct str; shows both when they differ. */
#define CHECK_STR(got, want) check_str((got), (want), __FILE__, __LINE__)

#define check_str(got, want, file, line)                                                           \
	do {                                                                                       \
		struct str check_got = (got), check_want = (want);                                 \
		if (!str_eq(check_got, check_want)) {                                              \
			print_error("got  \"%.*s\"\nwant \"%.*s\"\n", ARG(check_got),              \
				    ARG(check_want));                                              \
			_fail((file), (line));                                                     \
		}                                                                                  \
	} while (0)

/* Defines main; SETUP and TEARDOWN may be NULL, else functions int f(void **). */
#define TESTS_MAIN_WITH(setup, teardown)                                                           \
	int main(int argc, char **argv)                                                            \
	{                                                                                          \
		size_t kept = 0;                                                                   \
		for (size_t i = 0; i < test_count; i++)                                            \
			if (argc < 2 || strstr(tests[i].name, argv[1]) != NULL)                    \
				tests[kept++] = tests[i];                                          \
		if (kept == 0)                                                                     \
			return 1;                                                                  \
		return _cmocka_run_group_tests(argv[0], tests, kept, (setup), (teardown));         \
	}
#define TESTS_MAIN TESTS_MAIN_WITH(NULL, NULL)

/* Defines main; BEFORE and AFTER run around each single test. */
#define TESTS_MAIN_EACH(before, after)                                                             \
	static int each_test(void **state)                                                         \
	{                                                                                          \
		(void)state;                                                                       \
		for (size_t i = 0; i < test_count; i++) {                                          \
			tests[i].setup_func = (before);                                            \
			tests[i].teardown_func = (after);                                          \
		}                                                                                  \
		return 0;                                                                          \
	}                                                                                          \
	TESTS_MAIN_WITH(each_test, NULL)

#endif
