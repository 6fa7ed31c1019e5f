/* agenda.c -- loads the agenda of a meeting. */
#include "features/steering/agenda.h"

#include "base/clock.h"

const struct str agenda_kind_names[AGENDA_KINDS] = {
    S_INIT("decision"), S_INIT("information"), S_INIT("discussion"),
    S_INIT("formal"),   S_INIT("break"),
};
const struct str agenda_outcome_names[OUTCOME_COUNT] = {
    S_INIT(""),         S_INIT("decided"),   S_INIT("heard"),
    S_INIT("deferred"), S_INIT("withdrawn"), S_INIT("skipped"),
};

struct str agenda_kind_label(enum agenda_kind k)
{
	static const struct str labels[AGENDA_KINDS] = {
	    S_INIT("Entscheidung"), S_INIT("Information"), S_INIT("Beratung"),
	    S_INIT("Formalie"),     S_INIT("Pause"),
	};

	return labels[k];
}

struct str agenda_outcome_label(enum agenda_outcome o)
{
	static const struct str labels[OUTCOME_COUNT] = {
	    S_INIT(""),        S_INIT("entschieden"),   S_INIT("behandelt"),
	    S_INIT("vertagt"), S_INIT("zurückgezogen"), S_INIT("entfallen"),
	};

	return labels[o];
}

static int named(const struct str *names, int count, struct str s)
{
	int i = 0;

	while (i < count - 1 && !str_eq(names[i], s))
		i++;
	return i;
}

static void take_decision(struct rows *r, struct agenda_entry *e)
{
	e->decision_id = col_int(r, 13);
	e->decision_slug = col_text(r, 14);
	e->decision_state =
	    (enum decision_state)named(decision_state_names, DECISION_STATES, col_text(r, 15));
	e->counts_from = col_int(r, 16);
	e->version = col_int(r, 17);
	e->admitted = col_int(r, 18) != 0;
	e->second_time = col_int(r, 21) != 0;
	/* It left the agenda by its author's hand. */
	if (e->outcome == OUTCOME_NONE && e->decision_state == DECISION_WITHDRAWN)
		e->outcome = OUTCOME_WITHDRAWN;
}

static void take(struct rows *r, const struct meeting *m, struct agenda_entry *e)
{
	*e = (struct agenda_entry){
	    .id = col_int(r, 1),
	    .pos = col_int(r, 2),
	    .kind = (enum agenda_kind)named(agenda_kind_names, AGENDA_KINDS, col_text(r, 3)),
	    .restricted = col_text(r, 7),
	    .minutes = col_int(r, 8),
	    .started_at = col_int(r, 9),
	    .ended_at = col_int(r, 10),
	    .outcome =
		(enum agenda_outcome)named(agenda_outcome_names, OUTCOME_COUNT, col_text(r, 11)),
	    .row_version = col_int(r, 12)};
	if (!col_null(r, 13))
		take_decision(r, e);
	e->by_itself = col_int(r, 22) != 0;
	e->hidden = e->restricted.n > 0 && !m->sees_restricted;
	if (e->hidden) {
		e->decision_slug = S("");
		return;
	}
	e->restricted_here = col_text(r, 23);
	e->title = col_text(r, 4);
	e->presenter_id = col_int(r, 5);
	e->presenter = col_text(r, 6);
	e->outcome_reason = col_text(r, 19);
	e->waiver = col_text(r, 20);
}

static enum err entries_load(struct request *rq, const struct meeting *m, struct agenda *out)
{
	static const char sql[] =
	    "SELECT count(*) OVER (), e.id, e.pos, e.kind, e.title, coalesce(e.presenter_id, 0),"
	    "       coalesce(p.name, ''),"
	    "       " ENTRY_RESTRICTED
	    ", e.minutes, coalesce(e.started_at, 0), coalesce(e.ended_at, 0),"
	    "       coalesce(e.outcome, ''), e.row_version, e.decision_id,"
	    "       coalesce(d.year || '-' || d.number, ''), coalesce(d.state, ''),"
	    "       coalesce(v.counts_from, 0), coalesce(v.version, 0)," WAIVED
	    ", e.outcome_reason, e.presenter_waiver, e.second_told_at IS NOT NULL,"
	    "       e.follows_id IS NOT NULL, e.restricted"
	    "  FROM agenda_entry e LEFT JOIN person p ON p.id = e.presenter_id"
	    "  LEFT JOIN decision d ON d.id = e.decision_id"
	    "  LEFT JOIN decision_version v ON v.decision_id = d.id AND v.version ="
	    "   (SELECT max(n.version) FROM decision_version n WHERE n.decision_id = d.id)"
	    " WHERE e.meeting_id = $1 ORDER BY e.pos";
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id)));

	while (rows_next(&r)) {
		if (out->n == 0)
			out->entries =
			    ARENA_ARRAY(rq->arena, struct agenda_entry, (size_t)col_int(&r, 0));
		take(&r, m, &out->entries[out->n++]);
	}
	return r.err;
}

