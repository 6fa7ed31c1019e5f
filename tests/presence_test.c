/* presence_test.c -- who may cast for whom: every combination of here, away, proxy and recused. */
#include "features/steering/presence.h"
#include "steering_world.h"

enum { H1 = 11, D1 = 12, E1 = 13, H2 = 21, D2 = 22, H3 = 31, H4 = 41, OUTSIDER = 99 };

/* Four units: 1 with holder and two deputies, 2 with holder and deputy, 3 and 4 with holders. */
static const struct seat seats[] = {
    {1, H1, S_INIT("H1"), CAPACITY_HOLDER}, {1, D1, S_INIT("D1"), CAPACITY_DEPUTY},
    {1, E1, S_INIT("E1"), CAPACITY_DEPUTY}, {2, H2, S_INIT("H2"), CAPACITY_HOLDER},
    {2, D2, S_INIT("D2"), CAPACITY_DEPUTY}, {3, H3, S_INIT("H3"), CAPACITY_HOLDER},
    {4, H4, S_INIT("H4"), CAPACITY_HOLDER},
};
static const struct unit units[] = {
    {1, S_INIT("Eins"), 1, 3, &seats[0], 0},
    {2, S_INIT("Zwei"), 1, 2, &seats[3], 0},
    {3, S_INIT("Drei"), 1, 1, &seats[5], 0},
    {4, S_INIT("Vier"), 1, 1, &seats[6], 0},
};
static const struct roll roll = {4, units};

enum { MANY = 8 };
struct expected {
	enum standing standing;
	int64_t person; /* the first who may cast */
	enum capacity capacity;
};
struct situation {
	const char *name;
	int64_t here[MANY], recused[MANY];
	struct presence_proxy proxies[2];
	struct expected unit[4];
	int64_t needed, persons;
	bool quorate;
};
#define R STANDING_REPRESENTED
#define X STANDING_ABSENT
#define C STANDING_RECUSED
#define HOLDER CAPACITY_HOLDER
#define DEPUTY CAPACITY_DEPUTY
#define PROXY CAPACITY_PROXY
#define GRANT(unit, from, to)                                                                      \
	{                                                                                          \
		70 + (unit), unit, from, to, S_INIT("P")                                           \
	}
#define NO_ONE(standing)                                                                           \
	{                                                                                          \
		standing, 0, HOLDER                                                                \
	}

