/* rules.c -- the rules the committee gave itself: shown to everybody, changed with a reason. */
#include "app/form.h"
#include "features/steering/meeting_form.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/poll.h"

#include <inttypes.h>

enum { REASON_CHARS = 500, MOST_WEIGHT = 1000000 };

static const struct form_field mode_field = {S_INIT("modus"), NULL, S_MODUS_FEHLER};
static const struct form_field seats_field = {S_INIT("sitze"), NULL, S_SITZE_FEHLER};
static const struct form_field persons_field = {S_INIT("personen"), V_PERSONEN, S_PERSONEN_FEHLER};
static const struct form_field days_field = {S_INIT("tage"), V_TAGE, S_TAGE_FEHLER};
static const struct form_field urgent_a_field = {S_INIT("dringlich-a"), V_DRINGLICH_A,
						 S_DRINGLICH_A_FEHLER};
static const struct form_field urgent_b_field = {S_INIT("dringlich-b"), V_DRINGLICH_B,
						 S_DRINGLICH_B_FEHLER};
static const struct form_field cap_field = {S_INIT("vollmachten"), V_VOLLMACHTEN,
					    S_VOLLMACHTEN_FEHLER};
static const struct form_field circular_field = {S_INIT("umlauf"), V_UMLAUF, S_UMLAUF_FEHLER};
static const struct form_field weights_field = {S_INIT("gewichte"), NULL, S_GEWICHTE_FEHLER};
static const struct form_field reason_field = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};

static const char *const mode_sections[TALLY_MODES] = {S_BY_HEADS, S_BY_WEIGHT, S_BY_BOTH,
						       S_BY_MEMBERS};
static const char *const seat_sections[SEATS_COUNT] = {S_ONE_SPEAKS, S_ALL_ALIKE, S_MOST_SEATS};

struct rules_form {
	struct form form;
	struct committee_rules rules;
	struct roll roll;
	struct unit *units; /* of the roll, with the weights of the form */
};

static void show_switches(struct view *v, const struct committee_rules *r)
{
	view_show(v, mode_sections[r->tally.mode]);
	view_show(v, seat_sections[r->seats]);
	view_show_if(v, S_CASTING_VOTE, r->tally.casting_vote);
	view_show_if(v, S_NO_CASTING_VOTE, !r->tally.casting_vote);
	view_show_if(v, S_ABSENT_COUNTS, r->tally.absent_counts);
	view_show_if(v, S_QUORUM_BY_WEIGHT, r->tally.quorum_by_weight);
	view_show_if(v, S_CLEAR_DAYS, r->deadline.clear_days);
}

static void show_weights(struct view *v, const struct roll *roll, const struct unit *units)
{
	for (size_t i = 0; i < roll->n; i++) {
		struct view *row = view_row(v, S_UNIT);
		view_int(row, V_ID, units[i].municipality_id);
		view_text(row, V_PLACE_NAME, units[i].name);
		view_int(row, V_WEIGHT, units[i].weight);
	}
}

/* ---- Reading them ---- */

static enum err show_changes(struct request *rq)
{
	static const char sql[] =
	    "SELECT e.at, coalesce(p.name, ''), e.reason FROM steering_event e"
	    "  LEFT JOIN person p ON p.id = e.actor_id WHERE e.object = 'rules'"
	    " ORDER BY e.id DESC LIMIT 25";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_CHANGES);
		struct view *row = view_row(list, S_CHANGE);
		view_text(row, V_DATE, date_time_long(rq->arena, col_int(&r, 0)));
		view_text(row, V_WHO, col_text(&r, 1));
		view_text(row, V_REASON, col_text(&r, 2));
	}
	return r.err;
}

/* GET /sitzungen/regeln */
enum err rules_show(struct request *rq)
{
	struct committee_rules r;
	struct view *v = rq->view;
	struct roll roll;

