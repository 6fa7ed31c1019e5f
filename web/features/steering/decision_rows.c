/* decision_rows.c -- reads the rows of the register page. */
#include "features/steering/decision_rows.h"

#include "app/decision_visible.h"
#include "base/clock.h"

#include <inttypes.h>

#define TERM(n, folded)                                                                            \
	" AND ($" n " IS NULL OR instr(s.words, $" n ") > 0 OR instr(s.words, $" folded ") > 0)"
#define RUNNING                                                                                    \
	"d.state IN ('draft', 'review', 'published', 'scheduled', 'called', 'voting',"             \
	" 'circulating')"
#define DECIDED "d.state IN ('adopted', 'rejected', 'in_follow_up', 'done', 'superseded')"
/* Binds 1 to 15; NULL where nobody chose.  A template that was never saved by the program is not
 * found by words. */
#define HITS                                                                                       \
	"  FROM (SELECT d.*, " DECISION_VISIBLE(                                                   \
	    "$14", "$15") " AS seen FROM decision d) d LEFT JOIN decision_search s ON "            \
			  "s.decision_id = d.id"                                                   \
			  "  LEFT JOIN task_force t ON t.id = d.task_force_id"                     \
			  " WHERE (d.seen OR coalesce($1, $11) IS NULL) AND ($9 IS NULL OR "       \
			  "d.year = $9) AND ($10 "                                                 \
			  "IS NULL OR d.state = $10)"                                              \
			  " AND ($11 IS NULL OR coalesce(t.slug, 'projektbuero') = $11)"           \
			  " AND ($12 IS NULL OR (d.year = $12 AND d.number = $13))" TERM("1", "5") \
			      TERM("2", "6") TERM("3", "7") TERM("4", "8")
#define HIT_BINDS(rq, w)                                                                           \
	TEXT_OR_NONE((w)->terms[0]), TEXT_OR_NONE((w)->terms[1]), TEXT_OR_NONE((w)->terms[2]),     \
	    TEXT_OR_NONE((w)->terms[3]), TEXT_OR_NONE((w)->folded[0]),                             \
	    TEXT_OR_NONE((w)->folded[1]), TEXT_OR_NONE((w)->folded[2]),                            \
	    TEXT_OR_NONE((w)->folded[3]), INT_OR_NONE((w)->year), TEXT_OR_NONE((w)->state),        \
	    TEXT_OR_NONE((w)->task_force), INT_OR_NONE((w)->asked_year), INT((w)->asked_number),   \
	    INT(decision_reads((rq)->viewer.roles)), INT((rq)->viewer.person_id)

static enum err load_counts(struct request *rq, const struct decision_wish *w,
			    struct decision_rows *out)
{
	static const char sql[] = "SELECT count(*), coalesce(sum(" RUNNING "), 0),"
				  " coalesce(sum(" DECIDED "), 0)" HITS;
	struct rows r = db_query(rq->db, sql, WITH(HIT_BINDS(rq, w)));

	for (int t = 0; rows_next(&r);)
		for (; t < WISH_TABS; t++)
			out->counts[t] = col_int(&r, t);
	out->total = out->counts[w->tab];
	return r.err;
}

/* The last agenda of a template is the open one, else the newest. */
#define LAST_ENTRY                                                                                 \
	"(SELECT e.id FROM agenda_entry e JOIN meeting m ON m.id = e.meeting_id"                   \
	"   AND m.state <> 'cancelled' WHERE e.decision_id = d.id"                                 \
	"  ORDER BY e.outcome IS NULL DESC, e.id DESC LIMIT 1)"
#define LAST_POLL                                                                                  \
	"(SELECT max(p.id) FROM poll p WHERE p.decision_id = d.id AND p.kind NOT IN ('urgency', "  \
	"'recusal')"                                                                               \
	"  AND p.aborted_at IS NULL)"
#define UNITS(status)                                                                              \
	"(SELECT count(*) FROM poll_unit u WHERE u.poll_id = l.id AND u.status = '" status "')"
/* Ascending and descending are keys of their own: $17 says which counts. */
#define ORDER                                                                                      \
	"ORDER BY CASE $17 WHEN 2 THEN h.key END, CASE $17 WHEN 3 THEN h.key END DESC,"            \
	" CASE $17 WHEN 4 THEN h.rank WHEN 5 THEN -h.rank END,"                                    \
	" CASE $17 WHEN 6 THEN coalesce(h.day, '9999') END,"                                       \
	" CASE $17 WHEN 7 THEN coalesce(h.day, '') END DESC,"                                      \
	" CASE $17 WHEN 0 THEN h.year ELSE -h.year END,"                                           \
	" CASE $17 WHEN 0 THEN h.number ELSE -h.number END"

