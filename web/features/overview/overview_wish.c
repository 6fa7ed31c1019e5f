/* overview_wish.c -- filter, order and page of the table, read from its address and back. */
#include "features/overview/overview_rows.h"

enum { PAGE_MAX = 10000 };

static const struct str sort_words[SORT_COUNT] = {
    [SORT_LIGHT] = S_INIT("ampel"),     [SORT_NAME] = S_INIT("name"),
    [SORT_PERIOD] = S_INIT("zeitraum"), [SORT_BUDGET] = S_INIT("budget"),
    [SORT_QUESTIONS] = S_INIT("offen"),
};
static const struct str light_words[] = {S_INIT("kritisch"), S_INIT("gefaehrdet"),
					 S_INIT("im-plan"), S_INIT("nicht-bewertet")};
static const struct str runtime_words[] = {S_INIT("laeuft"), S_INIT("geplant"), S_INIT("pausiert"),
					   S_INIT("abgeschlossen")};

bool list_sort_starts_down(enum list_sort sort)
{
	return sort != SORT_NAME && sort != SORT_PERIOD;
}

/* The submitted word as one of ours, or nothing. */
static struct str known(struct str word, const struct str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(word, words[i]))
			return words[i];
	return S("");
}

static void read_place(struct str slug, const struct list_places *places, struct list_wish *out)
{
	for (size_t i = 0; i < places->n; i++) {
		if (str_eq(slug, places->v[i].slug)) {
			out->place = places->v[i].slug;
			out->place_id = places->v[i].id;
		}
	}
}

void list_wish_read(struct request *rq, const struct list_places *places, struct list_wish *out)
{
	struct fields *q = &rq->http.query;
	struct str sort = field_text(q, S("sortierung")), way = field_text(q, S("richtung"));

	*out = (struct list_wish){
	    .light = known(field_text(q, S("ampel")), light_words, 4),
	    .runtime = known(field_text(q, S("laufzeit")), runtime_words, 4),
	    .sort = SORT_LIGHT,
	};
	read_place(field_text(q, S("kommune")), places, out);
	for (enum list_sort s = SORT_LIGHT; s < SORT_COUNT; s++)
		if (str_eq(sort, sort_words[s]))
			out->sort = s;
	out->down =
	    str_eq(way, S("ab")) || (list_sort_starts_down(out->sort) && !str_eq(way, S("auf")));
	if (!str_to_int(field_text(q, S("seite")), &out->page) || out->page < 1 ||
	    out->page > PAGE_MAX)
		out->page = 1;
}

bool list_wish_filters(const struct list_wish *w)
{
	return w->place.n > 0 || w->light.n > 0 || w->runtime.n > 0;
}

static void add(struct buf *b, struct str name, struct str value)
{
	if (value.n == 0)
		return;
	buf_char(b, str_find_char(buf_str(b), '?') == b->n ? '?' : '&');
	buf_add(b, name);
	buf_char(b, '=');
	buf_add(b, value);
}

/* All values are words or slugs of our own, so nothing needs to be encoded. */
struct str list_wish_address(struct arena *a, struct str path, const struct list_wish *w)
{
	struct buf b = {.arena = a};

	buf_add(&b, path);
	add(&b, S("kommune"), w->place);
	add(&b, S("ampel"), w->light);
	add(&b, S("laufzeit"), w->runtime);
	if (w->sort != SORT_LIGHT)
		add(&b, S("sortierung"), sort_words[w->sort]);
	if (w->down != list_sort_starts_down(w->sort))
		add(&b, S("richtung"), w->down ? S("ab") : S("auf"));
	if (w->page > 1)
		add(&b, S("seite"), arena_fmt(a, "%d", (int)w->page));
	return buf_str(&b);
}
