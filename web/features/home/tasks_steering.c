/* tasks_steering.c -- what waits for the viewer in the steering committee. */
#include "app/deadline.h"
#include "app/follow_light.h"
#include "base/clock.h"
#include "features/home/tasks.h"

#include <inttypes.h>

enum { WITNESS_DAYS = 30 };

static struct str slug_of(struct request *rq, struct rows *r)
{
	return arena_fmt(rq->arena, "%" PRId64 "-%" PRId64, col_int(r, 1), col_int(r, 2));
}

/*
 * Votes in which nobody has spoken yet for a municipality the viewer may cast for now: in a meeting
 * those who are there and come first, in writing everybody with a seat.
 */
static enum err add_votes(struct request *rq, struct tasks *out)
{
	static const char sql[] =
	    "WITH able AS (SELECT w.poll_id, w.unit, w.person_id, w.capacity"
	    "   FROM poll p JOIN poll_voter w ON w.poll_id = p.id"
	    "   LEFT JOIN proxy x ON x.id = w.proxy_id"
	    "  WHERE p.closed_at IS NULL AND p.aborted_at IS NULL AND x.revoked_at IS NULL"
	    "    AND coalesce(p.closes_at, $2) >= $2"
	    "    AND NOT EXISTS (SELECT 1 FROM recusal c WHERE c.decision_id = p.decision_id"
	    "      AND coalesce(c.meeting_id, 0) = coalesce(p.meeting_id, 0)"
	    "      AND c.person_id IN (w.person_id, x.principal_id) AND c.lifted_at IS NULL)"
	    "    AND (p.meeting_id IS NULL OR EXISTS (SELECT 1 FROM attendance t"
	    "      WHERE t.meeting_id = p.meeting_id AND t.person_id = w.person_id"
	    "        AND t.until_at IS NULL)))"
	    " SELECT DISTINCT p.id, d.year, d.number, v.title, coalesce(p.closes_at, 0),"
	    "        p.opened_at"
	    "   FROM able me JOIN poll p ON p.id = me.poll_id"
	    "   JOIN decision d ON d.id = p.decision_id"
	    "   JOIN decision_version v ON v.decision_id = d.id AND v.version = p.version"
	    "  WHERE me.person_id = $1"
	    "    AND NOT EXISTS (SELECT 1 FROM ballot b WHERE b.poll_id = p.id"
	    "      AND b.unit = me.unit"
	    "      AND (p.seat_rule = 'speaker' OR b.person_id = $1)"
	    /* Of a recused person, or for one, it counts no more. */
	    "      AND NOT EXISTS (SELECT 1 FROM recusal c WHERE c.decision_id = p.decision_id"
	    "        AND coalesce(c.meeting_id, 0) = coalesce(p.meeting_id, 0)"
	    "        AND c.lifted_at IS NULL AND c.person_id IN (b.person_id, (SELECT "
	    "y.principal_id"
	    "          FROM poll_voter q JOIN proxy y ON y.id = q.proxy_id WHERE q.poll_id = p.id"
	    "           AND q.unit = b.unit AND q.person_id = b.person_id))))"
	    "    AND (p.meeting_id IS NULL OR NOT EXISTS (SELECT 1 FROM able o"
	    "      WHERE o.poll_id = p.id AND o.unit = me.unit"
	    "        AND o.capacity <> 'proxy' AND (me.capacity = 'proxy' OR"
	    "          (p.seat_rule = 'speaker' AND me.capacity = 'deputy' AND o.capacity = "
	    "'holder'))))";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id), INT(clock_now())));

	while (rows_next(&r)) {
		struct task t = {.kind = S("vote"),
				 .slug = slug_of(rq, &r),
				 .name = col_text(&r, 3),
				 .id = col_int(&r, 0),
				 .due = date_today(),
				 .asked_at = col_int(&r, 5)};
		if (col_int(&r, 4) != 0)
			t.due = date_of(col_int(&r, 4));
		tasks_add(out, &t);
	}
	return r.err;
}

/* Meetings that somebody with a seat of the viewer's municipality has not answered, or said to send
 * a proxy to and named none. */
