/* poll_result_show.c -- the result of a vote: bar, arithmetic, names, reasons, everything cast. */
#include "features/steering/ballot.h"
#include "features/steering/circular.h"
#include "features/steering/poll_show.h"
#include "features/steering/poll_void.h"
#include "features/steering/poll_words.h"

enum { BAR_GAP = 4, BAR_FULL = 1000 }; /* in tenths of a per cent */

static struct str tenths(struct arena *a, int64_t n)
{
	return arena_fmt(a, "%d.%d", (int)(n / 10), (int)(n % 10));
}

struct bar {
	struct arena *arena;
	struct view *v;
	int64_t total, before;
};

static void add_bar(struct bar *bar, const char *section, int64_t count, bool labelled)
{
	if (count == 0)
		return;
	int64_t x = BAR_FULL * bar->before / bar->total;
	bar->before += count;
	int64_t end = BAR_FULL * bar->before / bar->total;
	int64_t width = end - x - (bar->before < bar->total ? BAR_GAP : 0);
	struct view *v = view_row(bar->v, section);
	view_text(v, V_BAR_X, tenths(bar->arena, x));
	view_text(v, V_BAR_WIDTH, tenths(bar->arena, width));
	if (!labelled)
		return;
	view_text(v, V_BAR_MIDDLE, tenths(bar->arena, x + width / 2));
	view_int(v, V_COUNT, count);
}

static void show_bar(struct arena *a, struct view *v, const struct tally_count *units, bool members)
{
	int64_t other =
	    units->of[UNIT_ABSTAINED] + units->of[UNIT_SILENT] + units->of[UNIT_INVALID];
	struct bar bar = {
	    .arena = a, .v = v, .total = units->of[UNIT_YES] + units->of[UNIT_NO] + other};
	struct buf title = {.arena = a};

	add_bar(&bar, S_BAR_YES, units->of[UNIT_YES], true);
	add_bar(&bar, S_BAR_NO, units->of[UNIT_NO], true);
	add_bar(&bar, S_BAR_OTHER, other, false);
	for (int s = 0; s < UNIT_STATUSES; s++) {
		struct str label = unit_status_label((enum unit_status)s);
		if (units->of[s] == 0)
			continue;
		buf_fmt(&title, "%s%d %.*s",
			title.n > 0 ? ", "
			: members   ? "Stimmen der Mitglieder: "
				    : "Stimmen der Kommunen: ",
			(int)units->of[s], ARG(label));
		struct view *line = view_row(v, S_LEGEND);
		view_show(line, unit_status_sign((enum unit_status)s));
		view_int(line, V_COUNT, units->of[s]);
		view_text(line, V_STATUS, label);
	}
	view_text(v, V_BAR_TITLE, buf_str(&title));
}

static void show_caster(struct view *v, const struct poll_ballot *b)
{
	struct view *by = view_row(v, S_CAST_BY);

	view_text(by, V_NAME, b->name);
	view_show_if(by, S_BY_DEPUTY, b->capacity == CAPACITY_DEPUTY);
	view_show_if(by, S_BY_PROXY, b->capacity == CAPACITY_PROXY);
}

/* Whose ballots made the status: of several seats each, otherwise the last. */
static bool counts(const struct poll *p, const struct electorate *e, const struct poll_unit *u,
		   const struct poll_ballot *b)
{
	return b == poll_ballot_of(e, u, p->seats == SEATS_SPEAKER ? 0 : b->person_id);
}

static void show_unit(const struct poll *p, const struct electorate *e, const struct poll_unit *u,
		      enum unit_status status, struct view *v)
{
	bool member = p->rule.mode == TALLY_MEMBERS; /* named already */
	bool cast = status != UNIT_SILENT && status != UNIT_ABSENT && status != UNIT_RECUSED;

	view_text(v, V_UNIT_NAME, u->label);
	view_show(v, unit_status_sign(status));
	view_text(v, V_STATUS, unit_status_label(status));
	if (tally_by_weight(p->rule.mode))
		view_int(view_row(v, S_WEIGHT), V_COUNT, u->weight);
	for (size_t i = 0; cast && i < e->ballot_count; i++)
		if (e->ballots[i].unit == u->id && counts(p, e, u, &e->ballots[i]) &&
		    !(member && e->ballots[i].capacity == CAPACITY_HOLDER))
			show_caster(v, &e->ballots[i]);
}

