/* steering.c -- rules, roll, addresses and history of the steering committee. */
#include "features/steering/steering.h"

#include "app/audit.h"
#include "base/clock.h"

#include <inttypes.h>

const struct str tally_mode_names[TALLY_MODES] = {S_INIT("heads"), S_INIT("weighted"),
						  S_INIT("dual"), S_INIT("member")};
const struct str seat_names[SEATS_COUNT] = {S_INIT("speaker"), S_INIT("block"), S_INIT("inner")};
const struct str capacity_names[CAPACITY_COUNT] = {S_INIT("holder"), S_INIT("deputy"),
						   S_INIT("proxy")};

struct str capacity_label(enum capacity c)
{
	static const struct str labels[CAPACITY_COUNT] = {
	    S_INIT("Stimmführung"), S_INIT("Stellvertretung"), S_INIT("Vollmacht")};

	return labels[c];
}

static int named(const struct str *names, int count, struct str s)
{
	int i = 0;

	while (i < count && !str_eq(names[i], s))
		i++;
	return i;
}

enum err committee_rules_load(struct request *rq, struct committee_rules *out)
{
	static const char sql[] =
	    "SELECT mode, seat_rule, min_persons, casting_vote, absent_counts, quorum_by_weight,"
	    "       deadline_days, clear_days, urgency_a, urgency_b, proxy_cap, circular_days,"
	    "       row_version"
	    "  FROM committee_rules WHERE id = 1";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_INTERNAL;
	int mode = named(tally_mode_names, TALLY_MODES, col_text(&r, 0));
	*out = (struct committee_rules){
	    .tally = {.mode = (enum tally_mode)mode,
		      .min_persons = col_int(&r, 2),
		      .casting_vote = col_int(&r, 3) != 0,
		      .absent_counts = col_int(&r, 4) != 0,
		      .quorum_by_weight = col_int(&r, 5) != 0},
	    .seats = (enum seats)named(seat_names, SEATS_COUNT, col_text(&r, 1)),
	    .deadline = {.days = (int)col_int(&r, 6), .clear_days = col_int(&r, 7) != 0},
	    .urgency_a = col_int(&r, 8),
	    .urgency_b = col_int(&r, 9),
	    .proxy_cap = col_int(&r, 10),
	    .circular_days = col_int(&r, 11),
	    .row_version = col_int(&r, 12)};
	return OK;
}

/* ---- Roll ---- */

static enum err count_roll(struct request *rq, struct str day, int64_t *units, int64_t *seats)
{
	static const char count_units[] =
	    "SELECT count(*) FROM municipality WHERE kind = 'municipality' AND joined_on <= $1"
	    " AND (left_on IS NULL OR left_on >= $1)";
	static const char count_seats[] =
	    "SELECT count(*) FROM role_held WHERE role IN ('committee', 'committee_deputy')";

	TRY(db_int(rq->db, count_units, WITH(TEXT(day)), units));
	return db_int(rq->db, count_seats, WITH_NOTHING, seats);
}

static void take_seat(struct rows *r, struct seat *seat, struct unit *unit)
{
	bool holder = str_eq(col_text(r, 5), S("committee"));

	*seat = (struct seat){.municipality_id = unit->municipality_id,
			      .person_id = col_int(r, 3),
			      .name = col_text(r, 4),
			      .capacity = holder ? CAPACITY_HOLDER : CAPACITY_DEPUTY};
	unit->n++;
}

enum err roll_load(struct request *rq, struct date day, struct roll *out)
{
	static const char sql[] =
	    "SELECT m.id, m.short, coalesce(w.weight, 1), p.id, p.name, g.role"
	    "  FROM municipality m"
	    "  LEFT JOIN unit_weight w ON w.municipality_id = m.id"
	    "  LEFT JOIN role_held g ON g.municipality_id = m.id"
	    "   AND g.role IN ('committee', 'committee_deputy') AND g.since <= $1"
	    "   AND (g.until IS NULL OR g.until >= $1)"
	    "   AND EXISTS (SELECT 1 FROM person a WHERE a.id = g.person_id AND a.status = "
	    "'active')"
	    "  LEFT JOIN person p ON p.id = g.person_id"
	    " WHERE m.kind = 'municipality' AND m.joined_on <= $1"
	    "   AND (m.left_on IS NULL OR m.left_on >= $1)"
	    " ORDER BY m.sort_key, m.id, g.role, p.sort_key, p.id";
	struct str iso = date_iso(rq->arena, day);
	int64_t unit_count = 0, seat_count = 0, last = 0;

