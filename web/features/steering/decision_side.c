/* decision_side.c -- beside a template: its deadline, its facts, what happened to it. */
#include "features/steering/decision_handlers.h"

#include "app/decision_visible.h"
#include <inttypes.h>

/* ---- Meeting and deadline ---- */

/* Computed at each reading: a meeting may move, and a rule change. */
static void show_deadline(struct request *rq, const struct decision *d, struct deadline_rule rule,
			  struct date meeting, bool waived)
{
	struct date last = deadline_day(rule, meeting);
	bool timely = d->counts_from != 0 && deadline_timely(rule, meeting, d->counts_from);
	const char *line = d->counts_from == 0 ? S_DUE
			   : timely            ? S_TIMELY
			   : waived            ? S_ADMITTED
					       : S_LATE;

	view_text(view_row(rq->view, line), V_DATE, date_long(rq->arena, last));
}

enum err decision_show_meeting(struct request *rq, const struct decision *d)
{
	/* The agenda it is on, or the last one it was on. */
	static const char sql[] =
	    "SELECT m.year, m.number, m.day, e.outcome = 'deferred',"
	    " (SELECT count(*) FROM agenda_entry f WHERE f.meeting_id = m.id AND f.pos <= e.pos"
	    "   AND f.kind <> 'break')," WAIVED
	    "  FROM agenda_entry e JOIN meeting m ON m.id = e.meeting_id"
	    " WHERE e.decision_id = $1 AND m.state <> 'cancelled'"
	    " ORDER BY e.outcome IS NULL DESC, e.id DESC LIMIT 1";
	struct committee_rules rules;
	struct date day;

	TRY(committee_rules_load(rq, &rules));
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id)));
	if (!rows_next(&r)) {
		view_int(view_row(rq->view, S_NO_MEETING), V_DAYS, rules.deadline.days);
		view_show(rq->view, S_MEETING_OPEN);
		return r.err;
	}
	if (!date_parse_iso(col_text(&r, 2), &day))
		return E_INTERNAL;
	struct view *v = view_row(rq->view, S_MEETING);
	view_text(v, V_MEETING_SLUG, number_slug(rq->arena, col_int(&r, 0), col_int(&r, 1)));
	view_text(v, V_DATE, date_long(rq->arena, day));
	view_int(v, V_POINT, col_int(&r, 4));
	view_show_if(v, S_DEFERRED, col_int(&r, 3) != 0);
	show_deadline(rq, d, rules.deadline, day, col_int(&r, 5) != 0);
	return OK;
}

/* ---- Facts ---- */

static enum err show_names(struct request *rq, const struct decision *d)
{
	static const char sql[] =
	    "SELECT coalesce(l.short, ''), coalesce(p.name, ''), coalesce(m.short, ''),"
	    " coalesce((SELECT group_concat(short, ', ') FROM (SELECT a.short FROM"
	    "   decision_municipality x JOIN municipality a ON a.id = x.municipality_id"
	    "   WHERE x.decision_id = $1 AND x.version = $2 ORDER BY a.sort_key)), ''),"
	    " coalesce(v.sha256, '')"
	    "  FROM decision_version v LEFT JOIN municipality l ON l.id = v.lead_id"
	    "  LEFT JOIN person p ON p.id = v.presenter_id"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE v.decision_id = $1 AND v.version = $2";
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id), INT(d->version)));
	struct view *v = rq->view;

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	struct str lead = col_text(&r, 0), person = col_text(&r, 1), city = col_text(&r, 2),
		   places = col_text(&r, 3), sha256 = col_text(&r, 4);
	if (lead.n > 0)
		view_text(view_row(v, S_LEAD), V_MUNICIPALITY, lead);
	if (places.n > 0)
		view_text(view_row(v, S_AFFECTED), V_PLACES, places);
	if (person.n > 0) {
		struct str from = city.n > 0 ? arena_fmt(rq->arena, ", %.*s", ARG(city)) : S("");
		view_text(view_row(v, S_PRESENTER), V_PERSON, person);
		struct view *fact = view_row(v, S_PRESENTER_FACT);
		view_text(fact, V_PERSON, arena_fmt(rq->arena, "%.*s%.*s", ARG(person), ARG(from)));
	} else {
		view_show(v, S_NO_PRESENTER);
	}
	if (sha256.n > 0) {
		struct view *frozen = view_row(v, S_FROZEN);
		view_text(frozen, V_SHA256, sha256);
		view_int(frozen, V_VERSION, d->version);
		view_text(frozen, V_WHEN, date_time_long(rq->arena, d->published_at));
	}
	return OK;
}

