/* minutes_votes.c -- what the minutes say about a decision. */
#include "features/steering/minutes_votes.h"

#include "features/steering/poll_words.h"
#include "features/steering/recusal.h"

#include <inttypes.h>

static void disputed(struct buf *b, bool is, struct str result)
{
	if (!is)
		return;
	buf_add(b, S(", bestritten"));
	if (result.n > 0)
		buf_fmt(b, ", der Kreis hat entschieden: %s",
			str_eq(result, S("adopted")) ? "befangen" : "nicht befangen");
}

static enum err recusals(struct request *rq, const struct minutes *x, const struct agenda_entry *e,
			 struct buf *b)
{
	static const char sql[] =
	    "SELECT p.name,"
	    "       coalesce(u.short, ''), coalesce(r.lifted_at, 0), r.at,"
	    "       r.disputed_at IS NOT NULL, coalesce((SELECT q.result FROM poll q"
	    "        WHERE q.decision_id = r.decision_id AND q.recusal_id = r.id AND q.result IN "
	    "('adopted', 'rejected')), '')"
	    "  FROM recusal r"
	    "  JOIN person p ON p.id = r.person_id"
	    "  LEFT JOIN municipality u ON u.id = r.municipality_id"
	    " WHERE r.decision_id = $1 AND r.meeting_id = $2 ORDER BY r.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(e->decision_id), INT(x->m.id)));

	while (rows_next(&r)) {
		buf_fmt(b, "- Befangen: %.*s", ARG(col_text(&r, 0)));
		if (col_text(&r, 1).n > 0)
			buf_fmt(b, " (%.*s)", ARG(col_text(&r, 1)));
		struct str out = recusal_absence(
		    rq->arena, &(struct recusal_span){col_int(&r, 3), col_int(&r, 2), e->started_at,
						      e->ended_at});
		if (out.n > 0)
			buf_fmt(b, ", bei diesem Punkt nicht dabei: %.*s", ARG(out));
		disputed(b, col_int(&r, 4) != 0, col_text(&r, 5));
		bool decided = col_text(&r, 5).n > 0;
		buf_add(b, col_int(&r, 2) != 0 && !decided ? S(", aufgehoben\n") : S("\n"));
	}
	return r.err;
}

/* "Ja: Auental, Lindheim", one line per status. */
static enum err names(struct request *rq, int64_t poll_id, struct buf *b)
{
	static const char sql[] =
	    "SELECT u.status, CASE l.mode WHEN 'member' THEN"
	    "   p.name"
	    "   || ' (' || u.name || ')' ELSE u.name END"
	    "  FROM poll_unit u JOIN poll l ON l.id = u.poll_id"
	    "  LEFT JOIN poll_voter v ON l.mode = 'member' AND v.poll_id = u.poll_id"
	    "   AND v.unit = u.unit AND v.capacity = 'holder'"
	    "  LEFT JOIN person p ON p.id = v.person_id"
	    " WHERE u.poll_id = $1 AND u.status IS NOT NULL ORDER BY CASE u.status"
	    "   WHEN 'yes' THEN 0 WHEN 'no' THEN 1 WHEN 'abstained' THEN 2 ELSE 3 END, u.status,"
	    "  u.name";
	struct rows r = db_query(rq->db, sql, WITH(INT(poll_id)));
	struct str before = S("");

	while (rows_next(&r)) {
		struct str status = col_text(&r, 0);
		if (str_eq(before, status)) {
			buf_fmt(b, ", %.*s", ARG(col_text(&r, 1)));
			continue;
		}
		if (before.n > 0)
			buf_char(b, '\n');
		buf_fmt(b, "- %.*s: %.*s", ARG(unit_status_label(unit_status_named(status))),
			ARG(col_text(&r, 1)));
		before = status;
	}
	if (before.n > 0)
		buf_char(b, '\n');
	return r.err;
}

/* What was voted on binds, not what the template says later. */
static enum err wording(struct request *rq, int64_t decision_id, int64_t version, struct buf *b)
{
	static const char sql[] = "SELECT resolution, coalesce(sha256, '') FROM decision_version"
				  " WHERE decision_id = $1 AND version = $2";
	struct rows r = db_query(rq->db, sql, WITH(INT(decision_id), INT(version)));

	if (!rows_next(&r))
		return r.err;
	buf_fmt(b, "Fassung: %" PRId64 ", SHA-256 %.*s\n", version, ARG(col_text(&r, 1)));
	if (col_text(&r, 0).n > 0) {
		buf_add(b, S("Beschlusstext:\n"));
		minutes_quote(b, col_text(&r, 0));
	}
	return OK;
}

