/* register_key.c -- makes and reads the key file. */
#include "features/steering/register_key.h"

#include "base/file.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err refuse(struct str path, const char *why, const char *todo)
{
	log_event(LOG_ERROR, "register_key", KV("file", path), KV_C("why", why),
		  KV_C("todo", todo));
	return E_UNAVAILABLE;
}

static bool missing(const char *path)
{
	struct stat st;

	return stat(path, &st) != 0 && errno == ENOENT;
}

enum err register_key_load(struct arena *a, const struct config *c, struct secret_key *out)
{
	const char *path = arena_cstr(a, c->register_key);
	struct stat st;
	struct str text;

	if (missing(path))
		return refuse(c->register_key, "is missing",
			      "restore it from its own backup, or run `handschlag migrate` in a "
			      "new installation");
	if (stat(path, &st) == 0 && (st.st_mode & 077) != 0)
		return refuse(c->register_key, "others may read it", "chmod 600");
	if (!file_read(a, path, SECRET_KEY_CHARS + 1, &text) || !str_ends(text, S("\n")) ||
	    !secret_key_from_seed(str_head(text, text.n - 1), out))
		return refuse(c->register_key, "cannot be read, or is no key",
			      "restore it from its own backup");
	return OK;
}

static bool write_file(int fd, struct str text)
{
	bool fine = write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;

	return close(fd) == 0 && fine;
}

/* Complete on the disk before it has its name; a name that is taken stays as it is. */
static enum err make_file(struct arena *a, struct str path)
{
	struct secret_key key;
	const char *name = arena_cstr(a, path);
	const char *fresh = arena_cstr(a, arena_fmt(a, "%.*s.%d", ARG(path), (int)getpid()));
	int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	secret_key_make(&key);
	if (fd < 0)
		return refuse(path, strerror(errno), "make its directory writable");
	bool fine = write_file(fd, arena_fmt(a, "%.*s\n", ARG(secret_key_seed(a, &key))));
	if (fine)
		fine = link(fresh, name) == 0 || errno == EEXIST;
	const char *why = strerror(errno);
	unlink(fresh);
	if (!fine)
		return refuse(path, why, "make its directory writable");
	log_event(LOG_INFO, "register_key_made", KV("file", path),
		  KV("public", secret_key_public(&key)));
	return OK;
}

enum err register_key_prepare(struct db *db, struct arena *a, const struct config *c)
{
	struct secret_key key;
	int64_t seals = 0;

	if (missing(arena_cstr(a, c->register_key))) {
		TRY(db_begin_read(db, a));
		enum err err =
		    db_int(db, "SELECT count(*) FROM register_seal", WITH_NOTHING, &seals);
		db_rollback(db);
		TRY(err);
		if (seals == 0)
			TRY(make_file(a, c->register_key));
	}
	return register_key_load(a, c, &key);
}
