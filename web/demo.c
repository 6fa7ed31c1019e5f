/* demo.c -- `handschlag demo`: an empty database becomes a small world to try things in. */
#include "demo.h"
#include "demo_steering.h"

#include "app/password.h"
#include "base/clock.h"
#include "base/date.h"
#include "db/embedded.h"
#include "features/features.h"
#include "features/handbook/edition.h"
#include "features/handbook/handbook.h"
#include "features/handbook/search_index.h"

#include <stdio.h>

#define DEMO_PASSWORD "apfel-brise-kompass"

static struct str quarter_before(struct arena *a, struct date today, int quarters)
{
	struct date d = date_add_months(today, -3 * quarters);

	return arena_fmt(a, "%04d-%d", d.year, date_quarter(d));
}

/* The demo's dates are relative to this row, so it never looks abandoned. */
static enum err set_clock(struct db *db, struct arena *a)
{
	static const char table[] =
	    "CREATE TEMP TABLE demo_clock (today TEXT, now INTEGER, quarter TEXT, quarter_1 TEXT,"
	    " quarter_2 TEXT, quarter_3 TEXT)";
	static const char row[] = "INSERT INTO demo_clock VALUES ($1, $2, $3, $4, $5, $6)";
	struct date today = date_today();

	TRY(db_run(db, table, WITH_NOTHING, NULL));
	return db_run(db, row,
		      WITH(TEXT(date_iso(a, today)), INT(clock_now()),
			   TEXT(quarter_before(a, today, 0)), TEXT(quarter_before(a, today, 1)),
			   TEXT(quarter_before(a, today, 2)), TEXT(quarter_before(a, today, 3))),
		      NULL);
}

static enum err give_passwords(struct db *db, struct arena *a, struct str data_dir)
{
	struct str hash;

	/* One hash for all: a demo need not wait for eleven. */
	TRY(password_hash(data_dir, a, S(DEMO_PASSWORD), &hash));
	return db_run(db, "UPDATE person SET password_hash = $1", WITH(TEXT(hash)), NULL);
}

/* A first public edition, with one key from Lindheim and the other from Auental. */
static enum err publish(struct db *db, struct arena *a, const struct config *c)
{
	struct app app = sitemap;
	struct request rq = {.db = db, .arena = a, .app = &app};
	struct edition_draft draft = {S("Handbuch für die Zusammenarbeit im Vierland"),
				      S("CC BY 4.0")};
	struct edition e;
	int64_t id = 0;

	app.config = *c;
	rq.viewer = (struct viewer){.person_id = 1, .municipality_id = 1, .roles = ROLE_PMO};
	TRY(edition_prepare(&rq, &draft, &id));
	TRY(edition_load(&rq, id, &e));
	TRY(edition_release(&rq, &e));
	rq.viewer =
	    (struct viewer){.person_id = 6, .municipality_id = 2, .roles = ROLE_MUNICIPALITY};
	TRY(edition_load(&rq, id, &e));
	return edition_publish(&rq, &e);
}

static enum err fill(struct db *db, struct arena *a, const struct config *c)
{
	TRY(db_begin_write(db, a));
	TRY(set_clock(db, a));
	TRY(db_script(db, embedded_text(S("demo.sql"))));
	TRY(give_passwords(db, a, c->data));
	TRY(handbook_import(db, a, embedded_text(S("demo_handbuch.md"))));
	TRY(db_script(db, embedded_text(S("demo_edition.sql"))));
	TRY(db_script(db, embedded_text(S("demo_feedback.sql"))));
	TRY(db_script(db, embedded_text(S("demo_steering.sql"))));
	TRY(search_index_braces(db, a));
	TRY(db_script(db, S("DROP TABLE demo_clock")));
	TRY(publish(db, a, c));
	TRY(demo_steering(db, a, c));
	return db_commit(db);
}

/* "tf_lead committee" → "Leitung einer Task Force, Steuerungskreis" */
static struct str role_words(struct arena *a, struct str names)
{
	struct buf out = {.arena = a};
	struct str name;

	while (str_cut(&names, ' ', &name)) {
		if (out.n > 0)
			buf_add(&out, S(", "));
		buf_add(&out, role_label(name));
	}
	return buf_str(&out);
}

static enum err print_logins(struct db *db, struct arena *a)
{
	static const char sql[] =
	    "SELECT p.email, p.name, coalesce(m.short, '–'),"
	    "   (SELECT coalesce(group_concat(role, ' '), '') FROM ("
	    "     SELECT role FROM role_held WHERE person_id = p.id UNION"
	    "     SELECT CASE role WHEN 'member' THEN 'tf_member' ELSE 'tf_lead' END"
	    "       FROM task_force_member WHERE person_id = p.id AND until IS NULL))"
	    "  FROM person p LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE p.status = 'active' ORDER BY p.id";

	TRY(db_begin_read(db, a));
	struct rows r = db_query(db, sql, WITH_NOTHING);
	printf("Demo logins, all with the password %s\n\n", DEMO_PASSWORD);
	while (rows_next(&r))
		printf("  %-32.*s %.*s, %.*s: %.*s\n", ARG(col_text(&r, 0)), ARG(col_text(&r, 1)),
		       ARG(col_text(&r, 2)), ARG(role_words(a, col_text(&r, 3))));
	db_rollback(db);
	return r.err;
}

int demo_command(struct db *db, struct arena *a, const struct config *c)
{
	int64_t people = 1;

	/* The password stands in the source: whoever can reach the site could log in. */
	if (!c->development) {
		fprintf(stderr, "The demo's password is known to everybody, so it needs"
				" \"development = yes\" in the settings: nothing was changed.\n");
		return 1;
	}
	if (db_begin_read(db, a) != OK ||
	    db_int(db, "SELECT count(*) FROM person", WITH_NOTHING, &people) != OK)
		return 1;
	db_rollback(db);
	if (people > 0) {
		fprintf(stderr,
			"There are people in this database already: nothing was changed.\n");
		return 1;
	}
	if (fill(db, a, c) != OK || search_index_missing(db, a) != OK) {
		db_rollback(db);
		return 1;
	}
	return print_logins(db, a) == OK ? 0 : 1;
}
