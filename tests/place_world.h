/* place_world.h -- the small handbook of feedback_world.h, edited after somebody gave feedback. */
#ifndef TESTS_PLACE_WORLD_H
#define TESTS_PLACE_WORLD_H

#include "feedback_world.h"
#include "lost_fields.h"

#define WORKING "(SELECT id FROM revision WHERE state = 'working')"

static inline struct str between(const struct answer *a, const char *begin_mark,
				 const char *end_mark)
{
	size_t at = str_find(a->body, str_of(begin_mark));
	struct str rest = str_from(a->body, at + strlen(begin_mark));

	CHECK(at < a->body.n);
	return str_head(rest, str_find(rest, str_of(end_mark)));
}

/* The form of a section of the working copy as an editor opens it now, with other words. */
static inline struct str open_section(const char *slug, const char *text)
{
	struct str uid = text_of(arena_fmt(test_arena,
					   "SELECT uid FROM revision_section WHERE slug = '%s'"
					   " AND revision_id = " WORKING,
					   slug)
				     .p);
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);

	return FORM(FIELD_STR("abschnitt", uid),
		    FIELD_STR("stand", between(&a, "name=\"stand\" value=\"", "\"")),
		    FIELD_STR("text", str_of(text)));
}

static inline void edit(const char *slug, const char *text)
{
	struct answer a = post_keeping(ANNA, "/handbuch/bearbeiten", open_section(slug, text));

	CHECK_INT(a.status, 303);
}

/* What was worked on is what is read, as if it had been frozen, decided and enforced. */
static inline void enforce(void)
{
	run_sql("UPDATE revision SET state = 'superseded' WHERE state = 'in_force';"
		"UPDATE revision SET state = 'in_force', minor = 1 WHERE state = 'working';"
		"INSERT INTO revision (id, document_id, major, minor, state, change, created_at)"
		" VALUES (90, 1, 1, 1, 'working', 'content', 1)");
}

#endif
