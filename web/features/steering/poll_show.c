/* poll_show.c -- a decision's votes on a page. */
#include "features/steering/poll_show.h"

#include "features/steering/poll_presence.h"
#include "features/steering/poll_words.h"

static const struct poll_unit *unit_of(const struct electorate *e, int64_t unit)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->units[i].id == unit)
			return &e->units[i];
	return NULL;
}

/* ---- The card ---- */

static void show_when(struct request *rq, const struct poll *p, struct view *v)
{
	if (p->kind == POLL_CIRCULAR)
		view_text(view_row(v, S_IN_WRITING), V_DATE,
			  date_time_long(rq->arena, p->closes_at));
	else
		view_show(v, S_IN_MEETING);
}

static void show_wrong(const struct form *f, const struct form_field *field, const char *section,
		       struct view *v)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->entries[i].field == field && f->entries[i].wrong != M_NONE)
			view_text(
			    view_row(v, section), V_MELDUNG,
			    message_text(f->rq->arena, f->entries[i].wrong, f->entries[i].number));
}

static void show_chosen(struct view *v, int choice)
{
	static const char *const sections[CHOICES] = {S_CHOSEN_YES, S_CHOSEN_NO,
						      S_CHOSEN_ABSTAINED};

	if (choice >= 0)
		view_show(v, sections[choice]);
}

static int choice_of(struct str name)
{
	int i = 0;

	while (i < CHOICES && !str_eq(choice_names[i], name))
		i++;
	return i < CHOICES ? i : -1;
}

static void show_part(const struct poll *p, const struct ballot_form *f,
		      const struct ballot_part *part, bool typed, struct view *v)
{
	static const char *const sections[CAPACITY_COUNT] = {S_AS_HOLDER, S_AS_DEPUTY, S_AS_PROXY};
	const struct poll_ballot *b = part->before;
	struct request *rq = f->form.rq;

	view_int(v, V_UNIT_ID, part->unit->id);
	view_text(v, V_UNIT_NAME, part->unit->label);
	bool member = p->rule.mode == TALLY_MEMBERS && part->voter->capacity == CAPACITY_HOLDER;
	view_show(v, member ? S_AS_MEMBER : sections[part->voter->capacity]);
	if (b != NULL) {
		struct view *before = view_row(v, S_CAST_BEFORE);
		view_text(before, V_WHEN, date_time_long(rq->arena, b->at));
		view_text(before, V_CHOICE, choice_label(b->choice));
	} else {
		view_show(v, S_NOT_CAST);
	}
	show_chosen(v, typed ? part->choice : b != NULL ? choice_of(b->choice) : -1);
	view_text(v, V_REASON,
		  typed       ? form_value(&f->form, &part->reason_field)
		  : b != NULL ? b->reason
			      : S(""));
	show_wrong(&f->form, &part->choice_field, S_PART_WRONG, v);
	show_wrong(&f->form, &part->reason_field, S_REASON_WRONG, v);
}

static void show_blocked(struct request *rq, const struct ballot_part *part, struct view *card)
{
	struct view *v = view_row(card, S_BLOCKED_PART);

	view_int(v, V_UNIT_ID, part->unit->id);
	view_text(v, V_UNIT_NAME, part->unit->label);
	view_text(v, V_MELDUNG, message_text(rq->arena, part->why, 0));
	if (part->before != NULL)
		view_text(view_row(v, S_OWN_CHOICE), V_CHOICE, choice_label(part->before->choice));
}

static void show_parts(struct request *rq, const struct decision *d, const struct poll *p,
		       const struct ballot_form *f, bool typed, struct view *card)
{
	struct view *form = NULL;
	int open = 0;

	for (size_t i = 0; i < f->n; i++) {
		if (f->parts[i].voter == NULL) {
			show_blocked(rq, &f->parts[i], card);
			continue;
		}
		if (form == NULL) {
			form = view_row(card, S_BALLOT_FORM);
			view_text(form, V_DECISION_SLUG, d->slug);
			view_int(form, V_POLL_ID, p->id);
		}
		open++;
		struct view *part = view_row(form, S_UNIT_PART);
		view_show(part, p->kind == POLL_URGENCY   ? S_OF_URGENCY
				: p->kind == POLL_RECUSAL ? S_OF_RECUSAL
							  : S_OF_MATTER);
		show_part(p, f, &f->parts[i], typed, part);
	}
	if (form != NULL)
		view_show(form, open == 1 ? S_ONE_VOTE : S_SEVERAL_VOTES);
}