	TRY(committee_rules_load(rq, &r));
	TRY(roll_load(rq, date_today(), &roll));
	show_switches(v, &r);
	view_int(v, V_PERSONS, r.tally.min_persons);
	view_int(v, V_DAYS, r.deadline.days);
	view_int(v, V_CAP, r.proxy_cap);
	view_show_if(v, S_NO_PROXIES, r.proxy_cap == 0);
	view_show_if(v, S_SOME_PROXIES, r.proxy_cap > 0);
	view_int(v, V_CIRCULAR_DAYS, r.circular_days);
	view_show_if(v, S_URGENT_HALF, r.urgency_a == 0);
	if (r.urgency_a > 0)
		view_text(view_row(v, S_URGENT_FRACTION), V_FRACTION,
			  arena_fmt(rq->arena, "%" PRId64 "/%" PRId64, r.urgency_a, r.urgency_b));
	bool members = r.tally.mode == TALLY_MEMBERS;
	view_show(v, members ? S_MEMBERS_VOTE : S_PLACES_VOTE);
	if (!members)
		show_weights(view_row(v, S_WEIGHTS), &roll, roll.units);
	TRY(show_changes(rq));
	view_show_if(v, S_MAY_CHANGE, right_to_all(rq->viewer.roles, RULES_SET));
	return reply_page(rq, 200, "steering/rules_show.html");
}

/* ---- Changing them ---- */

static enum err form_start(struct rules_form *f, struct request *rq)
{
	form_begin(&f->form, rq);
	TRY(committee_rules_load(rq, &f->rules));
	TRY(roll_load(rq, date_today(), &f->roll));
	f->units = ARENA_ARRAY(rq->arena, struct unit, f->roll.n + 1);
	for (size_t i = 0; i < f->roll.n; i++)
		f->units[i] = f->roll.units[i];
	return OK;
}

static void fill_number(struct form *f, const struct form_field *field, int64_t n)
{
	form_fill(f, field, arena_fmt(f->rq->arena, "%" PRId64, n));
}

static void form_fill_rules(struct rules_form *f)
{
	const struct committee_rules *r = &f->rules;

	fill_number(&f->form, &persons_field, r->tally.min_persons);
	fill_number(&f->form, &days_field, r->deadline.days);
	fill_number(&f->form, &urgent_a_field, r->urgency_a);
	fill_number(&f->form, &urgent_b_field, r->urgency_b);
	fill_number(&f->form, &cap_field, r->proxy_cap);
	fill_number(&f->form, &circular_field, r->circular_days);
	form_fill(&f->form, &reason_field, S(""));
}

static enum err rules_page(struct rules_form *f, int64_t version, int status)
{
	struct request *rq = f->form.rq;
	bool open;

	TRY(poll_any_runs(rq, &open));
	form_show(&f->form, rq->view);
	show_switches(rq->view, &f->rules);
	show_weights(rq->view, &f->roll, f->units);
	view_int(rq->view, V_VERSION, version);
	view_show_if(rq->view, S_POLL_RUNS, open);
	return reply_page(rq, status, "steering/rules_edit.html");
}

/* GET /sitzungen/regeln/aendern */
enum err rules_edit(struct request *rq)
{
	struct rules_form f;

	TRY(form_start(&f, rq));
	form_fill_rules(&f);
	return rules_page(&f, f.rules.row_version, 200);
}

static int64_t number_between(struct rules_form *f, const struct form_field *field, int64_t least,
			      int64_t most, enum message wrong)
{
	int64_t n = form_number(&f->form, field, REQUIRED);

	if (n < least || n > most)
		form_problem(&f->form, field, wrong, most);
	return n;
}

static bool ticked(struct rules_form *f, struct str name)
{
	return str_eq(field_text(&f->form.rq->http.form, name), S("1"));
}

