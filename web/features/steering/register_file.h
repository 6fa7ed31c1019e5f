/*
 * register_file.h -- the register as a file: written by `handschlag register export` and the page,
 * read by `handschlag verify`.  Every line ends with "\n"; one blank between the parts; numbers
 * without leading zeros; hashes, keys and signatures in lower-case hexadecimal.
 *
 *	R <n> <hash> <line>               a record: n = 1, 2 …, no gaps
 *	H <n> <hash>                      a ballot of a vote that has not ended: its line follows
 *then S <n> <public key> <signature>    the seal of record n, directly behind it E <count> <hash of
 *the newest>    the end
 */
#ifndef STEERING_REGISTER_FILE_H
#define STEERING_REGISTER_FILE_H

#include "db/db.h"

/* The whole file, inside a transaction.  E_TOO_LARGE above REGISTER_FILE_MAX. */
enum { REGISTER_FILE_MAX = 16 << 20 };
MUST enum err register_file_write(struct db *db, struct arena *a, struct str *out);

enum register_mark { ROW_RECORD, ROW_HIDDEN, ROW_SEAL, ROW_END };
struct register_row {
	enum register_mark mark;
	int64_t line; /* in the file, from 1 */
	int64_t n;    /* of the record; ROW_END: how many */
	struct str hash;
	struct str text;           /* ROW_RECORD */
	struct str key, signature; /* ROW_SEAL */
};
struct register_file {
	struct str rest;
	int64_t line; /* read so far */
};
/* False when the file is used up or the line is none of the above: then `why` says it in German,
 * empty at the end. */
bool register_file_next(struct register_file *f, struct register_row *row, struct str *why);

#endif
