/* secret.c -- libsodium behind operations instead of knobs. */
#include "base/secret.h"

#include "base/log.h"

#include <sodium.h>

static unsigned long long opslimit = crypto_pwhash_OPSLIMIT_INTERACTIVE;
static size_t memlimit = crypto_pwhash_MEMLIMIT_INTERACTIVE;
static uint64_t seed, seeded_calls, password_runs;

enum err secret_init(void)
{
	return sodium_init() < 0 ? E_INTERNAL : OK;
}

void secret_bytes(void *out, size_t n)
{
	unsigned char key[randombytes_SEEDBYTES] = {0};
	uint64_t counter[2] = {seed, seeded_calls};

	if (seed == 0) {
		randombytes_buf(out, n);
		return;
	}
	seeded_calls++;
	crypto_generichash(key, sizeof key, (const unsigned char *)counter, sizeof counter, NULL,
			   0);
	randombytes_buf_deterministic(out, n, key);
}

void secret_seed(uint64_t value)
{
	seed = value;
	seeded_calls = 0;
}

struct str secret_token(struct arena *a)
{
	unsigned char raw[32];
	char *text = arena_alloc(a, SECRET_TOKEN_CHARS + 1);

	secret_bytes(raw, sizeof raw);
	sodium_bin2base64(text, SECRET_TOKEN_CHARS + 1, raw, sizeof raw,
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return (struct str){text, SECRET_TOKEN_CHARS};
}

struct str secret_id(struct arena *a)
{
	static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
	unsigned char raw[SECRET_ID_CHARS];
	char *text = arena_alloc(a, SECRET_ID_CHARS);

	secret_bytes(raw, sizeof raw);
	for (size_t i = 0; i < sizeof raw; i++)
		text[i] = alphabet[raw[i] & 31];
	return (struct str){text, SECRET_ID_CHARS};
}

struct str secret_hash(struct arena *a, struct str message, struct str key)
{
	unsigned char *out = arena_alloc(a, SECRET_HASH_BYTES);

	crypto_generichash(out, SECRET_HASH_BYTES, (const unsigned char *)message.p, message.n,
			   key.n == 0 ? NULL : (const unsigned char *)key.p, key.n);
	return (struct str){(const char *)out, SECRET_HASH_BYTES};
}

struct str secret_hex(struct arena *a, struct str bytes)
{
	char *text = arena_alloc(a, bytes.n * 2 + 1);

	sodium_bin2hex(text, bytes.n * 2 + 1, (const unsigned char *)bytes.p, bytes.n);
	return (struct str){text, bytes.n * 2};
}

struct str secret_sha256_hex(struct arena *a, struct str message)
{
	unsigned char out[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(out, (const unsigned char *)message.p, message.n);
	return secret_hex(a, (struct str){(const char *)out, sizeof out});
}

static bool from_hex(unsigned char *out, size_t n, struct str hex)
{
	size_t got = 0;

	for (size_t i = 0; i < hex.n; i++)
		if (hex.p[i] >= 'A' && hex.p[i] <= 'F')
			return false;
	return hex.n == 2 * n && sodium_hex2bin(out, n, hex.p, hex.n, NULL, &got, NULL) == 0 &&
	       got == n;
}

/* libsodium ends its text with a NUL; the copy has none. */
static void show_public(struct secret_key *key)
{
	char text[SECRET_KEY_CHARS + 1];

	sodium_bin2hex(text, sizeof text, key->pair + crypto_sign_SEEDBYTES,
		       crypto_sign_PUBLICKEYBYTES);
	for (size_t i = 0; i < SECRET_KEY_CHARS; i++)
		key->public_hex[i] = text[i];
}

static void key_of(const unsigned char *from, struct secret_key *out)
{
	unsigned char public[crypto_sign_PUBLICKEYBYTES];

	crypto_sign_seed_keypair(public, out->pair, from);
	show_public(out);
}

void secret_key_make(struct secret_key *out)
{
	unsigned char from[crypto_sign_SEEDBYTES];

	secret_bytes(from, sizeof from);
	key_of(from, out);
	sodium_memzero(from, sizeof from);
}

struct str secret_key_seed(struct arena *a, const struct secret_key *key)
{
	return secret_hex(a, (struct str){(const char *)key->pair, crypto_sign_SEEDBYTES});
}

bool secret_key_from_seed(struct str text, struct secret_key *out)
{
	unsigned char from[crypto_sign_SEEDBYTES];
	bool fine = from_hex(from, sizeof from, text);

	if (fine)
		key_of(from, out);
	sodium_memzero(from, sizeof from);
	return fine;
}

struct str secret_key_public(const struct secret_key *key)
{
	return (struct str){key->public_hex, SECRET_KEY_CHARS};
}

struct str secret_sign(struct arena *a, const struct secret_key *key, struct str message)
{
	unsigned char signature[crypto_sign_BYTES];

	crypto_sign_detached(signature, NULL, (const unsigned char *)message.p, message.n,
			     key->pair);
	return secret_hex(a, (struct str){(const char *)signature, sizeof signature});
}

bool secret_verify(struct str public_key, struct str message, struct str signature)
{
	unsigned char raw[crypto_sign_BYTES], key[crypto_sign_PUBLICKEYBYTES];

	return from_hex(key, sizeof key, public_key) && from_hex(raw, sizeof raw, signature) &&
	       crypto_sign_verify_detached(raw, (const unsigned char *)message.p, message.n, key) ==
		   0;
}

/* SEQUENCE { SEQUENCE { OBJECT 1.3.101.112 (Ed25519) }, BIT STRING }: RFC 8410. */
#define DER_HEAD 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00

struct str secret_public_pem(struct arena *a, struct str public_key)
{
	unsigned char der[12 + crypto_sign_PUBLICKEYBYTES] = {DER_HEAD};
	char text[sodium_base64_ENCODED_LEN(sizeof der, sodium_base64_VARIANT_ORIGINAL)];

