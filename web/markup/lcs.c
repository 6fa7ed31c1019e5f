/*
 * lcs.c -- Myers' divide and conquer: from both ends of a box the furthest points that d
 * differences reach, until they meet; then the same for the two boxes around that point.
 *
 * A point x, y (elements of `from` and `to` passed so far) lies on diagonal k = x - y.
 */
#include "markup/lcs.h"

/* From the start of the box forward; or from its end backward, counted from there. */
enum way { FORWARD, BACKWARD };

struct box {
	size_t x, y;    /* its start */
	ptrdiff_t n, m; /* its size */
};

struct search {
	struct lcs_list from, to;
	ptrdiff_t *furthest[2]; /* by way and diagonal: x */
	int64_t *budget;
};

static bool equal_at(const struct search *s, const struct box *b, enum way way, ptrdiff_t x,
		     ptrdiff_t y)
{
	size_t i = b->x + (size_t)(way == FORWARD ? x : b->n - 1 - x);
	size_t j = b->y + (size_t)(way == FORWARD ? y : b->m - 1 - y);

	return s->from.id[i] == s->to.id[j];
}

/* Goes to the furthest points with d differences; true when one of them, *x on diagonal *k, has
 * met the other way's. */
static bool advance(struct search *s, const struct box *b, enum way way, ptrdiff_t d, ptrdiff_t *x,
		    ptrdiff_t *k)
{
	ptrdiff_t *mine = s->furthest[way], *theirs = s->furthest[1 - way], delta = b->n - b->m;
	ptrdiff_t other = way == FORWARD ? d - 1 : d; /* differences that the other way has */
	/* A diagonal whose end was reached is left out from then on. */
	ptrdiff_t lowest = d > b->m ? d - 2 * b->m : -d, highest = d > b->n ? 2 * b->n - d : d;

	for (*k = lowest; *k <= highest; *k += 2) {
		bool down = *k == -d || (*k != d && mine[*k - 1] < mine[*k + 1]);
		*x = down ? mine[*k + 1] : mine[*k - 1] + 1;
		ptrdiff_t start = *x;
		while (*x < b->n && *x - *k < b->m && equal_at(s, b, way, *x, *x - *k))
			++*x;
		mine[*k] = *x;
		*s->budget -= 1 + *x - start;
		ptrdiff_t facing = delta - *k;
		if (facing >= -other && facing <= other && *x + theirs[facing] >= b->n)
			return true;
	}
	return false;
}

/* A point in the middle of a shortest way through the box; false when the budget is used up. */
static bool middle(struct search *s, const struct box *b, struct box *first)
{
	ptrdiff_t x, k;

	s->furthest[FORWARD][1] = s->furthest[BACKWARD][1] = 0;
	for (ptrdiff_t d = 0; *s->budget > 0; d++) {
		if (advance(s, b, FORWARD, d, &x, &k)) {
			*first = (struct box){b->x, b->y, x, x - k};
			return true;
		}
		if (advance(s, b, BACKWARD, d, &x, &k)) {
			*first = (struct box){b->x, b->y, b->n - x, b->m - (x - k)};
			return true;
		}
	}
	return false;
}

/* Takes what both sides begin or end with. */
static void trim(struct search *s, struct box *b)
{
	ptrdiff_t start = 0, end = 0, least = b->n < b->m ? b->n : b->m;

	for (; start < least && equal_at(s, b, FORWARD, start, start); start++)
		s->from.same[b->x + (size_t)start] = s->to.same[b->y + (size_t)start] = true;
	for (; end < least - start && equal_at(s, b, BACKWARD, end, end); end++)
		s->from.same[b->x + (size_t)(b->n - 1 - end)] =
		    s->to.same[b->y + (size_t)(b->m - 1 - end)] = true;
	*b = (struct box){b->x + (size_t)start, b->y + (size_t)start, b->n - start - end,
			  b->m - start - end};
}

/* Each half has half of the differences, so this goes no deeper than their number has digits. */
static bool find(struct search *s, struct box b)
{
	struct box first;

	trim(s, &b);
	if (b.n == 0 || b.m == 0)
		return true;
	if (!middle(s, &b, &first))
		return false;
	struct box second = {b.x + (size_t)first.n, b.y + (size_t)first.m, b.n - first.n,
			     b.m - first.m};
	bool all = find(s, first);
	return find(s, second) && all;
}

bool lcs_find(struct arena *a, struct lcs_list from, struct lcs_list to, int64_t *budget)
{
	struct search s = {.from = from, .to = to, .budget = budget};
	size_t diagonals = from.n + to.n + 3;
	ptrdiff_t *room = ARENA_ARRAY(a, ptrdiff_t, 2 * diagonals);

	s.furthest[FORWARD] = room + to.n + 1;
	s.furthest[BACKWARD] = room + diagonals + to.n + 1;
	return find(&s, (struct box){0, 0, (ptrdiff_t)from.n, (ptrdiff_t)to.n});
}