/* The day before the last move; no date when it was never moved. */
static enum err old_day_load(struct request *rq, const struct meeting *m, struct date *out)
{
	static const char sql[] = "SELECT coalesce((SELECT day FROM meeting_date"
				  " WHERE meeting_id = $1 ORDER BY sequence DESC LIMIT 1), '')";
	struct str iso;

	*out = (struct date){0, 0, 0};
	TRY(db_text(rq->db, sql, WITH(INT(m->id)), &iso));
	return iso.n == 0 || date_parse_iso(iso, out) ? OK : E_INTERNAL;
}

static void judge(const struct meeting *m, struct deadline_rule rule, struct date old_day,
		  struct agenda_entry *e)
{
	e->timely = e->counts_from != 0 && deadline_timely(rule, m->day, e->counts_from);
	e->was_timely = date_is_none(old_day)
			    ? e->timely
			    : e->counts_from != 0 && deadline_timely(rule, old_day, e->counts_from);
}

static void add_times(struct request *rq, const struct meeting *m, struct agenda *out)
{
	struct plan p = {.starts_at = m->starts_at,
			 .slot = m->slot,
			 .opened_at = m->opened_at,
			 .now = m->closed_at != 0 ? m->closed_at : clock_now(),
			 .n = out->n};

	p.entries = ARENA_ARRAY(rq->arena, struct plan_entry, out->n + 1);
	for (size_t i = 0; i < out->n; i++) {
		const struct agenda_entry *e = &out->entries[i];
		p.entries[i] = (struct plan_entry){.is_break = e->kind == AGENDA_BREAK,
						   .done = e->outcome != OUTCOME_NONE,
						   .minutes = e->minutes,
						   .started_at = e->started_at,
						   .ended_at = e->ended_at};
	}
	agenda_plan(&p);
	for (size_t i = 0; i < out->n; i++)
		out->entries[i].plan = p.entries[i];
	out->minutes = p.minutes;
	out->ends_at = p.ends_at;
	out->over = p.over;
}

enum err agenda_load(struct request *rq, const struct meeting *m, struct agenda *out)
{
	struct committee_rules rules;
	struct date old_day;

	*out = (struct agenda){.n = 0};
	TRY(committee_rules_load(rq, &rules));
	TRY(old_day_load(rq, m, &old_day));
	TRY(entries_load(rq, m, out));
	for (size_t i = 0; i < out->n; i++) {
		struct agenda_entry *e = &out->entries[i];
		if (e->kind != AGENDA_BREAK)
			e->number = ++out->points;
		out->decisions += e->kind == AGENDA_DECISION;
		judge(m, rules.deadline, old_day, e);
		if (e->started_at != 0 && e->ended_at == 0)
			out->current = e;
	}
	add_times(rq, m, out);
	return OK;
}

enum err agenda_find(const struct agenda *a, int64_t id, struct agenda_entry **out)
{
	for (size_t i = 0; i < a->n; i++) {
		*out = &a->entries[i];
		if ((*out)->id == id)
			return OK;
	}
	return E_NOT_FOUND;
}

enum err agenda_entry_load(struct request *rq, enum action action, struct meeting *m,
			   struct agenda *a, struct agenda_entry **out)
{
	if (action == PROJECT_SEE)
		TRY(meeting_load(rq, rq->slug, m));
	else
		TRY(meeting_load_for(rq, rq->slug, action, m));
	TRY(agenda_load(rq, m, a));
	return agenda_find(a, rq->id, out);
}

bool agenda_may_decide(const struct agenda_entry *e)
{
	return e->decision_id != 0 && e->decision_state == DECISION_SCHEDULED &&
	       (e->timely || e->admitted);
}

bool agenda_open(const struct agenda_entry *e)
{
	return e->started_at == 0 && e->outcome == OUTCOME_NONE;
}
