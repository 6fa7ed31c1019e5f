/* multipart_fuzz.c -- a form with files: the first line is the Content-Type, the rest the body. */
#include "base/utf8.h"
#include "fuzz.h"
#include "http/multipart.h"

#define BOUNDARY "zzz-boundary-of-the-target"

static void check_field(const struct field *f, struct str body)
{
	REQUIRE(f->name.n <= FIELD_NAME_MAX && utf8_clean(f->name, false));
	REQUIRE(f->file_name.n <= MULTIPART_FILE_NAME_MAX && utf8_clean(f->file_name, false));
	REQUIRE(!f->read);
	if (f->file)
		REQUIRE(f->value.n == 0 ||
			(f->value.p >= body.p && f->value.p + f->value.n <= body.p + body.n));
	else
		REQUIRE(f->file_name.n == 0 && utf8_clean(f->value, true) &&
			str_find_char(f->value, '\r') == f->value.n);
}

static void write_name(struct buf *b, struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '"')
			buf_add(b, S("%22"));
		else
			buf_char(b, name.p[i]);
}

/* As a browser would send what was understood. */
static struct str sent_again(struct arena *a, const struct fields *f)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < f->n; i++) {
		buf_add(&b, S("--" BOUNDARY "\r\nContent-Disposition: form-data; name=\""));
		write_name(&b, f->v[i].name);
		if (f->v[i].file) {
			buf_add(&b, S("\"; filename=\""));
			write_name(&b, f->v[i].file_name);
		}
		buf_add(&b, S("\"\r\n\r\n"));
		buf_add(&b, f->v[i].value);
		buf_add(&b, S("\r\n"));
	}
	buf_add(&b, S("--" BOUNDARY "--\r\n"));
	return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = fuzz_arena();
	struct str all = {(const char *)bytes, n};
	size_t line = str_find_char(all, '\n');
	struct str body = str_from(all, line + (line < n));
	struct fields first, second;

	if (multipart_parse(a, str_head(all, line), body, &first) != OK) {
		REQUIRE(first.n == 0);
		return 0;
	}
	REQUIRE(first.n <= FIELDS_MAX);
	for (size_t i = 0; i < first.n; i++)
		check_field(&first.v[i], body);
	if (str_find(all, S(BOUNDARY)) < n)
		return 0;
	REQUIRE(multipart_parse(a, S("multipart/form-data; boundary=" BOUNDARY),
				sent_again(a, &first), &second) == OK);
	REQUIRE(first.n == second.n);
	for (size_t i = 0; i < first.n; i++) {
		REQUIRE(str_eq(first.v[i].name, second.v[i].name));
		REQUIRE(str_eq(first.v[i].file_name, second.v[i].file_name));
		REQUIRE(str_eq(first.v[i].value, second.v[i].value));
		REQUIRE(first.v[i].file == second.v[i].file);
	}
	return 0;
}
