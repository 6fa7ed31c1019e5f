/*
 * register.h -- the decision register ("Beschlussregister"): what a stranger needs to check every
 * vote of the steering committee, without this program.
 *
 * Append-only lines, one record each.  hash = SHA-256(hash of the line before || line), the hash
 * before in its hexadecimal form, 64 zeros before the first; so
 *
 *	printf '%s%s' "$before" "$line" | sha256sum
 *
 * checks a line.  A line is JSON as register_line.h writes it, its keys in the order of
 * register_records.c, beginning with n, at and kind.  A seal is an Ed25519 signature over the hash
 * in hexadecimal, made after each record that ends something.
 *
 * Everything happens in the write transaction of the act itself: either the act, its record and its
 * seal are there, or none of them.  Names are not in the register; see register_person.
 *
 * Features add records with the typed functions of register_records.h.
 */
#ifndef STEERING_REGISTER_H
#define STEERING_REGISTER_H

#include "base/secret.h"
#include "db/db.h"

struct request;

#define REGISTER_ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

struct register_book {
	struct db *db; /* inside a write transaction */
	struct arena *arena;
	const struct secret_key *key;
	/* The instant of the act.  A handler that has compared the clock with a deadline sets the
	 * time it compared, so that row and record agree; 0: now. */
	int64_t at;
};
struct register_book register_of(struct request *rq);

/* What was written. */
struct register_entry {
	int64_t n, at;
	struct str line, hash;
};

/* The newest record: its number, instant and hash; 0, 0 and 64 zeros in an empty register.  Works
 * inside a reading transaction as well. */
MUST enum err register_head(struct db *db, struct register_entry *out);

/* The digest by which the register names a person: SHA-256(salt || name), the salt in hexadecimal,
 * made at first use.  Deleting the row of register_person forgets who it was and breaks nothing. */
MUST enum err register_person(struct register_book *b, int64_t person_id, struct str *digest);

/*
 * Appends a record; `record` is the struct that belongs to `kind` (register_records.h), `poll_id` 0
 * for records of no vote.  E_INTERNAL, with a log line, when a value is impossible.  Seals it when
 * its kind ends something (register_kind.sealed).  Never earlier than the record before.
 */
struct register_kind;
MUST enum err register_add(struct register_book *b, const struct register_kind *kind,
			   const void *record, int64_t poll_id, struct register_entry *out);

/* The hash of a line behind a hash. */
struct str register_hash(struct arena *a, struct str before, struct str line);
/* Signs the hash of the record `n`. */
MUST enum err register_seal(struct register_book *b, int64_t n, struct str hash);

/*
 * What a voter takes home.  Its text is for people and for `handschlag verify --receipt`; the last
 * line is the signature over all lines before it.
 */
struct register_receipt {
	int64_t poll, seq, unit, n; /* n: number of the record */
	struct str unit_name;       /* as in the roll */
	struct str choice;          /* "yes", "no", "abstained" */
	struct str nonce, hash;
	struct str signature; /* ballot.signature */
};
void register_receipt_sign(struct arena *a, const struct secret_key *key,
			   struct register_receipt *r); /* sets the signature */
struct str register_receipt_text(struct arena *a, const struct register_receipt *r);
/* Reads such a text, line ends of a mail included; false for anything else. */
bool register_receipt_read(struct arena *a, struct str text, struct register_receipt *out);
bool register_receipt_matches(struct arena *a, const struct register_receipt *r, struct str key);

#endif
