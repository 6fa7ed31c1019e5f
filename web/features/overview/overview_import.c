/* overview_import.c -- a table from a spreadsheet into the database, all of it or nothing. */
#include "features/overview/overview.h"

#include "app/audit.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/money.h"
#include "features/overview/import_cells.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MAX = 8 * 1024 * 1024 };

static enum err load_places(struct import *im)
{
	static const char count_sql[] = "SELECT count(*) FROM municipality";
	static const char sql[] =
	    "SELECT id, name, short, coalesce(left_on < $1, 0) FROM municipality"
	    " WHERE kind = 'municipality'";
	int64_t count = 0;

	TRY(db_int(im->rq.db, count_sql, WITH_NOTHING, &count));
	im->places = ARENA_ARRAY(im->rq.arena, struct import_place, (size_t)count + 1);
	struct rows r = db_query(im->rq.db, sql, WITH(TEXT(date_iso(im->rq.arena, date_today()))));
	while (rows_next(&r))
		im->places[im->place_count++] = (struct import_place){
		    col_int(&r, 0), col_text(&r, 1), col_text(&r, 2), col_int(&r, 3) != 0};
	return r.err;
}

/* By its own short name, else by its title; empty when it is a new one. */
static enum err find_slug(struct import *im, const struct csv_row *row, struct str *slug)
{
	static const char slug_sql[] = "SELECT slug FROM task_force WHERE slug = $1";
	static const char name_sql[] = "SELECT slug FROM task_force WHERE name = $1";
	struct str typed = import_cell(im, row, COLUMN_SLUG);
	struct str name = import_cell(im, row, COLUMN_NAME);
	enum err err = typed.n > 0 ? db_text(im->rq.db, slug_sql, WITH(TEXT(typed)), slug)
				   : db_text(im->rq.db, name_sql, WITH(TEXT(name)), slug);

	if (err != E_NOT_FOUND)
		return err;
	*slug = S("");
	if (typed.n > 0)
		import_mistake(im, row->line, csv_column_names[COLUMN_SLUG],
			       S("belongs to no task force; leave it empty for a new one"));
	return OK;
}

static enum err reuse_load(struct import *im, int64_t id, struct str *out)
{
	static const char sql[] =
	    "SELECT coalesce(group_concat(municipality_id, ' '), '') FROM"
	    " (SELECT municipality_id FROM task_force_municipality WHERE task_force_id = $1"
	    "    AND role = 'reuse' AND until IS NULL ORDER BY municipality_id)";

	return db_text(im->rq.db, sql, WITH(INT(id)), out);
}

/* Ends those that the cell no longer names and begins new ones. */
static enum err reuse_write(struct import *im, int64_t id, struct str reuse)
{
	static const char end_sql[] =
	    "UPDATE task_force_municipality"
	    " SET until = CASE WHEN since > $2 THEN since ELSE $2 END"
	    " WHERE task_force_id = $1 AND role = 'reuse' AND until IS NULL"
	    "   AND instr(' ' || $3 || ' ', ' ' || municipality_id || ' ') = 0";
	static const char begin_sql[] =
	    "INSERT INTO task_force_municipality (task_force_id, municipality_id, role, since)"
	    " VALUES ($1, $2, 'reuse', $3)"
	    " ON CONFLICT (task_force_id, municipality_id) WHERE until IS NULL DO NOTHING";
	struct str today = date_iso(im->rq.arena, date_today()), part;

	TRY(db_run(im->rq.db, end_sql, WITH(INT(id), TEXT(today), TEXT(reuse)), NULL));
	while (reuse.n > 0 && str_cut(&reuse, ' ', &part))
		TRY(db_run(im->rq.db, begin_sql, WITH(INT(id), INT(tf_number(part)), TEXT(today)),
			   NULL));
	return OK;
}

/* These municipalities are no editable value of a task force, so they have no version. */
static enum err save_reuse(struct import *im, const struct task_force *tf, struct str reuse,
			   bool *changed)
{
	static const char sql[] =
	    "UPDATE task_force SET updated_at = $2, updated_by = NULL WHERE id = $1";
	struct buf old = {.arena = im->rq.arena}, new = {.arena = im->rq.arena};
	struct str before, after;

	*changed = false;
	if (!import_has(im, COLUMN_PLACES))
		return OK;
	TRY(reuse_load(im, tf->id, &before));
	TRY(reuse_write(im, tf->id, reuse));
	TRY(reuse_load(im, tf->id, &after));
	*changed = !str_eq(before, after);
	if (!*changed)
		return OK;
	json_pair(&old, "reuse", before);
	json_pair(&new, "reuse", after);
	TRY(db_run(im->rq.db, sql, WITH(INT(tf->id), INT(clock_now())), NULL));
	return audit(&im->rq, "task_force.import", tf_object(&im->rq, tf), json_end(&old),
		     json_end(&new));
}