static void show_reasons(const struct poll *p, const struct electorate *e, struct view *v)
{
	struct view *list = NULL;

	for (size_t i = 0; i < e->n; i++)
		for (size_t k = 0; k < e->ballot_count; k++) {
			const struct poll_ballot *b = &e->ballots[k];
			if (b->unit != e->units[i].id || b->reason.n == 0 ||
			    !counts(p, e, &e->units[i], b))
				continue;
			if (list == NULL)
				list = view_row(v, S_VOTE_REASONS);
			struct view *row = view_row(list, S_GIVEN_REASON);
			view_text(row, V_NAME, b->name);
			view_text(row, V_UNIT_NAME, e->units[i].label);
			view_text(row, V_STATUS, unit_status_label(unit_status_named(b->choice)));
			view_text(row, V_REASON, b->reason);
		}
}

/* Statuses as they were written down; before that, as they will be. */
static enum err outcome(struct request *rq, struct poll *p, const struct electorate *e,
			struct poll_outcome *o)
{
	if (!poll_is_due(p)) {
		*o =
		    (struct poll_outcome){.status = ARENA_ARRAY(rq->arena, enum unit_status, e->n)};
		for (size_t i = 0; i < e->n; i++) {
			o->status[i] = e->units[i].status;
			o->in.units.of[o->status[i]]++;
		}
		return OK;
	}
	TRY(poll_count(rq->arena, p, e, o));
	p->result = o->tally.result;
	p->words = o->words;
	return OK;
}

static void show_head(struct request *rq, const struct poll *p, struct view *v)
{
	bool due = poll_is_due(p);
	const char *section = p->closed_by == 0 ? S_BY_CLOCK : S_BY_PERSON;

	view_text(v, V_RESULT, poll_result_label(p));
	view_text(v, V_KIND, poll_kind_label(p->kind));
	view_int(v, V_ROUND, p->round);
	view_int(v, V_VERSION, p->version);
	view_text(view_row(v, section), V_WHEN,
		  instant_words(rq->arena, due ? p->closes_at : p->closed_at));
	view_show_if(v, S_NOT_SEALED, due);
	view_show_if(v, S_OF_URGENCY, p->kind == POLL_URGENCY);
	if (p->kind == POLL_RECUSAL)
		view_text(view_row(v, S_ABOUT_PERSON), V_NAME, p->about);
	view_text(v, V_WORDS, p->words);
	view_text(v, V_RULE_WORDS, tally_rule_words(rq->arena, &p->rule));
}

/* Clerical ones, confirmed by two: both texts, the result is what it was. */
static enum err show_corrections(struct request *rq, const struct poll *p, struct view *v)
{
	static const char sql[] = "SELECT old, new, reason, confirmed_at FROM correction"
				  " WHERE poll_id = $1 AND confirmed_at IS NOT NULL ORDER BY id";
	struct rows r = db_query(rq->db, sql, WITH(INT(p->id)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(v, S_CORRECTIONS);
		struct view *row = view_row(list, S_CORRECTION);
		view_text(row, V_OLD_TEXT, col_text(&r, 0));
		view_text(row, V_NEW_TEXT, col_text(&r, 1));
		view_text(row, V_REASON, col_text(&r, 2));
		view_text(row, V_DATE, date_short(rq->arena, date_of(col_int(&r, 3))));
	}
	return r.err;
}

enum err poll_show_result(struct request *rq, const struct decision *d, struct poll *p,
			  const struct electorate *e, struct view *v)
{
	struct view *result = view_row(v, S_POLL_RESULT);
	struct poll_outcome o;

	TRY(outcome(rq, p, e, &o));
	show_head(rq, p, result);
	view_show_if(result, S_COUNTS_NOT, p->voided_at != 0);
	view_show(result, p->rule.mode == TALLY_MEMBERS ? S_OF_MEMBERS : S_OF_PLACES);
	show_bar(rq->arena, result, &o.in.units, p->rule.mode == TALLY_MEMBERS);
	for (size_t i = 0; i < e->n; i++)
		show_unit(p, e, &e->units[i], o.status[i], view_row(result, S_NAMED_UNIT));
	show_reasons(p, e, result);
	TRY(show_corrections(rq, p, result));
	TRY(circular_corrections_show(rq, d, p, result));
	return poll_void_show(rq, d, p, result);
}
