/*
 * err.h -- the answers a function can give besides its result.
 *
 * Three kinds are kept apart: a person's mistake is no error here (the form is shown again with
 * 422), a request that is refused, and our own bug or the machine's trouble.  Each value maps to
 * exactly one HTTP status and one error page (app/error.c).
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#ifdef __cplusplus
extern "C" {
#endif

enum err {
	OK = 0,
	E_BAD_REQUEST, /* 400: not something one of our own pages would have sent */
	E_LOGIN,       /* to the login and back */
	E_FORBIDDEN,   /* 403 */
	E_NOT_FOUND,   /* 404: also where existence is a secret */
	E_METHOD,      /* 405 */
	E_CONFLICT,    /* 409 */
	E_TOO_LARGE,   /* 413 */
	E_THROTTLED,   /* 429: too often, or too many at once */
	E_INTERNAL,    /* 500: our bug */
	E_UNAVAILABLE  /* 503: disk full, database locked */
};

/* Every function that can fail carries this, so that ignoring its answer is a warning. */
#define MUST __attribute__((warn_unused_result))

/* Leaves the calling function with the error of `call`, if it has one. */
#define TRY(call)                                                                                  \
	do {                                                                                       \
		enum err try_err = (call);                                                         \
		if (try_err != OK)                                                                 \
			return try_err;                                                            \
	} while (0)

const char *err_name(enum err err); /* for logs: "not_found" */
int err_status(enum err err);       /* HTTP status code; 200 for OK, 303 for E_LOGIN */

#ifdef __cplusplus
}
#endif

#endif
