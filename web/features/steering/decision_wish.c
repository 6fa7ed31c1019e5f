/* decision_wish.c -- search, filter, order and page of the register page, from its address and
 * back. */
#include "base/utf8.h"
#include "features/steering/decision_rows.h"
#include "markup/normal.h"

#include <inttypes.h>

enum { PAGE_MAX = 10000 };

const struct str wish_tab_words[WISH_TABS] = {S_INIT("alle"), S_INIT("laufend"),
					      S_INIT("entschieden")};
const struct str wish_sort_words[WISH_SORTS] = {S_INIT("nummer"), S_INIT("titel"), S_INIT("status"),
						S_INIT("sitzung")};

bool wish_sort_starts_down(enum wish_sort sort)
{
	return sort == SORT_NUMBER || sort == SORT_MEETING;
}

/* "gebuehr" is "gebuhr" as the normal form has it. */
static struct str fold(struct arena *a, struct str term)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < term.n; i++) {
		char c = term.p[i];
		buf_char(&b, c);
		if ((c == 'a' || c == 'o' || c == 'u') && i + 1 < term.n && term.p[i + 1] == 'e')
			i++;
	}
	return buf_str(&b);
}

static void read_terms(struct arena *a, struct decision_wish *out)
{
	struct str rest = search_form(a, out->typed), term;

	if (number_parse(out->typed, &out->asked_year, &out->asked_number))
		return;
	out->asked_year = out->asked_number = 0;
	for (size_t n = 0; n < WISH_TERMS && rest.n > 0 && str_cut(&rest, ' ', &term);) {
		if (term.n == 0)
			continue;
		out->terms[n] = term;
		out->folded[n++] = fold(a, term);
	}
}

static int word_of(struct str word, const struct str *words, int n)
{
	for (int i = 0; i < n; i++)
		if (str_eq(word, words[i]))
			return i;
	return 0;
}

static struct str known_state(struct str name)
{
	for (int s = 0; s < DECISION_STATES; s++)
		if (str_eq(name, decision_state_names[s]))
			return decision_state_names[s];
	return S("");
}

void decision_wish_read(struct request *rq, struct decision_wish *out)
{
	struct fields *q = &rq->http.query;
	struct str way = field_text(q, S("richtung"));

	*out = (struct decision_wish){
	    .typed = utf8_head(str_trim(field_text(q, S("q"))), WISH_TYPED_CHARS),
	    .task_force = field_text(q, S("tf")),
	    .state = known_state(field_text(q, S("stand"))),
	    .tab = (enum wish_tab)word_of(field_text(q, S("status")), wish_tab_words, WISH_TABS),
	    .sort = (enum wish_sort)word_of(field_text(q, S("sortierung")), wish_sort_words,
					    WISH_SORTS)};
	read_terms(rq->arena, out);
	if (!str_to_int(field_text(q, S("jahr")), &out->year) || out->year > 2999)
		out->year = 0;
	out->down =
	    str_eq(way, S("ab")) || (wish_sort_starts_down(out->sort) && !str_eq(way, S("auf")));
	if (!str_to_int(field_text(q, S("seite")), &out->page) || out->page < 1 ||
	    out->page > PAGE_MAX)
		out->page = 1;
}

bool decision_wish_filters(const struct decision_wish *w)
{
	return w->typed.n > 0 || w->year != 0 || w->task_force.n > 0 || w->state.n > 0;
}

/* What is typed goes back into an address: all but letters and digits is encoded. */
static void add(struct buf *b, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	buf_fmt(b, "%c%s=", str_find_char(buf_str(b), '?') == b->n ? '?' : '&', name);
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
		if (plain)
			buf_char(b, (char)c);
		else
			buf_fmt(b, "%%%02X", c);
	}
}

struct str decision_wish_address(struct arena *a, struct str path, const struct decision_wish *w)
{
	struct buf b = {.arena = a};

	buf_add(&b, path);
	if (w->tab != TAB_ALL)
		add(&b, "status", wish_tab_words[w->tab]);
	add(&b, "q", w->typed);
	if (w->year != 0)
		add(&b, "jahr", arena_fmt(a, "%" PRId64, w->year));
	add(&b, "tf", w->task_force);
	add(&b, "stand", w->state);
	if (w->sort != SORT_NUMBER)
		add(&b, "sortierung", wish_sort_words[w->sort]);
	if (w->down != wish_sort_starts_down(w->sort))
		add(&b, "richtung", w->down ? S("ab") : S("auf"));
	if (w->page > 1)
		add(&b, "seite", arena_fmt(a, "%" PRId64, w->page));
	return buf_str(&b);
}
