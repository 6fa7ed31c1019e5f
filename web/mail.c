/*
 * mail.c -- `handschlag-mail [-c FILE] [once]`: sends the letters of the outbox through the mail
 * server of the settings.  A program of its own, because the library for it is larger than a
 * worker.
 */
#include "base/date.h"
#include "base/file.h"
#include "base/log.h"
#include "base/secret.h"
#include "db/migrate.h"
#include "export/smtp.h"
#include "features/mail/sender.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SETTINGS_ARENA = 1024 * 1024, LETTER_ARENA = 64 * 1024 * 1024 };
enum { PAUSE_SECONDS = 5, PASSWORD_MAX = 1000 };

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
	(void)number;
	stop = 1;
}

static enum smtp_outcome carry(void *context, struct arena *a, struct str from, struct str to,
			       struct str message, struct str *why)
{
	return smtp_send(context, a, from, to, message, why);
}

/* ---- Settings ---- */

static enum err refuse(struct str path, const char *why)
{
	log_event(LOG_ERROR, "smtp_password_file", KV("file", path), KV_C("why", why));
	return E_INTERNAL;
}

/* The first line of the file. */
static enum err read_password(struct arena *a, struct str path, struct str *out)
{
	const char *name = arena_cstr(a, path);
	struct str text, line;
	struct stat st;

	*out = S("");
	if (path.n == 0)
		return OK;
	if (stat(name, &st) == 0 && (st.st_mode & 07) != 0)
		return refuse(path, "others may read it: chmod 640");
	if (!file_read(a, name, PASSWORD_MAX, &text))
		return refuse(path, "cannot be read");
	if (!str_cut(&text, '\n', &line) || str_trim(line).n == 0)
		return refuse(path, "is empty");
	*out = str_trim(line);
	return OK;
}

static enum err open_server(struct arena *a, const struct config *c, struct smtp **out)
{
	struct smtp_settings s = {.url = c->smtp,
				  .user = c->smtp_user,
				  .ca_file = c->smtp_ca,
				  .hello = str_host(c->base_url)};

	TRY(read_password(a, c->smtp_password_file, &s.password));
	return smtp_open(a, &s, out);
}

/* ---- Work ---- */

/* The disk may be full, or the database not yet migrated: the next time will do. */
static enum err run(struct sender *s, int64_t *sent)
{
	*sent = 0;
	if (s->db == NULL) {
		enum err err = db_open(s->config->data, &s->db);
		if (err == OK)
			err = migrate_check(s->db, s->arena);
		if (err != OK) {
			db_close(s->db);
			s->db = NULL;
			return err;
		}
	}
	return sender_run(s, sent);
}

static void pause_between(void)
{
	for (int i = 0; i < PAUSE_SECONDS && stop == 0; i++)
		sleep(1);
}

static int work(struct sender *s, bool once)
{
	enum err err = OK;
	int64_t sent = 0;

	do {
		err = run(s, &sent);
		if (sent > 0)
			log_event(LOG_INFO, "letters_sent", KV_INT("count", sent));
		if (err != OK)
			log_event(LOG_WARN, "letters_later", KV_C("why", err_name(err)));
		if (!once)
			pause_between();
	} while (!once && stop == 0);
	db_close(s->db);
	return err == OK || !once ? 0 : 1;
}

static int serve(struct arena *a, const struct config *c, bool once)
{
	struct sigaction action = {.sa_handler = on_signal};
	struct sender s = {.config = c, .carrier = {.carry = carry}, .stop = &stop};
	struct smtp *server = NULL;

	if (c->smtp.n == 0) {
		log_event(LOG_INFO, "mail_not_configured",
			  KV_C("todo", "smtp = … in the settings"));
		return 0;
	}
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	if (view_load(c->views, false) != OK || open_server(a, c, &server) != OK)
		return 1;
	s.carrier.context = server;
	s.arena = arena_new(LETTER_ARENA);
	log_event(LOG_INFO, "sending", KV("smtp", c->smtp));
	int status = work(&s, once);
	smtp_close(server);
	arena_free(s.arena);
	view_unload();
	return status;
}

static int usage(void)
{
	fprintf(stderr, "usage: handschlag-mail [-c FILE] [once]\n\n"
			"Sends the letters that wait, until SIGTERM; with \"once\", those that are "
			"due now.\nFILE holds the settings; "
			"/etc/handschlag/handschlag.conf by default.\n");
	return 2;
}

int main(int argc, char **argv)
{
	const char *file = "/etc/handschlag/handschlag.conf";
	struct config config;
	int at = 1;

	if (argc > 2 && strcmp(argv[1], "-c") == 0) {
		file = argv[2];
		at = 3;
	}
	bool once = at < argc && strcmp(argv[at], "once") == 0;
	if (argc != at + (once ? 1 : 0))
		return usage();
	struct arena *a = arena_new(SETTINGS_ARENA);
	int status = 1;
	if (secret_init() == OK && date_init() == OK && config_read(a, file, &config) == OK)
		status = serve(a, &config, once);
	arena_free(a);
	return status;
}
