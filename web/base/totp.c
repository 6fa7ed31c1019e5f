/* totp.c -- liboath behind operations. */
#include "base/totp.h"

#include "base/secret.h"

#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOW = 1 };

struct str totp_secret(struct arena *a)
{
	char *raw = arena_alloc(a, TOTP_SECRET_BYTES);

	secret_bytes(raw, TOTP_SECRET_BYTES);
	return (struct str){raw, TOTP_SECRET_BYTES};
}

static struct str base32(struct arena *a, struct str secret)
{
	char *text = NULL;
	size_t n = 0;

	if (oath_base32_encode(secret.p, secret.n, &text, &n) != OATH_OK)
		return S("");
	struct str kept = arena_str(a, (struct str){text, n});
	free(text);
	return kept;
}

struct str totp_text(struct arena *a, struct str secret)
{
	struct str bare = base32(a, secret);
	struct buf b = {.arena = a};

	for (size_t i = 0; i < bare.n; i++) {
		if (i > 0 && i % 4 == 0)
			buf_char(&b, ' ');
		buf_char(&b, bare.p[i]);
	}
	return buf_str(&b);
}

/* RFC 3986: what is not unreserved is percent-encoded. */
static void add_encoded(struct buf *b, struct str s)
{
	static const char plain[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (memchr(plain, c, sizeof plain - 1) != NULL) {
			buf_char(b, s.p[i]);
			continue;
		}
		buf_char(b, '%');
		buf_char(b, hex[c >> 4]);
		buf_char(b, hex[c & 15]);
	}
}

struct str totp_uri(struct arena *a, struct str secret, struct str issuer, struct str account)
{
	struct buf b = {.arena = a};

	buf_add(&b, S("otpauth://totp/"));
	add_encoded(&b, issuer);
	buf_char(&b, ':');
	add_encoded(&b, account);
	buf_add(&b, S("?secret="));
	buf_add(&b, base32(a, secret));
	buf_add(&b, S("&issuer="));
	add_encoded(&b, issuer);
	return buf_str(&b);
}

static struct str digits_of(struct arena *a, struct str code)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < code.n; i++)
		if (code.p[i] != ' ')
			buf_char(&b, code.p[i]);
	return buf_str(&b);
}

int64_t totp_step(struct arena *a, struct str secret, struct str code, int64_t now, int64_t last)
{
	struct str digits = digits_of(a, code);
	uint64_t counter = 0;
	int position = 0;

	if (digits.n != TOTP_DIGITS || secret.n != TOTP_SECRET_BYTES)
		return 0;
	int rc = oath_totp_validate4(secret.p, secret.n, (time_t)now, TOTP_STEP_SECONDS, 0, WINDOW,
				     &position, &counter, 0, arena_cstr(a, digits));
	return rc >= 0 && (int64_t)counter > last ? (int64_t)counter : 0;
}

struct str totp_code(struct arena *a, struct str secret, int64_t now)
{
	char code[TOTP_DIGITS + 1];

	if (oath_totp_generate(secret.p, secret.n, (time_t)now, TOTP_STEP_SECONDS, 0, TOTP_DIGITS,
			       code) != OATH_OK)
		return S("");
	return arena_str(a, (struct str){code, TOTP_DIGITS});
}
