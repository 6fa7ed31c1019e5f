/* register_fuzz.c -- a register from a stranger: as a file, and as lines with a good chain, so that
 * what the records say is reached as well.  A line that is read is written back the same. */
#include "features/steering/register_line.h"
#include "features/steering/register_verify.h"
#include "fuzz.h"

#include "base/date.h"
#include "base/utf8.h"

#include <inttypes.h>

static struct secret_key key;

static void check_line(struct arena *a, struct str line, struct buf *file, int64_t n,
		       struct str *head)
{
	struct register_book book = {.arena = a, .key = &key};
	struct register_begin begin = {.kind = NULL};
	const void *record;
	struct str again;

	*head = register_hash(a, *head, line);
	buf_fmt(file, "R %" PRId64 " %.*s %.*s\n", n, ARG(*head), ARG(line));
	if (!register_line_read(a, line, &begin, &record))
		return;
	REQUIRE(register_line_write(&book, &begin, record, &again) == OK);
	REQUIRE(str_eq(again, line));
	if (begin.kind->sealed)
		buf_fmt(file, "S %" PRId64 " %.*s %.*s\n", n, ARG(secret_key_public(&key)),
			ARG(secret_sign(a, &key, *head)));
}

static void check_verdict(const struct register_verdict *v)
{
	REQUIRE(v->fine == (v->why.n == 0));
	REQUIRE(utf8_valid(v->why));
	REQUIRE(v->open_count >= 0 && v->keys <= REGISTER_KEYS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = fuzz_arena();
	struct str text = {(const char *)bytes, n}, rest = text, line, head = S(REGISTER_ZEROS);
	struct buf file = {.arena = a};
	struct register_verdict v;
	struct register_receipt r;
	int64_t count = 0;

	if (key.public_hex[0] == '\0') {
		REQUIRE(secret_init() == OK && date_init() == OK);
		secret_seed(1);
		secret_key_make(&key);
	}
	register_verify(a, text, S(""), &v);
	check_verdict(&v);
	while (rest.n > 0 && str_cut(&rest, '\n', &line))
		check_line(a, line, &file, ++count, &head);
	buf_fmt(&file, "E %" PRId64 " %.*s\n", count, ARG(head));
	register_verify(a, buf_str(&file), S(""), &v);
	check_verdict(&v);
	if (register_receipt_read(a, text, &r))
		REQUIRE(register_receipt_text(a, &r).n > 0);
	return 0;
}
