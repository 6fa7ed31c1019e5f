/* command.c -- `handschlag init` and `handschlag person …`. */
#include "app/password.h"
#include "base/utf8.h"
#include "features/people/account.h"
#include "features/people/ask.h"
#include "features/people/password_rules.h"
#include "features/people/people.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DONE = 0, REFUSED = 1, WRONG_USE = 2, NAME_MAX_CHARS = 120, MUNICIPALITY_MAX_CHARS = 80 };

static const char usage_text[] =
    "usage: handschlag init [--name NAME] [--email ADDRESS] [--municipality NAME]\n"
    "       handschlag person add --name NAME --email ADDRESS [--role ROLE]…\n"
    "                             [--municipality NAME | --new-municipality NAME]\n"
    "       handschlag person password --email ADDRESS\n"
    "       handschlag person suspend --email ADDRESS     (at once: all sessions end)\n"
    "       handschlag person reactivate --email ADDRESS\n"
    "       handschlag person list\n"
    "\n"
    "The password is asked for on the terminal, or read as one line of standard input.\n"
    "Roles: installation municipality pmo committee committee_deputy chair reviewer\n"
    "       reader funder.  The roles in a task force are given in the task force.\n";

struct call {
	struct db *db;
	struct arena *arena;
	const struct config *config;
	struct account who;
	struct str municipality, new_municipality, password;
};

static int wrong_use(const char *why, struct str what)
{
	fprintf(stderr, "%s%s%.*s\n\n%s", why, what.n > 0 ? ": " : "", ARG(what), usage_text);
	return WRONG_USE;
}

static int refused(const char *why)
{
	fprintf(stderr, "%s\nNothing was changed.\n", why);
	return REFUSED;
}

/* Where the value of an option goes; NULL for an unknown one. */
static struct str *place_of(struct call *c, const char *option)
{
	if (strcmp(option, "--name") == 0)
		return &c->who.name;
	if (strcmp(option, "--email") == 0)
		return &c->who.email;
	if (strcmp(option, "--municipality") == 0)
		return &c->municipality;
	if (strcmp(option, "--new-municipality") == 0)
		return &c->new_municipality;
	if (strcmp(option, "--role") == 0 && c->who.role_count < ACCOUNT_ROLES_MAX)
		return &c->who.roles[c->who.role_count++];
	return NULL;
}

static int read_options(struct call *c, int argc, char **argv)
{
	for (int i = 0; i < argc; i += 2) {
		struct str *place = place_of(c, argv[i]);
		if (place == NULL)
			return wrong_use("Unknown option", str_of(argv[i]));
		if (i + 1 == argc)
			return wrong_use("A value is missing behind", str_of(argv[i]));
		*place = str_trim(str_of(argv[i + 1]));
		if (!utf8_clean(*place, false))
			return wrong_use("Not clean text behind", str_of(argv[i]));
	}
	for (size_t i = 0; i < c->who.role_count; i++)
		if (!is_role_word(c->who.roles[i]))
			return wrong_use("Unknown role", c->who.roles[i]);
	return DONE;
}

/* Asks where a terminal is there, complains otherwise. */
static bool need(struct call *c, struct str *value, const char *question)
{
	if (value->n > 0 || ask_line(c->arena, question, value))
		return true;
	fprintf(stderr, "Missing: %s\n", question);
	return false;
}

static int check_person(struct call *c)
{
	if (!need(c, &c->who.name, "Name of the person") ||
	    !need(c, &c->who.email, "E-mail address"))
		return wrong_use("Name and e-mail address are needed", S(""));
	if (utf8_chars(c->who.name) > NAME_MAX_CHARS)
		return wrong_use("The name is too long", S(""));
	if (utf8_chars(c->new_municipality) > MUNICIPALITY_MAX_CHARS)
		return wrong_use("The municipality's name is too long", S(""));
	return is_email(c->who.email) ? DONE : wrong_use("Not an e-mail address", c->who.email);
}

