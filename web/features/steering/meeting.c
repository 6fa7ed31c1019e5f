/* meeting.c -- loads meetings and changes their state. */
#include "features/steering/meeting.h"

#include "base/clock.h"
#include "base/daytime.h"

#include <inttypes.h>

const struct str meeting_state_names[MEETING_STATES] = {
    [MEETING_DRAFT] = S_INIT("draft"),
    [MEETING_INVITED] = S_INIT("invited"),
    [MEETING_RUNNING] = S_INIT("running"),
    [MEETING_PAUSED] = S_INIT("paused"),
    [MEETING_CLOSED] = S_INIT("closed"),
    [MEETING_MINUTES_DRAFT] = S_INIT("minutes_draft"),
    [MEETING_MINUTES_APPROVED] = S_INIT("minutes_approved"),
    [MEETING_CANCELLED] = S_INIT("cancelled"),
};

struct str meeting_state_label(enum meeting_state s)
{
	static const struct str labels[MEETING_STATES] = {
	    [MEETING_DRAFT] = S_INIT("geplant"),
	    [MEETING_INVITED] = S_INIT("eingeladen"),
	    [MEETING_RUNNING] = S_INIT("läuft"),
	    [MEETING_PAUSED] = S_INIT("unterbrochen"),
	    [MEETING_CLOSED] = S_INIT("beendet"),
	    [MEETING_MINUTES_DRAFT] = S_INIT("unterschrieben"),
	    [MEETING_MINUTES_APPROVED] = S_INIT("Niederschrift genehmigt"),
	    [MEETING_CANCELLED] = S_INIT("abgesagt"),
	};

	return labels[s];
}

static enum meeting_state state_named(struct str name)
{
	int s = 0;

	while (s < MEETING_STATES - 1 && !str_eq(meeting_state_names[s], name))
		s++;
	return (enum meeting_state)s;
}

bool meeting_is_over(const struct meeting *m)
{
	return m->state >= MEETING_CLOSED;
}

bool meeting_has_begun(const struct meeting *m)
{
	return m->state >= MEETING_RUNNING && m->state != MEETING_CANCELLED;
}

bool meeting_runs(const struct meeting *m)
{
	return m->state == MEETING_RUNNING || m->state == MEETING_PAUSED;
}

/* The objects that are somebody's own: the meeting one leads or takes the minutes of. */
static void take_rights(const struct request *rq, struct meeting *m)
{
	unsigned roles = rq->viewer.roles;
	int64_t me = rq->viewer.person_id;
	bool chairs = me != 0 && (me == m->chair_id || me == m->deputy_id);
	bool writes = me != 0 && me == m->minute_taker_id;

	m->may_prepare = right_to_all(roles, MEETING_PREPARE);
	m->may_lead =
	    right_to_all(roles, MEETING_CHAIR) || (chairs && right_to_enter(roles, MEETING_CHAIR));
	m->may_note = m->may_lead || (writes && right_to_enter(roles, MINUTES_WRITE));
	m->sees_restricted = m->may_prepare || m->may_note || right_to_enter(roles, SEAT_ACT);
}

static enum err take(struct request *rq, struct rows *r, struct meeting *m)
{
	struct date none = {0, 0, 0};

	*m = (struct meeting){.id = col_int(r, 0),
			      .year = col_int(r, 1),
			      .number = col_int(r, 2),
			      .state = state_named(col_text(r, 3)),
			      .start_minute = (int)col_int(r, 5),
			      .starts_at = col_int(r, 6),
			      .slot = col_int(r, 7),
			      .place = col_text(r, 8),
			      .link = col_text(r, 9),
			      .access = col_text(r, 10),
			      .chair_id = col_int(r, 11),
			      .chair = col_text(r, 12),
			      .deputy_id = col_int(r, 13),
			      .deputy = col_text(r, 14),
			      .minute_taker_id = col_int(r, 15),
			      .minute_taker = col_text(r, 16),
			      .answer_by = none,
			      .uid = col_text(r, 18),
			      .sequence = col_int(r, 19),
			      .invited_at = col_int(r, 20),
			      .opened_at = col_int(r, 21),
			      .closed_at = col_int(r, 22),
			      .row_version = col_int(r, 23)};
	if (!date_parse_iso(col_text(r, 4), &m->day))
		return E_INTERNAL;
	if (!col_null(r, 17) && !date_parse_iso(col_text(r, 17), &m->answer_by))
		return E_INTERNAL;
	m->slug = number_slug(rq->arena, m->year, m->number);
	take_rights(rq, m);
	return OK;
}

enum err meeting_load(struct request *rq, struct str slug, struct meeting *out)
{
	static const char sql[] =
	    "SELECT m.id, m.year, m.number, m.state, m.day, m.start_minute, m.starts_at, m.slot,"
	    "       m.place, m.link, m.access, coalesce(m.chair_id, 0), coalesce(c.name, ''),"
	    "       coalesce(m.deputy_id, 0), coalesce(d.name, ''),"
	    "       coalesce(m.minute_taker_id, 0), coalesce(t.name, ''),"
	    "       m.answer_by, m.uid, m.sequence, m.invited_at, "
	    "m.opened_at, m.closed_at,"
	    "       m.row_version"
	    "  FROM meeting m LEFT JOIN person c ON c.id = m.chair_id"
	    "  LEFT JOIN person d ON d.id = m.deputy_id"
	    "  LEFT JOIN person t ON t.id = m.minute_taker_id"
	    " WHERE m.year = $1 AND m.number = $2";
	int64_t year = 0, number = 0;

