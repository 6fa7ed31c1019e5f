/* overview_world.h -- more task forces, lights, questions and money for the tests of the table. */
#ifndef TESTS_OVERVIEW_WORLD_H
#define TESTS_OVERVIEW_WORLD_H

#include "fixtures.h"

#define NEW_TF(id, name, key, status, budget)                                                      \
	"INSERT INTO task_force (id, slug, name, sort_key, goal, starts_on, ends_on, status,"      \
	" budget, updated_at) VALUES (" #id ", 'tf-" #id "', '" name "', '" key                    \
	"', 'Ziel', '2026-01-01', '2026-12-31', '" status "', " #budget ", 1);"
#define LIGHT(tf, quarter, dimension, colour)                                                      \
	"INSERT INTO assessment (task_force_id, quarter, dimension, proposed, colour, at) VALUES"  \
	" (" #tf ", '" quarter "', '" dimension "', 'grey', '" colour "', 1790000000);"
#define ASKED(tf, state, text)                                                                     \
	"INSERT INTO open_question (scope, task_force_id, text, asked_at, goes_to, state,"         \
	" answered_at) VALUES ('task_force', " #tf ", '" text "', 1, 'pmo', '" state               \
	"', CASE '" state "' WHEN 'answered' THEN 1 END);"
#define BOOKED(id, tf, kind, amount, corrects, voided)                                             \
	"INSERT INTO booking (id, task_force_id, kind, amount, on_date, corrects_id, at,"          \
	" voided_at) VALUES (" #id ", " #tf ", '" kind "', " #amount ", '2026-02-01', " #corrects  \
	", 1, " #voided ");"

/* What waits for somebody is another feature's business. */
static inline enum err nothing_waits(struct request *rq, int64_t *count)
{
	(void)rq;
	*count = 0;
	return OK;
}

static inline void begin(const char *sql)
{
	fixtures();
	test_app.waiting = nothing_waits;
	run_sql(sql);
}

/* Does `first` stand before `second`? */
static inline bool before(const struct answer *a, const char *first, const char *second)
{
	size_t x = str_find(a->body, str_of(first)), y = str_find(a->body, str_of(second));

	return x < y && y < a->body.n;
}

#endif
