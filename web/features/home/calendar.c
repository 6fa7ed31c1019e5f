/* calendar.c -- gathers the dates of one person. */
#include "features/home/calendar.h"

#include "app/deadline.h"
#include "base/clock.h"
#include "features/home/tasks.h"

#include <inttypes.h>

/* Meetings stay that long; deadlines as long as they are open. */
enum { PAST_DAYS = 90 };

/* A date as the statements below give it: kind, key of its entry, title, day, sequence, instant of
 * this wording, path. */
struct due {
	struct str kind, key, title, path;
	struct date day;
	int64_t sequence, stamp;
};

static const struct {
	struct str kind;
	const char *named, *unnamed; /* unnamed: not for everybody */
} words[] = {
    {S_INIT("round"), "Rückmelderunde %.*s endet", ""},
    {S_INIT("draft"), "Vorlage fertig schreiben: %.*s", "Vorlage fertig schreiben"},
    {S_INIT("review"), "Vorlage prüfen: %.*s", "Vorlage prüfen"},
    {S_INIT("follow_up"), "Umsetzung fällig: %.*s", "Umsetzung eines Beschlusses fällig"},
    {S_INIT("answer"), "Antwort auf die Einladung: Steuerungskreis %.*s", ""},
    {S_INIT("question"), "Frage beantworten: %.*s", ""},
    {S_INIT("task_force"), "Task Force endet: %.*s", ""},
    {S_INIT("circular"), "Umlaufbeschluss endet: %.*s", "Umlaufbeschluss endet"},
};

/* A template that was a restricted point of any agenda is never named. */
#define TITLE                                                                                      \
	"CASE WHEN EXISTS (SELECT 1 FROM agenda_entry x WHERE x.decision_id = d.id"                \
	"  AND x.restricted <> '') THEN '' ELSE v.title END"
#define NEWEST                                                                                     \
	"v.decision_id = d.id AND v.version = (SELECT max(version) FROM decision_version w"        \
	"  WHERE w.decision_id = d.id)"
#define DECISION_PATH "'/entscheidungen/' || d.year || '-' || d.number"

static void add(struct calendar *c, const struct ics_event *e)
{
	if (c->n == c->room) {
		size_t room = c->room == 0 ? 32 : c->room * 2;
		struct ics_event *v = ARENA_ARRAY(c->rq->arena, struct ics_event, room);
		for (size_t i = 0; i < c->n; i++)
			v[i] = c->v[i];
		c->v = v;
		c->room = room;
	}
	c->v[c->n++] = *e;
}

static struct str summary_of(struct arena *a, const struct due *d)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (!str_eq(words[i].kind, d->kind))
			continue;
		if (d->title.n == 0)
			return str_of(words[i].unnamed);
		struct str named = str_of(words[i].named);
		size_t at = str_find(named, S("%.*s"));
		return arena_fmt(a, "%.*s%.*s%.*s", ARG(str_head(named, at)), ARG(d->title),
				 ARG(str_from(named, at + 4)));
	}
	return d->title;
}

static void add_due(struct calendar *c, const struct due *d)
{
	struct arena *a = c->rq->arena;
	struct str base = c->rq->app->config.base_url;
	struct str url = arena_fmt(a, "%.*s%.*s", ARG(base), ARG(d->path));

	if (date_is_none(d->day))
		return;
	add(c, &(struct ics_event){
		   .uid = ics_uid(a, arena_fmt(a, "%.*s-%.*s", ARG(d->kind), ARG(d->key)), base),
		   .sequence = d->sequence,
		   .stamp = d->stamp,
		   .day = d->day,
		   .summary = summary_of(a, d),
		   .description = url,
		   .url = url});
}

static struct due take(struct rows *r)
{
	struct due d = {.kind = col_text(r, 0),
			.key = col_text(r, 1),
			.title = col_text(r, 2),
			.sequence = col_int(r, 4),
			.stamp = col_int(r, 5),
			.path = col_text(r, 6)};

	(void)date_parse_iso(col_text(r, 3), &d.day);
	return d;
}

static struct bind in_days(struct request *rq, int64_t days)
{
	return TEXT(date_iso(rq->arena, date_add_days(date_today(), days)));
}