	if (!number_parse(slug, &year, &number))
		return E_NOT_FOUND;
	struct rows r = db_query(rq->db, sql, WITH(INT(year), INT(number)));
	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	return take(rq, &r, out);
}

enum err meeting_load_for(struct request *rq, struct str slug, enum action action,
			  struct meeting *out)
{
	TRY(meeting_load(rq, slug, out));
	bool may = action == MEETING_CHAIR   ? out->may_lead
		   : action == MINUTES_WRITE ? out->may_note
					     : action == MEETING_PREPARE && out->may_prepare;
	return may ? OK : E_FORBIDDEN;
}

struct str meeting_title(struct arena *a, const struct meeting *m)
{
	return arena_fmt(a, "Steuerungskreis %" PRId64 "/%" PRId64, m->number, m->year);
}

struct str meeting_hours(struct arena *a, const struct meeting *m)
{
	struct str from = daytime_short_of(a, m->starts_at),
		   to = daytime_short_of(a, m->starts_at + m->slot * 60);

	return arena_fmt(a, "%.*s–%.*s\u00a0Uhr", ARG(from), ARG(to));
}

struct str meeting_where(struct arena *a, const struct meeting *m)
{
	if (m->place.n == 0)
		return m->link.n > 0 ? S("per Video") : S("Ort noch offen");
	return arena_fmt(a, "%.*s%s", ARG(m->place), m->link.n > 0 ? " und per Video" : "");
}

/* ---- Changes ---- */

enum err meeting_touch(struct request *rq, struct meeting *m)
{
	static const char sql[] = "UPDATE meeting SET row_version = row_version + 1"
				  " WHERE id = $1 AND row_version = $2";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(m->id), INT(m->row_version)), &changed));
	m->row_version++;
	return changed == 1 ? OK : E_CONFLICT;
}

enum err meeting_set_state(struct request *rq, struct meeting *m, enum meeting_state to,
			   const char *action, struct str reason)
{
	static const char sql[] =
	    "UPDATE meeting SET state = $3, row_version = row_version + 1,"
	    "  invited_at = CASE WHEN $3 = 'invited' THEN coalesce(invited_at, $5)"
	    "   ELSE invited_at END,"
	    "  opened_at = CASE WHEN $3 = 'running' THEN coalesce(opened_at, $5)"
	    "   ELSE opened_at END,"
	    "  closed_at = CASE WHEN $3 = 'closed' THEN $5 ELSE closed_at END"
	    " WHERE id = $1 AND state = $2 AND row_version = $4";
	int64_t changed = 0;
	struct str before = meeting_state_names[m->state], after = meeting_state_names[to];

	TRY(db_run(
	    rq->db, sql,
	    WITH(INT(m->id), TEXT(before), TEXT(after), INT(m->row_version), INT(clock_now())),
	    &changed));
	if (changed != 1)
		return E_CONFLICT;
	m->state = to;
	m->row_version++;
	return steering_event(rq, &(struct steering_event){.object = "meeting",
							   .id = m->id,
							   .action = action,
							   .before = before,
							   .after = after,
							   .reason = reason});
}

enum err meeting_version_asked(struct request *rq, const struct meeting *m)
{
	int64_t version = 0;

	if (!str_to_int(field_text(&rq->http.form, S("version")), &version))
		return E_BAD_REQUEST;
	return version == m->row_version ? OK : E_CONFLICT;
}

/* ---- On a page ---- */

void meeting_show_state(struct view *v, const struct meeting *m)
{
	static const char *const sections[MEETING_STATES] = {
	    [MEETING_DRAFT] = S_MEETING_PLANNED,
	    [MEETING_INVITED] = S_MEETING_CALLED,
	    [MEETING_RUNNING] = S_MEETING_RUNS,
	    [MEETING_PAUSED] = S_MEETING_RUNS,
	    [MEETING_CLOSED] = S_MEETING_OVER,
	    [MEETING_MINUTES_DRAFT] = S_MEETING_OVER,
	    [MEETING_MINUTES_APPROVED] = S_MEETING_APPROVED,
	    [MEETING_CANCELLED] = S_MEETING_OFF,
	};

	view_text(view_row(v, sections[m->state]), V_STATE, meeting_state_label(m->state));
}

void meeting_head(struct request *rq, struct view *v, const struct meeting *m)
{
	view_text(v, V_MEETING, meeting_title(rq->arena, m));
	view_text(v, V_MEETING_SLUG, m->slug);
	view_text(v, V_MEETING_DAY,
		  arena_fmt(rq->arena, "%.*s, %.*s", ARG(date_weekday_name(m->day)),
			    ARG(date_long(rq->arena, m->day))));
	view_text(v, V_MEETING_HOURS, meeting_hours(rq->arena, m));
	view_text(v, V_MEETING_WHERE, meeting_where(rq->arena, m));
	meeting_show_state(v, m);
}
