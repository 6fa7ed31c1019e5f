/* register_command.c -- `handschlag register export FILE` and `handschlag register oparl DIR`. */
#include "features/steering/register_command.h"

#include "features/steering/oparl.h"
#include "features/steering/register_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int fd, struct str text)
{
	while (text.n > 0) {
		ssize_t done = write(fd, text.p, text.n);
		if (done <= 0)
			return false;
		text = str_from(text, (size_t)done);
	}
	return fsync(fd) == 0;
}

/* A file that exists stays as it is; an incomplete one goes again. */
static bool save(const char *path, struct str text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	if (fd < 0)
		return false;
	bool fine = write_all(fd, text);
	int why = errno;
	if (close(fd) != 0 || !fine) {
		unlink(path);
		errno = why;
		return false;
	}
	return true;
}

static int export_file(struct db *db, struct arena *a, const char *path)
{
	struct str text;

	if (db_begin_read(db, a) != OK)
		return 1;
	enum err err = register_file_write(db, a, &text);
	db_rollback(db);
	if (err != OK) {
		fprintf(stderr, "the register could not be read: %s\n", err_name(err));
		return 1;
	}
	if (!save(path, text)) {
		fprintf(stderr, "%s: %s\nNothing was written.\n", path, strerror(errno));
		return 1;
	}
	printf("%s: written\n", path);
	return 0;
}

/* ---- OParl ---- */

static bool make_folder(struct arena *a, const char *folder, struct str path)
{
	size_t slash = str_find_char(path, '/');
	struct str below = arena_fmt(a, "%s/%.*s", folder, ARG(str_head(path, slash)));

	return slash == path.n || mkdir(arena_cstr(a, below), 0755) == 0 || errno == EEXIST;
}

static bool save_all(struct arena *a, const char *folder, const struct oparl_file *files)
{
	for (const struct oparl_file *f = files; f != NULL; f = f->next) {
		struct str path = arena_fmt(a, "%s/%.*s", folder, ARG(f->path));
		if (!make_folder(a, folder, f->path) || !save(arena_cstr(a, path), f->json))
			return false;
	}
	return true;
}

/* A folder that is there may be handed out just now: it stays as it is. */
static int export_oparl(struct request *rq, const char *folder, const char *base)
{
	struct oparl o = {.rq = rq,
			  .base = base != NULL ? str_of(base)
					       : arena_fmt(rq->arena, "%.*s/oparl",
							   ARG(rq->app->config.base_url))};

	if (db_begin_read(rq->db, rq->arena) != OK)
		return 1;
	enum err err = oparl_make(&o);
	db_rollback(rq->db);
	if (err != OK) {
		fprintf(stderr, "the decisions could not be read: %s\n", err_name(err));
		return 1;
	}
	if (mkdir(folder, 0755) != 0) {
		fprintf(stderr, "%s: %s\nNothing was written.\n", folder, strerror(errno));
		return 1;
	}
	if (!save_all(rq->arena, folder, o.files)) {
		fprintf(stderr, "%s: %s\nIt is not complete; do not publish it.\n", folder,
			strerror(errno));
		return 1;
	}
	printf("%s: written; hand it out at %.*s, and begin reading at %.*s/system.json\n", folder,
	       ARG(o.base), ARG(o.base));
	return 0;
}

static bool is_address(struct str s)
{
	return (str_starts(s, S("https://")) || str_starts(s, S("http://"))) &&
	       !str_ends(s, S("/"));
}

int register_command(struct db *db, struct arena *a, const struct app *app, int argc, char **argv)
{
	struct request rq = {.app = app, .arena = a, .db = db};

	if (argc == 2 && strcmp(argv[0], "export") == 0)
		return export_file(db, a, argv[1]);
	if ((argc == 2 || (argc == 3 && is_address(str_of(argv[2])))) &&
	    strcmp(argv[0], "oparl") == 0)
		return export_oparl(&rq, argv[1], argc == 3 ? argv[2] : NULL);
	fprintf(stderr, "usage: handschlag register export FILE\n"
			"       handschlag register oparl DIRECTORY [https://ADDRESS]\n");
	return 2;
}
