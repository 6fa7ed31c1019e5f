/* poll_open.c -- opens a vote: where it stands, what stands against it, what is frozen. */
#include "features/steering/poll.h"

#include "base/clock.h"
#include "features/steering/poll_presence.h"
#include "features/steering/presence.h"
#include "features/steering/recusal.h"
#include "features/steering/register_records.h"

enum err poll_stage_load(struct request *rq, const struct decision *d, struct poll_stage *out)
{
	static const char sql[] =
	    "SELECT m.id, e.id, m.year, m.number, m.state, m.day,"
	    "       (SELECT count(*) FROM agenda_entry o WHERE o.meeting_id = m.id"
	    "         AND o.kind <> 'break' AND o.pos <= e.pos),"
	    "       e.started_at IS NOT NULL AND e.ended_at IS NULL,"
	    "       $2 IN (coalesce(m.chair_id, 0), coalesce(m.deputy_id, 0))," WAIVED ","
	    "       EXISTS (SELECT 1 FROM poll p WHERE p.meeting_id = m.id"
	    "         AND p.closed_at IS NULL AND p.aborted_at IS NULL),"
	    "       e.second_told_at IS NOT NULL"
	    "  FROM agenda_entry e JOIN meeting m ON m.id = e.meeting_id"
	    "  LEFT JOIN poll r ON r.agenda_entry_id = e.id AND r.closed_at IS NULL"
	    "   AND r.aborted_at IS NULL"
	    " WHERE e.decision_id = $1 AND (e.outcome IS NULL OR r.id IS NOT NULL)"
	    " ORDER BY r.id IS NULL LIMIT 1";
	struct committee_rules rules;
	struct date day;

	TRY(committee_rules_load(rq, &rules));
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id), INT(rq->viewer.person_id)));
	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	bool deputy = right_to_own(ROLE_COMMITTEE, MEETING_CHAIR) && col_int(&r, 8) != 0;
	*out =
	    (struct poll_stage){.meeting_id = col_int(&r, 0),
				.entry_id = col_int(&r, 1),
				.meeting = number_slug(rq->arena, col_int(&r, 2), col_int(&r, 3)),
				.meeting_state = col_text(&r, 4),
				.pos = col_int(&r, 6),
				.started = col_int(&r, 7) != 0,
				.leads = right_to_all(rq->viewer.roles, MEETING_CHAIR) || deputy,
				.waived = col_int(&r, 9) != 0,
				.other_runs = col_int(&r, 10) != 0,
				.second_told = col_int(&r, 11) != 0};
	out->timely = date_parse_iso(col_text(&r, 5), &day) && d->counts_from != 0 &&
		      deadline_timely(rules.deadline, day, d->counts_from);
	return recusal_to_decide(rq, &(struct recusal_place){d->id, out->meeting_id},
				 &out->disputed, &out->disputed_name);
}

enum message poll_obstacle(const struct decision *d, const struct poll_stage *s,
			   enum poll_kind kind)
{
	if (!str_eq(s->meeting_state, S("running")))
		return M_POLL_NOT_RUNNING;
	if (s->other_runs)
		return M_POLL_OTHER_RUNS;
	if (kind == POLL_RECUSAL)
		return s->disputed != 0 ? M_NONE : M_POLL_RECUSAL_NONE;
	if (s->disputed != 0)
		return M_POLL_RECUSAL_DISPUTED;
	if (kind == POLL_URGENCY)
		return d->state != DECISION_SCHEDULED || s->timely || s->waived ? M_POLL_NOT_URGENT
										: M_NONE;
	if (d->state != DECISION_CALLED || !s->started)
		return M_POLL_NOT_CALLED;
	return s->timely || s->waived ? M_NONE : M_POLL_LATE;
}

/* ---- What is frozen ---- */

static enum err draft_rule(struct request *rq, const struct decision *d, struct poll *p)
{
	static const char sql[] = "SELECT majority, majority_a, majority_b, min_yes, sha256"
				  "  FROM decision_version WHERE decision_id = $1 AND version = $2"
				  "   AND published_at IS NOT NULL";
	struct committee_rules rules;

	TRY(committee_rules_load(rq, &rules));
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id), INT(d->version)));
	if (!rows_next(&r))
		return r.err != OK ? r.err : E_CONFLICT;
	p->rule = rules.tally;
	/* A member's vote is one person's. */
	p->seats = rules.tally.mode == TALLY_MEMBERS ? SEATS_SPEAKER : rules.seats;
	p->version_hash = col_text(&r, 4);
	p->rule.second_meeting = false;
	if (p->kind == POLL_URGENCY) {
		bool fraction = rules.urgency_a > 0;
		p->rule.majority = fraction ? MAJORITY_REPRESENTED : MAJORITY_MORE_REPRESENTED;
		p->rule.a = fraction ? rules.urgency_a : 0;
		p->rule.b = fraction ? rules.urgency_b : 0;
		return OK;
	}
	if (p->kind == POLL_RECUSAL) {
		p->rule.majority = MAJORITY_SIMPLE;
		return OK;
	}
	p->rule.majority = tally_majority_named(col_text(&r, 0));
	p->rule.a = col_int(&r, 1);
	p->rule.b = col_int(&r, 2);
	p->rule.min_yes = col_int(&r, 3);
	return OK;
}

