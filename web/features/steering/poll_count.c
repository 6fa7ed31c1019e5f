/* poll_count.c -- from roll, ballots and presence to the statuses of the units and the verdict.
 * Pure. */
#include "features/steering/poll.h"

const struct poll_ballot *poll_ballot_of(const struct electorate *e, const struct poll_unit *u,
					 int64_t person_id)
{
	for (size_t i = e->ballot_count; i > 0; i--) {
		const struct poll_ballot *b = &e->ballots[i - 1];
		if (b->unit == u->id && !b->recused &&
		    (person_id == 0 || b->person_id == person_id))
			return b;
	}
	return NULL;
}

/* Could take part in a meeting's vote right now, others left aside. */
static bool is_able(const struct poll_voter *v)
{
	return v->there && !v->recused && v->stands && !v->rests;
}

static bool is_seat(const struct poll_voter *v)
{
	return v->capacity != CAPACITY_PROXY;
}

/* Holder before deputy before proxy; where each seat has a voice, seats before proxies. */
static bool is_before(const struct poll *p, const struct poll_voter *a, const struct poll_voter *b)
{
	if (p->seats != SEATS_SPEAKER)
		return is_seat(a) && !is_seat(b);
	return a->capacity < b->capacity;
}

static const struct poll_voter *first_able(const struct poll *p, const struct poll_unit *u)
{
	const struct poll_voter *first = NULL;

	for (size_t i = 0; i < u->n; i++)
		if (is_able(&u->voters[i]) && (first == NULL || is_before(p, &u->voters[i], first)))
			first = &u->voters[i];
	return first;
}

static bool seat_is_recused(const struct poll_unit *u)
{
	for (size_t i = 0; i < u->n; i++)
		if (u->voters[i].recused && is_seat(&u->voters[i]))
			return true;
	return false;
}

/* ---- Statuses ---- */

/* The newest ballot of each person, taken together. */
static enum unit_status of_seats(const struct poll *p, const struct electorate *e,
				 const struct poll_unit *u)
{
	int64_t count[UNIT_STATUSES] = {0};

	for (size_t i = 0; i < u->n; i++) {
		const struct poll_ballot *b = poll_ballot_of(e, u, u->voters[i].person_id);
		if (b != NULL)
			count[unit_status_named(b->choice)]++;
	}
	return tally_seats(p->seats == SEATS_ONE_VOICE ? SEATS_BLOCK : SEATS_INNER, count[UNIT_YES],
			   count[UNIT_NO], count[UNIT_ABSTAINED]);
}

static enum unit_status status_of(const struct poll *p, const struct electorate *e,
				  const struct poll_unit *u)
{
	const struct poll_ballot *b = poll_ballot_of(e, u, 0);

	if (b != NULL)
		return p->seats == SEATS_SPEAKER ? unit_status_named(b->choice) : of_seats(p, e, u);
	/* In writing there is no being there: who does not answer is absent. */
	if (p->kind != POLL_CIRCULAR && first_able(p, u) != NULL)
		return UNIT_SILENT;
	return seat_is_recused(u) ? UNIT_RECUSED : UNIT_ABSENT;
}

/* ---- Natural persons ---- */

struct persons {
	size_t n;
	int64_t *ids;
};

static void add_person(struct persons *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->ids[i] == id)
			return;
	all->ids[all->n++] = id;
}

/* Who takes part: who has cast, and who is there for a unit that has not. */
static int64_t count_persons(struct arena *a, const struct poll *p, const struct electorate *e,
			     const enum unit_status *status)
{
	struct persons all = {.ids = ARENA_ARRAY(a, int64_t, e->ballot_count + e->n)};

	for (size_t i = 0; i < e->ballot_count; i++)
		add_person(&all, e->ballots[i].person_id);
	for (size_t i = 0; i < e->n; i++)
		if (status[i] == UNIT_SILENT)
			add_person(&all, first_able(p, &e->units[i])->person_id);
	return (int64_t)all.n;
}

