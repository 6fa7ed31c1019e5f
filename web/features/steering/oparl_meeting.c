/* oparl_meeting.c -- meetings that were invited to, with their agendas. */
#include "features/steering/agenda.h"
#include "features/steering/meeting.h"
#include "features/steering/oparl.h"

#include <inttypes.h>

static struct str id_name(struct arena *a, int64_t id)
{
	return arena_fmt(a, "%" PRId64, id);
}

/* The result of the last vote on the template at this point that was closed; a vote on urgency is
 * none on the template. */
static enum err show_result(struct oparl *o, struct buf *b, int64_t entry, struct str outcome)
{
	static const char sql[] =
	    "SELECT p.result, v.resolution FROM poll p JOIN decision_version v"
	    "  ON v.decision_id = p.decision_id AND v.version = p.version"
	    " WHERE p.agenda_entry_id = $1 AND p.kind = 'resolution' AND p.closed_at IS NOT NULL"
	    " AND NOT EXISTS (SELECT 1 FROM poll_void x WHERE x.poll_id = p.id"
	    "   AND x.confirmed_at IS NOT NULL)"
	    " ORDER BY p.id DESC LIMIT 1";
	static const struct str words[TALLY_RESULTS] = {[TALLY_ADOPTED] = S_INIT("beschlossen"),
							[TALLY_REJECTED] = S_INIT("abgelehnt"),
							[TALLY_NOT_QUORATE] =
							    S_INIT("nicht beschlussfähig")};
	struct rows r = db_query(o->rq->db, sql, WITH(INT(entry)));

	if (rows_next(&r)) {
		enum tally_result result = tally_result_named(col_text(&r, 0));
		if (result >= TALLY_RESULTS)
			return E_INTERNAL;
		json_text(b, "result", words[result]);
		if (result == TALLY_ADOPTED)
			json_text(b, "resolutionText", col_text(&r, 1));
		return OK;
	}
	for (int i = OUTCOME_NONE + 1; i < OUTCOME_COUNT; i++)
		if (str_eq(agenda_outcome_names[i], outcome))
			json_text(b, "result", agenda_outcome_label((enum agenda_outcome)i));
	return r.err;
}

static struct str kind_label(struct str name)
{
	for (int k = 0; k < AGENDA_KINDS; k++)
		if (str_eq(agenda_kind_names[k], name))
			return agenda_kind_label((enum agenda_kind)k);
	return S("");
}

static enum err show_words(struct oparl *o, struct buf *b, struct rows *r)
{
	int64_t id = col_int(r, 0), started = col_int(r, 3), ended = col_int(r, 4);

	json_text(b, "name", col_text(r, 2));
	if (started != 0)
		json_text(b, "start", oparl_time(o->rq->arena, started));
	if (ended != 0)
		json_text(b, "end", oparl_time(o->rq->arena, ended));
	if (col_int(r, 6) != 0)
		json_text(b, "consultation",
			  oparl_url(o, OPARL_CONSULTATION, id_name(o->rq->arena, id)));
	return show_result(o, b, id, col_text(r, 5));
}

/* A restricted point is there, with its number and kind: that it was dealt with is no secret. */
static enum err item(struct oparl *o, struct str meeting, int64_t order, struct rows *r,
		     struct buf *into)
{
	struct str file = id_name(o->rq->arena, col_int(r, 0));
	struct buf b = oparl_begin(o, OPARL_AGENDA_ITEM, file);
	bool restricted = col_int(r, 7) != 0;

	json_text(&b, "meeting", meeting);
	json_text(&b, "number", id_name(o->rq->arena, order));
	json_int(&b, "order", order);
	json_bool(&b, "public", !restricted);
	if (restricted)
		json_text(&b, "name",
			  arena_fmt(o->rq->arena, "%.*s, nicht öffentlich",
				    ARG(kind_label(col_text(r, 1)))));
	else
		TRY(show_words(o, &b, r));
	json_value(into, NULL, oparl_done(o, OPARL_AGENDA_ITEM, file, &b, col_int(r, 8)));
	return OK;
}

static enum err items(struct oparl *o, int64_t meeting_id, struct str meeting, struct buf *into)
{
	static const char sql[] =
	    "SELECT e.id, e.kind, e.title, coalesce(e.started_at, 0), coalesce(e.ended_at, 0),"
	    " coalesce(e.outcome, ''), EXISTS (SELECT 1 FROM decision_version v"
	    "   WHERE v.decision_id = e.decision_id AND v.published_at IS NOT NULL),"
	    " e.restricted <> ''"
	    "  OR coalesce(e.decision_id IN " OPARL_RESTRICTED ", 0)"
	    "  OR coalesce(e.follows_id IN " OPARL_RESTRICTED ", 0), m.invited_at"
	    "  FROM agenda_entry e JOIN meeting m ON m.id = e.meeting_id"
	    " WHERE e.meeting_id = $1 AND e.kind <> 'break' ORDER BY e.pos";
	struct rows r = db_query(o->rq->db, sql, WITH(INT(meeting_id)));

	json_open(into, "agendaItem", '[');
	for (int64_t order = 1; rows_next(&r); order++)
		TRY(item(o, meeting, order, &r, into));
	json_close(into, ']');
	return r.err;
}

static void location(struct oparl *o, const struct meeting *m, struct buf *into)
{
	struct buf b = oparl_begin(o, OPARL_LOCATION, m->slug);

	if (m->place.n == 0)
		return;
	json_text(&b, "description", m->place);
	json_value(into, "location", oparl_done(o, OPARL_LOCATION, m->slug, &b, m->invited_at));
}

static enum err meeting(struct oparl *o, struct str slug)
{
	struct buf b = oparl_begin(o, OPARL_MEETING, slug);
	struct arena *a = o->rq->arena;
	struct meeting m;

	TRY(meeting_load(o->rq, slug, &m));
	json_text(&b, "name", meeting_title(a, &m));
	json_text(&b, "meetingState",
		  m.state == MEETING_MINUTES_APPROVED ? S("durchgeführt") : S("eingeladen"));
	json_bool(&b, "cancelled", m.state == MEETING_CANCELLED);
	json_text(&b, "start", oparl_time(a, m.opened_at != 0 ? m.opened_at : m.starts_at));
	json_text(&b, "end",
		  oparl_time(a, m.closed_at != 0 ? m.closed_at : m.starts_at + m.slot * 60));
	location(o, &m, &b);
	oparl_link_list(&b, "organization", oparl_url(o, OPARL_ORGANIZATION, OPARL_COMMITTEE));
	TRY(items(o, m.id, oparl_url(o, OPARL_MEETING, slug), &b));
	(void)oparl_done(o, OPARL_MEETING, slug, &b, m.invited_at);
	return OK;
}

enum err oparl_meetings(struct oparl *o)
{
	static const char sql[] = "SELECT year || '-' || number FROM meeting"
				  " WHERE invited_at IS NOT NULL ORDER BY year, number";
	struct rows r = db_query(o->rq->db, sql, WITH_NOTHING);

	while (rows_next(&r))
		TRY(meeting(o, col_text(&r, 0)));
	return r.err;
}