static enum err add_meetings(struct calendar *c)
{
	static const char sql[] =
	    "SELECT uid, sequence, coalesce((SELECT max(moved_at) FROM meeting_date x"
	    "   WHERE x.meeting_id = m.id), invited_at), starts_at, slot, number, year, place, "
	    "link,"
	    "   state = 'cancelled' FROM meeting m"
	    " WHERE invited_at IS NOT NULL AND day >= $1 ORDER BY starts_at, id";
	struct arena *a = c->rq->arena;
	struct str base = c->rq->app->config.base_url;
	struct rows r = db_query(c->rq->db, sql, WITH(in_days(c->rq, -PAST_DAYS)));

	while (rows_next(&r)) {
		int64_t number = col_int(&r, 5), year = col_int(&r, 6), starts = col_int(&r, 3);
		struct str place = col_text(&r, 7), link = col_text(&r, 8);
		struct str url =
		    arena_fmt(a, "%.*s/sitzungen/%" PRId64 "-%" PRId64, ARG(base), year, number);
		add(c, &(struct ics_event){
			   .uid = ics_uid(a, col_text(&r, 0), base),
			   .sequence = col_int(&r, 1),
			   .stamp = col_int(&r, 2),
			   .starts_at = starts,
			   .ends_at = starts + col_int(&r, 4) * 60,
			   .summary =
			       arena_fmt(a, "Steuerungskreis %" PRId64 "/%" PRId64, number, year),
			   .location = place.n > 0 ? place : link,
			   .description =
			       arena_fmt(a, "Tagesordnung und Unterlagen: %.*s%s%.*s", ARG(url),
					 link.n > 0 ? "\nVideoraum: " : "", ARG(link)),
			   .url = url,
			   .cancelled = col_int(&r, 9) != 0});
	}
	return r.err;
}

/* What stands with its day in one row. */
static enum err add_dues(struct calendar *c)
{
	static const char sql[] =
	    "SELECT 'round', i.id || '', r.number || '', r.closes_on, r.row_version,"
	    "   r.created_at, '/feedback/runden/' || r.id"
	    "   FROM round_invitation i JOIN review_round r ON r.id = i.round_id"
	    "  WHERE r.closed_at IS NULL AND i.state = 'invited' AND (i.person_id = $1"
	    "    OR (i.person_id IS NULL AND i.municipality_id = $3))"
	    " UNION ALL "
	    "SELECT 'follow_up', d.id || '', " TITLE ", f.due_on, f.row_version, d.created_at,"
	    "   " DECISION_PATH " || '/umsetzung'"
	    "   FROM follow_up f JOIN decision d ON d.id = f.decision_id"
	    "   JOIN decision_version v ON " NEWEST
	    "  WHERE f.responsible_id = $1 AND f.done_at IS NULL AND f.superseded_by IS NULL"
	    "    AND f.due_on IS NOT NULL"
	    " UNION ALL "
	    "SELECT DISTINCT 'answer', m.id || '', m.number || '/' || m.year, m.answer_by,"
	    "   m.sequence, m.invited_at, '/sitzungen/' || m.year || '-' || m.number"
	    "   FROM role_held g JOIN meeting m ON m.state = 'invited' AND m.day >= $2"
	    "    AND g.since <= m.day AND (g.until IS NULL OR g.until >= m.day)"
	    "  WHERE g.person_id = $1 AND g.role IN ('committee', 'committee_deputy')"
	    "    AND m.answer_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM meeting_answer a"
	    "      WHERE a.meeting_id = m.id AND a.municipality_id = g.municipality_id"
	    "        AND a.at >= coalesce((SELECT max(moved_at) FROM meeting_date x"
	    "          WHERE x.meeting_id = m.id), 0))"
	    " UNION ALL "
	    "SELECT 'question', q.id || '', t.name, q.due_on, q.version, q.asked_at,"
	    "   '/task-forces/' || t.slug || '/fragen/' || q.id"
	    "   FROM task_force_member m JOIN open_question q ON q.task_force_id = m.task_force_id"
	    "   JOIN task_force t ON t.id = q.task_force_id"
	    "  WHERE m.person_id = $1 AND m.until IS NULL AND m.role IN ('lead', 'deputy')"
	    "    AND q.goes_to = 'task_force' AND q.state IN ('open', 'in_progress')"
	    "    AND q.due_on IS NOT NULL"
	    " UNION ALL "
	    "SELECT 'task_force', t.id || '', t.name, t.ends_on, t.version, t.updated_at,"
	    "   '/task-forces/' || t.slug"
	    "   FROM task_force_member m JOIN task_force t ON t.id = m.task_force_id"
	    "  WHERE m.person_id = $1 AND m.until IS NULL AND t.ends_on IS NOT NULL"
	    "    AND t.status IN ('planned', 'active', 'paused')"
	    " ORDER BY 4, 1, 2";
	struct request *rq = c->rq;
	bool speaks = (rq->viewer.roles & ROLE_MUNICIPALITY) != 0;
	struct rows r = db_query(rq->db, sql,
				 WITH(INT(rq->viewer.person_id), in_days(rq, 0),
				      INT_OR_NONE(speaks ? rq->viewer.municipality_id : 0)));

