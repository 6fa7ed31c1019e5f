/*
 * broken_disk.c -- LD_PRELOAD: a disk that fails on request.  The file named by FAULTS_FILE holds
 * the number of an errno, and then what fails: "w" every change of a file, "s" only bringing it to
 * the disk.  Concerns files below FAULTS_DIR; an empty or missing file means a good disk.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fault(char wanted)
{
	const char *name = getenv("FAULTS_FILE");
	char text[32] = "", kind = 0;
	int number = 0;
	FILE *f = name != NULL ? fopen(name, "re") : NULL;

	if (f == NULL)
		return 0;
	if (fgets(text, sizeof text, f) == NULL || sscanf(text, "%d %c", &number, &kind) != 2)
		number = 0;
	fclose(f);
	return kind == wanted || kind == 'w' ? number : 0;
}

static int below(const char *path)
{
	const char *dir = getenv("FAULTS_DIR");

	return dir != NULL && strncmp(path, dir, strlen(dir)) == 0;
}

static int ours(int fd)
{
	char link[64], path[4096];

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, path, sizeof path - 1);
	if (n < 0)
		return 0;
	path[n] = '\0';
	return below(path);
}

static int fails(int fd, char kind)
{
	int before = errno, number = ours(fd) ? fault(kind) : 0;

	errno = number != 0 ? number : before;
	return number != 0;
}

static void *real(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

#define WRITER(name, type)                                                                         \
	ssize_t name(int fd, const void *data, size_t n, type at)                                  \
	{                                                                                          \
		ssize_t (*next)(int, const void *, size_t, type) =                                 \
		    (ssize_t(*)(int, const void *, size_t, type))real(#name);                      \
		return fails(fd, 'w') ? -1 : next(fd, data, n, at);                                \
	}
WRITER(pwrite, off_t)
WRITER(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t n)
{
	ssize_t (*next)(int, const void *, size_t) =
	    (ssize_t(*)(int, const void *, size_t))real("write");

	return fails(fd, 'w') ? -1 : next(fd, data, n);
}

#define SHORTENER(name, type)                                                                      \
	int name(int fd, type size)                                                                \
	{                                                                                          \
		int (*next)(int, type) = (int (*)(int, type))real(#name);                          \
		return fails(fd, 'w') ? -1 : next(fd, size);                                       \
	}
SHORTENER(ftruncate, off_t)
SHORTENER(ftruncate64, off64_t)

#define SYNCER(name)                                                                               \
	int name(int fd)                                                                           \
	{                                                                                          \
		int (*next)(int) = (int (*)(int))real(#name);                                      \
		return fails(fd, 's') ? -1 : next(fd);                                             \
	}
SYNCER(fsync)
SYNCER(fdatasync)

#define OPENER(name)                                                                               \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		int (*next)(const char *, int, ...) =                                              \
		    (int (*)(const char *, int, ...))real(#name);                                  \
		va_list rest;                                                                      \
		va_start(rest, flags);                                                             \
		mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;                   \
		va_end(rest);                                                                      \
		if ((flags & O_ACCMODE) != O_RDONLY && below(path) && fault('w') != 0) {           \
			errno = fault('w');                                                        \
			return -1;                                                                 \
		}                                                                                  \
		return next(path, flags, mode);                                                    \
	}
OPENER(open)
OPENER(open64)
