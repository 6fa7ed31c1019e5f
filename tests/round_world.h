/* round_world.h -- a handbook with a working copy, and a review round about it. */
#ifndef TESTS_ROUND_WORLD_H
#define TESTS_ROUND_WORLD_H

#include "features/handbook/handbook.h"
#include "features/handbook/round.h"
#include "fixtures.h"

#define ROUNDS "/feedback/runden"
#define NEW ROUNDS "/neu"
#define ROUND ROUNDS "/1"

static inline void in_transaction(enum err err)
{
	if (err == OK)
		err = db_commit(test_db);
	db_rollback(test_db);
	CHECK_INT(err, OK);
}

/* Version 1.0 with two chapters, and a working copy with the same text. */
static inline void handbook(void)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	in_transaction(handbook_import(test_db, test_arena,
				       S("# Probe\n\n## Einstieg\n\nErster Absatz.\n\nZweiter "
					 "Absatz.\n\n## Ende\n\nSchluss.\n")));
	if (count_of("SELECT count(*) FROM revision WHERE state = 'working'") == 0)
		run_sql(
		    "INSERT INTO revision (document_id, major, minor, state, base_id, change,"
		    " created_at) SELECT document_id, major, minor, 'working', id, 'content', 1"
		    " FROM revision WHERE state = 'in_force';"
		    "INSERT INTO revision_block (revision_id, pos, section_uid, block_text_id,"
		    " list, number) SELECT w.id, b.pos, b.section_uid, b.block_text_id, b.list,"
		    " b.number FROM revision w JOIN revision_block b ON b.revision_id = w.base_id"
		    " WHERE w.state = 'working';"
		    "INSERT INTO revision_section (revision_id, pos, uid, slug, number, title,"
		    " words) SELECT w.id, s.pos, s.uid, s.slug, s.number, s.title, s.words"
		    " FROM revision w JOIN revision_section s ON s.revision_id = w.base_id"
		    " WHERE w.state = 'working'");
}

/* Asks Ben, Greta (who speaks for Auental), Cem and the town of Auental. */
static inline struct str opening(const char *last_day)
{
	return FORM(FIELD_STR("bis", str_of(last_day)), FIELD("hinweis", "Bitte Kapitel 1."),
		    FIELD("nachfrist", "accept"), FIELD("person", "2"), FIELD("person", "7"),
		    FIELD("person", "3"), FIELD("kommune", "2"));
}

/* Round 1, from 20 November to 11 December 2026. */
static inline void running_round(void)
{
	handbook();
	CHECK_INT(post_as(ANNA, NEW, opening("11.12.2026")).status, 303);
}

/* The end of the last day, and the second after it. */
static inline int64_t last_second(int year, int month, int day)
{
	return date_end_of_day((struct date){year, month, day});
}

static inline struct str answer_form(const char *who, const char *answer, const char *version)
{
	return FORM(FIELD_STR("fuer", str_of(who)), FIELD_STR("antwort", str_of(answer)),
		    FIELD_STR("version", str_of(version)));
}

/* A remark in round 1 on the second paragraph; `rest` are further columns and their values. */
#define REMARK(number, author, town, visibility, state)                                            \
	"INSERT INTO feedback (document_id, round_id, number, kind, visibility, author_id,"        \
	" municipality_id, author_org, state, created_at) VALUES (1, 1, " #number                  \
	", 'hint', '" visibility "', " #author ", " #town ", 'Stadt " #town "', '" state "', 1);"  \
	"INSERT INTO feedback_text SELECT id, 1, 'Wort ' || number, 1, author_id FROM feedback"    \
	" WHERE round_id = 1 AND number = " #number ";"

#endif
