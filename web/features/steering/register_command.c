/* register_command.c -- `handschlag register export FILE`. */
#include "features/steering/register_command.h"

#include "features/steering/register_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
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

int register_command(struct db *db, struct arena *a, int argc, char **argv)
{
	struct str text;

	if (argc != 2 || strcmp(argv[0], "export") != 0) {
		fprintf(stderr, "usage: handschlag register export FILE\n");
		return 2;
	}
	if (db_begin_read(db, a) != OK)
		return 1;
	enum err err = register_file_write(db, a, &text);
	db_rollback(db);
	if (err != OK) {
		fprintf(stderr, "the register could not be read: %s\n", err_name(err));
		return 1;
	}
	if (!save(argv[1], text)) {
		fprintf(stderr, "%s: %s\nNothing was written.\n", argv[1], strerror(errno));
		return 1;
	}
	printf("%s: written\n", argv[1]);
	return 0;
}
