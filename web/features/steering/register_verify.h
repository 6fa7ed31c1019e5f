/*
 * register_verify.h -- recomputes a register file: needs nothing but the file.
 *
 * Checked are the spelling of every byte, numbers and chain, the seals, who could cast and did, the
 * status of every unit, every tally against result and arithmetic, the five-day rule and its
 * waivers, that what was voted on had been published, what municipalities countersigned, and the
 * order of it all.  The first mismatch
 * ends it: what follows a broken link proves nothing.
 */
#ifndef STEERING_REGISTER_VERIFY_H
#define STEERING_REGISTER_VERIFY_H

#include "features/steering/register.h"

enum { REGISTER_KEYS_MAX = 8 };
struct register_verdict {
	bool fine;
	int64_t line;             /* of the mismatch; 0: none, or of no line */
	struct str why;           /* in German */
	int64_t count;            /* records */
	const struct str *hashes; /* of record n at n - 1 */
	const struct str *lines;  /* empty for hidden ballots */
	int64_t seals, hidden;
	size_t keys; /* that made seals, in order of appearance */
	struct str key[REGISTER_KEYS_MAX];
	struct str votes; /* one paragraph per vote that ended, in German */
	int64_t vote_count, open_count;
	struct str witnesses; /* one line per key of a municipality, in German */
	int64_t witness_count;
};

/* `key`: the only one whose seals count; empty: any, and the reader compares it elsewhere. */
void register_verify(struct arena *a, struct str file, struct str key,
		     struct register_verdict *out);
/* Is all of `earlier` still there?  Both have been verified. */
bool register_verify_keeps(struct arena *a, const struct register_verdict *now,
			   const struct register_verdict *earlier, struct str *why);
/* Is this the hash of one of its records, as it stood in an invitation or as a municipality signed
 * it? */
bool register_verify_head(struct arena *a, const struct register_verdict *now, struct str hash,
			  struct str *why);
/* Does the receipt belong to this register?  Signed by `key` or, when that is empty, by one of the
 * keys that sealed. */
bool register_verify_receipt(struct arena *a, const struct register_verdict *now, struct str key,
			     struct str receipt, struct str *why);

/* `handschlag verify FILE …`, without settings and database. */
int register_verify_command(struct arena *a, int argc, char **argv);

#endif
