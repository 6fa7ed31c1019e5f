/*
 * handover.c -- what is still in somebody's hands, one statement for each kind.
 *
 * Some of it only others may take over, by the table of rights: it must be gone before.  The rest
 * ends with the membership or goes where the work goes on anyway.
 */
#include "features/people/member.h"

#include "app/audit.h"
#include "app/decision_visible.h"
#include "base/clock.h"

#define MEETING_NAME "m.year || '-' || m.number, m.number || '/' || m.year"
#define MEETING_AHEAD "m.state IN ('draft', 'invited', 'running', 'paused')"

/* Who looks after people need not read what is for the committee alone. */
#define TITLE                                                                                      \
	"CASE WHEN " DECISION_VISIBLE(                                                             \
	    "0", "0") " THEN v.title"                                                              \
		      " ELSE d.year || '-' || d.number || ': " DECISION_HIDDEN_TITLE "' END"

/* Address and name of each thing, for the person $1. */
static const struct kind {
	const char *section, *sql;
	bool blocks;
} kinds[] = {
    {S_LEADS_FORCE,
     "SELECT t.slug, t.name FROM task_force_member f JOIN task_force t ON t.id = f.task_force_id"
     " WHERE f.person_id = $1 AND f.until IS NULL AND f.role = 'lead'"
     "   AND t.status NOT IN ('done', 'cancelled') ORDER BY t.sort_key",
     true},
    {S_CARRIES_OUT,
     "SELECT d.year || '-' || d.number, " TITLE " FROM follow_up f"
     "  JOIN decision d ON d.id = f.decision_id"
     "  JOIN decision_version v ON v.decision_id = d.id AND v.version ="
     "   (SELECT max(version) FROM decision_version n WHERE n.decision_id = d.id)"
     " WHERE f.responsible_id = $1 AND f.done_at IS NULL AND f.superseded_by IS NULL"
     " ORDER BY d.id",
     true},
    {S_MEETING_DUTY,
     "SELECT " MEETING_NAME " FROM meeting m"
     " WHERE $1 IN (m.chair_id, m.deputy_id, m.minute_taker_id) AND " MEETING_AHEAD
     " ORDER BY m.id",
     true},
    {S_HOLDS_PROXY,
     "SELECT DISTINCT " MEETING_NAME " FROM proxy x JOIN meeting m ON m.id = x.meeting_id"
     " WHERE x.proxy_id = $1 AND x.revoked_at IS NULL AND " MEETING_AHEAD,
     true},
    {S_SIGNATURE_MISSING,
     "SELECT " MEETING_NAME " FROM meeting m LEFT JOIN minutes n ON n.meeting_id = m.id"
     " WHERE $1 IN (m.chair_id, m.minute_taker_id) AND m.state IN ('closed', 'minutes_draft')"
     "   AND coalesce(n.text, '') = '' AND NOT EXISTS (SELECT 1 FROM minutes_signature s"
     "     WHERE s.meeting_id = m.id AND s.person_id = $1 AND s.voided_at IS NULL) ORDER BY m.id",
     false},
    {S_HAS_DRAFT,
     "SELECT d.year || '-' || d.number, " TITLE " FROM decision d"
     "  JOIN decision_version v ON v.decision_id = d.id AND v.version ="
     "   (SELECT max(version) FROM decision_version n WHERE n.decision_id = d.id)"
     " WHERE d.author_id = $1 AND d.state IN ('draft', 'review') ORDER BY d.id",
     false},
    {S_WORKS_ON_FEEDBACK,
     "SELECT f.id || '', coalesce('R' || r.number, 'F') || '-'"
     "   || CASE WHEN f.number < 1000 THEN substr('00' || f.number, -3) ELSE f.number END"
     "  FROM feedback f LEFT JOIN review_round r ON r.id = f.round_id"
     " WHERE f.assignee_id = $1 AND f.state IN ('open', 'in_progress', 'query') ORDER BY f.id",
     false},
    {S_ASKED_QUESTION,
     "SELECT t.slug, q.text FROM open_question q JOIN task_force t ON t.id = q.task_force_id"
     " WHERE q.asked_by = $1 AND q.state IN ('open', 'in_progress') ORDER BY q.id",
     false},
    {S_WORKS_IN_FORCE,
     "SELECT t.slug, t.name FROM task_force_member f JOIN task_force t ON t.id = f.task_force_id"
     " WHERE f.person_id = $1 AND f.until IS NULL AND f.role <> 'lead'"
     "   AND t.status NOT IN ('done', 'cancelled') ORDER BY t.sort_key",
     false},
    {S_READS_IN_ROUND,
     "SELECT r.id || '', r.number || '' FROM round_invitation i"
     "  JOIN review_round r ON r.id = i.round_id WHERE i.person_id = $1 AND i.state = 'invited'"
     "   AND r.closed_at IS NULL ORDER BY r.id",
     false},
    {S_GAVE_PROXY,
     "SELECT DISTINCT " MEETING_NAME " FROM proxy x JOIN meeting m ON m.id = x.meeting_id"
     " WHERE x.principal_id = $1 AND x.revoked_at IS NULL AND " MEETING_AHEAD,
     false},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static enum err show_roles(struct request *rq, const struct member *p, bool *any)
{
	static const char sql[] = "SELECT role FROM role_held WHERE person_id = $1"
				  "   AND (until IS NULL OR until >= $2) ORDER BY id";
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(p->id), TEXT(date_iso(rq->arena, date_today()))));

	for (; rows_next(&r); *any = true)
		view_text(view_row(rq->view, S_HOLDS_ROLE), V_TITLE, role_label(col_text(&r, 0)));
	return r.err;
}

