/*
 * view_fixture.h -- for the tests of the view room: templates, log and memory for each test alone.
 */
#ifndef TESTS_VIEW_FIXTURE_H
#define TESTS_VIEW_FIXTURE_H

#include "test.h"

#include "view/view.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}\n"

static struct arena *arena;
static char dir[64];
static FILE *log_file;    /* standard error since the test began */
static bool log_expected; /* else it is shown after the test */
static int real_stderr;

static void put(const char *name, const char *text)
{
	const char *path = arena_fmt(arena, "%s/%s", dir, name).p;
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static inline void put_page(const char *text)
{
	put("page.html", arena_fmt(arena, "%s%s", PRAGMA, text).p);
}

static enum err load(void)
{
	return view_load(str_of(dir), false);
}

static inline struct str render(struct view *v)
{
	struct str out = S("");

	CHECK_INT(view_render(v, "page.html", &out), OK);
	return out;
}

static bool logged(const char *what)
{
	static char text[64 * 1024];

	log_expected = true;
	rewind(log_file);
	text[fread(text, 1, sizeof text - 1, log_file)] = '\0';
	return strstr(text, what) != NULL;
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

/* Every test has templates, log and memory of its own. */
static int begin(void **state)
{
	(void)state;
	arena = arena_new(64 * 1024 * 1024);
	log_file = tmpfile();
	log_expected = false;
	real_stderr = dup(STDERR_FILENO);
	snprintf(dir, sizeof dir, "/tmp/view_test.XXXXXX");
	if (log_file == NULL || real_stderr < 0 || mkdtemp(dir) == NULL)
		return -1;
	if (mkdir(arena_fmt(arena, "%s/part", dir).p, 0700) != 0 ||
	    mkdir(arena_fmt(arena, "%s/mail", dir).p, 0700) != 0)
		return -1;
	return dup2(fileno(log_file), STDERR_FILENO) < 0;
}

static int end(void **state)
{
	char text[4096];
	size_t n;

	(void)state;
	dup2(real_stderr, STDERR_FILENO);
	close(real_stderr);
	rewind(log_file);
	while (!log_expected && (n = fread(text, 1, sizeof text, log_file)) > 0)
		fwrite(text, 1, n, stderr);
	fclose(log_file);
	view_strict(false);
	view_unload();
	arena_free(arena);
	return nftw(dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
