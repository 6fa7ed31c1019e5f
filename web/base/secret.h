/*
 * secret.h -- chance, hashes, signatures and passwords; the only door to libsodium.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/arena.h"
#include "base/err.h"

enum { SECRET_HASH_BYTES = 32, SECRET_TOKEN_CHARS = 43, SECRET_ID_CHARS = 16 };

MUST enum err secret_init(void); /* once, before any other function here */

void secret_bytes(void *out, size_t n);
/* Tests: the next bytes come from this seed, in a fixed sequence; 0 ends it. */
void secret_seed(uint64_t seed);

struct str secret_token(struct arena *a); /* 256 random bits, base64url, 43 characters */
struct str secret_id(struct arena *a);    /* 80 random bits, 16 characters a-z 2-7 */

/* BLAKE2b-256, as 32 raw bytes.  `key` may be empty; otherwise 16 to 64 bytes. */
struct str secret_hash(struct arena *a, struct str message, struct str key);
struct str secret_hex(struct arena *a, struct str bytes);
/* SHA-256 as 64 hex digits, for hashes that others must be able to check with sha256sum. */
struct str secret_sha256_hex(struct arena *a, struct str message);

/*
 * Ed25519 (RFC 8032).  All texts are lower-case hexadecimal: a seed and a public key of 64 digits,
 * a signature of 128; what is written otherwise does not verify.  The key is made of secret_bytes.
 */
enum { SECRET_KEY_CHARS = 64, SECRET_SIGNATURE_CHARS = 128 };
struct secret_key {
	unsigned char pair[64];            /* libsodium's form: seed, then public key */
	char public_hex[SECRET_KEY_CHARS]; /* what everybody may know */
};
void secret_key_make(struct secret_key *out);
/* The secret itself, to be kept in a file, and back; false for anything else than 64 digits. */
struct str secret_key_seed(struct arena *a, const struct secret_key *key);
bool secret_key_from_seed(struct str seed, struct secret_key *out);
struct str secret_key_public(const struct secret_key *key); /* a view */
struct str secret_sign(struct arena *a, const struct secret_key *key, struct str message);
bool secret_verify(struct str public_key, struct str message, struct str signature);
/* The public key in the form openssl reads (SubjectPublicKeyInfo, PEM); empty for no key. */
struct str secret_public_pem(struct arena *a, struct str public_key);
/* What people paste, as the hexadecimal texts of above; false for anything else, and for a public
 * key with which anybody could have signed.  The key in PEM as openssl writes it, the signature in
 * base64 or hexadecimal; blanks and line ends do not count. */
bool secret_public_read(struct arena *a, struct str text, struct str *public_key);
bool secret_signature_read(struct arena *a, struct str text, struct str *signature);

/*
 * XChaCha20-Poly1305: what must be read again but not by whoever has a copy of the database.  The
 * key is 64 hexadecimal digits; `bound` (a path like "totp/12") says where the box belongs, so that
 * nobody can move it to another row.  The box is random, 40 bytes longer than the text.
 */
struct str secret_box(struct arena *a, struct str key, struct str bound, struct str text);
/* Empty for anything that is no box of this key and place. */
struct str secret_unbox(struct arena *a, struct str key, struct str bound, struct str box);

bool secret_equal(struct str a, struct str b); /* constant time for equal lengths */

/*
 * Argon2id (RFC 9106) in libsodium's self-describing text form.  Takes about 100 ms and 64 MiB, so
 * callers hold one of the two slots (app/password.c) and no transaction.  E_UNAVAILABLE when the
 * machine has no memory for it.
 */
MUST enum err secret_password_hash(struct arena *a, struct str password, struct str *hash);
bool secret_password_matches(struct str password, struct str hash);
bool secret_password_outdated(struct str hash); /* parameters have risen: hash again at login */
/* Tests: the cheapest parameters libsodium takes; how often Argon2id has run. */
void secret_password_fast(void);
uint64_t secret_password_runs(void);

#endif
