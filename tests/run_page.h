/* run_page.h -- runs the commands that a page tells people to run, in a folder of their own. */
#ifndef TESTS_RUN_PAGE_H
#define TESTS_RUN_PAGE_H

#include "fixtures.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char run_folder[40];

static inline void make_folder(void)
{
	snprintf(run_folder, sizeof run_folder, "/tmp/handschlag-page-XXXXXX");
	CHECK(mkdtemp(run_folder) != NULL);
}

static inline void remove_folder(void)
{
	CHECK_INT(system(arena_cstr(test_arena, arena_fmt(test_arena, "rm -r %s", run_folder))), 0);
}

static inline void save_file(const char *name, struct str text)
{
	FILE *f =
	    fopen(arena_cstr(test_arena, arena_fmt(test_arena, "%s/%s", run_folder, name)), "w");

	CHECK(f != NULL);
	CHECK_INT(fwrite(text.p, 1, text.n, f), text.n);
	CHECK_INT(fclose(f), 0);
}

static inline struct str unescaped(struct str html)
{
	static const char *const signs[][2] = {
	    {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
	struct str s = html;

	for (size_t i = 0; i < 5; i++)
		for (size_t at; (at = str_find(s, str_of(signs[i][0]))) < s.n;)
			s = arena_fmt(test_arena, "%.*s%s%.*s", ARG(str_head(s, at)), signs[i][1],
				      ARG(str_from(s, at + strlen(signs[i][0]))));
	return s;
}

/* Runs the commands of <pre id="ID"> in the folder; what they print. */
static inline struct str run_page(const struct answer *page, const char *id)
{
	struct str begin = arena_fmt(test_arena, "id=\"%s\"><code class=\"hs-quelltext\">", id);
	struct str code = str_from(page->body, str_find(page->body, begin) + begin.n);
	char out[8000];

	code = unescaped(str_head(code, str_find(code, S("</code>"))));
	save_file("befehl.sh", code);
	struct str command = arena_fmt(test_arena, "cd %s && sh befehl.sh 2>&1", run_folder);
	FILE *f = popen(arena_cstr(test_arena, command), "r");
	CHECK(f != NULL);
	size_t n = fread(out, 1, sizeof out, f);
	CHECK_INT(pclose(f), 0);
	return arena_str(test_arena, (struct str){out, n});
}

static inline size_t count_in(struct str text, const char *what)
{
	size_t n = 0;

	for (size_t at; (at = str_find(text, str_of(what))) < text.n; n++)
		text = str_from(text, at + 1);
	return n;
}

#endif
