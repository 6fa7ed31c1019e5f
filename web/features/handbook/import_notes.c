/* import_notes.c -- who reads the footnotes that an import brings. */
#include "features/handbook/import_notes.h"

#include "base/utf8.h"
#include "features/handbook/audience.h"
#include "features/handbook/placeholders.h"

#include <inttypes.h>

enum { BEGINNING_CHARS = 70 };

/* The next new footnote from v[at] on; m->n: none. */
static size_t next_note(const struct manuscript *m, size_t at)
{
	while (at < m->n && (m->v[at].text.kind != BLOCK_FOOTNOTE || m->v[at].block_id != 0))
		at++;
	return at;
}

static struct str sent(struct request *rq, size_t at)
{
	return field_text(&rq->http.form, arena_fmt(rq->arena, "fussnote-%zu", at + 1));
}

void import_notes_show(struct request *rq, struct view *form, const struct import_plan *p)
{
	const struct manuscript *m = &p->next;
	struct view *list = NULL;
	size_t n = 0;

	for (size_t i = next_note(m, 0); i < m->n && n < IMPORT_NOTES_ASKED;
	     i = next_note(m, i + 1), n++) {
		struct str chosen = audience_named(sent(rq, i));
		if (list == NULL)
			list = view_row(form, S_NEW_NOTES);
		struct view *v = view_row(list, S_NEW_NOTE);
		view_int(v, V_NUMBER, (int64_t)i + 1);
		view_text(v, V_BEGINNING,
			  utf8_beginning(rq->arena, internal_text(rq, m->v[i].text.plain),
					 BEGINNING_CHARS));
		audience_show(v, chosen.n > 0 ? chosen : S("public"));
	}
}

void import_notes_read(struct request *rq, struct import_plan *p)
{
	struct manuscript *m = &p->next;
	size_t n = 0;

	for (size_t i = next_note(m, 0); i < m->n && n < IMPORT_NOTES_ASKED;
	     i = next_note(m, i + 1), n++) {
		struct str chosen = audience_named(sent(rq, i));
		if (chosen.n > 0)
			m->v[i].audience = chosen;
	}
}
