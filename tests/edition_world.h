/* edition_world.h -- a handbook whose audiences are set, and the way of an edition to the world. */
#ifndef TESTS_EDITION_WORLD_H
#define TESTS_EDITION_WORLD_H

#include "features/handbook/handbook.h"
#include "fixtures.h"

#define EDITIONS "/handbuch/ausgaben"
#define EDITION EDITIONS "/1"
#define PUBLIC "/oeffentlich/handbuch"

static inline void import(const char *markdown)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, str_of(markdown)), OK);
	CHECK_INT(db_commit(test_db), OK);
}

/* In the version in force and in the working copy, as an editor's choice leaves it. */
static inline void audience(const char *beginning, const char *audience)
{
	run_sql(
	    arena_fmt(test_arena,
		      "INSERT INTO block_text (block_id, kind, level, ordered, number, label,"
		      " audience, markdown, plain, html, hash, created_at)"
		      " SELECT block_id, kind, level, ordered, number, label, '%s', markdown,"
		      " plain, html, hash, 2 FROM block_text t WHERE plain GLOB '%s*'"
		      "  AND id = (SELECT max(id) FROM block_text u WHERE u.block_id = t.block_id);"
		      "UPDATE revision_block SET block_text_id = (SELECT max(n.id)"
		      "   FROM block_text n JOIN block_text o ON o.block_id = n.block_id"
		      "  WHERE o.id = revision_block.block_text_id)",
		      audience, beginning)
		.p);
}

static inline struct str edition_form(const char *title, const char *version)
{
	if (version == NULL)
		return FORM(FIELD_STR("titel", str_of(title)), FIELD("lizenz", "CC BY 4.0"));
	return FORM(FIELD_STR("titel", str_of(title)), FIELD("lizenz", "CC BY 4.0"),
		    FIELD_STR("version", str_of(version)));
}

/* Three chapters, the second of which has an internal heading. */
static const char edition_sample[] =
    "# Probe\n\nVorwort für alle.\n\n## Einstieg\n\nErster Absatz für alle.\n\n"
    "Interner Absatz.\n\nZweiter Absatz.\n\nRat für andere.\n\n"
    "## Internes\n\nText darunter.\n\n## Regeln\n\nJede Stadt hat eine Stimme.\n";

static inline void begin(void)
{
	import(edition_sample);
	audience("Vorwort", "both");
	audience("Einstieg", "both");
	audience("Erster", "both");
	audience("Zweiter", "both");
	audience("Rat", "public");
	audience("Text", "both");
	audience("Regeln", "both");
	audience("Jede", "both");
}

/* row_version of the newest edition, as the page would send it. */
static inline struct str version_form(void)
{
	return FORM(FIELD_STR("version", text_of("SELECT CAST(row_version AS TEXT) FROM edition"
						 " ORDER BY id DESC LIMIT 1")));
}

static inline const char *newest(const char *what)
{
	return arena_fmt(test_arena, EDITIONS "/%d%s", (int)count_of("SELECT max(id) FROM edition"),
			 what)
	    .p;
}

static inline struct answer prepare(void)
{
	return post_as(ANNA, EDITIONS, edition_form("Handbuch für alle", NULL));
}
static inline struct answer release(void)
{
	return post_as(ANNA, newest("/freigabe"), version_form());
}
static inline struct answer publish(void)
{
	return post_as(GRETA, newest("/veroeffentlichung"), version_form());
}
static inline struct answer withdraw(const char *reason)
{
	return post_as(GRETA, newest("/ruecknahme"),
		       FORM(FIELD_STR("version", text_of("SELECT CAST(row_version AS TEXT) FROM"
							 " edition ORDER BY id DESC LIMIT 1")),
			    FIELD_STR("grund", str_of(reason))));
}
static inline void publish_all(void)
{
	CHECK_INT(prepare().status, 303);
	CHECK_INT(release().status, 303);
	CHECK_INT(publish().status, 303);
}

#endif