/* In a read transaction; before the hash is made, which takes its time. */
static int choose_password(struct call *c)
{
	const struct password_owner owner = {c->config->cooperation, c->who.name, c->who.email};
	enum password_verdict verdict;

	if (!ask_password(c->arena, &c->password))
		return refused("Without a password there is no account.");
	enum err err = db_begin_read(c->db, c->arena);
	if (err == OK)
		err = password_verdict(c->db, c->arena, &owner, c->password, &verdict);
	db_rollback(c->db);
	if (err != OK)
		return refused("The database could not be read.");
	return verdict == PASSWORD_FINE ? DONE : refused(password_complaint(verdict));
}

static const char *why(enum err err, const char *conflict, const char *not_found)
{
	switch ((int)err) {
	case E_CONFLICT:
		return conflict;
	case E_NOT_FOUND:
		return not_found;
	case E_FORBIDDEN:
		return "The municipality has somebody with its vote, or the person would have it "
		       "twice.";
	case E_UNAVAILABLE:
		return "The database cannot be written now: see the log line above.";
	default:
		return "Something went wrong: see the log line above.";
	}
}

/* Adding ------------------------------------------------------------------------------------- */

static enum err find_or_create_municipality(struct call *c)
{
	bool funder = c->who.role_count == 1 && str_eq(c->who.roles[0], S("funder"));

	if (c->new_municipality.n > 0)
		return municipality_create(c->db, c->arena, c->new_municipality, funder,
					   &c->who.municipality_id);
	if (c->municipality.n == 0)
		return OK;
	return municipality_find(c->db, c->municipality, &c->who.municipality_id);
}

static int write_account(struct call *c, bool first)
{
	int64_t count = 0, id = 0;
	const char *conflict = "There is somebody already.";

	if (password_hash(c->config->data, c->arena, c->password, &c->who.password_hash) != OK)
		return refused("No memory or no time for the password's hash; try again.");
	enum err err = db_begin_write(c->db, c->arena);
	if (err == OK && first)
		err = people_count(c->db, &count);
	if (err == OK && count > 0)
		err = E_CONFLICT;
	if (err == OK) {
		conflict = "A municipality with that name exists.";
		err = find_or_create_municipality(c);
	}
	if (err == OK) {
		conflict = "Somebody has that e-mail address.";
		err = account_create(c->db, c->arena, &c->who, &id);
	}
	if (err == OK)
		err = db_commit(c->db);
	db_rollback(c->db);
	if (err != OK)
		return refused(why(err, conflict,
				   "No such municipality. --new-municipality "
				   "creates one."));
	printf("%.*s <%.*s> can log in now.\n", ARG(c->who.name), ARG(c->who.email));
	return DONE;
}

static int add(struct call *c, int argc, char **argv)
{
	int status = read_options(c, argc, argv);

	if (status == DONE)
		status = check_person(c);
	if (status == DONE && c->municipality.n > 0 && c->new_municipality.n > 0)
		status = wrong_use("An existing municipality or a new one, not both", S(""));
	if (status == DONE)
		status = choose_password(c);
	return status == DONE ? write_account(c, false) : status;
}

int people_init_command(struct db *db, struct arena *a, const struct config *config, int argc,
			char **argv)
{
	struct call c = {.db = db, .arena = a, .config = config};
	int64_t count = 1;
	int status = read_options(&c, argc, argv);

	if (status != DONE)
		return status;
	if (db_begin_read(db, a) != OK || people_count(db, &count) != OK)
		return refused("The database could not be read.");
	db_rollback(db);
	if (count > 0)
		return refused("There is somebody already. `handschlag person add` adds more.");
	if (c.who.role_count > 0 || c.new_municipality.n > 0)
		return wrong_use("init takes --name, --email and --municipality only", S(""));
	if (!need(&c, &c.municipality, "Municipality, for example Stadt Lindheim"))
		return wrong_use("A municipality is needed", S(""));
	c.new_municipality = c.municipality;
	c.who.role_count = 2;
	c.who.roles[0] = S("installation");
	c.who.roles[1] = S("municipality");
	status = check_person(&c);
	if (status == DONE)
		status = choose_password(&c);
	return status == DONE ? write_account(&c, true) : status;
}

/* Looking after ------------------------------------------------------------------------------ */