static enum err add_answers(struct request *rq, struct tasks *out)
{
	static const char sql[] =
	    "WITH seat AS (SELECT DISTINCT m.id, m.year, m.number, m.day, m.answer_by,"
	    "     m.invited_at, g.municipality_id, (SELECT a.answer FROM meeting_answer a"
	    "        WHERE a.meeting_id = m.id AND a.municipality_id = g.municipality_id"
	    "          AND a.at >= coalesce((SELECT max(moved_at) FROM meeting_date x"
	    "            WHERE x.meeting_id = m.id), 0) ORDER BY a.at DESC LIMIT 1) AS answer"
	    "   FROM role_held g JOIN meeting m ON m.state = 'invited' AND m.day >= $2"
	    "    AND g.since <= m.day AND (g.until IS NULL OR g.until >= m.day)"
	    "  WHERE g.person_id = $1 AND g.role IN ('committee', 'committee_deputy'))"
	    " SELECT id, year, number, day, coalesce(answer_by, day), coalesce(invited_at, 0),"
	    "        answer IS NULL FROM seat"
	    "  WHERE answer IS NULL OR (answer = 'proxy' AND NOT EXISTS (SELECT 1 FROM proxy p"
	    "     WHERE p.meeting_id = seat.id AND p.municipality_id = seat.municipality_id"
	    "       AND p.revoked_at IS NULL))";
	struct rows r = db_query(
	    rq->db, sql, WITH(INT(rq->viewer.person_id), TEXT(date_iso(rq->arena, date_today()))));

	while (rows_next(&r)) {
		bool silent = col_int(&r, 6) != 0;
		tasks_add(out,
			  &(struct task){.kind = silent ? S("answer") : S("proxy"),
					 .slug = slug_of(rq, &r),
					 .name = date_long(rq->arena, date_of_iso(col_text(&r, 3))),
					 .id = col_int(&r, 0),
					 .due = date_of_iso(col_text(&r, silent ? 4 : 3)),
					 .asked_at = col_int(&r, 5)});
	}
	return r.err;
}

enum err committee_deadline(struct request *rq, struct deadline_rule *out)
{
	static const char sql[] = "SELECT deadline_days, clear_days FROM committee_rules";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);

	*out = (struct deadline_rule){.days = 0};
	if (rows_next(&r))
		*out = (struct deadline_rule){.days = (int)col_int(&r, 0),
					      .clear_days = col_int(&r, 1) != 0};
	return r.err;
}

/* The viewer's drafts, and for the office what it is to look through; by the deadline of the
 * meeting they are on, or of the first that can still be met. */
static enum err add_templates(struct request *rq, struct tasks *out)
{
	static const char sql[] =
	    "SELECT d.id, d.year, d.number, v.title, coalesce((SELECT m.day FROM agenda_entry e"
	    "    JOIN meeting m ON m.id = e.meeting_id WHERE e.decision_id = d.id"
	    "     AND e.outcome IS NULL AND m.state IN ('draft', 'invited')),"
	    "   (SELECT min(day) FROM meeting WHERE state IN ('draft', 'invited') AND day >= $3),"
	    "   ''), coalesce((SELECT max(at) FROM steering_event e WHERE e.object = 'decision'"
	    "     AND e.object_id = d.id AND e.action IN ('create', 'submit', 'return', 'revise')),"
	    "   d.created_at), d.state"
	    "  FROM decision d JOIN decision_version v ON v.decision_id = d.id AND v.version ="
	    "   (SELECT max(version) FROM decision_version n WHERE n.decision_id = d.id)"
	    " WHERE (d.state = 'draft' AND d.author_id = $1) OR (d.state = 'review' AND $2)";
	struct deadline_rule rule;

	TRY(committee_deadline(rq, &rule));
	struct date today = date_today();
	int64_t ahead = date_days(today) - date_days(deadline_day(rule, today));
	struct rows r = db_query(rq->db, sql,
				 WITH(INT(rq->viewer.person_id),
				      INT(right_to_all(rq->viewer.roles, DECISION_REVIEW) ? 1 : 0),
				      TEXT(date_iso(rq->arena, date_add_days(today, ahead)))));
	while (rows_next(&r)) {
		struct date day = date_of_iso(col_text(&r, 4));
		struct task t = {.kind = col_text(&r, 6),
				 .slug = slug_of(rq, &r),
				 .name = col_text(&r, 3),
				 .id = col_int(&r, 0),
				 .asked_at = col_int(&r, 5)};
		if (!date_is_none(day))
			t.due = deadline_day(rule, day);
		tasks_add(out, &t);
	}
	return r.err;
}

