/*
 * cookie.c -- the Cookie header.  Other programs of the same domain put their cookies into it, so
 * what we cannot read is left out instead of refusing a person who can do nothing about it.
 */
#include "base/utf8.h"
#include "http/request.h"

static size_t pairs_in(struct str header)
{
	struct str pair;
	size_t n = 0;

	while (str_cut(&header, ';', &pair))
		n++;
	return n;
}

/* A cookie set for a parent domain can shadow ours under the same name, and nothing tells which
 * of the two is which: then neither counts.  Also the unreadable ones are compared. */
static bool comes_twice(const struct fields *all, size_t i)
{
	for (size_t k = 0; k < all->n; k++)
		if (k != i && str_eq(all->v[k].name, all->v[i].name))
			return true;
	return false;
}

static bool is_readable(const struct field *cookie)
{
	return cookie->name.n > 0 && cookie->name.n <= FIELD_NAME_MAX &&
	       utf8_clean(cookie->name, false) && utf8_clean(cookie->value, false);
}

enum err cookies_parse(struct arena *a, struct str header, struct fields *out)
{
	size_t count = pairs_in(header);
	struct fields all = {0, NULL}, kept = {0, NULL};
	struct str pair;

	*out = kept;
	if (count > FIELDS_MAX)
		return E_TOO_LARGE;
	all.v = ARENA_ARRAY(a, struct field, count);
	kept.v = ARENA_ARRAY(a, struct field, count);
	while (str_cut(&header, ';', &pair)) {
		size_t equals = str_find_char(pair, '=');
		if (equals < pair.n)
			all.v[all.n++] = (struct field){
			    .name = str_trim(str_head(pair, equals)),
			    .value = str_trim(str_from(pair, equals + 1)),
			};
	}
	for (size_t i = 0; i < all.n; i++)
		if (is_readable(&all.v[i]) && !comes_twice(&all, i))
			kept.v[kept.n++] = all.v[i];
	*out = kept;
	return OK;
}
