/* synopsis_rows.c -- reads what a synopsis shows. */
#include "base/utf8.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/synopsis.h"
#include "features/handbook/version.h"

enum { BEGINNING_CHARS = 160 };

const struct str synopsis_heads[SYNOPSIS_COLUMNS] = {
    [SYNOPSIS_LABEL] = S_INIT("Nummer"),          [SYNOPSIS_BLOCK] = S_INIT("Absatz"),
    [SYNOPSIS_PLACE] = S_INIT("Stelle"),          [SYNOPSIS_KIND] = S_INIT("Art"),
    [SYNOPSIS_TEXT] = S_INIT("Rückmeldung"),      [SYNOPSIS_AUTHOR] = S_INIT("Von"),
    [SYNOPSIS_ORG] = S_INIT("Kommune"),           [SYNOPSIS_LATE] = S_INIT("Frist"),
    [SYNOPSIS_DECISION] = S_INIT("Entscheidung"), [SYNOPSIS_REASON] = S_INIT("Begründung"),
    [SYNOPSIS_OBJECTION] = S_INIT("Widerspruch"), [SYNOPSIS_DONE_IN] = S_INIT("Eingearbeitet in"),
};

/* The version that has a remark; most rows name the one of the row before. */
struct announced {
	int64_t id;
	struct str label;
};

static enum err announce(struct request *rq, int64_t version_id, struct announced *last,
			 struct str *out)
{
	*out = S("");
	if (version_id == 0)
		return OK;
	if (version_id != last->id)
		TRY(version_announced(rq, version_id, &last->label));
	last->id = version_id;
	*out = last->label;
	return OK;
}

static enum err read_row(struct request *rq, const struct round *round, struct rows *r,
			 struct announced *last, struct synopsis_row *out)
{
	struct str *c = out->cells, quote = col_text(r, 13), behalf = col_text(r, 5);

	out->id = col_int(r, 0);
	out->state = state_named(col_text(r, 6));
	out->outcome = outcome_named(col_text(r, 7));
	out->late = col_int(r, 10) != 0;
	out->quoted = quote.n > 0;
	out->objected = str_eq(col_text(r, 9), S("objected"));
	c[SYNOPSIS_LABEL] = feedback_label(rq->arena, round->number, col_int(r, 1));
	c[SYNOPSIS_BLOCK] = S("");
	if (col_int(r, 19) != 0)
		c[SYNOPSIS_BLOCK] =
		    place_called(rq->arena, col_text(r, 15), col_text(r, 17), col_int(r, 18));
	c[SYNOPSIS_PLACE] =
	    out->quoted
		? internal_text(rq, quote)
		: utf8_beginning(rq->arena, internal_text(rq, col_text(r, 14)), BEGINNING_CHARS);
	c[SYNOPSIS_KIND] = kind_label(kind_named(col_text(r, 2)));
	c[SYNOPSIS_TEXT] = col_text(r, 12);
	c[SYNOPSIS_AUTHOR] = col_text(r, 3);
	c[SYNOPSIS_ORG] =
	    behalf.n > 0 ? arena_fmt(rq->arena, "%.*s (Stellungnahme der Kommune)", ARG(behalf))
			 : col_text(r, 4);
	c[SYNOPSIS_LATE] = out->late ? S("nach Frist") : S("");
	c[SYNOPSIS_DECISION] =
	    out->outcome < OUTCOME_COUNT ? outcome_label(out->outcome) : state_label(out->state);
	c[SYNOPSIS_REASON] = out->outcome < OUTCOME_COUNT ? col_text(r, 8) : S("");
	c[SYNOPSIS_OBJECTION] = out->objected ? col_text(r, 16) : S("");
	return announce(rq, col_int(r, 11), last, &c[SYNOPSIS_DONE_IN]);
}

enum err synopsis_load(struct request *rq, const struct round *round, size_t most,
		       struct synopsis_row **out, size_t *n)
{
	/* The rows are chosen first and dressed afterwards: whatever is joined before LIMIT is
	 * joined for all of them.  What lost its place in the version under review is shown with
	 * the words it was about. */
	static const char sql[] =
	    "SELECT f.id, f.number, f.kind,"
	    " p.name,"
	    " f.author_org, coalesce(m.short, ''), f.state, coalesce(f.outcome, ''), f.reason,"
	    " coalesce(f.response, ''), f.late, coalesce(f.done_in, 0),"
	    " (SELECT w.text FROM feedback_text w WHERE w.feedback_id = f.id"
	    "   ORDER BY w.version DESC LIMIT 1),"
	    " coalesce(CASE a.quote WHEN '' THEN NULL ELSE a.quote END,"
	    "  CASE WHEN a.block_text_id IS NULL THEN o.quote END, ''),"
	    " coalesce(t.plain, ''), coalesce(b.number, ''), f.response_reason,"
	    " coalesce((SELECT s.number FROM revision_section s WHERE s.revision_id = $5"
	    "   AND s.uid = b.section_uid), ''),"
	    " CASE t.kind WHEN 'footnote' THEN t.number ELSE 0 END, b.pos IS NOT NULL"
	    "  FROM (SELECT f.id, f.number, (SELECT min(b.pos) FROM anchor a"
	    "      CROSS JOIN revision_block b ON b.block_text_id = a.block_text_id"
	    "       AND b.revision_id = a.revision_id"
	    "     WHERE a.feedback_id = f.id AND a.revision_id = $5 AND a.part = 1) AS pos"
	    "    FROM feedback f"
	    "   WHERE f.round_id = $4 AND f.state NOT IN ('draft', 'withdrawn')"
	    "     AND " FEEDBACK_VISIBLE " ORDER BY pos IS NULL, pos, f.number LIMIT $6) h"
	    "  JOIN feedback f ON f.id = h.id JOIN person p ON p.id = f.author_id"
	    "  LEFT JOIN municipality m ON m.id = f.on_behalf_of"
	    "  LEFT JOIN anchor a ON a.feedback_id = f.id AND a.revision_id = $5 AND a.part = 1"
	    "  LEFT JOIN anchor o ON o.feedback_id = f.id AND o.first = 1 AND o.part = 1"
	    "  LEFT JOIN block_text t ON t.id = coalesce(a.block_text_id, o.block_text_id)"
	    "  LEFT JOIN revision_block b ON b.revision_id = $5 AND b.pos = h.pos"
	    " ORDER BY h.pos IS NULL, h.pos, h.number";
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(FEEDBACK_FOR(rq), INT(round->id), INT(round->revision_id), INT((int64_t)most)));
	struct announced last = {.id = 0};
	size_t room = 0;

	*n = 0;
	*out = NULL;
	while (rows_next(&r)) {
		if (*n == room) {
			struct synopsis_row *old = *out;
			room = room * 2 + 32;
			*out = ARENA_ARRAY(rq->arena, struct synopsis_row, room);
			for (size_t i = 0; i < *n; i++)
				(*out)[i] = old[i];
		}
		TRY(read_row(rq, round, &r, &last, &(*out)[(*n)++]));
	}
	return r.err;
}
