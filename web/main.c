/* main.c -- the program's commands: `handschlag [-c FILE] COMMAND …`. */
#include "app/audit.h"
#include "app/second_factor.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/log.h"
#include "base/secret.h"
#include "db/migrate.h"
#include "demo.h"
#include "features/features.h"
#include "features/handbook/edition.h"
#include "features/handbook/handbook.h"
#include "features/handbook/round.h"
#include "features/handbook/search_index.h"
#include "features/overview/overview.h"
#include "features/people/people.h"
#include "features/people/project_end.h"
#include "features/people/restored.h"
#include "features/people/retention.h"
#include "features/steering/attendance.h"
#include "features/steering/circular.h"
#include "features/steering/follow_up.h"
#include "features/steering/recusal.h"
#include "features/steering/register.h"
#include "features/steering/register_command.h"
#include "features/steering/register_key.h"
#include "features/steering/register_verify.h"
#include "http/fcgi.h"
#include "http/supervisor.h"

#include <stdio.h>
#include <string.h>

enum { COMMAND_ARENA = 256 * 1024 * 1024, REQUEST_ARENA = 64 * 1024 * 1024 };

/* What a command works with. */
struct tools {
	struct config config;
	struct arena *arena;
	struct db *db; /* NULL unless the command asked for it */
	int argc;      /* arguments behind the command's name */
	char **argv;
};

/* Serving ------------------------------------------------------------------------------------ */

struct worker {
	struct app app;
	struct secret_key register_key;
	struct db *db;
};

/* A worker that starts while the disk is full answers 503 and tries again. */
static void open_database(struct worker *w, struct arena *a)
{
	if (w->db != NULL)
		return;
	if (db_open(w->app.config.data, &w->db) == OK && migrate_check(w->db, a) == OK)
		return;
	db_close(w->db);
	w->db = NULL;
}

static void answer(void *context, struct arena *a, const struct http_input *in,
		   struct response *out, bool *head)
{
	struct worker *w = context;

	open_database(w, a);
	app_answer(&w->app, w->db, a, in, out, head);
}

static int work(void *context, int listen_fd, volatile int64_t *busy)
{
	struct worker *w = context;
	struct arena *a = arena_new(REQUEST_ARENA);

	open_database(w, a);
	fcgi_serve(listen_fd, a, answer, w, busy);
	db_close(w->db);
	arena_free(a);
	view_unload();
	return 0;
}

/* What did not work now is tried again at the next tick. */
static void note(const struct worker *w, const char *event, enum err err)
{
	if (err != OK)
		log_event(LOG_WARN, event, KV("data", w->app.config.data));
}

/* Writes down what ended with the day, puts on the agenda what comes back, lets go what was kept
 * long enough, and keeps the WAL small also when nobody writes. */
static void tick(void *context)
{
	const struct worker *w = context;
	struct arena *a = arena_new(REQUEST_ARENA);
	struct db *db = NULL;

	if (db_open(w->app.config.data, &db) == OK) {
		if (migrate_check(db, a) == OK) {
			note(w, "rounds_later", rounds_close_due(db, a));
			note(w, "circulars_later", circulars_close_due(&w->app, db, a));
			note(w, "follow_ups_later", follow_ups_place_due(db, a));
			note(w, "leavings_later", municipalities_leave_due(&w->app, db, a));
			note(w, "sleepers_later", people_sleep_due(&w->app, db, a));
			note(w, "retention_later", retention_apply(db, a));
			note(w, "names_later", feedback_names_due(db, a));
			note(w, "erasures_later", erasures_keep(db, a, w->app.config.data));
		}
		note(w, "checkpoint_later", db_checkpoint(db));
	}
	db_close(db);
	arena_free(a);
}

/* What must hold before the first worker starts.  A full disk is no reason not to start. */
static enum err check_start(const struct config *c, struct arena *a)
{
	struct db *db = NULL;

	if (db_open(c->data, &db) != OK)
		return OK;
	enum err err = migrate_check(db, a);
	if (err == OK)
		err = audit_clock_check(db, a);
	db_close(db);
	return err;
}

static int serve(struct tools *t)
{
	struct worker w = {.app = sitemap};
	struct supervisor s = {.socket_path = t->config.socket,
			       .workers = t->config.workers,
			       .work = work,
			       .tick = tick,
			       .context = &w};

	w.app.config = t->config;
	w.app.register_key = &w.register_key;
	if (check_start(&t->config, t->arena) != OK ||
	    register_key_load(t->arena, &t->config, &w.register_key) != OK ||
	    factor_key_load(t->arena, &t->config, &w.app.factor_key) != OK)
		return 1;
	if (view_load(t->config.views, t->config.development) != OK)
		return 1;
	log_event(LOG_INFO, "serving", KV("socket", t->config.socket),
		  KV_INT("workers", t->config.workers));
	int status = supervisor_run(&s) == OK ? 0 : 1;
	view_unload();
	return status;
}

/* Other commands ----------------------------------------------------------------------------- */

static int migrate_command(struct tools *t)
{
	if (migrate(t->db, t->arena, t->config.data) != OK ||
	    register_key_prepare(t->db, t->arena, &t->config) != OK ||
	    factor_key_prepare(t->db, t->arena, &t->config) != OK)
		return 1;
	return search_index_missing(t->db, t->arena) == OK ? 0 : 1;
}

/* The list of who was erased goes with the copy, beside it. */
static enum err keep_erasures(struct tools *t, struct str copy)
{
	size_t end = copy.n;

	while (end > 0 && copy.p[end - 1] != '/')
		end--;
	TRY(erasures_keep(t->db, t->arena, t->config.data));
	return erasures_keep(t->db, t->arena, end > 0 ? str_head(copy, end) : S("."));
}