static int password(struct call *c, int argc, char **argv)
{
	int64_t id = 0;
	int status = read_options(c, argc, argv);

	if (status != DONE)
		return status;
	if (c->who.email.n == 0)
		return wrong_use("--email is needed", S(""));
	enum err err = db_begin_read(c->db, c->arena);
	if (err == OK)
		err = account_find_email(c->db, c->who.email, &id, &c->who.name);
	db_rollback(c->db);
	if (err != OK)
		return refused(why(err, "", "Nobody has that e-mail address."));
	status = choose_password(c);
	if (status != DONE)
		return status;
	err = people_set_password(c->db, c->arena, c->config->data, id, c->password);
	if (err != OK)
		return refused(why(err, "", ""));
	printf("%.*s has a new password; all sessions have ended.\n", ARG(c->who.name));
	return DONE;
}

static enum err write_status(struct call *c, bool stop, int64_t *keepers)
{
	int64_t id = 0;

	TRY(db_begin_write(c->db, c->arena));
	TRY(account_find_email(c->db, c->who.email, &id, &c->who.name));
	TRY(stop ? account_suspend(c->db, c->arena, id) : account_reactivate(c->db, c->arena, id));
	TRY(account_keepers(c->db, keepers));
	return db_commit(c->db);
}

static int set_status(struct call *c, int argc, char **argv, bool stop)
{
	int64_t keepers = 1;
	int status = read_options(c, argc, argv);

	if (status != DONE)
		return status;
	if (c->who.email.n == 0)
		return wrong_use("--email is needed", S(""));
	enum err err = write_status(c, stop, &keepers);
	db_rollback(c->db);
	if (err != OK)
		return refused(why(
		    err, stop ? "That account is not active." : "That account is not suspended.",
		    "Nobody has that e-mail address."));
	printf(stop ? "%.*s is suspended; all sessions have ended.\n" : "%.*s can log in again.\n",
	       ARG(c->who.name));
	if (keepers == 0)
		printf("Warning: no PMO and no administrator is active any more.\n");
	return DONE;
}

static int suspend(struct call *c, int argc, char **argv)
{
	return set_status(c, argc, argv, true);
}

static int reactivate(struct call *c, int argc, char **argv)
{
	return set_status(c, argc, argv, false);
}

static int list(struct call *c, int argc, char **argv)
{
	static const char sql[] =
	    "SELECT p.id, p.status, p.email, p.name, coalesce(m.short, '-'),"
	    "  coalesce((SELECT group_concat(g.role, ' ') FROM role_held g"
	    "             WHERE g.person_id = p.id AND g.until IS NULL), '-'),"
	    "  coalesce(p.last_seen_on, 'never')"
	    "  FROM person p"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " ORDER BY p.sort_key, p.id";

	(void)argv;
	if (argc > 0)
		return wrong_use("list takes no options", S(""));
	if (db_begin_read(c->db, c->arena) != OK)
		return refused("The database could not be read.");
	struct rows r = db_query(c->db, sql, WITH_NOTHING);
	while (rows_next(&r))
		printf("%" PRId64 "\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", col_int(&r, 0),
		       ARG(col_text(&r, 1)), ARG(col_text(&r, 2)), ARG(col_text(&r, 3)),
		       ARG(col_text(&r, 4)), ARG(col_text(&r, 5)), ARG(col_text(&r, 6)));
	db_rollback(c->db);
	return r.err == OK ? DONE : refused("The database could not be read.");
}

static const struct {
	const char *name;
	int (*run)(struct call *c, int argc, char **argv);
} commands[] = {{"add", add},
		{"password", password},
		{"suspend", suspend},
		{"reactivate", reactivate},
		{"list", list}};

int people_command(struct db *db, struct arena *a, const struct config *config, int argc,
		   char **argv)
{
	struct call c = {.db = db, .arena = a, .config = config};

	for (size_t i = 0; argc > 0 && i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(commands[i].name, argv[0]) == 0)
			return commands[i].run(&c, argc - 1, argv + 1);
	return wrong_use("person add, password, suspend, reactivate or list", S(""));
}
