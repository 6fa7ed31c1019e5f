/* decision_world.h -- filled-in forms of templates, and short ways through their first steps. */
#ifndef TESTS_DECISION_WORLD_H
#define TESTS_DECISION_WORLD_H

#include "base/date.h"
#include "steering_world.h"

#define NEW_PAGE "/entscheidungen/neu"
#define DECISION_2_PAGE "/entscheidungen/2026-2"
#define VERSIONS "SELECT count(*) FROM decision_version"

/* What a form says; a field that is not named is filled in well. */
struct typed {
	const char *title, *task_force, *resolution, *reasons, *costs, *majority, *fraction,
	    *min_yes;
	const char *link_title, *link_url, *link_digest, *editorial, *without_links, *lead,
	    *presenter;
};
#define TYPED(...) ((struct typed){__VA_ARGS__})

static inline struct str or_else(const char *said, const char *otherwise)
{
	return str_of(said != NULL ? said : otherwise);
}

/* `version`: of the row, "" for a new template. */
static inline struct str template_form(const char *version, struct typed t)
{
	struct test_field fields[32] = {
	    FIELD_STR("titel", or_else(t.title, "Bäume zählen")),
	    FIELD_STR("task-force", or_else(t.task_force, "1")),
	    FIELD_STR("federfuehrung", or_else(t.lead, "2")),
	    FIELD("worum", "Es geht um **Bäume** und Bürger*innen."),
	    FIELD_STR("beschluss", or_else(t.resolution, "Wir zählen alle Straßenbäume.")),
	    FIELD_STR("gruende", or_else(t.reasons, "Weil es niemand weiß.")),
	    FIELD("alternativen", ""),
	    FIELD_STR("kosten", or_else(t.costs, "2.000 Euro.")),
	    FIELD("betroffen", "3"),
	    FIELD("betroffen", "1"),
	    FIELD("beteiligung", "- Grünamt\n- Bauhof"),
	    FIELD_STR("anlage-2-titel", or_else(t.link_title, "Karte")),
	    FIELD_STR("anlage-2-adresse", or_else(t.link_url, "https://raum.example/karte")),
	    FIELD_STR("anlage-2-pruefsumme", or_else(t.link_digest, "")),
	    FIELD_STR("auskunft", or_else(t.presenter, "2")),
	    FIELD_STR("mehrheit", or_else(t.majority, "simple")),
	    FIELD_STR("bruch", or_else(t.fraction, "")),
	    FIELD_STR("mindestens", or_else(t.min_yes, "")),
	};
	size_t n = 18;

	if (t.editorial != NULL)
		fields[n++] = FIELD_STR("redaktionell", str_of(t.editorial));
	if (t.without_links != NULL)
		fields[n++] = FIELD_STR("ohne-anlagen", str_of(t.without_links));
	if (version[0] != '\0')
		fields[n++] = FIELD_STR("version", str_of(version));
	return form_of(fields, n);
}

/* The template 2026-2 of BEN's, a draft. */
static inline void draft_world(void)
{
	steering_world();
	CHECK_INT(post_as(BEN, NEW_PAGE, template_form("", TYPED(.title = NULL))).status, 303);
}

static inline struct str row_version(const char *number)
{
	return text_of(arena_fmt(test_arena,
				 "SELECT row_version || '' FROM decision WHERE number = %s", number)
			   .p);
}

/* A form with one button, or with a reason in the field of that name. */
static inline struct answer step(int64_t person, const char *word, const char *reason_field)
{
	struct test_field fields[2] = {FIELD_STR("version", row_version("2")),
				       {str_of(reason_field), S("Aus gutem Grund.")}};

	return post_as(person, arena_fmt(test_arena, "%s/%s", DECISION_2_PAGE, word).p,
		       form_of(fields, reason_field == NULL ? 1 : 2));
}

/* … submitted and published. */
static inline void published_world(void)
{
	draft_world();
	CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
	CHECK_INT(step(ANNA, "veroeffentlichen", NULL).status, 303);
}

static inline struct str state_of(const char *number)
{
	return text_of(
	    arena_fmt(test_arena, "SELECT state FROM decision WHERE number = %s", number).p);
}

#endif
