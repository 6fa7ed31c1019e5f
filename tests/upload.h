/* upload.h -- sends forms with files: whole requests, as fixtures.h. */
#ifndef TESTS_UPLOAD_H
#define TESTS_UPLOAD_H

#include "base/secret.h"
#include "fixtures.h"
#include "multipart.h"

struct upload_part {
	struct str name, value;
	const char *file; /* its name; NULL: a text */
};
#define TEXT_PART(n, v) ((struct upload_part){S(n), (v), NULL})
#define FILE_PART(n, f, v) ((struct upload_part){S(n), (v), (f)})
#define PARTS(...)                                                                                 \
	(struct upload_part[]){__VA_ARGS__},                                                       \
	    sizeof((struct upload_part[]){__VA_ARGS__}) / sizeof(struct upload_part)

static inline struct http_input upload_input(struct str cookie, struct str secret,
					     const char *target, const struct upload_part *parts,
					     size_t n)
{
	struct buf b = {.arena = test_arena};

	multipart_text(&b, S("csrf"), csrf_for(secret));
	multipart_text(&b, S("key"), secret_id(test_arena));
	for (size_t i = 0; i < n; i++)
		if (parts[i].file == NULL)
			multipart_text(&b, parts[i].name, parts[i].value);
		else
			multipart_file(&b, parts[i].name, str_of(parts[i].file), parts[i].value);
	return (struct http_input){.method = S("POST"),
				   .uri = str_of(target),
				   .content_type = S(TEST_MULTIPART),
				   .origin = test_app.config.base_url,
				   .cookie = cookie,
				   .body = multipart_end(&b)};
}

/* upload_as(ANNA, "/handbuch/import", PARTS(FILE_PART("datei", "a.md", S("# A")))) */
static inline struct answer upload_as(int64_t person, const char *target,
				      const struct upload_part *parts, size_t n)
{
	struct str cookie = person == NOBODY
				? arena_fmt(test_arena, "gast=%.*s", ARG(guest_secret()))
				: cookie_of(person);

	return post_raw(upload_input(cookie, str_from(cookie, str_find_char(cookie, '=') + 1),
				     target, parts, n));
}

#endif