static void read_weights(struct rules_form *f)
{
	struct request *rq = f->form.rq;

	for (size_t i = 0; i < f->roll.n; i++) {
		struct str name =
		    arena_fmt(rq->arena, "gewicht-%" PRId64, f->units[i].municipality_id);
		int64_t weight = 0;
		if (!str_to_int(str_trim(field_text(&rq->http.form, name)), &weight) ||
		    weight < 1 || weight > MOST_WEIGHT)
			form_problem(&f->form, &weights_field, M_RULES_WEIGHT, 0);
		else
			f->units[i].weight = weight;
	}
}

static void read_rules(struct rules_form *f, struct str *reason)
{
	struct committee_rules *r = &f->rules;
	int mode = form_choice(&f->form, &mode_field, REQUIRED, tally_mode_names, TALLY_MODES);
	int seats = form_choice(&f->form, &seats_field, REQUIRED, seat_names, SEATS_COUNT);

	if (mode >= 0)
		r->tally.mode = (enum tally_mode)mode;
	if (seats >= 0)
		r->seats = (enum seats)seats;
	r->tally.min_persons = number_between(f, &persons_field, 0, 100, M_RULES_NUMBER);
	r->tally.casting_vote = ticked(f, S("stichentscheid"));
	r->tally.absent_counts = ticked(f, S("abwesende"));
	r->tally.quorum_by_weight = ticked(f, S("quorum-gewicht"));
	r->deadline.days = (int)number_between(f, &days_field, 0, 60, M_RULES_NUMBER);
	r->deadline.clear_days = ticked(f, S("volle-tage"));
	r->urgency_b = number_between(f, &urgent_b_field, 1, 1000, M_RULES_NUMBER);
	r->urgency_a = number_between(f, &urgent_a_field, 0, 1000, M_RULES_NUMBER);
	if (r->urgency_a > r->urgency_b)
		form_problem(&f->form, &urgent_a_field, M_RULES_FRACTION, 0);
	r->proxy_cap = number_between(f, &cap_field, 0, 3, M_RULES_NUMBER);
	r->circular_days = number_between(f, &circular_field, 1, 60, M_RULES_NUMBER);
	read_weights(f);
	*reason = form_lines(&f->form, &reason_field, REQUIRED, REASON_CHARS);
}

/* In one line, for the history. */
static struct str in_words(struct request *rq, const struct committee_rules *r,
			   const struct unit *units, size_t n)
{
	struct buf b = {.arena = rq->arena};

	buf_fmt(&b,
		"%.*s, %.*s, persons %" PRId64 ", casting %d, absent %d, by weight %d, days %d,"
		" clear %d, urgent %" PRId64 "/%" PRId64 ", proxies %" PRId64 ", circular %" PRId64
		", weights",
		ARG(tally_mode_names[r->tally.mode]), ARG(seat_names[r->seats]),
		r->tally.min_persons, r->tally.casting_vote, r->tally.absent_counts,
		r->tally.quorum_by_weight, r->deadline.days, r->deadline.clear_days, r->urgency_a,
		r->urgency_b, r->proxy_cap, r->circular_days);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, " %" PRId64 ":%" PRId64, units[i].municipality_id, units[i].weight);
	return buf_str(&b);
}

static enum err save_weights(struct request *rq, const struct unit *units, size_t n)
{
	static const char sql[] =
	    "INSERT INTO unit_weight (municipality_id, weight) VALUES ($1, $2)"
	    " ON CONFLICT (municipality_id) DO UPDATE SET weight = excluded.weight";

	for (size_t i = 0; i < n; i++)
		TRY(db_run(rq->db, sql, WITH(INT(units[i].municipality_id), INT(units[i].weight)),
			   NULL));
	return OK;
}

static enum err save(struct request *rq, const struct rules_form *f, struct str reason)
{
	static const char sql[] =
	    "UPDATE committee_rules SET mode = $2, seat_rule = $3, min_persons = $4,"
	    " casting_vote = $5, absent_counts = $6, quorum_by_weight = $7, deadline_days = $8,"
	    " clear_days = $9, urgency_a = $10, urgency_b = $11, proxy_cap = $12,"
	    " circular_days = $13, row_version = row_version + 1 WHERE id = 1 AND row_version = $1";
	const struct committee_rules *r = &f->rules;
	struct committee_rules old;
	int64_t changed = 0;