/* clang-format off */
static const struct situation situations[] = {
    {"all holders", {H1, H2, H3, H4}, {0}, {{0}},
     {{R, H1, HOLDER}, {R, H2, HOLDER}, {R, H3, HOLDER}, {R, H4, HOLDER}}, 3, 4, true},
    {"holder before deputy", {D1, H1, H2, H3}, {0}, {{0}},
     {{R, H1, HOLDER}, {R, H2, HOLDER}, {R, H3, HOLDER}, NO_ONE(X)}, 3, 3, true},
    {"deputies stand in", {E1, D2, H3}, {0}, {{0}},
     {{R, E1, DEPUTY}, {R, D2, DEPUTY}, {R, H3, HOLDER}, NO_ONE(X)}, 3, 3, true},
    {"nobody", {0}, {0}, {{0}}, {NO_ONE(X), NO_ONE(X), NO_ONE(X), NO_ONE(X)}, 3, 0, false},
    {"two of four are too few", {H1, H2}, {0}, {{0}},
     {{R, H1, HOLDER}, {R, H2, HOLDER}, NO_ONE(X), NO_ONE(X)}, 3, 2, false},
    {"a foreign proxy makes it three", {H1, H2}, {0}, {GRANT(3, H3, H1)},
     {{R, H1, HOLDER}, {R, H2, HOLDER}, {R, H1, PROXY}, NO_ONE(X)}, 3, 2, true},
    {"a proxy who is not there helps nobody", {H1, H2}, {0}, {GRANT(3, H3, H4)},
     {{R, H1, HOLDER}, {R, H2, HOLDER}, NO_ONE(X), NO_ONE(X)}, 3, 2, false},
    {"the holder comes back over the proxy", {H1, H2, H3}, {0}, {GRANT(3, H3, H1)},
     {{R, H1, HOLDER}, {R, H2, HOLDER}, {R, H3, HOLDER}, NO_ONE(X)}, 3, 3, true},
    {"a deputy comes before the proxy", {D2, H1, H3}, {0}, {GRANT(2, H2, H1)},
     {{R, H1, HOLDER}, {R, D2, DEPUTY}, {R, H3, HOLDER}, NO_ONE(X)}, 3, 3, true},
    {"one person with proxies is no meeting", {H1}, {0}, {GRANT(2, H2, H1), GRANT(3, H3, H1)},
     {{R, H1, HOLDER}, {R, H1, PROXY}, {R, H1, PROXY}, NO_ONE(X)}, 3, 1, false},
    {"recused holder, deputy without conflict", {H1, D1, H2, H3, H4}, {H1}, {{0}},
     {{R, D1, DEPUTY}, {R, H2, HOLDER}, {R, H3, HOLDER}, {R, H4, HOLDER}}, 3, 4, true},
    {"recused holder, no deputy there", {H1, H2, H3, H4}, {H1}, {{0}},
     {NO_ONE(C), {R, H2, HOLDER}, {R, H3, HOLDER}, {R, H4, HOLDER}}, 3, 3, true},
    {"recused and away is recused", {H2, H3, H4}, {H1}, {{0}},
     {NO_ONE(C), {R, H2, HOLDER}, {R, H3, HOLDER}, {R, H4, HOLDER}}, 3, 3, true},
    {"a recused deputy does not harm the holder", {H1, H2, H3}, {D1}, {{0}},
     {{R, H1, HOLDER}, {R, H2, HOLDER}, {R, H3, HOLDER}, NO_ONE(X)}, 3, 3, true},
    {"a recused person casts for nobody else", {H1, D1, H2, H3}, {H1}, {GRANT(4, H4, H1)},
     {{R, D1, DEPUTY}, {R, H2, HOLDER}, {R, H3, HOLDER}, NO_ONE(X)}, 3, 3, true},
    {"what the principal may not do the proxy may not", {H1, H2, H3}, {H4}, {GRANT(4, H4, H1)},
     {{R, H1, HOLDER}, {R, H2, HOLDER}, {R, H3, HOLDER}, NO_ONE(C)}, 3, 3, true},
    {"more than half recused: one is enough", {H1, H2, H3, H4}, {H2, H3, H4}, {{0}},
     {{R, H1, HOLDER}, NO_ONE(C), NO_ONE(C), NO_ONE(C)}, 1, 1, true},
    {"a guest represents nobody", {OUTSIDER, H1, H2}, {0}, {{0}},
     {{R, H1, HOLDER}, {R, H2, HOLDER}, NO_ONE(X), NO_ONE(X)}, 3, 2, false},
    {"a deputy of the house needs no proxy", {D1, H2, H3}, {0}, {GRANT(1, H1, D1)},
     {{R, D1, DEPUTY}, {R, H2, HOLDER}, {R, H3, HOLDER}, NO_ONE(X)}, 3, 3, true},
};
/* clang-format on */

static size_t length(const int64_t *ids)
{
	size_t n = 0;

	while (n < MANY && ids[n] != 0)
		n++;
	return n;
}

static struct arena *arena;

static struct presence look(const struct situation *s)
{
	struct presence_input in = {.roll = &roll,
				    .rules = {.tally = {.min_persons = 2}},
				    .here = s->here,
				    .here_n = length(s->here),
				    .recused = s->recused,
				    .recused_n = length(s->recused),
				    .proxies = s->proxies,
				    .chair_id = H1,
				    .deputy_id = H2};
	struct presence p;

	while (in.proxies_n < 2 && s->proxies[in.proxies_n].id != 0)
		in.proxies_n++;
	CHECK_INT(presence_of(arena, &in, &p), OK);
	return p;
}

static void check_unit(const struct situation *s, const struct presence_unit *u, size_t i)
{
	const struct expected *e = &s->unit[i];
	const struct caster *first = presence_first(u);

	if (u->standing != e->standing || (first == NULL) != (e->person == 0))
		fail_msg("%s: unit %zu stands at %d", s->name, i + 1, (int)u->standing);
	if (first != NULL && (first->person_id != e->person || first->capacity != e->capacity))
		fail_msg("%s: %d casts for unit %zu", s->name, (int)first->person_id, i + 1);
	if (first != NULL && presence_caster(u, e->person) != first)
		fail_msg("%s: the first of unit %zu may not cast", s->name, i + 1);
}

