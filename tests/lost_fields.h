/* lost_fields.h -- the fields that ask what becomes of remarks without a block. */
#ifndef TESTS_LOST_FIELDS_H
#define TESTS_LOST_FIELDS_H

#include "fixtures.h"

/* "&orte=1&ort-1-1=&ort-2-1=": each question of the page answered with "ohne Bezug behalten". */
static inline struct str all_kept(const struct answer *a)
{
	static const struct str mark =
	    S_INIT("<select class=\"kern-form-input__select\" id=\"ort-");
	struct buf b = {.arena = test_arena};
	struct str rest = a->body;

	buf_add(&b, S("&orte=1"));
	for (size_t at; (at = str_find(rest, mark)) < rest.n;) {
		rest = str_from(rest, at + mark.n);
		buf_fmt(&b, "&ort-%.*s=", ARG(str_head(rest, str_find_char(rest, '"'))));
	}
	return buf_str(&b);
}

/* The form sent; when remarks would lose their place they are kept without one. */
static inline struct answer post_keeping(int64_t person, const char *target, struct str form)
{
	struct answer a = post_as(person, target, form);

	if (a.status == 409)
		a = post_as(person, target,
			    arena_fmt(test_arena, "%.*s%.*s", ARG(form), ARG(all_kept(&a))));
	return a;
}

#endif
