/* cookie_fuzz.c -- the Cookie header: no name twice, nothing unclean, whatever others put there. */
#include "base/utf8.h"
#include "fuzz.h"
#include "http/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = fuzz_arena();
	struct str header = {(const char *)bytes, n};
	struct fields cookies;
	enum err err = cookies_parse(a, header, &cookies);

	REQUIRE(err == OK || err == E_TOO_LARGE);
	REQUIRE(err == OK || cookies.n == 0);
	REQUIRE(cookies.n <= FIELDS_MAX);
	for (size_t i = 0; i < cookies.n; i++) {
		struct str name = cookies.v[i].name, value = cookies.v[i].value;
		REQUIRE(name.n > 0 && name.n <= FIELD_NAME_MAX && utf8_clean(name, false));
		REQUIRE(utf8_clean(value, false) && str_find_char(value, ';') == value.n);
		for (size_t k = 0; k < i; k++)
			REQUIRE(!str_eq(cookies.v[k].name, name));
	}
	return 0;
}
