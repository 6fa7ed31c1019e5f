/* minutes_text.c -- composes the canonical text of minutes, and shows it. */
#include "features/steering/minutes_text.h"

#include "base/daytime.h"
#include "features/steering/attendance.h"
#include "features/steering/minutes_votes.h"

#include <inttypes.h>

void minutes_fact(struct buf *b, const char *what, struct str value)
{
	if (value.n > 0)
		buf_fmt(b, "%s: %.*s\n", what, ARG(value));
}

void minutes_quote(struct buf *b, struct str words)
{
	struct str line;

	while (str_cut(&words, '\n', &line))
		buf_fmt(b, "> %.*s\n", ARG(line));
}

static struct str hours(struct arena *a, int64_t from, int64_t to)
{
	struct str start = daytime_short_of(a, from),
		   end = to == 0 ? S("") : daytime_short_of(a, to);

	return arena_fmt(a, "%.*s–%.*s", ARG(start), ARG(end));
}

static void head(struct request *rq, const struct meeting *m, struct buf *b)
{
	struct arena *a = rq->arena;

	buf_fmt(b, "Niederschrift: %.*s\n\n## Sitzung\n", ARG(meeting_title(a, m)));
	buf_fmt(b, "Tag: %.*s, %.*s\n", ARG(date_weekday_name(m->day)), ARG(date_long(a, m->day)));
	minutes_fact(b, "Ort", meeting_where(a, m));
	buf_fmt(b, "Geplant: %.*s\n", ARG(meeting_hours(a, m)));
	buf_fmt(b, "Beginn: %.*s Uhr\n", ARG(daytime_short_of(a, m->opened_at)));
	if (m->closed_at != 0)
		buf_fmt(b, "Ende: %.*s Uhr\n", ARG(daytime_short_of(a, m->closed_at)));
	minutes_fact(b, "Moderation", m->chair);
	minutes_fact(b, "Vertretung der Moderation", m->deputy);
	minutes_fact(b, "Niederschrift", m->minute_taker);
}

static enum err pauses(struct request *rq, const struct meeting *m, struct buf *b)
{
	static const char sql[] = "SELECT from_at, coalesce(until_at, 0) FROM meeting_pause"
				  " WHERE meeting_id = $1 ORDER BY from_at";
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id)));

	while (rows_next(&r))
		buf_fmt(b, "Unterbrochen: %.*s Uhr\n",
			ARG(hours(rq->arena, col_int(&r, 0), col_int(&r, 1))));
	return r.err;
}

/* By municipality; those without one last. */
static enum err present(struct request *rq, const struct meeting *m, struct buf *b)
{
	static const char sql[] =
	    "SELECT coalesce(u.short, 'Ohne Kommune'), coalesce(p.name, t.guest_name),"
	    "       t.role, t.mode, t.from_at, coalesce(t.until_at, 0)"
	    "  FROM attendance t LEFT JOIN municipality u ON u.id = t.municipality_id"
	    "  LEFT JOIN person p ON p.id = t.person_id WHERE t.meeting_id = $1"
	    " ORDER BY u.short IS NULL, u.short, 2, t.from_at, t.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id)));
	bool any = false;

	buf_add(b, S("\n## Anwesend\n"));
	for (; rows_next(&r); any = true) {
		enum attendance_role role = 0;
		while (role < ATTENDANCE_ROLES - 1 &&
		       !str_eq(attendance_role_names[role], col_text(&r, 2)))
			role++;
		bool room = str_eq(attendance_mode_names[MODE_ROOM], col_text(&r, 3));
		buf_fmt(b, "- %.*s: %.*s (%.*s, %.*s), %.*s Uhr\n", ARG(col_text(&r, 0)),
			ARG(col_text(&r, 1)), ARG(attendance_role_label(role)),
			ARG(attendance_mode_label(room ? MODE_ROOM : MODE_REMOTE)),
			ARG(hours(rq->arena, col_int(&r, 4), col_int(&r, 5))));
	}
	if (!any)
		buf_add(b, S("Niemand ist eingetragen.\n"));
	return r.err;
}

/* Number of the point; 0 when it is none of this meeting. */
static int64_t number_of(const struct agenda *a, int64_t entry_id)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->entries[i].id == entry_id)
			return a->entries[i].number;
	return 0;
}

static enum err proxies(struct request *rq, const struct minutes *x, struct buf *b)
{
	static const char sql[] = "SELECT u.short, g.name, q.name, coalesce(x.agenda_entry_id, 0),"
				  "       coalesce(x.revoked_at, 0) FROM proxy x"
				  "  JOIN municipality u ON u.id = x.municipality_id"
				  "  JOIN person g ON g.id = x.principal_id"
				  "  JOIN person q ON q.id = x.proxy_id"
				  " WHERE x.meeting_id = $1 ORDER BY u.short, x.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(x->m.id)));
	bool any = false;

	for (; rows_next(&r); any = true) {
		int64_t number = number_of(&x->a, col_int(&r, 3)), ended = col_int(&r, 4);
		if (!any)
			buf_add(b, S("\n## Vollmachten\n"));
		buf_fmt(b, "- %.*s: %.*s an %.*s, ", ARG(col_text(&r, 0)), ARG(col_text(&r, 1)),
			ARG(col_text(&r, 2)));
		if (number != 0)
			buf_fmt(b, "für TOP %" PRId64, number);
		else
			buf_add(b, S("für die ganze Sitzung"));
		if (ended != 0)
			buf_fmt(b, ", beendet am %.*s", ARG(date_time_long(rq->arena, ended)));
		buf_char(b, '\n');
	}
	return r.err;
}

