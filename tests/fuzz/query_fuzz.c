/* query_fuzz.c -- the address of a request: paths that cannot be misread, targets that stay here.
 */
#include "base/utf8.h"
#include "fuzz.h"
#include "http/request.h"

static void check_path(struct str path)
{
	struct str rest = str_from(path, 1), segment;

	REQUIRE(path.p[0] == '/' && utf8_clean(path, false));
	REQUIRE(str_find(path, S("//")) == path.n && str_find_char(path, '\\') == path.n);
	while (str_cut(&rest, '/', &segment))
		REQUIRE(!str_eq(segment, S(".")) && !str_eq(segment, S("..")));
}

/* A redirect to the target must neither end the header line nor leave the site. */
static void check_target(struct str target)
{
	REQUIRE(target.p[0] == '/');
	REQUIRE(target.n < 2 || (target.p[1] != '/' && target.p[1] != '\\'));
	for (size_t i = 0; i < target.n; i++)
		REQUIRE(target.p[i] > ' ' && target.p[i] < 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = fuzz_arena();
	struct http_request rq;
	struct http_input in = {.method = S("GET"),
				.uri = {(const char *)bytes, n},
				.request_id = S("0123456789abcdef0123456789abcdef")};
	enum err err = request_parse(a, &in, &rq);

	if (rq.path.n > 0)
		check_path(rq.path);
	if (rq.target.n > 0)
		check_target(rq.target);
	REQUIRE(err != OK || (rq.path.n > 0 && rq.target.n > 0));
	for (size_t i = 0; i < rq.query.n; i++) {
		REQUIRE(utf8_clean(rq.query.v[i].name, false));
		REQUIRE(utf8_clean(rq.query.v[i].value, true));
	}
	return 0;
}