static struct follow_light light_of(struct rows *r, struct date due)
{
	struct follow_facts f = {.due = due,
				 .since = date_of(col_int(r, 5)),
				 .reported = light_named(col_text(r, 6)),
				 .blocked = col_int(r, 7) != 0,
				 .reason = col_text(r, 8).n > 0};

	if (col_int(r, 9) != 0)
		f.report = date_of(col_int(r, 9));
	return follow_light(&f, date_today());
}

/* Resolutions that the viewer carries out and that do not stand on green. */
static enum err add_follow_ups(struct request *rq, struct tasks *out)
{
	static const char sql[] =
	    "SELECT f.decision_id, d.year, d.number, v.title, coalesce(f.due_on, ''),"
	    "   coalesce((SELECT max(closed_at) FROM poll q WHERE q.decision_id = f.decision_id"
	    "     AND q.result = 'adopted' AND q.kind NOT IN ('urgency', 'recusal')), "
	    "d.created_at),"
	    "   coalesce(r.light, ''), coalesce(r.blocked, 0), coalesce(r.light_reason, ''),"
	    "   coalesce(r.at, 0)"
	    "  FROM follow_up f JOIN decision d ON d.id = f.decision_id"
	    "  JOIN decision_version v ON v.decision_id = d.id AND v.version ="
	    "   (SELECT max(version) FROM decision_version n WHERE n.decision_id = d.id)"
	    "  LEFT JOIN follow_up_report r ON r.id = (SELECT max(id) FROM follow_up_report x"
	    "    WHERE x.decision_id = f.decision_id)"
	    " WHERE f.responsible_id = $1 AND f.done_at IS NULL AND f.superseded_by IS NULL";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id)));

	while (rows_next(&r)) {
		struct date due = date_of_iso(col_text(&r, 4));
		struct follow_light light = light_of(&r, due);
		if (light.light == LIGHT_GREEN)
			continue;
		tasks_add(out, &(struct task){.kind = S("follow_up"),
					      .slug = slug_of(rq, &r),
					      .name = col_text(&r, 3),
					      .text = follow_cause_label(light.cause),
					      .id = col_int(&r, 0),
					      .due = due,
					      .asked_at = col_int(&r, 5)});
	}
	return r.err;
}

/*
 * To countersign the register, for those who may: holders of a seat and administrators whose
 * municipality has stored a key.  It waits once something sealed (a vote, minutes) has been there
 * for WITNESS_DAYS without a head of theirs at or after it, by whichever of their keys; so it comes
 * after meetings and not for each template.
 */
static enum err add_witness(struct request *rq, struct tasks *out)
{
	static const char sql[] =
	    "WITH unit AS (SELECT m.id, m.short FROM role_held g"
	    "   LEFT JOIN membership s ON s.person_id = g.person_id AND s.until IS NULL"
	    "   JOIN municipality m ON m.id = CASE g.role WHEN 'committee' THEN g.municipality_id"
	    "     ELSE s.municipality_id END AND (m.left_on IS NULL OR m.left_on >= $2)"
	    "  WHERE g.person_id = $1 AND g.role IN ('committee', 'municipality')"
	    "    AND g.since <= $2 AND (g.until IS NULL OR g.until >= $2)"
	    "    AND EXISTS (SELECT 1 FROM witness_key k WHERE k.municipality_id = m.id)"
	    "  ORDER BY g.role LIMIT 1)"
	    " SELECT unit.id, unit.short, r.at FROM unit JOIN register_record r ON r.n ="
	    "   (SELECT min(s.n) FROM register_seal s WHERE s.n > coalesce((SELECT max(w.head)"
	    "     FROM witness w JOIN witness_key k ON k.record = w.key_record"
	    "    WHERE k.municipality_id = unit.id), 0))"
	    "  WHERE r.at <= $3";
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(INT(rq->viewer.person_id), TEXT(date_iso(rq->arena, date_today())),
			  INT(clock_now() - WITNESS_DAYS * 86400)));

	while (rows_next(&r))
		tasks_add(out, &(struct task){.kind = S("witness"),
					      .slug = S("zeugen"),
					      .name = col_text(&r, 1),
					      .id = col_int(&r, 0),
					      .asked_at = col_int(&r, 2)});
	return r.err;
}

enum err tasks_add_steering(struct request *rq, struct tasks *out)
{
	TRY(add_votes(rq, out));
	TRY(add_answers(rq, out));
	TRY(add_templates(rq, out));
	TRY(add_follow_ups(rq, out));
	return add_witness(rq, out);
}