static void times(struct request *rq, const struct agenda_entry *e, struct buf *b)
{
	struct arena *a = rq->arena;

	buf_fmt(b, "Geplant: %.*s Uhr\n", ARG(hours(a, e->plan.planned_from, e->plan.planned_to)));
	if (e->started_at != 0)
		buf_fmt(b, "Tatsächlich: %.*s Uhr\n", ARG(hours(a, e->started_at, e->ended_at)));
	if (e->presenter.n > 0)
		buf_fmt(b, "Vorgestellt von: %.*s\n", ARG(e->presenter));
	if (e->waiver.n > 0) {
		buf_add(b, S("Ohne diese Person aufgerufen:\n"));
		minutes_quote(b, e->waiver);
	}
}

static void outcome(const struct agenda_entry *e, struct buf *b)
{
	bool decided = e->outcome == OUTCOME_DECIDED;

	if (e->outcome == OUTCOME_NONE)
		return;
	if (!decided)
		buf_fmt(b, "Ergebnis: %.*s\n", ARG(agenda_outcome_label(e->outcome)));
	if (e->outcome_reason.n > 0)
		minutes_quote(b, e->outcome_reason);
}

static void notes(struct request *rq, const struct minutes *x, int64_t entry_id, struct buf *b)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct minutes_note *n = &x->notes[i];
		if (n->entry_id != entry_id)
			continue;
		buf_add(b, n->task ? S("Auftrag") : S("Vermerk"));
		if (n->person.n > 0)
			buf_fmt(b, ", zuständig %.*s", ARG(n->person));
		if (!date_is_none(n->due))
			buf_fmt(b, ", bis %.*s", ARG(date_short(rq->arena, n->due)));
		buf_add(b, S(":\n"));
		minutes_quote(b, n->text);
	}
}

static bool has_notes(const struct minutes *x, int64_t entry_id)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->notes[i].entry_id == entry_id)
			return true;
	return false;
}

static enum err point(struct request *rq, const struct minutes *x, const struct agenda_entry *e,
		      struct buf *b)
{
	buf_char(b, '\n');
	if (e->kind == AGENDA_BREAK) {
		buf_add(b, S("### Pause\n"));
		times(rq, e, b);
		return OK;
	}
	buf_fmt(b, "### TOP %" PRId64 " %.*s\n", e->number,
		ARG(e->hidden ? agenda_kind_label(e->kind) : e->title));
	if (e->restricted.n > 0)
		buf_fmt(b, "Nicht für alle: %.*s\n", ARG(e->restricted));
	times(rq, e, b);
	if (e->hidden) {
		outcome(e, b);
		return OK;
	}
	if (e->decision_id != 0)
		TRY(minutes_votes(rq, x, e, b));
	outcome(e, b);
	notes(rq, x, e->id, b);
	return OK;
}

enum err minutes_compose(struct request *rq, const struct minutes *x, struct str *out)
{
	struct buf b = {.arena = rq->arena};

	head(rq, &x->m, &b);
	TRY(pauses(rq, &x->m, &b));
	TRY(present(rq, &x->m, &b));
	TRY(proxies(rq, x, &b));
	buf_add(&b, S("\n## Ergebnisse\n"));
	for (size_t i = 0; i < x->a.n; i++)
		TRY(point(rq, x, &x->a.entries[i], &b));
	if (has_notes(x, 0)) {
		buf_add(&b, S("\n## Zur ganzen Sitzung\n"));
		notes(rq, x, 0, &b);
	}
	if (rq->app->register_key != NULL)
		buf_fmt(&b, "\n## Prüfung\nSchlüssel des Beschlussregisters (Ed25519): %.*s\n",
			ARG(secret_key_public(rq->app->register_key)));
	*out = buf_str(&b);
	return OK;
}

/* ---- On a page ---- */

/* Lines of one kind that follow each other are one list, one quotation, one paragraph. */
void minutes_text_show(struct view *v, struct str text)
{
	static const struct {
		struct str mark;
		const char *section;
		bool alone;
	} kinds[] = {{S_INIT("## "), S_BLOCK_SECTION, true},
		     {S_INIT("### "), S_BLOCK_POINT, true},
		     {S_INIT("- "), S_BLOCK_LIST, false},
		     {S_INIT("> "), S_BLOCK_QUOTE, false},
		     {S_INIT(""), S_BLOCK_FACTS, false}};
	struct view *block = NULL;
	size_t before = sizeof kinds / sizeof kinds[0];
	struct str line;

	(void)str_cut(&text, '\n', &line); /* the title is the page's */
	while (str_cut(&text, '\n', &line)) {
		size_t k = 0;
		if (line.n == 0)
			continue;
		while (!str_starts(line, kinds[k].mark))
			k++;
		if (k != before || kinds[k].alone)
			block = view_row(view_row(v, S_BLOCK), kinds[k].section);
		before = k;
		view_text(view_row(block, S_LINE), V_TEXT, str_from(line, kinds[k].mark.n));
	}
}