static void show_majority(struct request *rq, const struct decision_text *t)
{
	struct tally_rule rule = decision_text_rule(t);

	view_text(rq->view, V_MAJORITY, tally_rule_words(rq->arena, &rule));
	if (rule.min_yes > 0)
		view_int(view_row(rq->view, S_MIN_YES), V_COUNT, rule.min_yes);
}

/* What it revokes, and what revokes it, once that is more than a draft. */
static enum err show_revoked(struct request *rq, const struct decision *d)
{
	static const char sql[] = "SELECT d.year, d.number, CASE WHEN " DECISION_VISIBLE(
	    "$3",
	    "$4") " THEN t.title ELSE '" DECISION_HIDDEN_TITLE
		  "' END, d.id = v.revokes_id FROM decision_version v"
		  "  JOIN decision d ON d.id = CASE v.decision_id WHEN $1 THEN v.revokes_id"
		  "   ELSE v.decision_id END"
		  "  JOIN decision_version t ON t.decision_id = d.id AND t.version ="
		  "   (SELECT max(version) FROM decision_version n WHERE n.decision_id = d.id)"
		  " WHERE (v.decision_id = $1 AND v.version = $2 AND v.revokes_id IS NOT NULL)"
		  "    OR (v.revokes_id = $1 AND v.version = t.version AND v.published_at IS NOT "
		  "NULL"
		  "     AND d.state NOT IN ('withdrawn', 'rejected')) ORDER BY d.id";
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(INT(d->id), INT(d->version), INT(decision_reads(rq->viewer.roles)),
			  INT(rq->viewer.person_id)));

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, col_int(&r, 3) != 0 ? S_REVOKES : S_REVOKED_BY);
		view_text(v, V_OTHER_SLUG, number_slug(rq->arena, col_int(&r, 0), col_int(&r, 1)));
		view_text(v, V_TITLE, col_text(&r, 2));
	}
	return r.err;
}

/* The way to what becomes of a resolution. */
static enum err show_follow_up(struct request *rq, const struct decision *d)
{
	static const char sql[] = "SELECT year, number FROM follow_up WHERE decision_id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id)));

	if (!rows_next(&r))
		return r.err;
	struct view *v = view_row(rq->view, S_FOLLOWED);
	view_text(v, V_LABEL, number_slug(rq->arena, col_int(&r, 0), col_int(&r, 1)));
	view_text(v, V_SLUG, d->slug);
	return OK;
}

/* Where it came from, if from the handbook. */
static enum err show_origin(struct request *rq, const struct decision *d)
{
	static const char sql[] = "SELECT coalesce(feedback_id, 0), title FROM decision_request"
				  " WHERE decision_id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id)));

	if (!rows_next(&r))
		return r.err;
	struct view *v = view_row(rq->view, S_ORIGIN);
	int64_t feedback = col_int(&r, 0);
	view_text(v, V_TITLE, col_text(&r, 1));
	if (feedback != 0)
		view_int(view_row(v, S_FROM_FEEDBACK), V_ID, feedback);
	view_show_if(v, S_FROM_VERSION, feedback == 0);
	return OK;
}

enum err decision_show_facts(struct request *rq, const struct decision *d,
			     const struct decision_text *t)
{
	if (d->task_force_id != 0) {
		struct view *v = view_row(rq->view, S_BY_TASK_FORCE);
		view_text(v, V_TF_SLUG, d->task_force_slug);
		view_text(v, V_TF_NAME, d->task_force);
	} else {
		view_show(rq->view, S_BY_OFFICE);
	}
	view_text(rq->view, V_AUTHOR, d->author);
	TRY(show_names(rq, d));
	show_majority(rq, t);
	TRY(show_revoked(rq, d));
	TRY(show_follow_up(rq, d));
	return show_origin(rq, d);
}

/* ---- History ---- */

