/* err.c -- names and HTTP status of each error. */
#include "base/err.h"

static const struct {
	const char *name;
	int status;
} errors[] = {
    [OK] = {"ok", 200},
    [E_BAD_REQUEST] = {"bad_request", 400},
    [E_LOGIN] = {"login", 303},
    [E_FORBIDDEN] = {"forbidden", 403},
    [E_NOT_FOUND] = {"not_found", 404},
    [E_METHOD] = {"method", 405},
    [E_CONFLICT] = {"conflict", 409},
    [E_TOO_LARGE] = {"too_large", 413},
    [E_THROTTLED] = {"throttled", 429},
    [E_INTERNAL] = {"internal", 500},
    [E_UNAVAILABLE] = {"unavailable", 503},
};

const char *err_name(enum err err)
{
	return errors[err].name;
}

int err_status(enum err err)
{
	return errors[err].status;
}