static bool may_cast(const struct ballot_form *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->parts[i].voter != NULL)
			return true;
	return false;
}

/* Left out of the roll when the vote opened; without a word the form would just be shorter. */
static enum err show_resting(struct request *rq, const struct poll *p, struct view *card)
{
	static const char sql[] =
	    "SELECT DISTINCT u.short, g.name FROM proxy x JOIN municipality u"
	    "    ON u.id = x.municipality_id JOIN person g ON g.id = x.principal_id"
	    "  JOIN recusal c ON c.person_id = x.principal_id AND c.meeting_id = x.meeting_id"
	    "   AND c.decision_id = $3 AND c.at <= $5 AND (c.lifted_at IS NULL OR c.lifted_at > $5)"
	    " WHERE x.meeting_id = $1 AND x.proxy_id = $2 AND x.granted_at <= $5"
	    "   AND (x.revoked_at IS NULL OR x.revoked_at > $5)"
	    "   AND coalesce(x.agenda_entry_id, $6) = $6 AND NOT EXISTS (SELECT 1 FROM poll_voter v"
	    "    WHERE v.poll_id = $4 AND v.proxy_id = x.id) ORDER BY u.sort_key";
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(INT(p->meeting_id), INT(rq->viewer.person_id), INT(p->decision_id),
			  INT(p->id), INT(p->opened_at), INT(p->agenda_entry_id)));

	while (rows_next(&r)) {
		struct view *v = view_row(card, S_RESTING_PROXY);
		view_text(v, V_UNIT_NAME, col_text(&r, 0));
		view_text(v, V_NAME, col_text(&r, 1));
	}
	return r.err;
}

static enum err show_card(struct request *rq, const struct decision *d, const struct poll *p,
			  const struct electorate *e, const struct ballot_form *typed,
			  struct view *v)
{
	struct ballot_form fresh;
	bool recused = false;

	if (typed == NULL)
		TRY(ballot_form_load(rq, p, e, &fresh));
	const struct ballot_form *f = typed != NULL ? typed : &fresh;
	if (f->n == 0)
		return OK;
	struct view *card = view_row(v, S_POLL_CARD);
	show_when(rq, p, card);
	view_show_if(card, S_OF_URGENCY, p->kind == POLL_URGENCY);
	if (p->kind == POLL_RECUSAL)
		view_text(view_row(card, S_ABOUT_PERSON), V_NAME, p->about);
	view_text(card, V_RULE_WORDS, tally_rule_words(rq->arena, &p->rule));
	view_text(card, V_ABSTAINING, abstaining_words(&p->rule));
	view_show_if(card, S_VOTES_NOW, may_cast(f));
	show_parts(rq, d, p, f, typed != NULL, card);
	TRY(show_resting(rq, p, card));
	if (p->kind != POLL_CIRCULAR)
		return OK;
	TRY(poll_viewer_recused(rq, p, &recused));
	if (!recused)
		view_text(view_row(card, S_MAY_OBJECT), V_DECISION_SLUG, d->slug);
	if (may_cast(f))
		view_text(view_row(card, S_MAY_RECUSE), V_DECISION_SLUG, d->slug);
	return OK;
}

/* ---- Who has voted, and nothing of how ---- */

static struct str quorum_words(struct request *rq, const struct poll *p,
			       const struct poll_outcome *o)
{
	if (p->kind == POLL_CIRCULAR)
		return arena_fmt(rq->arena, "Für einen Beschluss müssen %d antworten.",
				 (int)o->tally.quorum);
	return arena_fmt(rq->arena, "Vertreten sind %d von %d %s, nötig sind %d.",
			 (int)o->tally.represented, (int)o->tally.all,
			 p->rule.mode == TALLY_MEMBERS ? "Mitgliedern" : "Kommunen",
			 (int)o->tally.quorum);
}

static enum err show_turnout(struct request *rq, const struct poll *p, const struct electorate *e,
			     struct view *v)
{
	struct view *card = view_row(v, S_TURNOUT);
	struct poll_outcome o;
	int64_t cast, of;

