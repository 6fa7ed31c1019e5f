/* task_force_world.h -- what the forms of "dateninventur" send, for the tests of its changes. */
#ifndef TESTS_TASK_FORCE_WORLD_H
#define TESTS_TASK_FORCE_WORLD_H

#include "fixtures.h"

#define PAGE "/task-forces/dateninventur"
#define EDIT PAGE "/bearbeiten"
#define END PAGE "/beenden"
#define VERSIONS "SELECT count(*) FROM task_force_version WHERE task_force_id = 1"

/* What the PMO's form would send from version `version` with these changes. */
struct edit {
	const char *version, *name, *goal, *ends, *status, *budget, *lead;
};
static inline struct str whole(struct edit e)
{
#define OR(value, otherwise) str_of((value) != NULL ? (value) : (otherwise))
	return FORM(FIELD_STR("version", OR(e.version, "1")),
		    FIELD_STR("name", OR(e.name, "Dateninventur")),
		    FIELD_STR("ziel", OR(e.goal, "Alle kennen ihre Daten.")),
		    FIELD("beginn", "09/2025"), FIELD_STR("ende", OR(e.ends, "03/2027")),
		    FIELD("pruefung", ""), FIELD_STR("status", OR(e.status, "active")),
		    FIELD_STR("budget", OR(e.budget, "85000")), FIELD("kommunen", "1"),
		    FIELD("kommunen", "2"), FIELD("kommunen", "3"), FIELD("federfuehrung", "2"),
		    FIELD_STR("leitung", OR(e.lead, "2")),
		    FIELD("stackfield", "https://raum.example/daten"));
}

/* What a lead's form sends. */
static inline struct str lead_form(const char *version, const char *goal, const char *ends)
{
	return FORM(FIELD_STR("version", str_of(version)), FIELD_STR("ziel", str_of(goal)),
		    FIELD("beginn", "09/2025"), FIELD_STR("ende", str_of(ends)),
		    FIELD("pruefung", ""), FIELD("stackfield", "https://raum.example/daten"));
}

static inline struct str now(const char *column)
{
	return text_of(arena_cstr(
	    test_arena,
	    arena_fmt(test_arena, "SELECT %s || '' FROM task_force WHERE id = 1", column)));
}

#endif