enum err poll_draft(struct request *rq, const struct decision *d, const struct poll_stage *s,
		    enum poll_kind kind, struct poll *out)
{
	static const char sql[] =
	    "SELECT coalesce(max(round), 0) + 1 FROM poll WHERE decision_id = $1 AND kind = $2";

	*out = (struct poll){.decision_id = d->id, .version = d->version, .kind = kind};
	if (s != NULL) {
		out->meeting_id = s->meeting_id;
		out->agenda_entry_id = s->entry_id;
		out->chair_id = rq->viewer.person_id;
		out->recusal_id = kind == POLL_RECUSAL ? s->disputed : 0;
		out->about = s->disputed_name;
	}
	TRY(draft_rule(rq, d, out));
	out->rule.second_meeting =
	    kind == POLL_RESOLUTION && s != NULL && d->second_meeting && s->second_told;
	return db_int(rq->db, sql, WITH(INT(d->id), TEXT(poll_kind_names[kind])), &out->round);
}

/* ---- The roll ---- */

/* Proxies of which one side is recused are left out: the municipality then has a deputy, or is
 * recused. */
static struct poll_unit draft_unit(struct arena *a, const struct presence_unit *from)
{
	struct poll_unit u = {.id = from->unit->id,
			      .municipality_id = from->unit->municipality_id,
			      .weight = from->unit->weight,
			      .name = from->unit->name,
			      .status = UNIT_STATUSES,
			      .voters = ARENA_ARRAY(a, struct poll_voter, from->n)};

	for (size_t i = 0; i < from->n; i++) {
		const struct caster *c = &from->casters[i];
		if (c->proxy_id != 0 && c->recused)
			continue;
		u.voters[u.n++] = (struct poll_voter){.person_id = c->person_id,
						      .name = c->name,
						      .capacity = c->capacity,
						      .proxy_id = c->proxy_id,
						      .there = c->here,
						      .recused = c->recused,
						      .stands = true};
	}
	return u;
}

static enum err draft_meeting(struct request *rq, const struct poll *p, struct electorate *out)
{
	struct presence here;

	TRY(presence_load(rq, p->meeting_id, p->agenda_entry_id, &here));
	out->units = ARENA_ARRAY(rq->arena, struct poll_unit, here.n);
	for (size_t i = 0; i < here.n; i++)
		out->units[out->n++] = draft_unit(rq->arena, &here.units[i]);
	return OK;
}

/* In writing there is no meeting: no proxies, nobody is there. */
static enum err draft_circular(struct request *rq, const struct poll *p, struct electorate *out)
{
	struct roll roll;

	TRY(roll_load_voting(rq, date_today(), p->rule.mode, &roll));
	out->units = ARENA_ARRAY(rq->arena, struct poll_unit, roll.n);
	for (size_t i = 0; i < roll.n; i++) {
		const struct unit *from = &roll.units[i];
		struct poll_unit *u = &out->units[out->n++];
		*u = (struct poll_unit){.id = from->id,
					.municipality_id = from->municipality_id,
					.weight = from->weight,
					.name = from->name,
					.status = UNIT_STATUSES,
					.voters =
					    ARENA_ARRAY(rq->arena, struct poll_voter, from->n)};
		for (size_t s = 0; s < from->n; s++)
			u->voters[u->n++] =
			    (struct poll_voter){.person_id = from->seats[s].person_id,
						.name = from->seats[s].name,
						.capacity = from->seats[s].capacity,
						.stands = true};
	}
	return poll_presence(rq, p, out);
}

enum err electorate_draft(struct request *rq, const struct poll *p, struct electorate *out)
{
	*out = (struct electorate){.n = 0};
	TRY(p->kind == POLL_CIRCULAR ? draft_circular(rq, p, out) : draft_meeting(rq, p, out));
	electorate_label(rq->arena, p, out);
	return OK;
}

/* ---- Writing ---- */

static enum err insert_poll(struct request *rq, struct poll *p)
{
	static const char sql[] =
	    "INSERT INTO poll (decision_id, version, version_hash, kind, round, meeting_id,"
	    " agenda_entry_id, majority, majority_a, majority_b, mode, seat_rule, min_yes,"
	    " min_persons, casting_vote, second_meeting, absent_counts, quorum_by_weight, chair_id,"
	    " opened_by, opened_at, closes_at, recusal_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
	    "$9, $10, "
	    "$11,"
	    " $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) RETURNING id";
	const struct tally_rule *t = &p->rule;

