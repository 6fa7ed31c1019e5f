/* presence.c -- who may cast for which unit, and whether the committee can decide.  Pure. */
#include "features/steering/presence.h"

#include <inttypes.h>

static bool holds(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

static struct caster of_seat(const struct presence_input *in, const struct seat *seat)
{
	return (struct caster){.person_id = seat->person_id,
			       .name = seat->name,
			       .capacity = seat->capacity,
			       .here = holds(in->here, in->here_n, seat->person_id),
			       .recused = holds(in->recused, in->recused_n, seat->person_id)};
}

static struct caster of_proxy(const struct presence_input *in, const struct presence_proxy *p)
{
	/* What the principal may not do, nobody does in the principal's name. */
	bool recused = holds(in->recused, in->recused_n, p->proxy_id) ||
		       holds(in->recused, in->recused_n, p->principal_id);

	return (struct caster){.person_id = p->proxy_id,
			       .proxy_id = p->id,
			       .name = p->name,
			       .capacity = CAPACITY_PROXY,
			       .here = holds(in->here, in->here_n, p->proxy_id),
			       .recused = recused};
}

static bool can(const struct caster *c)
{
	return c->here && !c->recused;
}

const struct caster *presence_first(const struct presence_unit *u)
{
	for (size_t i = 0; i < u->n; i++)
		if (can(&u->casters[i]))
			return &u->casters[i];
	return NULL;
}

const struct caster *presence_caster(const struct presence_unit *u, int64_t person_id)
{
	const struct caster *first = presence_first(u);

	for (size_t i = 0; first != NULL && i < u->n; i++) {
		const struct caster *c = &u->casters[i];
		if (c->person_id == person_id && c->capacity == first->capacity && can(c))
			return c;
	}
	return NULL;
}

const struct presence_unit *presence_unit(const struct presence *p, int64_t municipality_id)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->units[i].unit->municipality_id == municipality_id)
			return &p->units[i];
	return NULL;
}

static enum standing standing_of(const struct presence_unit *u)
{
	if (presence_first(u) != NULL)
		return STANDING_REPRESENTED;
	for (size_t i = 0; i < u->n; i++)
		if (u->casters[i].recused && u->casters[i].proxy_id == 0)
			return STANDING_RECUSED;
	return STANDING_ABSENT;
}

/* A deputy of the municipality needs no proxy; a member stands in for nobody without. */
static bool is_of(const struct presence_input *in, const struct presence_proxy *p,
		  const struct unit *unit)
{
	const struct seat *seat = roll_seat(in->roll, p->proxy_id);

	if (in->rules.tally.mode == TALLY_MEMBERS)
		return p->principal_id == unit->seats[0].person_id;
	return p->municipality_id == unit->municipality_id &&
	       (seat == NULL || seat->municipality_id != unit->municipality_id);
}

static struct presence_unit look_at(struct arena *a, const struct presence_input *in,
				    const struct unit *unit)
{
	struct caster *casters = ARENA_ARRAY(a, struct caster, unit->n + in->proxies_n);
	struct presence_unit u = {.unit = unit, .casters = casters};

	for (size_t i = 0; i < unit->n; i++)
		casters[u.n++] = of_seat(in, &unit->seats[i]);
	/* One for each unit, also when members voted before the rules changed. */
	for (size_t i = 0; i < in->proxies_n && u.n == unit->n; i++)
		if (is_of(in, &in->proxies[i], unit))
			casters[u.n++] = of_proxy(in, &in->proxies[i]);
	u.standing = standing_of(&u);
	return u;
}

static int64_t count_persons(struct arena *a, const struct presence *p)
{
	size_t most = 0, n = 0;

	for (size_t i = 0; i < p->n; i++)
		most += p->units[i].n;
	int64_t *seen = ARENA_ARRAY(a, int64_t, most + 1);
	for (size_t i = 0; i < p->n; i++) {
		const struct presence_unit *u = &p->units[i];
		for (size_t c = 0; c < u->n; c++) {
			int64_t id = u->casters[c].person_id;
			if (presence_caster(u, id) != NULL && !holds(seen, n, id))
				seen[n++] = id;
		}
	}
	return (int64_t)n;
}

/* The quorum is the tally's business: everybody represented is still silent. */
static enum err judge(const struct presence_input *in, struct presence *out)
{
	static const enum unit_status status[] = {
	    [STANDING_REPRESENTED] = UNIT_SILENT,
	    [STANDING_ABSENT] = UNIT_ABSENT,
	    [STANDING_RECUSED] = UNIT_RECUSED,
	};
	struct tally_rule rule = in->rules.tally;
	struct tally_input count = {.persons = out->persons, .chair = UNIT_SILENT};
	struct tally t;

	rule.second_meeting = in->second_meeting;
	for (size_t i = 0; i < out->n; i++) {
		const struct presence_unit *u = &out->units[i];
		count.units.of[status[u->standing]]++;
		count.weights.of[status[u->standing]] += u->unit->weight;
	}
	TRY(tally(&rule, &count, &t));
	out->represented = count.units.of[UNIT_SILENT];
	out->absent = count.units.of[UNIT_ABSENT];
	out->recused = count.units.of[UNIT_RECUSED];
	out->needed = t.quorum;
	out->min_persons = rule.min_persons;
	out->enough_units = t.enough_units;
	out->enough_persons = t.enough_persons;
	out->quorate = t.enough_units && t.enough_persons;
	return OK;
}

static int64_t acting_chair(const struct presence_input *in)
{
	const int64_t who[] = {in->chair_id, in->deputy_id};

	for (size_t i = 0; i < 2; i++)
		if (who[i] != 0 && holds(in->here, in->here_n, who[i]) &&
		    !holds(in->recused, in->recused_n, who[i]))
			return who[i];
	return 0;
}

enum err presence_of(struct arena *a, const struct presence_input *in, struct presence *out)
{
	struct presence_unit *units = ARENA_ARRAY(a, struct presence_unit, in->roll->n + 1);

	*out = (struct presence){.n = in->roll->n, .units = units};
	for (size_t i = 0; i < in->roll->n; i++)
		units[i] = look_at(a, in, &in->roll->units[i]);
	out->persons = count_persons(a, out);
	out->acting_chair_id = acting_chair(in);
	return judge(in, out);
}

struct str presence_words(struct arena *a, const struct presence *p)
{
	return arena_fmt(a,
			 "%s: %" PRId64 " von %zu vertreten, nötig %" PRId64 "; %" PRId64 " %s%s",
			 p->quorate ? "Beschlussfähig" : "Nicht beschlussfähig", p->represented,
			 p->n, p->needed, p->persons, p->persons == 1 ? "Person" : "Personen",
			 p->enough_units && !p->enough_persons ? ", das sind zu wenige" : "");
}