	if (!from_hex(der + 12, crypto_sign_PUBLICKEYBYTES, public_key))
		return S("");
	sodium_bin2base64(text, sizeof text, der, sizeof der, sodium_base64_VARIANT_ORIGINAL);
	return arena_fmt(a, "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n", text);
}

enum {
	BOX_NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	BOX_TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	BOX_KEY = crypto_aead_xchacha20poly1305_ietf_KEYBYTES
};

static bool box_key(struct str hex, unsigned char *raw)
{
	size_t n = 0;

	return hex.n == SECRET_KEY_CHARS &&
	       sodium_hex2bin(raw, BOX_KEY, hex.p, hex.n, NULL, &n, NULL) == 0 && n == BOX_KEY;
}

struct str secret_box(struct arena *a, struct str key, struct str bound, struct str text)
{
	unsigned char raw[BOX_KEY];
	unsigned char *box = arena_alloc(a, BOX_NONCE + text.n + BOX_TAG);

	if (!box_key(key, raw))
		return S("");
	secret_bytes(box, BOX_NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
	    box + BOX_NONCE, NULL, (const unsigned char *)text.p, text.n,
	    (const unsigned char *)bound.p, bound.n, NULL, box, raw);
	sodium_memzero(raw, sizeof raw);
	return (struct str){(const char *)box, BOX_NONCE + text.n + BOX_TAG};
}

struct str secret_unbox(struct arena *a, struct str key, struct str bound, struct str box)
{
	const unsigned char *in = (const unsigned char *)box.p;
	unsigned char raw[BOX_KEY];

	if (box.n < BOX_NONCE + BOX_TAG || !box_key(key, raw))
		return S("");
	unsigned char *text = arena_alloc(a, box.n);
	int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(
	    text, NULL, NULL, in + BOX_NONCE, box.n - BOX_NONCE, (const unsigned char *)bound.p,
	    bound.n, in, raw);
	sodium_memzero(raw, sizeof raw);
	return bad ? S("") : (struct str){(const char *)text, box.n - BOX_NONCE - BOX_TAG};
}

static bool from_base64(unsigned char *out, size_t n, struct str text)
{
	size_t got = 0;

	return sodium_base642bin(out, n, text.p, text.n, " \t\r\n", &got, NULL,
				 sodium_base64_VARIANT_ORIGINAL) == 0 &&
	       got == n;
}

static struct str bytes(const unsigned char *p, size_t n)
{
	return (struct str){(const char *)p, n};
}

bool secret_public_read(struct arena *a, struct str text, struct str *public_key)
{
	static const unsigned char head[] = {DER_HEAD};
	const struct str begin = S("-----BEGIN PUBLIC KEY-----"),
			 end = S("-----END PUBLIC KEY-----");
	unsigned char der[sizeof head + crypto_sign_PUBLICKEYBYTES];

	text = str_trim(text);
	if (!str_starts(text, begin) || !str_ends(text, end) || text.n < begin.n + end.n)
		return false;
	text = str_from(str_head(text, text.n - end.n), begin.n);
	if (!from_base64(der, sizeof der, text) || sodium_memcmp(der, head, sizeof head) != 0 ||
	    crypto_core_ed25519_is_valid_point(der + sizeof head) != 1)
		return false;
	*public_key = secret_hex(a, bytes(der + sizeof head, crypto_sign_PUBLICKEYBYTES));
	return true;
}

bool secret_signature_read(struct arena *a, struct str text, struct str *signature)
{
	unsigned char raw[crypto_sign_BYTES];
	size_t got = 0;
	bool hex = sodium_hex2bin(raw, sizeof raw, text.p, text.n, " \t\r\n", &got, NULL) == 0 &&
		   got == sizeof raw;

	if (!hex && !from_base64(raw, sizeof raw, text))
		return false;
	*signature = secret_hex(a, bytes(raw, sizeof raw));
	return true;
}

bool secret_equal(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}

enum err secret_password_hash(struct arena *a, struct str password, struct str *hash)
{
	char *text = arena_alloc(a, crypto_pwhash_STRBYTES);

	password_runs++;
	if (crypto_pwhash_str(text, password.p, password.n, opslimit, memlimit) != 0) {
		log_event(LOG_WARN, "password_hash_failed", KV_C("why", "not enough memory"));
		return E_UNAVAILABLE;
	}
	*hash = str_of(text);
	return OK;
}

/* libsodium wants a NUL-terminated text of at most STRBYTES. */
static bool terminated(struct str hash, char text[crypto_pwhash_STRBYTES])
{
	if (hash.n == 0 || hash.n >= crypto_pwhash_STRBYTES)
		return false;
	for (size_t i = 0; i < hash.n; i++)
		text[i] = hash.p[i];
	text[hash.n] = '\0';
	return true;
}

bool secret_password_matches(struct str password, struct str hash)
{
	char text[crypto_pwhash_STRBYTES];

	if (!terminated(hash, text))
		return false;
	password_runs++;
	return crypto_pwhash_str_verify(text, password.p, password.n) == 0;
}

bool secret_password_outdated(struct str hash)
{
	char text[crypto_pwhash_STRBYTES];

	return terminated(hash, text) &&
	       crypto_pwhash_str_needs_rehash(text, opslimit, memlimit) == 1;
}

void secret_password_fast(void)
{
	opslimit = crypto_pwhash_OPSLIMIT_MIN;
	memlimit = crypto_pwhash_MEMLIMIT_MIN;
}

uint64_t secret_password_runs(void)
{
	return password_runs;
}
