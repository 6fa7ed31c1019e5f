/*
 * align_fixture.h -- two texts as lines, and what their alignment says in one line.
 */
#ifndef TESTS_ALIGN_FIXTURE_H
#define TESTS_ALIGN_FIXTURE_H

#include "features/handbook/align.h"
#include "markup/markdown.h"

#include "arena_fixture.h"

/* "# " makes a heading, "- " a list item, "| " a row, "> " a quote; equal words are equal hashes.
 */
static struct align_side side(struct str line)
{
	static const struct {
		struct str mark;
		enum block_kind kind;
	} marks[] = {{S_INIT("# "), BLOCK_HEADING},   {S_INIT("- "), BLOCK_LIST_ITEM},
		     {S_INIT("| "), BLOCK_TABLE_ROW}, {S_INIT("> "), BLOCK_QUOTE},
		     {S_INIT("---"), BLOCK_RULE},     {S_INIT("!"), BLOCK_FIGURE}};

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (str_starts(line, marks[i].mark)) {
			struct str words = str_from(line, marks[i].mark.n);
			return (struct align_side){words, words, (int)marks[i].kind};
		}
	return (struct align_side){line, line, BLOCK_PARAGRAPH};
}

static struct align_side *sides(const char *text, size_t *n)
{
	struct align_side *v = ARENA_ARRAY(arena, struct align_side, strlen(text) + 1);
	struct str rest = str_of(text), line;

	for (*n = 0; str_cut(&rest, '\n', &line);)
		if (line.n > 0)
			v[(*n)++] = side(line);
	return v;
}

static struct alignment align(const char *old, const char *new_)
{
	struct alignment out;
	size_t n, m;
	const struct align_side *v = sides(old, &n), *w = sides(new_, &m);

	align_blocks(arena, v, n, w, m, &out);
	CHECK(out.n == n && out.m == m);
	return out;
}

/* "0= 2> 1~ +": block 0 as it was, 2 moved, 1 changed, a new one. */
static struct str matches(const struct alignment *al)
{
	struct buf b = {.arena = arena};

	for (size_t j = 0; j < al->m; j++) {
		const struct align_match *m = &al->match[j];
		buf_add(&b, j > 0 ? S(" ") : S(""));
		if (m->how == ALIGN_NEW)
			buf_char(&b, '+');
		else
			buf_fmt(&b, "%zu%c", m->old, "+=>~"[m->how]);
		CHECK((m->old == ALIGN_NONE) == (m->how == ALIGN_NEW));
		CHECK(m->old == ALIGN_NONE || al->now[m->old] == j);
	}
	return buf_str(&b);
}

/* "split 0-1 split 0-2" */
static struct str lineage(const struct alignment *al)
{
	struct buf b = {.arena = arena};

	for (size_t k = 0; k < al->lineage_count; k++)
		buf_fmt(&b, "%s%s %zu-%zu", k > 0 ? " " : "", align_kin_name(al->lineage[k].kin),
			al->lineage[k].old, al->lineage[k].new_);
	return buf_str(&b);
}

#define CHECK_ALIGN(old, next, want, want_lineage)                                                 \
	do {                                                                                       \
		struct alignment al = align(old, next);                                            \
		CHECK_STR(matches(&al), S(want));                                                  \
		CHECK_STR(lineage(&al), S(want_lineage));                                          \
	} while (0)

#define COMMITTEE                                                                                  \
	"Der Steuerungskreis legt fest, wohin das Projekt läuft und wofür das Geld reicht."
#define DETAILS "Fachliche Einzelheiten bleiben bei den Task Forces und ihren Leitungen."
#define VOTES "Jeder Ort hat eine Stimme, und für jeden Ort sprechen zwei Personen."

#endif