enum err handover_show(struct request *rq, const struct member *p, int64_t *blocking)
{
	bool rest = false;

	*blocking = 0;
	for (size_t i = 0; i < KINDS; i++) {
		struct rows r = db_query(rq->db, kinds[i].sql, WITH(INT(p->id)));
		while (rows_next(&r)) {
			struct view *v = view_row(rq->view, kinds[i].section);
			view_text(v, V_SLUG, col_text(&r, 0));
			view_text(v, V_TITLE, col_text(&r, 1));
			*blocking += kinds[i].blocks;
			rest = rest || !kinds[i].blocks;
		}
		TRY(r.err);
	}
	TRY(show_roles(rq, p, &rest));
	view_show(rq->view, rest ? S_REST : S_NO_REST);
	return OK;
}

enum err handover_blocking_show(struct request *rq, const struct member *p, int64_t *blocking)
{
	*blocking = 0;
	for (size_t i = 0; i < KINDS; i++) {
		if (!kinds[i].blocks)
			continue;
		struct rows r = db_query(rq->db, kinds[i].sql, WITH(INT(p->id)));
		for (; rows_next(&r); ++*blocking) {
			struct view *v = view_row(rq->view, kinds[i].section);
			view_text(v, V_SLUG, col_text(&r, 0));
			view_text(v, V_TITLE, col_text(&r, 1));
		}
		TRY(r.err);
	}
	return OK;
}

enum err handover_open(struct request *rq, const struct member *p, int64_t *blocking)
{
	*blocking = 0;
	for (size_t i = 0; i < KINDS; i++) {
		if (!kinds[i].blocks)
			continue;
		struct rows r = db_query(rq->db, kinds[i].sql, WITH(INT(p->id)));
		while (rows_next(&r))
			++*blocking;
		TRY(r.err);
	}
	return OK;
}

/* A draft goes to the lead of its task force, else to somebody of the project office. */
static enum err pass_on_drafts(struct request *rq, const struct member *p, struct str today)
{
	static const char sql[] =
	    "UPDATE decision SET row_version = row_version + 1, author_id = coalesce("
	    "  (SELECT f.person_id FROM task_force_member f WHERE f.until IS NULL"
	    "     AND f.task_force_id = decision.task_force_id AND f.role = 'lead'"
	    "     AND f.person_id <> $1),"
	    "  (SELECT g.person_id FROM role_held g JOIN person h ON h.id = g.person_id"
	    "     WHERE g.role = 'pmo' AND h.status = 'active' AND g.person_id <> $1"
	    "       AND g.since <= $2 AND (g.until IS NULL OR g.until >= $2)"
	    "     ORDER BY g.id LIMIT 1), author_id)"
	    " WHERE author_id = $1 AND state IN ('draft', 'review')";

	return db_run(rq->db, sql, WITH(INT(p->id), TEXT(today)), NULL);
}

enum err handover_finish(struct request *rq, const struct member *p)
{
	static const char feedback_sql[] =
	    "UPDATE feedback SET assignee_id = NULL, row_version = row_version + 1"
	    " WHERE assignee_id = $1 AND state IN ('open', 'in_progress', 'query')";
	static const char force_sql[] =
	    "UPDATE task_force_member SET until = CASE WHEN since > $2 THEN since ELSE $2 END"
	    " WHERE person_id = $1 AND until IS NULL";
	static const char role_sql[] =
	    "UPDATE role_grant SET ended_at = $3, ended_by = $4,"
	    "  until = CASE WHEN since > $2 THEN since ELSE $2 END"
	    " WHERE person_id = $1 AND ended_at IS NULL AND (until IS NULL OR until >= $2)";
	struct str today = date_iso(rq->arena, date_today());
	struct bind person = INT(p->id), day = TEXT(today);

	TRY(pass_on_drafts(rq, p, today));
	TRY(db_run(rq->db, feedback_sql, WITH(person), NULL));
	TRY(db_run(rq->db, force_sql, WITH(person, day), NULL));
	return db_run(rq->db, role_sql,
		      WITH(person, day, INT(clock_now()), INT_OR_NONE(rq->viewer.person_id)), NULL);
}
