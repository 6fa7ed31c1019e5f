/* file.c -- reads and replaces whole small files. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file that grows meanwhile is read up to the size it had. */
static bool read_all(int fd, char *text, size_t size)
{
	size_t n = 0;

	while (n < size) {
		ssize_t got = read(fd, text + n, size - n);
		if (got <= 0)
			return false;
		n += (size_t)got;
	}
	return true;
}

bool file_read(struct arena *a, const char *path, size_t max, struct str *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	bool fine = false;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0 &&
	    (size_t)st.st_size <= max) {
		char *text = arena_alloc(a, (size_t)st.st_size);
		*out = (struct str){text, (size_t)st.st_size};
		fine = read_all(fd, text, out->n);
	}
	close(fd);
	return fine;
}

bool file_missing(const char *path)
{
	struct stat st;

	return stat(path, &st) != 0 && errno == ENOENT;
}

static bool write_all(int fd, struct str text)
{
	while (text.n > 0) {
		ssize_t n = write(fd, text.p, text.n);
		if (n <= 0)
			return false;
		text = str_from(text, (size_t)n);
	}
	return fsync(fd) == 0;
}

/* The name itself is on the disk only with its directory. */
static bool sync_directory(struct arena *a, struct str path)
{
	size_t end = path.n;

	while (end > 0 && path.p[end - 1] != '/')
		end--;
	const char *dir = end == 0 ? "." : arena_cstr(a, str_head(path, end));
	int fd = open(dir, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
	bool fine = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return fine;
}

bool file_replace(struct arena *a, struct str path, struct str text)
{
	const char *fresh = arena_cstr(a, arena_fmt(a, "%.*s.%d", ARG(path), (int)getpid()));
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0)
		return false;
	bool fine = write_all(fd, text);
	fine = close(fd) == 0 && fine && rename(fresh, arena_cstr(a, path)) == 0;
	if (!fine)
		unlink(fresh);
	return fine && sync_directory(a, path);
}