/* Questions that are not there yet, in whatever state; none is answered or removed. */
static enum err add_questions(struct import *im, const struct csv_row *row, int64_t id,
			      int64_t *added)
{
	static const char known_sql[] =
	    "SELECT text FROM open_question WHERE task_force_id = $1 ORDER BY id";
	static const char sql[] =
	    "INSERT INTO open_question (scope, task_force_id, text, asked_at, goes_to, state)"
	    " VALUES ('task_force', $1, $2, $3, 'task_force', 'open')";
	struct str rest = import_cell(im, row, COLUMN_QUESTIONS), line;

	*added = 0;
	while (rest.n > 0 && str_cut(&rest, '\n', &line)) {
		struct str text = csv_question(im->rq.arena, line);
		bool known = text.n == 0;
		struct rows r = db_query(im->rq.db, known_sql, WITH(INT(id)));
		while (rows_next(&r))
			known |= str_eq(csv_question(im->rq.arena, col_text(&r, 0)), text);
		TRY(r.err);
		if (known)
			continue;
		TRY(db_run(im->rq.db, sql, WITH(INT(id), TEXT(text), INT(clock_now())), NULL));
		++*added;
	}
	return OK;
}

/* What had been drawn before a new task force came here is one first draw. */
static enum err add_draw(struct import *im, const struct csv_row *row, int64_t id)
{
	static const char sql[] =
	    "INSERT INTO booking (task_force_id, kind, amount, on_date, note, at)"
	    " VALUES ($1, 'draw', $2, $3, 'Übernommen', $4)";
	struct str text = import_cell(im, row, COLUMN_DRAWN);
	int64_t cents = 0;

	if (text.n == 0)
		return OK;
	if (!money_parse(text, &cents) || cents < 0 || cents > (int64_t)MONEY_LIMIT_EUROS * 100) {
		import_mistake(im, row->line, csv_column_names[COLUMN_DRAWN],
			       S("is no amount such as 12.345,67"));
		return OK;
	}
	if (cents == 0)
		return OK;
	return db_run(
	    im->rq.db, sql,
	    WITH(INT(id), INT(cents), TEXT(date_iso(im->rq.arena, date_today())), INT(clock_now())),
	    NULL);
}

static void print_changes(const struct tf_values *before, const struct tf_values *after, bool reuse,
			  int64_t questions)
{
	static const enum csv_column columns[TF_FIELDS] = {
	    COLUMN_NAME,   COLUMN_GOAL,   COLUMN_STARTS, COLUMN_ENDS,   COLUMN_REVIEW,
	    COLUMN_STATUS, COLUMN_BUDGET, COLUMN_LINK,   COLUMN_PLACES, COLUMN_LEAD};
	const char *comma = "";

	printf("changed    %.*s: ", ARG(after->v[TF_NAME]));
	for (int f = 0; f < TF_FIELDS; f++) {
		if (str_eq(before->v[f], after->v[f]) && !(reuse && f == TF_MUNICIPALITIES))
			continue;
		printf("%s%.*s", comma, ARG(csv_column_names[columns[f]]));
		comma = ", ";
	}
	if (questions > 0)
		printf("%s%" PRId64 " new in %.*s", comma, questions,
		       ARG(csv_column_names[COLUMN_QUESTIONS]));
	printf("\n");
}

static enum err import_known(struct import *im, const struct csv_row *row, struct str slug)
{
	struct tf_values values;
	struct task_force tf;
	struct str reuse;
	bool reuse_changed;
	int64_t questions;

	TRY(task_force_load(&im->rq, slug, TASK_FORCE_CREATE, &tf));
	values = tf.values;
	if (!import_values(im, row, &values, &reuse))
		return OK;
	TRY(task_force_save(&im->rq, &tf, &values, "task_force.import"));
	TRY(save_reuse(im, &tf, reuse, &reuse_changed));
	TRY(add_questions(im, row, tf.id, &questions));
	if (tf_values_equal(&tf.values, &values) && !reuse_changed && questions == 0) {
		im->unchanged++;
		return OK;
	}
	im->changed++;
	print_changes(&tf.values, &values, reuse_changed, questions);
	return OK;
}

static enum err import_new(struct import *im, const struct csv_row *row)
{
	struct tf_values values = {.v = {{0}}};
	struct task_force tf;
	struct str reuse;
	bool reuse_changed;
	int64_t questions;

	if (!import_values(im, row, &values, &reuse))
		return OK;
	TRY(task_force_insert(&im->rq, &values, &tf));
	im->seen[im->seen_count++] = tf.id;
	TRY(save_reuse(im, &tf, reuse, &reuse_changed));
	TRY(add_questions(im, row, tf.id, &questions));
	TRY(add_draw(im, row, tf.id));
	im->added++;
	printf("new        %.*s (%.*s)\n", ARG(values.v[TF_NAME]), ARG(tf.slug));
	return OK;
}