static const char rows_sql[] =
    "WITH hit AS (SELECT d.id, d.year, d.number, d.state, d.task_force_id,"
    "  d.seen, coalesce(s.title_key, '') AS title_key, "
    "CASE d.state WHEN 'draft' THEN 0 WHEN 'review' THEN 1"
    "   WHEN 'published' THEN 2 WHEN 'scheduled' THEN 3 WHEN 'called' THEN 4 WHEN 'voting' THEN 5"
    "   WHEN 'circulating' THEN 6 WHEN 'adopted' THEN 7 WHEN 'in_follow_up' THEN 8"
    "   WHEN 'done' THEN 9 WHEN 'rejected' THEN 10 WHEN 'superseded' THEN 11 ELSE 12 END AS rank,"
    "  " LAST_ENTRY " AS entry" HITS " AND ($16 = 0 OR ($16 = 1 AND " RUNNING ")"
    "  OR ($16 = 2 AND " DECIDED "))),"
    " h AS (SELECT hit.*, CASE WHEN hit.seen THEN hit.title_key ELSE '' END AS key, m.day, "
    "e.outcome FROM hit LEFT JOIN agenda_entry e ON e.id = hit.entry"
    "  LEFT JOIN meeting m ON m.id = e.meeting_id),"
    " d AS (SELECT h.*, row_number() OVER (" ORDER ") AS place FROM h)"
    " SELECT d.year, d.number, v.title, coalesce(t.name, ''), d.state, coalesce(d.day, ''),"
    " coalesce(d.outcome, '') = 'deferred', coalesce(l.id, 0) * d.seen,"
    " (SELECT count(*) FROM poll_unit u WHERE u.poll_id = l.id),"
    " (SELECT count(DISTINCT b.unit) FROM ballot b WHERE b.poll_id = l.id),"
    " l.closed_at IS NULL, coalesce(l.closes_at, $18) < $18,"
    " coalesce(l.result, '') <> 'not_quorate', EXISTS (SELECT 1 FROM poll_void x"
    "   WHERE x.poll_id = l.id AND x.confirmed_at IS NOT NULL),"
    " " UNITS("yes") ", " UNITS("no") ", " UNITS("abstained") ", " UNITS(
	"silent") ","
		  " " UNITS("invalid") ", " UNITS("absent") ", " UNITS(
		      "recused") ", d.seen FROM d JOIN decision_version v ON v.decision_id = d.id "
				 "AND "
				 "v.version ="
				 "   (SELECT max(version) FROM decision_version n WHERE "
				 "n.decision_id = d.id)"
				 "  LEFT JOIN task_force t ON t.id = d.task_force_id"
				 "  LEFT JOIN poll l ON l.id = " LAST_POLL
				 " WHERE d.place > $19 AND d.place <= $20 ORDER BY d.place";

static enum err take_row(struct rows *r, struct decision_row *out)
{
	struct str state = col_text(r, 4), day = col_text(r, 5);

	*out = (struct decision_row){.year = col_int(r, 0),
				     .number = col_int(r, 1),
				     .title = col_text(r, 2),
				     .task_force = col_text(r, 3),
				     .deferred = col_int(r, 6) != 0,
				     .poll_id = col_int(r, 7),
				     .units = col_int(r, 8),
				     .cast = col_int(r, 9),
				     .open = col_int(r, 10) != 0,
				     .overdue = col_int(r, 11) != 0,
				     .quorate = col_int(r, 12) != 0,
				     .voided = col_int(r, 13) != 0};
	out->hidden = col_int(r, 21) == 0;
	if (out->hidden)
		out->title = S(DECISION_HIDDEN_TITLE);
	for (int s = 0; s < DECISION_STATES; s++)
		if (str_eq(decision_state_names[s], state))
			out->state = (enum decision_state)s;
	for (int s = 0; s < UNIT_STATUSES; s++)
		out->of[s] = col_int(r, 14 + s);
	return day.n == 0 || date_parse_iso(day, &out->meeting) ? OK : E_INTERNAL;
}

enum err decision_rows_load(struct request *rq, const struct decision_wish *w, int64_t limit,
			    struct decision_rows *out)
{
	int64_t skip = (w->page - 1) * LIST_PAGE_ROWS;
	int64_t order = 2 * (int64_t)w->sort + (w->down ? 1 : 0);

	*out = (struct decision_rows){0};
	TRY(load_counts(rq, w, out));
	out->v = ARENA_ARRAY(rq->arena, struct decision_row,
			     (size_t)(out->total < limit ? out->total : limit) + 1);
	struct rows r = db_query(rq->db, rows_sql,
				 WITH(HIT_BINDS(rq, w), INT(w->tab), INT(order), INT(clock_now()),
				      INT(skip), INT(skip + limit)));
	while (rows_next(&r))
		TRY(take_row(&r, &out->v[out->n++]));
	return r.err;
}

/* ---- The result as words ---- */

static void add_count(struct buf *b, int64_t n, const char *one, const char *many)
{
	if (n > 0)
		buf_fmt(b, "%s%" PRId64 " %s", b->n > 0 ? ", " : "", n, n == 1 ? one : many);
}

struct str decision_row_result(struct arena *a, const struct decision_row *row)
{
	struct buf b = {.arena = a};

	if (row->hidden)
		return S("–");
	if (row->poll_id == 0 && row->state == DECISION_WITHDRAWN)
		return S("ohne Abstimmung");
	if (row->poll_id == 0)
		return row->deferred ? S("vertagt") : S("noch keine Abstimmung");
	if (row->open && row->overdue)
		return S("Frist vorbei, wird ausgezählt");
	if (row->open)
		return arena_fmt(a, "%" PRId64 " von %" PRId64 " Stimmen abgegeben", row->cast,
				 row->units);
	add_count(&b, row->of[UNIT_YES], "Ja", "Ja");
	add_count(&b, row->of[UNIT_NO], "Nein", "Nein");
	/* Who was there and cast nothing abstained. */
	add_count(&b, row->of[UNIT_ABSTAINED] + row->of[UNIT_SILENT], "Enthaltung", "Enthaltungen");
	add_count(&b, row->of[UNIT_INVALID], "ungültig", "ungültig");
	add_count(&b, row->of[UNIT_ABSENT], "abwesend", "abwesend");
	add_count(&b, row->of[UNIT_RECUSED], "befangen", "befangen");
	if (!row->quorate)
		buf_fmt(&b, "%snicht beschlussfähig", b.n > 0 ? ", " : "");
	if (row->voided)
		buf_fmt(&b, "%sfür ungültig erklärt", b.n > 0 ? ", " : "");
	return buf_str(&b);
}