	TRY(poll_count(rq->arena, p, e, &o));
	poll_turnout(p, e, &cast, &of);
	view_int(card, V_CAST_COUNT, cast);
	view_int(card, V_OF_COUNT, of);
	view_int(card, V_CAST_WIDTH, of > 0 ? 100 * cast / of : 0);
	view_text(card, V_QUORUM_WORDS, quorum_words(rq, p, &o));
	if (p->kind == POLL_CIRCULAR)
		view_text(view_row(card, S_IN_WRITING), V_DATE,
			  date_time_long(rq->arena, p->closes_at));
	return OK;
}

/* ---- Afterwards ---- */

static void show_ballots(struct request *rq, const struct poll *p, const struct electorate *e,
			 struct view *v)
{
	struct view *list = e->ballot_count > 0 ? view_row(v, S_ALL_BALLOTS) : NULL;

	for (size_t i = 0; i < e->ballot_count; i++) {
		const struct poll_ballot *b = &e->ballots[i];
		const struct poll_unit *u = unit_of(e, b->unit);
		struct view *row = view_row(list, S_BALLOT);
		bool last = b == poll_ballot_of(e, u, p->seats == SEATS_SPEAKER ? 0 : b->person_id);
		view_int(row, V_SEQ, b->seq);
		view_text(row, V_UNIT_NAME, u->label);
		view_text(row, V_STATUS, unit_status_label(unit_status_named(b->choice)));
		view_show_if(row, S_REPLACED, !last && !b->recused);
		view_show_if(row, S_RECUSED, b->recused);
		view_text(row, V_NAME, b->name);
		view_text(row, V_CAPACITY, capacity_label(b->capacity));
		view_text(row, V_WHEN, instant_words(rq->arena, b->at));
		view_int(row, V_RECORD, b->record);
		view_text(row, V_HASH_START, str_head(b->hash, 12));
	}
}

static void show_aborted(struct request *rq, const struct poll *p, struct view *v)
{
	struct view *out = view_row(v, S_POLL_ABORTED);

	view_text(out, V_KIND, poll_kind_label(p->kind));
	view_int(out, V_ROUND, p->round);
	view_text(out, V_WHEN, instant_words(rq->arena, p->aborted_at));
	view_text(out, V_REASON, p->abort_reason);
}

enum err poll_show_one(struct request *rq, const struct decision *d, const struct poll *p,
		       const struct ballot_form *form, struct view *v)
{
	struct poll shown = *p;
	struct electorate e;

	if (poll_runs(p)) {
		TRY(electorate_load(rq, p, &e));
		TRY(show_card(rq, d, p, &e, form, v));
		return show_turnout(rq, p, &e, v);
	}
	TRY(electorate_load_all(rq, p, &e));
	if (p->aborted_at != 0)
		show_aborted(rq, p, v);
	else
		TRY(poll_show_result(rq, d, &shown, &e, v));
	show_ballots(rq, p, &e, v);
	return OK;
}

static struct str state_words(const struct poll *p)
{
	if (poll_runs(p))
		return S("läuft");
	return poll_is_due(p) ? S("beendet") : poll_result_label(p);
}

enum err poll_show_list(struct request *rq, const struct decision *d, struct view *v)
{
	struct view *list = NULL;
	struct poll *polls;
	size_t n;

	TRY(polls_load(rq, d->id, &polls, &n));
	for (size_t i = 0; n > 1 && i < n; i++) {
		if (list == NULL)
			list = view_row(v, S_POLLS);
		struct view *row = view_row(list, S_EARLIER);
		view_text(row, V_DECISION_SLUG, d->slug);
		view_int(row, V_POLL_ID, polls[i].id);
		view_text(row, V_KIND, poll_kind_label(polls[i].kind));
		view_int(row, V_ROUND, polls[i].round);
		view_text(row, V_RESULT, state_words(&polls[i]));
		view_text(row, V_WHEN, date_time_long(rq->arena, polls[i].opened_at));
	}
	return OK;
}

enum err poll_section(struct request *rq, const struct decision *d, struct view *v)
{
	struct poll p;
	enum err err = poll_newest(rq, d->id, &p);

	if (err != OK)
		return err == E_NOT_FOUND ? OK : err;
	TRY(poll_show_one(rq, d, &p, NULL, v));
	return poll_show_list(rq, d, v);
}