static const struct {
	struct str action, label;
} happenings[] = {
    {S_INIT("create"), S_INIT("Entwurf angelegt")},
    {S_INIT("edit"), S_INIT("Bearbeitet")},
    {S_INIT("submit"), S_INIT("Eingereicht")},
    {S_INIT("return"), S_INIT("Zurückgegeben")},
    {S_INIT("publish"), S_INIT("Veröffentlicht")},
    {S_INIT("revise"), S_INIT("Zur Überarbeitung geöffnet")},
    {S_INIT("schedule"), S_INIT("Auf die Tagesordnung gesetzt")},
    {S_INIT("unschedule"), S_INIT("Von der Tagesordnung genommen")},
    {S_INIT("withdraw"), S_INIT("Zurückgezogen")},
    {S_INIT("call"), S_INIT("Aufgerufen")},
    {S_INIT("amend"), S_INIT("Wortlaut in der Sitzung geändert")},
    {S_INIT("defer"), S_INIT("Vertagt")},
    {S_INIT("open"), S_INIT("Abstimmung eröffnet")},
    {S_INIT("abort"), S_INIT("Abstimmung abgebrochen")},
    {S_INIT("circulate"), S_INIT("Umlauf eröffnet")},
    {S_INIT("stop"), S_INIT("Umlauf gestoppt")},
    {S_INIT("adopt"), S_INIT("Angenommen")},
    {S_INIT("reject"), S_INIT("Abgelehnt")},
    {S_INIT("fail"), S_INIT("Nicht beschlussfähig")},
    {S_INIT("follow"), S_INIT("Umsetzung begonnen")},
    {S_INIT("finish"), S_INIT("Umgesetzt")},
    {S_INIT("supersede"), S_INIT("Aufgehoben")},
    {S_INIT("correction_propose"), S_INIT("Berichtigung vorgeschlagen")},
    {S_INIT("correction_confirm"), S_INIT("Umlaufbeschluss berichtigt")},
    {S_INIT("correction_withdraw"), S_INIT("Vorschlag zur Berichtigung zurückgezogen")},
    {S_INIT("void_propose"), S_INIT("Abstimmung soll ungültig sein (vorgeschlagen)")},
    {S_INIT("void_withdraw"), S_INIT("Vorschlag zurückgezogen: Abstimmung bleibt gültig")},
    {S_INIT("void"), S_INIT("Abstimmung für ungültig erklärt")},
    {S_INIT("restore"), S_INIT("Gilt wieder: Der aufhebende Beschluss ist ungültig")},
    {S_INIT("plan"), S_INIT("Umsetzung geplant")},
    {S_INIT("report"), S_INIT("Stand der Umsetzung gemeldet")},
    {S_INIT("recuse"), S_INIT("Befangenheit vermerkt")},
    {S_INIT("unrecuse"), S_INIT("Befangenheit aufgehoben")},
    {S_INIT("recusal_dispute"), S_INIT("Befangenheit bestritten")},
    {S_INIT("recusal_stands"), S_INIT("Befangenheit vom Kreis bestätigt")},
    {S_INIT("recusal_ends"), S_INIT("Befangenheit vom Kreis verneint")},
};

static struct str label_of(struct str action)
{
	for (size_t i = 0; i < sizeof happenings / sizeof happenings[0]; i++)
		if (str_eq(happenings[i].action, action))
			return happenings[i].label;
	return action;
}

enum err decision_show_history(struct request *rq, const struct decision *d)
{
	/* Saving five times in a row is one thing that happened. */
	static const char sql[] =
	    "SELECT e.at, coalesce(p.name, 'Handschlag'), e.action, e.reason,"
	    " lead(e.id) OVER (ORDER BY e.id) IS NULL"
	    "  FROM steering_event e LEFT JOIN person p ON p.id = e.actor_id"
	    " WHERE e.object = 'decision' AND e.object_id = $1 AND NOT (e.action = 'edit' AND"
	    "  coalesce((SELECT n.action = 'edit' AND n.actor_id = e.actor_id FROM steering_event n"
	    "   WHERE n.object = 'decision' AND n.object_id = $1 AND n.id > e.id"
	    "   ORDER BY n.id LIMIT 1), 0)) ORDER BY e.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id)));

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_EVENT);
		struct str reason = col_text(&r, 3);
		view_text(v, V_ACTION, label_of(col_text(&r, 2)));
		view_text(v, V_WHEN, date_short(rq->arena, date_of(col_int(&r, 0))));
		view_text(v, V_PERSON, col_text(&r, 1));
		view_show_if(v, S_LAST, col_int(&r, 4) != 0);
		if (reason.n > 0)
			view_text(view_row(v, S_REASON), V_REASON_TEXT, reason);
	}
	return r.err;
}
