/* form_fuzz.c -- the body of a form: what passes is clean, and means the same when sent again. */
#include "base/utf8.h"
#include "fuzz.h"
#include "http/request.h"

static struct str sent_again(struct arena *a, const struct fields *f)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < f->n; i++) {
		buf_add(&b, percent_encode(a, f->v[i].name));
		buf_char(&b, '=');
		buf_add(&b, percent_encode(a, f->v[i].value));
		buf_char(&b, '&');
	}
	return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = fuzz_arena();
	struct str body = {(const char *)bytes, n};
	struct fields first, second;

	if (fields_parse(a, body, &first) != OK) {
		REQUIRE(first.n == 0);
		return 0;
	}
	REQUIRE(first.n <= FIELDS_MAX);
	REQUIRE(fields_parse(a, sent_again(a, &first), &second) == OK);
	REQUIRE(first.n == second.n);
	for (size_t i = 0; i < first.n; i++) {
		struct str value = first.v[i].value;
		REQUIRE(first.v[i].name.n <= FIELD_NAME_MAX);
		REQUIRE(utf8_clean(first.v[i].name, false));
		REQUIRE(utf8_clean(value, true) && str_find_char(value, '\r') == value.n);
		REQUIRE(str_eq(first.v[i].name, second.v[i].name));
		REQUIRE(str_eq(value, second.v[i].value));
	}
	return 0;
}
