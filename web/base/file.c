/* file.c -- reading whole small files. */
#include "base/file.h"

#include <fcntl.h>
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
