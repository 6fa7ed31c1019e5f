/* file.h -- whole small files. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"

/* False when the file is missing, no regular file, unreadable or larger than `max` bytes. */
bool file_read(struct arena *a, const char *path, size_t max, struct str *out);

bool file_missing(const char *path);
/* The new text has the name only when it is on the disk (mode 0600); until then the old one has. */
bool file_replace(struct arena *a, struct str path, struct str text);

#endif
