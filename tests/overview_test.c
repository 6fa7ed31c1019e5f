/* overview_test.c -- the table of all task forces. */
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
static enum err nothing_waits(struct request *rq, int64_t *count)
{
	(void)rq;
	*count = 0;
	return OK;
}

static void begin(const char *sql)
{
	fixtures();
	test_app.waiting = nothing_waits;
	run_sql(sql);
}

TEST(the_table_shows_the_seven_columns_of_the_handbook)
{
	static const char *const columns[] = {"Task Force</a>",         "Ziel</th>",
					      "Zeitraum</a>",           "Budget/<wbr>abgerufen</a>",
					      "Kommunen</th>",          "Zu klären</a>",
					      "Link zu Stackfield</th>"};

	begin("");
	struct answer a = get_as(DORA, "/task-forces");
	CHECK_INT(a.status, 200);
	for (size_t i = 0; i < 7; i++)
		CHECK(shows(&a, columns[i]));
	CHECK(shows(&a, "<a href=\"/task-forces/dateninventur\">Dateninventur</a>"));
	CHECK(shows(&a, "Alle kennen ihre Daten."));
	CHECK(shows(&a, "09/2025 – 03/2027"));
	CHECK(shows(&a, "<b>Auental</b>, Bergstedt, Lindheim"));
	CHECK(shows(&a, "Leitung: Ben Birke"));
	CHECK(shows(&a, "href=\"https://raum.example/daten\""));
	CHECK(shows(&a, "fehlt"));
	CHECK(shows(&a, "<body class=\"hs-quer\">"));
}

TESTS_MAIN