/* What was read out before the vote, and who wanted it. */
static enum err amendments(struct request *rq, const struct agenda_entry *e, struct buf *b)
{
	static const char sql[] =
	    "SELECT reason FROM steering_event WHERE object = 'decision' AND object_id = $1"
	    " AND action = 'amend' AND at >= $2 AND ($3 = 0 OR at <= $3) ORDER BY id";
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(e->decision_id), INT(e->started_at), INT(e->ended_at)));

	while (e->started_at != 0 && rows_next(&r)) {
		buf_add(b, S("Wortlaut geändert und verlesen:\n"));
		minutes_quote(b, col_text(&r, 0));
	}
	return r.err;
}

/* The count stays to be read; it counts no more. */
static enum err voided(struct request *rq, const struct poll *p, struct buf *b)
{
	static const char sql[] =
	    "SELECT x.reason, a.name, c.name FROM poll_void x JOIN person a ON a.id = x.proposed_by"
	    "  JOIN person c ON c.id = x.confirmed_by WHERE x.poll_id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(p->id)));

	if (!rows_next(&r))
		return r.err;
	buf_fmt(b, "Gezählt war: %.*s. Für ungültig erklärt am %.*s von %.*s und %.*s.\n",
		ARG(poll_tally_label(p)), ARG(date_short(rq->arena, date_of(p->voided_at))),
		ARG(col_text(&r, 1)), ARG(col_text(&r, 2)));
	minutes_quote(b, col_text(&r, 0));
	return OK;
}

static enum err show_poll(struct request *rq, const struct poll *p, struct buf *b)
{
	struct str rule = tally_rule_words(rq->arena, &p->rule);

	bool of_person = p->kind == POLL_RECUSAL;

	buf_fmt(b, "%.*s%s%.*s, Runde %" PRId64 ": %.*s\n", ARG(poll_kind_label(p->kind)),
		of_person ? " von " : "", ARG(p->about), p->round, ARG(poll_result_label(p)));
	minutes_fact(b, "Regel", rule);
	minutes_fact(b, "Rechnung", p->words);
	if (p->aborted_at != 0)
		minutes_quote(b, p->abort_reason);
	if (p->voided_at != 0)
		TRY(voided(rq, p, b));
	return p->closed_at == 0 ? OK : names(rq, p->id, b);
}

enum err minutes_votes(struct request *rq, const struct minutes *x, const struct agenda_entry *e,
		       struct buf *b)
{
	static const char sql[] =
	    "SELECT id FROM poll WHERE agenda_entry_id = $1 AND meeting_id = $2 ORDER BY id";
	struct rows r = db_query(rq->db, sql, WITH(INT(e->id), INT(x->m.id)));
	int64_t version = 0;
	struct poll p;

	buf_fmt(b, "Vorlage: %.*s\n", ARG(e->decision_slug));
	if (e->admitted)
		buf_add(b, S("Zu spät vorgelegt, als dringlich zugelassen.\n"));
	TRY(recusals(rq, x, e, b));
	TRY(amendments(rq, e, b));
	while (rows_next(&r)) {
		TRY(poll_by_id(rq, e->decision_id, col_int(&r, 0), &p));
		if (p.kind == POLL_RESOLUTION && p.version != version) {
			version = p.version;
			TRY(wording(rq, e->decision_id, version, b));
		}
		TRY(show_poll(rq, &p, b));
	}
	return r.err;
}

enum err minutes_voids_show(struct request *rq, const struct minutes *x)
{
	static const char sql[] =
	    "SELECT d.year || '-' || d.number, p.round, p.result, x.reason, x.confirmed_at, "
	    "a.name, c.name FROM poll_void x"
	    "  JOIN poll p ON p.id = x.poll_id JOIN decision d ON d.id = p.decision_id"
	    "  JOIN person a ON a.id = x.proposed_by JOIN person c ON c.id = x.confirmed_by"
	    " WHERE p.meeting_id = $1 AND $2 ORDER BY x.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(x->m.id), INT(x->sealed ? 1 : 0)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		struct poll p = {.result = tally_result_named(col_text(&r, 2))};
		if (list == NULL)
			list = view_row(rq->view, S_VOIDS);
		struct view *v = view_row(list, S_VOID_VOTE);
		view_text(v, V_DECISION_SLUG, col_text(&r, 0));
		view_int(v, V_ROUND, col_int(&r, 1));
		view_text(v, V_COUNTED, poll_tally_label(&p));
		view_text(v, V_REASON, col_text(&r, 3));
		view_text(v, V_DATE, date_short(rq->arena, date_of(col_int(&r, 4))));
		view_text(v, V_PROPOSER, col_text(&r, 5));
		view_text(v, V_CONFIRMER, col_text(&r, 6));
	}
	return r.err;
}
