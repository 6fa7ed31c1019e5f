/*
 * steering_world.h -- fixtures with a committee: four municipalities, each with a holder, two with
 * deputies, a chair, one published template.
 */
#ifndef TESTS_STEERING_WORLD_H
#define TESTS_STEERING_WORLD_H

#include "features/steering/decision.h"
#include "fixtures.h"

/* Holders: JULE (Lindheim), GRETA (Auental), HEIDI (Bergstedt), IVO (Seefeld, also the chair).
 * Deputies: KIM (Lindheim), CEM (Bergstedt).  ANNA is the project office. */
enum { DECISION_1 = 1 };
#define DECISION_1_PAGE "/entscheidungen/2026-1"

__attribute__((unused)) static void steering_world(void)
{
	static const char sql[] =
	    "INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at) VALUES"
	    " (10, 'committee', 1, '2025-01-01', 1), (7, 'committee', 2, '2025-01-01', 1),"
	    " (9, 'committee', 4, '2025-01-01', 1), (11, 'committee_deputy', 1, '2025-01-01', 1),"
	    " (3, 'committee_deputy', 3, '2025-01-01', 1);"
	    "INSERT INTO decision (id, year, number, task_force_id, author_id, state, created_at)"
	    " VALUES (1, 2026, 1, 1, 2, 'published', 1795000000);"
	    "INSERT INTO decision_version (decision_id, version, title, summary, resolution, "
	    "reasons,"
	    " costs, consultation, lead_id, presenter_id, written_by, written_at, published_at,"
	    " counts_from, sha256) VALUES"
	    " (1, 1, 'Verzeichnis für alle', 'Es geht um ein Verzeichnis.',"
	    "  'Die Kommunen führen ein gemeinsames Verzeichnis.', 'Weil es hilft.', '2.000 Euro.',"
	    "  'Alle Ämter wurden gefragt.', 2, 2, 2, 1795000000, 1795000000, 1795000000,"
	    "  '1111111111111111111111111111111111111111111111111111111111111111');";

	fixtures();
	run_sql(sql);
}

#endif
