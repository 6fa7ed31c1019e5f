/* task_force_test.c -- one task force: its page, creating, editing, ending. */
#include "fixtures.h"

TEST(the_page_shows_what_is_known)
{
	fixtures();
	struct answer a = get_as(DORA, "/task-forces/dateninventur");

	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<title>Dateninventur – Handschlag</title>"));
	CHECK(shows(&a, "Alle kennen ihre Daten."));
	CHECK(shows(&a, "Ben Birke, Auental"));
	CHECK(shows(&a, "Cem Çınar, Bergstedt"));
	CHECK(shows(&a, "09/2025 – 03/2027"));
	CHECK(shows(&a, "Auental (Federführung)"));
	CHECK(shows(&a, "href=\"https://raum.example/daten\""));
	CHECK(!shows(&a, "Bearbeiten"));
}

TEST(every_page_opens)
{
	fixtures();
	const char *pages[] = {"/task-forces/neu",
			       "/task-forces/dateninventur/bearbeiten",
			       "/task-forces/dateninventur/beenden",
			       "/task-forces/dateninventur/fragen",
			       "/task-forces/dateninventur/stand",
			       "/task-forces/dateninventur/buchungen"};
	for (size_t i = 0; i < 6; i++) {
		print_message("%s\n", pages[i]);
		CHECK_INT(get_as(ANNA, pages[i]).status, 200);
	}
}
TESTS_MAIN