	p->opened_by = rq->viewer.person_id;
	p->opened_at = clock_now();
	return db_int(rq->db, sql,
		      WITH(INT(p->decision_id), INT(p->version), TEXT(p->version_hash),
			   TEXT(poll_kind_names[p->kind]), INT(p->round),
			   INT_OR_NONE(p->meeting_id), INT_OR_NONE(p->agenda_entry_id),
			   TEXT(tally_majority_name(t->majority)), INT(t->a), INT(t->b),
			   TEXT(tally_mode_names[t->mode]), TEXT(seat_names[p->seats]),
			   INT(t->min_yes), INT(t->min_persons), INT(t->casting_vote),
			   INT(t->second_meeting), INT(t->absent_counts), INT(t->quorum_by_weight),
			   INT_OR_NONE(p->chair_id), INT(p->opened_by), INT(p->opened_at),
			   INT_OR_NONE(p->closes_at), INT_OR_NONE(p->recusal_id)),
		      &p->id);
}

static enum err insert_unit(struct request *rq, const struct poll *p, const struct poll_unit *u)
{
	static const char unit_sql[] = "INSERT INTO poll_unit (poll_id, unit, municipality_id,"
				       " name, weight) VALUES ($1, $2, $3, $4, $5)";
	static const char voter_sql[] =
	    "INSERT INTO poll_voter (poll_id, unit, person_id, capacity, proxy_id)"
	    " VALUES ($1, $2, $3, $4, $5)";

	TRY(db_run(
	    rq->db, unit_sql,
	    WITH(INT(p->id), INT(u->id), INT(u->municipality_id), TEXT(u->name), INT(u->weight)),
	    NULL));
	for (size_t i = 0; i < u->n; i++)
		TRY(db_run(rq->db, voter_sql,
			   WITH(INT(p->id), INT(u->id), INT(u->voters[i].person_id),
				TEXT(capacity_names[u->voters[i].capacity]),
				INT_OR_NONE(u->voters[i].proxy_id)),
			   NULL));
	return OK;
}

static struct register_unit unit_record(struct arena *a, const struct poll_unit *u)
{
	struct register_voter *voters = ARENA_ARRAY(a, struct register_voter, u->n);

	for (size_t i = 0; i < u->n; i++)
		voters[i] =
		    (struct register_voter){.person = WHO(u->voters[i].person_id),
					    .capacity = capacity_names[u->voters[i].capacity],
					    .proxy = u->voters[i].proxy_id};
	return (struct register_unit){.unit = u->id,
				      .name = u->name,
				      .weight = u->weight,
				      .voters = {.n = u->n, .v = voters}};
}

/* From the rows just written, so that every later reader meets the same order. */
static enum err record(struct request *rq, const struct poll *p)
{
	struct register_book book = register_of(rq);
	struct committee_rules rules;
	struct electorate e;

	TRY(committee_rules_load(rq, &rules));
	TRY(electorate_load(rq, p, &e));
	struct register_unit *units = ARENA_ARRAY(rq->arena, struct register_unit, e.n);
	for (size_t i = 0; i < e.n; i++)
		units[i] = unit_record(rq->arena, &e.units[i]);
	return register_poll_opened(
	    &book, &(struct register_poll_opened){.poll = p->id,
						  .decision = p->decision_id,
						  .version = p->version,
						  .sha256 = p->version_hash,
						  .kind = poll_kind_names[p->kind],
						  .round = p->round,
						  .meeting = p->meeting_id,
						  .entry = p->agenda_entry_id,
						  .rule = p->rule,
						  .seat_rule = seat_names[p->seats],
						  .deadline_days = rules.deadline.days,
						  .clear_days = rules.deadline.clear_days,
						  .closes_at = p->closes_at,
						  .chair = WHO(p->chair_id),
						  .roll = {.n = e.n, .v = units}});
}

enum err poll_open(struct request *rq, struct decision *d, struct poll *p)
{
	struct electorate e;

	TRY(electorate_draft(rq, p, &e));
	TRY(insert_poll(rq, p));
	for (size_t i = 0; i < e.n; i++)
		TRY(insert_unit(rq, p, &e.units[i]));
	TRY(record(rq, p));
	TRY(steering_event(
	    rq, &(struct steering_event){
		    .object = "poll", .id = p->id, .action = "open", .after = S("open")}));
	if (!poll_is_on_matter(p->kind))
		return OK;
	return decision_step(rq, d, p->kind == POLL_CIRCULAR ? STEP_CIRCULATE : STEP_OPEN, S(""));
}