	TRY(committee_rules_load(rq, &old));
	TRY(db_run(rq->db, sql,
		   WITH(INT(r->row_version), TEXT(tally_mode_names[r->tally.mode]),
			TEXT(seat_names[r->seats]), INT(r->tally.min_persons),
			INT(r->tally.casting_vote), INT(r->tally.absent_counts),
			INT(r->tally.quorum_by_weight), INT(r->deadline.days),
			INT(r->deadline.clear_days), INT(r->urgency_a), INT(r->urgency_b),
			INT(r->proxy_cap), INT(r->circular_days)),
		   &changed));
	if (changed != 1)
		return E_CONFLICT;
	TRY(save_weights(rq, f->units, f->roll.n));
	return steering_event(
	    rq, &(struct steering_event){.object = "rules",
					 .id = 1,
					 .action = "set",
					 .before = in_words(rq, &old, f->roll.units, f->roll.n),
					 .after = in_words(rq, r, f->units, f->roll.n),
					 .reason = reason});
}

static struct str yes_no(bool b)
{
	return b ? S("ja") : S("nein");
}

/* What somebody else has set in the meantime, beside what stands in this form. */
static enum err conflict(struct rules_form *f, int64_t version)
{
	struct request *rq = f->form.rq;
	struct view *v = view_row(rq->view, S_CONFLICT);
	const struct committee_rules *mine = &f->rules;
	struct committee_rules now;
	struct arena *a = rq->arena;

	TRY(committee_rules_load(rq, &now));
	theirs_row(v, "Zählweise", tally_mode_names[now.tally.mode],
		   tally_mode_names[mine->tally.mode]);
	theirs_row(v, "Mehrere Sitze", seat_names[now.seats], seat_names[mine->seats]);
	theirs_row(v, "Personen", arena_fmt(a, "%" PRId64, now.tally.min_persons),
		   arena_fmt(a, "%" PRId64, mine->tally.min_persons));
	theirs_row(v, "Stichentscheid", yes_no(now.tally.casting_vote),
		   yes_no(mine->tally.casting_vote));
	theirs_row(v, "Frist in Tagen", arena_fmt(a, "%d", now.deadline.days),
		   arena_fmt(a, "%d", mine->deadline.days));
	theirs_row(v, "Volle Tage", yes_no(now.deadline.clear_days),
		   yes_no(mine->deadline.clear_days));
	theirs_row(v, "Fremde Vollmachten", arena_fmt(a, "%" PRId64, now.proxy_cap),
		   arena_fmt(a, "%" PRId64, mine->proxy_cap));
	theirs_row(v, "Umlauf in Tagen", arena_fmt(a, "%" PRId64, now.circular_days),
		   arena_fmt(a, "%" PRId64, mine->circular_days));
	return rules_page(f, version, 409);
}

/* POST /sitzungen/regeln/aendern; not while anybody votes: a vote keeps its own rules, but nobody
 * should have to know that. */
enum err rules_update(struct request *rq)
{
	struct rules_form f;
	struct str reason;
	int64_t version = 0;
	bool open;

	TRY(form_start(&f, rq));
	read_rules(&f, &reason);
	bool dated = str_to_int(field_text(&rq->http.form, S("version")), &version);
	TRY(poll_any_runs(rq, &open));
	if (open)
		return rules_page(&f, f.rules.row_version, 409);
	if (dated && version != f.rules.row_version)
		return conflict(&f, f.rules.row_version);
	if (form_wrong(&f.form) || !dated)
		return rules_page(&f, f.rules.row_version, 422);
	TRY(save(rq, &f, reason));
	return reply_redirect(rq, M_RULES_SET, "/sitzungen/regeln");
}
