/* counts.c -- a table of what was counted last; a newcomer takes the place of whoever was there. */
#include "app/counts.h"

#include "base/date.h"

enum { SLOTS = 256 };

/* All zero is empty: no database has the version 0. */
static struct slot {
	uint64_t version;
	int64_t key, day, v[COUNTS_MAX];
	enum counted what;
} slots[SLOTS];

static struct slot *slot_of(enum counted what, int64_t key)
{
	return &slots[((uint64_t)key * COUNTED + what) % SLOTS];
}

bool counts_find(struct request *rq, enum counted what, int64_t key, int64_t *out, size_t n)
{
	const struct slot *s = slot_of(what, key);

	if (s->version != db_version(rq->db) || s->what != what || s->key != key ||
	    s->day != date_days(date_today()))
		return false;
	for (size_t i = 0; i < n; i++)
		out[i] = s->v[i];
	return true;
}

void counts_keep(struct request *rq, enum counted what, int64_t key, const int64_t *v, size_t n)
{
	struct slot *s = slot_of(what, key);

	/* What a form counts after its own changes was never true when it is refused. */
	if (rq->http.method == METHOD_POST)
		return;
	*s = (struct slot){.version = db_version(rq->db),
			   .key = key,
			   .day = date_days(date_today()),
			   .what = what};
	for (size_t i = 0; i < n && i < COUNTS_MAX; i++)
		s->v[i] = v[i];
}
