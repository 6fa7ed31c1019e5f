/*
 * key_file.h -- a secret key in a file of its own, apart from the database.
 *
 * 64 hexadecimal digits and a line end, for the program's user alone (0600).  What is wrong is
 * logged as an event of the name given, with what to do about it.
 */
#ifndef BASE_KEY_FILE_H
#define BASE_KEY_FILE_H

#include "base/arena.h"
#include "base/err.h"

bool key_file_missing(struct arena *a, struct str path);
/* The digits, without the line end.  E_UNAVAILABLE when the file is missing, readable for others or
 * no key. */
MUST enum err key_file_load(struct arena *a, const char *event, struct str path, struct str *hex);
/* Complete on the disk before it has its name; a file that is there stays as it is. */
MUST enum err key_file_make(struct arena *a, const char *event, struct str path, struct str hex);

#endif