TEST(presence_list_and_vote_count_differ_never)
{
	arena = arena_new(1 << 22);
	for (size_t s = 0; s < sizeof situations / sizeof situations[0]; s++) {
		struct presence p = look(&situations[s]);
		CHECK_INT(p.n, 4);
		for (size_t i = 0; i < 4; i++)
			check_unit(&situations[s], &p.units[i], i);
		CHECK_INT(p.represented + p.absent + p.recused, 4);
		if (p.needed != situations[s].needed || p.persons != situations[s].persons ||
		    p.quorate != situations[s].quorate)
			fail_msg("%s: %.*s", situations[s].name, ARG(presence_words(arena, &p)));
	}
	arena_free(arena);
}

TEST(only_the_highest_capacity_may_cast)
{
	static const struct situation s = {
	    .here = {H1, D1, E1, H2}, .recused = {0}, .proxies = {GRANT(3, H3, D1)}};
	static const struct situation deputies = {.here = {E1, D1}};

	arena = arena_new(1 << 20);
	struct presence p = look(&s);
	CHECK(presence_caster(&p.units[0], H1) != NULL);
	CHECK(presence_caster(&p.units[0], D1) == NULL);
	CHECK(presence_caster(&p.units[2], D1) != NULL);
	CHECK(presence_caster(&p.units[2], H1) == NULL);
	CHECK(presence_caster(&p.units[3], H1) == NULL);
	CHECK_STR(presence_words(arena, &p),
		  S("Beschlussfähig: 3 von 4 vertreten, nötig 3; 3 Personen"));
	p = look(&deputies);
	CHECK(presence_caster(&p.units[0], D1) != NULL && presence_caster(&p.units[0], E1) != NULL);
	CHECK(presence_unit(&p, 3) == &p.units[2] && presence_unit(&p, 9) == NULL);
	arena_free(arena);
}

TEST(chair_recused_or_absent)
{
	static const struct {
		struct situation s;
		int64_t acting;
	} cases[] = {
	    {{.here = {H1, H2}}, H1},
	    {{.here = {H2, H3}}, H2},
	    {{.here = {H1, H2}, .recused = {H1}}, H2},
	    {{.here = {H1, H2}, .recused = {H1, H2}}, 0},
	    {{.here = {H3}}, 0},
	};

	arena = arena_new(1 << 20);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		CHECK_INT(look(&cases[i].s).acting_chair_id, cases[i].acting);
	arena_free(arena);
}

static struct presence loaded(int64_t entry)
{
	struct request rq = {.app = &test_app, .arena = test_arena, .db = test_db};
	struct presence p;

	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(presence_load(&rq, 1, entry, &p), OK);
	db_rollback(test_db);
	return p;
}

TEST(the_rows_of_the_database_are_read)
{
	steering_world();
	run_sql("INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot,"
		" chair_id, uid, created_by, created_at)"
		" VALUES (1, 2026, 1, 'running', '2026-11-20', 600, 1, 60, 9, 'u', 1, 1);"
		"INSERT INTO agenda_entry (id, meeting_id, pos, kind, decision_id, title, minutes)"
		" VALUES (5, 1, 1, 'decision', 1, 'A', 10), (6, 1, 2, 'formal', NULL, 'B', 10);"
		"INSERT INTO attendance (meeting_id, person_id, municipality_id, role, mode,"
		" from_at, until_at) VALUES (1, 10, 1, 'holder', 'room', 1, NULL),"
		" (1, 8, 3, 'holder', 'room', 1, NULL), (1, 9, 4, 'holder', 'room', 1, 2);"
		"INSERT INTO proxy (meeting_id, agenda_entry_id, municipality_id, principal_id,"
		" proxy_id, granted_at, revoked_at) VALUES (1, NULL, 4, 9, 10, 1, NULL),"
		" (1, 5, 4, 9, 8, 1, NULL), (1, NULL, 2, 7, 10, 1, 2);"
		"INSERT INTO recusal (decision_id, meeting_id, person_id, at, noted_by)"
		" VALUES (1, 1, 8, 1, 8)");
	struct presence p = loaded(0);
	CHECK_INT(p.represented, 3);
	CHECK_INT(presence_first(presence_unit(&p, SEEFELD))->person_id, JULE);
	/* On the point itself Heidi is recused, and with her the proxy for this point. */
	p = loaded(5);
	CHECK_INT(presence_unit(&p, BERGSTEDT)->standing, STANDING_RECUSED);
	CHECK_INT(presence_unit(&p, SEEFELD)->standing, STANDING_ABSENT);
	CHECK_INT(p.represented, 1);
	CHECK(!p.quorate);
	p = loaded(6);
	CHECK_INT(p.represented, 3);
}

TESTS_MAIN