	while (rows_next(&r)) {
		struct due d = take(&r);
		add_due(c, &d);
	}
	return r.err;
}

/* Circular resolutions in which the person has a vote. */
static enum err add_circulars(struct calendar *c)
{
	static const char sql[] =
	    "SELECT DISTINCT p.id, " TITLE ", p.closes_at, p.opened_at, " DECISION_PATH
	    "  FROM poll p JOIN poll_voter w ON w.poll_id = p.id AND w.person_id = $1"
	    "  JOIN decision d ON d.id = p.decision_id"
	    "  JOIN decision_version v ON v.decision_id = d.id AND v.version = p.version"
	    " WHERE p.kind = 'circular' AND p.closed_at IS NULL AND p.aborted_at IS NULL"
	    "   AND p.closes_at >= $2 ORDER BY p.id";
	struct arena *a = c->rq->arena;
	struct rows r =
	    db_query(c->rq->db, sql, WITH(INT(c->rq->viewer.person_id), INT(clock_now())));

	while (rows_next(&r))
		add_due(c, &(struct due){
			       .kind = S("circular"),
			       .key = arena_fmt(a, "%" PRId64, col_int(&r, 0)),
			       .title = col_text(&r, 1),
			       .day = date_of(col_int(&r, 2)),
			       .stamp = col_int(&r, 3),
			       .path = arena_fmt(a, "%.*s/abstimmung", ARG(col_text(&r, 4)))});
	return r.err;
}

/* The day by which a template must lie before the committee of the meeting it is on, or of the
 * first that can still be met: for its author while it is a draft, for the office while it is to be
 * looked through.  The tasks of the start page count the same way. */
static enum err add_templates(struct calendar *c)
{
	static const char sql[] =
	    "SELECT d.state, d.id || '', " TITLE ", m.day, m.sequence, d.created_at, " DECISION_PATH
	    "  FROM decision d JOIN decision_version v ON " NEWEST
	    "  JOIN meeting m ON m.id = coalesce("
	    "    (SELECT e.meeting_id FROM agenda_entry e JOIN meeting n ON n.id = e.meeting_id"
	    "      WHERE e.decision_id = d.id AND e.outcome IS NULL"
	    "        AND n.state IN ('draft', 'invited')),"
	    "    (SELECT n.id FROM meeting n WHERE n.state IN ('draft', 'invited') AND n.day >= $3"
	    "      ORDER BY n.day, n.id LIMIT 1))"
	    " WHERE (d.state = 'draft' AND d.author_id = $1) OR (d.state = 'review' AND $2)"
	    " ORDER BY m.day, d.id";
	struct request *rq = c->rq;
	bool reviews = right_to_all(rq->viewer.roles, DECISION_REVIEW);
	struct deadline_rule rule;
	struct date today = date_today();

	TRY(committee_deadline(rq, &rule));
	int64_t ahead = date_days(today) - date_days(deadline_day(rule, today));
	struct rows r = db_query(
	    rq->db, sql, WITH(INT(rq->viewer.person_id), INT(reviews ? 1 : 0), in_days(rq, ahead)));
	while (rows_next(&r)) {
		struct due d = take(&r);
		d.day = deadline_day(rule, d.day);
		add_due(c, &d);
	}
	return r.err;
}

enum err calendar_load(struct request *rq, struct calendar *out)
{
	*out = (struct calendar){.rq = rq};
	if (!right_to_enter(rq->viewer.roles, PROJECT_SEE))
		return OK;
	TRY(add_meetings(out));
	TRY(add_dues(out));
	TRY(add_circulars(out));
	return add_templates(out);
}
