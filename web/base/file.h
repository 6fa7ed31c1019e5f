/* file.h -- reading whole small files. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"

/* False when the file is missing, no regular file, unreadable or larger than `max` bytes. */
bool file_read(struct arena *a, const char *path, size_t max, struct str *out);

#endif