/* The casting vote is the chair's own: not one by proxy, and none from a recused chair. */
static enum unit_status chair_status(const struct poll *p, const struct electorate *e)
{
	for (size_t i = e->ballot_count; p->chair_id != 0 && i > 0; i--) {
		const struct poll_ballot *b = &e->ballots[i - 1];
		if (b->person_id == p->chair_id && b->capacity != CAPACITY_PROXY && !b->recused)
			return unit_status_named(b->choice);
	}
	return UNIT_SILENT;
}

enum err poll_count(struct arena *a, const struct poll *p, const struct electorate *e,
		    struct poll_outcome *out)
{
	*out = (struct poll_outcome){.status = ARENA_ARRAY(a, enum unit_status, e->n)};
	for (size_t i = 0; i < e->n; i++) {
		enum unit_status s = status_of(p, e, &e->units[i]);
		out->status[i] = s;
		out->in.units.of[s]++;
		out->in.weights.of[s] += e->units[i].weight;
	}
	out->in.persons = count_persons(a, p, e, out->status);
	out->in.chair = chair_status(p, e);
	TRY(tally(&p->rule, &out->in, &out->tally));
	out->words = tally_words(a, &p->rule, &out->in, &out->tally);
	return OK;
}

/* ---- Who may cast ---- */

static const struct poll_voter *voter_in(const struct poll_unit *u, int64_t person_id)
{
	for (size_t i = 0; i < u->n; i++)
		if (u->voters[i].person_id == person_id)
			return &u->voters[i];
	return NULL;
}

/* A personal vote of the holder stands against everybody who only represents.  Where the deputy
 * comes second, that ends with the holder's recusal: the vote does not count any more. */
static bool holder_has_cast(const struct electorate *e, const struct poll_unit *u, bool counted)
{
	for (size_t i = 0; i < e->ballot_count; i++)
		if (e->ballots[i].unit == u->id && e->ballots[i].capacity == CAPACITY_HOLDER &&
		    !(counted && e->ballots[i].recused))
			return true;
	return false;
}

static enum message against(const struct poll *p, const struct electorate *e,
			    const struct poll_unit *u, const struct poll_voter *v)
{
	bool writing = p->kind == POLL_CIRCULAR, alone = p->seats == SEATS_SPEAKER;
	const struct poll_voter *first = first_able(p, u);

	if (v->recused)
		return M_POLL_RECUSED;
	if (!v->stands)
		return M_POLL_PROXY_REVOKED;
	if (v->rests)
		return M_POLL_PRINCIPAL_RECUSED;
	if (v->capacity == CAPACITY_PROXY && holder_has_cast(e, u, false))
		return M_POLL_HOLDER_CAST;
	if (v->capacity == CAPACITY_DEPUTY && writing && alone && holder_has_cast(e, u, true))
		return M_POLL_HOLDER_CAST;
	if (writing)
		return M_NONE;
	if (!v->there)
		return M_POLL_NOT_THERE;
	return first != NULL && is_before(p, first, v) ? M_POLL_OTHER_CASTS : M_NONE;
}

const struct poll_voter *poll_may_cast(const struct poll *p, const struct electorate *e,
				       const struct poll_unit *u, int64_t person_id,
				       enum message *why)
{
	const struct poll_voter *v = voter_in(u, person_id);

	*why = v == NULL ? M_POLL_NO_VOTE : against(p, e, u, v);
	return *why == M_NONE ? v : NULL;
}

/* ---- Turnout ---- */

void poll_turnout(const struct poll *p, const struct electorate *e, int64_t *cast, int64_t *of)
{
	*cast = 0;
	*of = 0;
	for (size_t i = 0; i < e->n; i++) {
		enum unit_status s = status_of(p, e, &e->units[i]);
		*of += s != UNIT_RECUSED && (s != UNIT_ABSENT || p->kind == POLL_CIRCULAR);
		*cast += s != UNIT_RECUSED && s != UNIT_ABSENT && s != UNIT_SILENT;
	}
}
