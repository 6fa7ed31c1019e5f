/* route_test.c -- parts of addresses: which texts fit, and what goes into the log. */
#include "fixtures.h"

static enum err nothing(struct request *rq)
{
	(void)rq;
	return OK;
}

static const struct route rows[] = {
    GET("/link/neu", EVERYONE, nothing),
    GET("/link/:token", EVERYONE, nothing),
    POST("/link/:token/:id", EVERYONE, nothing),
    ROUTES_END,
};
static const struct route *const tables[] = {rows, NULL};
static const struct app app = {.routes = tables};

#define TOKEN "AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZa"

static enum err find(const char *path, enum method method, struct request *rq)
{
	const struct route *route = NULL;

	*rq =
	    (struct request){.arena = test_arena, .http = {.path = str_of(path), .method = method}};
	return route_find(&app, rq, &route);
}

TEST(a_token_is_43_letters_digits_hyphens_and_underscores)
{
	static const char *const none[] = {
	    "/link/",
	    "/link/" TOKEN "x",
	    "/link/" TOKEN "/",
	    "/link/AZaz09",
	    "/link/AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZ.",
	    "/link/AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZ%",
	    "/link/AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZaz09-_A\xc3\xa4",
	};
	struct request rq;

	fixtures();
	CHECK_INT(find("/link/" TOKEN, METHOD_GET, &rq), OK);
	CHECK_STR(rq.token, S(TOKEN));
	CHECK_INT(find("/link/neu", METHOD_GET, &rq), OK);
	CHECK_INT(find("/link/" TOKEN, METHOD_POST, &rq), E_METHOD);
	CHECK_INT(find("/link/" TOKEN "/7", METHOD_POST, &rq), OK);
	CHECK_STR(rq.token, S(TOKEN));
	CHECK_INT(rq.id, 7);
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		CHECK_INT(find(none[i], METHOD_GET, &rq), E_NOT_FOUND);
}

static struct str logged(const char *path)
{
	struct request rq = {.arena = test_arena, .http = {.path = str_of(path)}};

	return path_for_log(&rq);
}

TEST(a_token_stands_in_no_log)
{
	fixtures();
	CHECK_STR(logged("/link/" TOKEN), S("/link/:token"));
	CHECK_STR(logged("/link/" TOKEN "/7"), S("/link/:token/7"));
	CHECK_STR(logged("/anderswo/" TOKEN), S("/anderswo/:token"));
	CHECK_STR(logged("/task-forces/dateninventur"), S("/task-forces/dateninventur"));
	CHECK_STR(logged("/"), S("/"));
	CHECK_STR(logged(""), S(""));
	CHECK_STR(logged("x/y/"), S("x/y/"));
}

TESTS_MAIN
