/* key_file.c -- makes and reads key files. */
#include "base/key_file.h"

#include "base/file.h"
#include "base/log.h"
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err refuse(const char *event, struct str path, const char *why, const char *todo)
{
	log_event(LOG_ERROR, event, KV("file", path), KV_C("why", why), KV_C("todo", todo));
	return E_UNAVAILABLE;
}

bool key_file_missing(struct arena *a, struct str path)
{
	struct stat st;

	return stat(arena_cstr(a, path), &st) != 0 && errno == ENOENT;
}

static bool is_key(struct str hex)
{
	if (hex.n != SECRET_KEY_CHARS)
		return false;
	for (size_t i = 0; i < hex.n; i++)
		if (memchr("0123456789abcdef", hex.p[i], 16) == NULL)
			return false;
	return true;
}

enum err key_file_load(struct arena *a, const char *event, struct str path, struct str *hex)
{
	const char *name = arena_cstr(a, path);
	struct stat st;
	struct str text;

	if (key_file_missing(a, path))
		return refuse(event, path, "is missing",
			      "restore it from its own backup, or run `handschlag migrate` in a "
			      "new installation");
	if (stat(name, &st) == 0 && (st.st_mode & 077) != 0)
		return refuse(event, path, "others may read it", "chmod 600");
	if (!file_read(a, name, SECRET_KEY_CHARS + 1, &text) || !str_ends(text, S("\n")) ||
	    !is_key(str_head(text, text.n - 1)))
		return refuse(event, path, "cannot be read, or is no key",
			      "restore it from its own backup");
	*hex = str_head(text, text.n - 1);
	return OK;
}

static bool write_file(int fd, struct str text)
{
	bool fine = write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;

	return close(fd) == 0 && fine;
}

enum err key_file_make(struct arena *a, const char *event, struct str path, struct str hex)
{
	const char *name = arena_cstr(a, path);
	const char *fresh = arena_cstr(a, arena_fmt(a, "%.*s.%d", ARG(path), (int)getpid()));
	int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return refuse(event, path, strerror(errno), "make its directory writable");
	bool fine = write_file(fd, arena_fmt(a, "%.*s\n", ARG(hex)));
	if (fine)
		fine = link(fresh, name) == 0 || errno == EEXIST;
	const char *why = strerror(errno);
	unlink(fresh);
	return fine ? OK : refuse(event, path, why, "make its directory writable");
}
