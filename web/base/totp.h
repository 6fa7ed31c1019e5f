/*
 * totp.h -- time-based one-time passwords (RFC 6238, SHA-1, six digits, 30 seconds); the only door
 * to liboath.
 */
#ifndef BASE_TOTP_H
#define BASE_TOTP_H

#include "base/arena.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_DIGITS = 6, TOTP_STEP_SECONDS = 30 };

/* 160 random bits, as RFC 4226 recommends. */
struct str totp_secret(struct arena *a);
/* For typing into an app: RFC 4648 base32 in groups of four. */
struct str totp_text(struct arena *a, struct str secret);
/* "otpauth://totp/…", what the QR code says. */
struct str totp_uri(struct arena *a, struct str secret, struct str issuer, struct str account);

/*
 * The time step of `code` when it is that of now, of the step before or of the one after, and later
 * than `last` (the step that was accepted last: a code counts once); 0 otherwise.  Blanks in the
 * code do not matter.
 */
int64_t totp_step(struct arena *a, struct str secret, struct str code, int64_t now, int64_t last);
/* The code of that moment: for tests, and for nobody else. */
struct str totp_code(struct arena *a, struct str secret, int64_t now);

#endif