/* A second row would silently win over the first. */
static bool comes_again(struct import *im, int64_t id)
{
	for (size_t i = 0; i < im->seen_count; i++)
		if (im->seen[i] == id)
			return true;
	if (id != 0)
		im->seen[im->seen_count++] = id;
	return false;
}

static enum err import_row(struct import *im, const struct csv_row *row)
{
	struct str slug, name = import_cell(im, row, COLUMN_NAME);
	size_t before = row->line;
	bool taken;

	TRY(find_slug(im, row, &slug));
	for (const struct mistake *m = im->mistakes; m != NULL; m = m->next)
		if (m->line == before)
			return OK;
	int64_t id = 0;
	if (slug.n > 0)
		TRY(db_int(im->rq.db, "SELECT id FROM task_force WHERE slug = $1", WITH(TEXT(slug)),
			   &id));
	if (comes_again(im, id)) {
		import_mistake(im, row->line, csv_column_names[COLUMN_NAME], S("comes twice"));
		return OK;
	}
	TRY(task_force_name_taken(&im->rq, name, id, &taken));
	if (taken) {
		import_mistake(im, row->line, csv_column_names[COLUMN_NAME],
			       S("is the name of another task force"));
		return OK;
	}
	return slug.n > 0 ? import_known(im, row, slug) : import_new(im, row);
}

static enum err import_all(struct import *im)
{
	im->seen = ARENA_ARRAY(im->rq.arena, int64_t, im->table.n);
	TRY(load_places(im));
	import_columns(im);
	for (size_t i = 1; im->mistakes == NULL && i < im->table.n; i++)
		if (im->table.rows[i].n > im->table.rows[0].n)
			import_mistake(im, im->table.rows[i].line, S("row"),
				       S("has more cells than the header"));
	if (im->mistakes != NULL)
		return OK;
	for (size_t i = 1; i < im->table.n; i++)
		TRY(import_row(im, &im->table.rows[i]));
	return OK;
}

/* The file ------------------------------------------------------------------------------------- */

static bool read_table(struct import *im, const char *path)
{
	static const char *const problems[] = {
	    [CSV_NOT_TEXT] = "is not UTF-8 text; save it as \"CSV UTF-8\"",
	    [CSV_QUOTE] = "a quotation mark is not closed or stands inside a cell",
	    [CSV_TOO_MANY_ROWS] = "too many rows",
	    [CSV_TOO_MANY_COLUMNS] = "too many columns",
	    [CSV_CELL_TOO_LONG] = "a cell is too long",
	};
	struct str text;
	size_t line = 0;

	if (!file_read(im->rq.arena, path, FILE_MAX, &text)) {
		fprintf(stderr, "%s: cannot be read, or larger than 8 MiB\n", path);
		return false;
	}
	enum csv_problem problem = csv_read(im->rq.arena, text, &im->table, &line);
	if (problem != CSV_FINE)
		fprintf(stderr, "%s:%zu: %s\n", path, line, problems[problem]);
	else if (im->table.n == 0)
		fprintf(stderr, "%s: is empty\n", path);
	return problem == CSV_FINE && im->table.n > 0;
}

static int finish(struct import *im, const char *path, enum err err, bool dry_run)
{
	if (err == OK && im->mistakes == NULL && !dry_run)
		err = db_commit(im->rq.db);
	db_rollback(im->rq.db);
	for (const struct mistake *m = im->mistakes; m != NULL; m = m->next)
		fprintf(stderr, "%s:%zu: %.*s: %.*s\n", path, m->line, ARG(m->column),
			ARG(m->text));
	if (err != OK)
		fprintf(stderr, "Not imported: %s.\n", err_name(err));
	if (err != OK || im->mistakes != NULL) {
		fprintf(stderr, "Nothing was changed.\n");
		return 1;
	}
	printf("%" PRId64 " new, %" PRId64 " changed, %" PRId64 " unchanged%s\n", im->added,
	       im->changed, im->unchanged, dry_run ? "; a preview, nothing was changed" : "");
	return 0;
}

int overview_import_command(struct db *db, struct arena *a, int argc, char **argv)
{
	bool dry_run = argc == 2 && strcmp(argv[1], "--dry-run") == 0;
	struct import im = {.rq = {.db = db, .arena = a, .viewer = {.roles = ROLE_PMO}}};

	im.last = &im.mistakes;
	if (argc != 1 && !dry_run) {
		fprintf(stderr, "usage: handschlag import-overview FILE.csv [--dry-run]\n");
		return 2;
	}
	if (!read_table(&im, argv[0]))
		return 1;
	enum err err = db_begin_write(db, a);
	if (err == OK)
		err = import_all(&im);
	return finish(&im, argv[0], err, dry_run);
}
