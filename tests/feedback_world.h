/* feedback_world.h -- a small handbook, and ways to give feedback on it and to decide. */
#ifndef TESTS_FEEDBACK_WORLD_H
#define TESTS_FEEDBACK_WORLD_H

#include "features/handbook/handbook.h"
#include "fixtures.h"

static const char sample[] =
    "# Probe\n\n## Einstieg\n\nErster Absatz mit Worten. Ja und noch einmal ja.\n\n"
    "- eins\n- zwei\n\n## Regeln\n\nJede Stadt hat eine Stimme.\n";

static inline void begin(void)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, str_of(sample)), OK);
	CHECK_INT(db_commit(test_db), OK);
}

static inline struct str uid_of(const char *beginning)
{
	return text_of(arena_fmt(test_arena,
				 "SELECT b.uid FROM block b JOIN block_text t ON t.block_id = b.id"
				 " WHERE t.plain GLOB '%s*' LIMIT 1",
				 beginning)
			   .p);
}

struct given {
	const char *kind, *text, *quote, *visible, *proposal;
};

#define GIVEN(...) ((struct given){__VA_ARGS__})

static inline struct str form_for(const char *beginning, struct given g)
{
	return FORM(FIELD_STR("absatz", uid_of(beginning)), FIELD("fassung", "1-0"),
		    FIELD_STR("art", str_of(g.kind)), FIELD_STR("text", str_of(g.text)),
		    FIELD_STR("zitat", str_of(g.quote == NULL ? "" : g.quote)),
		    FIELD_STR("vorschlag", str_of(g.proposal == NULL ? "" : g.proposal)),
		    FIELD_STR("sichtbar", str_of(g.visible == NULL ? "project" : g.visible)));
}

static inline struct answer give(int64_t person, const char *beginning, struct given g)
{
	return post_as(person, "/handbuch/einstieg/rueckmeldung", form_for(beginning, g));
}

static inline struct str decision(const char *outcome, const char *reason, const char *version)
{
	return FORM(FIELD_STR("version", str_of(version)), FIELD_STR("ergebnis", str_of(outcome)),
		    FIELD_STR("grund", str_of(reason)), FIELD("bis", ""), FIELD("dublette", ""));
}

#endif