static int backup(struct tools *t)
{
	if (t->argc != 1) {
		fprintf(stderr, "usage: handschlag backup FILE\n");
		return 2;
	}
	if (db_backup(t->db, str_of(t->argv[0])) != OK ||
	    keep_erasures(t, str_of(t->argv[0])) != OK)
		return 1;
	printf("%s: complete and checked\n", t->argv[0]);
	return 0;
}

/* Who is checked in at a meeting, or kept out of a vote, leaves it while the register still knows
 * her. */
static enum err leave_committee(const struct restored *where, int64_t person_id)
{
	struct register_book book = {.db = where->db, .arena = where->arena};
	struct secret_key key;

	TRY(register_key_load(where->arena, where->config, &key));
	book.key = &key;
	TRY(recusal_gone(&book, person_id));
	return attendance_gone(&book, person_id);
}

static int after_restore(struct tools *t)
{
	struct restored where = {t->db, t->arena, &t->config, leave_committee};

	return after_restore_command(&where, t->argc, t->argv);
}

static int check(struct tools *t)
{
	if (db_check(t->db) != OK)
		return 1;
	printf("the database is sound\n");
	return 0;
}

/* What is public already may name whoever was added. */
static int person(struct tools *t)
{
	struct app app = sitemap;
	int status = people_command(t->db, t->arena, &t->config, t->argc, t->argv);

	if (status != 0)
		return status;
	app.config = t->config;
	if (editions_recheck_all(t->db, t->arena, &app) == OK)
		return 0;
	db_rollback(t->db);
	fprintf(stderr, "Done, but the public editions could not be checked again:"
			" do it on the page of editions.\n");
	return 1;
}

static int init(struct tools *t)
{
	return people_init_command(t->db, t->arena, &t->config, t->argc, t->argv);
}

static int import_overview(struct tools *t)
{
	return overview_import_command(t->db, t->arena, t->argc, t->argv);
}

static int import_handbook(struct tools *t)
{
	return handbook_import_command(t->db, t->arena, t->argc, t->argv);
}

static int register_(struct tools *t)
{
	struct app app = sitemap;

	app.config = t->config;
	return register_command(t->db, t->arena, &app, t->argc, t->argv);
}

static int verify(struct tools *t)
{
	return register_verify_command(t->arena, t->argc, t->argv);
}

static int demo(struct tools *t)
{
	return demo_command(t->db, t->arena, &t->config);
}

/* The sitemap, for people and for tests: method, path, right, handler, place. */
static int routes(struct tools *t)
{
	(void)t;
	for (const struct route *const *table = sitemap.routes; *table != NULL; table++)
		for (const struct route *r = *table; r->path != NULL; r++)
			printf("%-4s %-40s %-18.*s %-26s %s:%d\n",
			       r->method == METHOD_GET ? "GET" : "POST", r->path,
			       ARG(action_name(r->action)), r->name, r->file, r->line);
	return 0;
}

static const struct command {
	const char *name;
	int (*run)(struct tools *t);
	bool database; /* opened, and of this program's schema */
	const char *help;
} commands[] = {
    {"serve", serve, false, "answer requests until SIGTERM"},
    {"migrate", migrate_command, true, "create or update the database"},
    {"init", init, true, "create the first administrator"},
    {"person", person, true, "add | password | suspend | reactivate | list: look after accounts"},
    {"demo", demo, true, "fill an empty database with invented data"},
    {"import-overview", import_overview, true, "FILE.csv [--dry-run]: the task-force table"},
    {"import-handbook", import_handbook, true, "FILE.md [--dry-run]: the handbook"},
    {"backup", backup, true, "FILE: copy the database while it is used, and check the copy"},
    {"after-restore", after_restore, true,
     "[FILE…]: once a copy was put back: end sessions, forget again"},
    {"check", check, true, "check the database"},
    {"register", register_, true, "export FILE: to be checked by everybody | oparl DIR: meetings"},
    {"verify", verify, false, "FILE [--receipt F] [--earlier F] [--head H] [--key K]: check it"},
    {"routes", routes, false, "list all addresses with the right they need"},
};

static int usage(void)
{
	fprintf(stderr, "usage: handschlag [-c FILE] COMMAND …\n\n");
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		fprintf(stderr, "  %-16s %s\n", commands[i].name, commands[i].help);
	fprintf(stderr, "\nFILE holds the settings; /etc/handschlag/handschlag.conf by default.\n");
	return 2;
}

static const struct command *command_named(const char *name)
{
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (name != NULL && strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static int run(const struct command *command, struct tools *t)
{
	if (!command->database)
		return command->run(t);
	if (db_open(t->config.data, &t->db) != OK)
		return 1;
	bool migrates = command->run == migrate_command;
	int status = migrates || migrate_check(t->db, t->arena) == OK ? command->run(t) : 1;
	db_close(t->db);
	return status;
}

int main(int argc, char **argv)
{
	const char *file = "/etc/handschlag/handschlag.conf";
	int at = 1;

	if (argc > 2 && strcmp(argv[1], "-c") == 0) {
		file = argv[2];
		at = 3;
	}
	const struct command *command = command_named(at < argc ? argv[at] : NULL);
	if (command == NULL)
		return usage();
	struct tools t = {
	    .arena = arena_new(COMMAND_ARENA), .argc = argc - at - 1, .argv = argv + at + 1};
	int status = 1;
	if (secret_init() == OK && date_init() == OK &&
	    (command->run == routes || command->run == verify ||
	     config_read(t.arena, file, &t.config) == OK))
		status = run(command, &t);
	arena_free(t.arena);
	return status;
}