	TRY(count_roll(rq, iso, &unit_count, &seat_count));
	struct unit *units = ARENA_ARRAY(rq->arena, struct unit, (size_t)unit_count);
	struct seat *seats = ARENA_ARRAY(rq->arena, struct seat, (size_t)seat_count);
	*out = (struct roll){.units = units};
	struct rows r = db_query(rq->db, sql, WITH(TEXT(iso)));
	while (rows_next(&r)) {
		if (col_int(&r, 0) != last) {
			last = col_int(&r, 0);
			units[out->n++] = (struct unit){.id = last,
							.municipality_id = last,
							.name = col_text(&r, 1),
							.weight = col_int(&r, 2),
							.seats = seats};
		}
		if (!col_null(&r, 3))
			take_seat(&r, seats++, &units[out->n - 1]);
	}
	return r.err;
}

struct roll roll_by_members(struct arena *a, const struct roll *roll)
{
	size_t most = 0;

	for (size_t i = 0; i < roll->n; i++)
		most += roll->units[i].n;
	struct unit *units = ARENA_ARRAY(a, struct unit, most + 1);
	struct seat *seats = ARENA_ARRAY(a, struct seat, most + 1);
	struct roll out = {.units = units};
	for (size_t i = 0; i < roll->n; i++)
		for (size_t s = 0; s < roll->units[i].n; s++) {
			const struct unit *of = &roll->units[i];
			seats[out.n] = of->seats[s];
			seats[out.n].capacity = CAPACITY_HOLDER;
			units[out.n] =
			    (struct unit){.id = (int64_t)out.n + 1,
					  .municipality_id = of->municipality_id,
					  .name = arena_fmt(a, "%.*s %zu", ARG(of->name), s + 1),
					  .weight = 1,
					  .n = 1,
					  .seats = &seats[out.n]};
			out.n++;
		}
	return out;
}

enum err roll_load_voting(struct request *rq, struct date day, enum tally_mode mode,
			  struct roll *out)
{
	TRY(roll_load(rq, day, out));
	if (mode == TALLY_MEMBERS)
		*out = roll_by_members(rq->arena, out);
	return OK;
}

const struct unit *roll_unit(const struct roll *roll, int64_t municipality_id)
{
	for (size_t i = 0; i < roll->n; i++)
		if (roll->units[i].municipality_id == municipality_id)
			return &roll->units[i];
	return NULL;
}

const struct seat *roll_seat(const struct roll *roll, int64_t person_id)
{
	for (size_t i = 0; i < roll->n; i++)
		for (size_t s = 0; s < roll->units[i].n; s++)
			if (roll->units[i].seats[s].person_id == person_id)
				return &roll->units[i].seats[s];
	return NULL;
}

/* ---- Addresses and history ---- */

bool number_parse(struct str slug, int64_t *year, int64_t *number)
{
	size_t dash = str_find_char(slug, '-');
	struct str left = str_head(slug, dash),
		   right = str_from(slug, dash < slug.n ? dash + 1 : dash);

	/* One spelling of each address: no zeros in front. */
	return left.n == 4 && right.n >= 1 && right.n <= 6 && right.p[0] != '0' &&
	       str_to_int(left, year) && str_to_int(right, number);
}

struct str number_slug(struct arena *a, int64_t year, int64_t number)
{
	return arena_fmt(a, "%" PRId64 "-%" PRId64, year, number);
}

enum err steering_event(struct request *rq, const struct steering_event *e)
{
	static const char sql[] =
	    "INSERT INTO steering_event (at, actor_id, municipality_id, object, object_id, action,"
	    " before, after, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
	struct buf before = {.arena = rq->arena}, after = {.arena = rq->arena};

	TRY(db_run(rq->db, sql,
		   WITH(INT(clock_now()), INT_OR_NONE(rq->viewer.person_id),
			INT_OR_NONE(rq->viewer.municipality_id), TEXT(str_of(e->object)),
			INT(e->id), TEXT(str_of(e->action)), TEXT(e->before), TEXT(e->after),
			TEXT(e->reason)),
		   NULL));
	json_pair(&before, "state", e->before);
	json_pair(&after, "state", e->after);
	json_pair(&after, "reason", e->reason);
	return audit(rq, arena_cstr(rq->arena, arena_fmt(rq->arena, "%s.%s", e->object, e->action)),
		     arena_fmt(rq->arena, "%s/%" PRId64, e->object, e->id), json_end(&before),
		     json_end(&after));
}
