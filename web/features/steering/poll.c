/* poll.c -- loads votes: the row with its rule, the roll, what was cast. */
#include "features/steering/poll.h"

#include "base/clock.h"
#include "features/steering/poll_presence.h"

const struct str poll_kind_names[POLL_KINDS] = {S_INIT("resolution"), S_INIT("urgency"),
						S_INIT("circular"), S_INIT("recusal")};

struct str poll_kind_label(enum poll_kind k)
{
	static const struct str labels[POLL_KINDS] = {
	    S_INIT("Abstimmung"), S_INIT("Abstimmung über die Dringlichkeit"),
	    S_INIT("Umlaufbeschluss"), S_INIT("Abstimmung über die Befangenheit")};

	return labels[k];
}

bool poll_is_on_matter(enum poll_kind k)
{
	return k == POLL_RESOLUTION || k == POLL_CIRCULAR;
}

static int named(const struct str *names, int count, struct str s)
{
	int i = 0;

	while (i < count - 1 && !str_eq(names[i], s))
		i++;
	return i;
}

bool poll_is_due(const struct poll *p)
{
	return p->closed_at == 0 && p->aborted_at == 0 && p->closes_at != 0 &&
	       clock_now() > p->closes_at;
}

bool poll_runs(const struct poll *p)
{
	return p->closed_at == 0 && p->aborted_at == 0 && !poll_is_due(p);
}

#define POLL_COLUMNS                                                                               \
	"SELECT id, decision_id, version, round, version_hash, kind, coalesce(meeting_id, 0),"     \
	"       coalesce(agenda_entry_id, 0), majority, majority_a, majority_b, mode, seat_rule,"  \
	"       min_yes, min_persons, casting_vote, second_meeting, absent_counts,"                \
	"       quorum_by_weight, coalesce(chair_id, 0), opened_by, opened_at,"                    \
	"       coalesce(closes_at, 0), coalesce(closed_by, 0), coalesce(closed_at, 0),"           \
	"       coalesce(result, ''), coalesce(persons, 0), words, coalesce(aborted_by, 0),"       \
	"       coalesce(aborted_at, 0), abort_reason,"                                            \
	"       coalesce((SELECT x.confirmed_at FROM poll_void x WHERE x.poll_id = poll.id"        \
	"         AND x.confirmed_at IS NOT NULL), 0), coalesce(recusal_id, 0),"                   \
	"       coalesce((SELECT n.name FROM recusal c JOIN person n ON n.id = c.person_id"        \
	"         WHERE c.id = poll.recusal_id), '')"                                              \
	"  FROM poll"

static void take_rule(struct rows *r, struct tally_rule *rule)
{
	*rule = (struct tally_rule){
	    .majority = tally_majority_named(col_text(r, 8)),
	    .a = col_int(r, 9),
	    .b = col_int(r, 10),
	    .mode = (enum tally_mode)named(tally_mode_names, TALLY_MODES, col_text(r, 11)),
	    .min_yes = col_int(r, 13),
	    .min_persons = col_int(r, 14),
	    .casting_vote = col_int(r, 15) != 0,
	    .second_meeting = col_int(r, 16) != 0,
	    .absent_counts = col_int(r, 17) != 0,
	    .quorum_by_weight = col_int(r, 18) != 0};
}

static void take(struct rows *r, struct poll *out)
{
	*out = (struct poll){.id = col_int(r, 0),
			     .decision_id = col_int(r, 1),
			     .version = col_int(r, 2),
			     .round = col_int(r, 3),
			     .version_hash = col_text(r, 4),
			     .kind =
				 (enum poll_kind)named(poll_kind_names, POLL_KINDS, col_text(r, 5)),
			     .meeting_id = col_int(r, 6),
			     .agenda_entry_id = col_int(r, 7),
			     .seats = (enum seats)named(seat_names, SEATS_COUNT, col_text(r, 12)),
			     .chair_id = col_int(r, 19),
			     .opened_by = col_int(r, 20),
			     .opened_at = col_int(r, 21),
			     .closes_at = col_int(r, 22),
			     .closed_by = col_int(r, 23),
			     .closed_at = col_int(r, 24),
			     .result = tally_result_named(col_text(r, 25)),
			     .persons = col_int(r, 26),
			     .words = col_text(r, 27),
			     .aborted_by = col_int(r, 28),
			     .aborted_at = col_int(r, 29),
			     .abort_reason = col_text(r, 30),
			     .voided_at = col_int(r, 31),
			     .recusal_id = col_int(r, 32),
			     .about = col_text(r, 33)};
	take_rule(r, &out->rule);
}

enum err polls_load(struct request *rq, int64_t decision_id, struct poll **out, size_t *n)
{
	static const char count_sql[] = "SELECT count(*) FROM poll WHERE decision_id = $1";
	static const char sql[] = POLL_COLUMNS " WHERE decision_id = $1 ORDER BY id DESC";
	int64_t count = 0;

	TRY(db_int(rq->db, count_sql, WITH(INT(decision_id)), &count));
	*out = ARENA_ARRAY(rq->arena, struct poll, (size_t)count);
	*n = 0;
	struct rows r = db_query(rq->db, sql, WITH(INT(decision_id)));
	while (*n < (size_t)count && rows_next(&r))
		take(&r, &(*out)[(*n)++]);
	return r.err;
}

enum err poll_newest(struct request *rq, int64_t decision_id, struct poll *out)
{
	static const char sql[] = POLL_COLUMNS " WHERE decision_id = $1 ORDER BY id DESC LIMIT 1";
	struct rows r = db_query(rq->db, sql, WITH(INT(decision_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	take(&r, out);
	return OK;
}

enum err poll_by_id(struct request *rq, int64_t decision_id, int64_t id, struct poll *out)
{
	static const char sql[] = POLL_COLUMNS " WHERE decision_id = $1 AND id = $2";
	struct rows r = db_query(rq->db, sql, WITH(INT(decision_id), INT(id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	take(&r, out);
	return OK;
}

enum err poll_any_runs(struct request *rq, bool *out)
{
	static const char sql[] =
	    "SELECT count(*) FROM poll WHERE closed_at IS NULL AND aborted_at IS NULL";
	int64_t count = 0;

	TRY(db_int(rq->db, sql, WITH_NOTHING, &count));
	*out = count > 0;
	return OK;
}

/* ---- The roll ---- */

static enum err count_roll(struct request *rq, const struct poll *p, int64_t *units,
			   int64_t *voters)
{
	static const char unit_sql[] = "SELECT count(*) FROM poll_unit WHERE poll_id = $1";
	static const char voter_sql[] = "SELECT count(*) FROM poll_voter WHERE poll_id = $1";

	TRY(db_int(rq->db, unit_sql, WITH(INT(p->id)), units));
	return db_int(rq->db, voter_sql, WITH(INT(p->id)), voters);
}

static struct poll_voter voter_of(struct rows *r)
{
	return (struct poll_voter){
	    .person_id = col_int(r, 4),
	    .name = col_text(r, 5),
	    .capacity = (enum capacity)named(capacity_names, CAPACITY_COUNT, col_text(r, 6)),
	    .proxy_id = col_int(r, 7),
	    .stands = true};
}

/* The order of the register too: by the name that was frozen. */
static enum err load_roll(struct request *rq, const struct poll *p, struct electorate *out)
{
	static const char sql[] =
	    "SELECT u.unit, u.name, u.weight, coalesce(u.status, ''), v.person_id,"
	    "       p.name,"
	    "       v.capacity, coalesce(v.proxy_id, 0), u.municipality_id"
	    "  FROM poll_unit u"
	    "  LEFT JOIN poll_voter v ON v.poll_id = u.poll_id"
	    "   AND v.unit = u.unit"
	    "  LEFT JOIN person p ON p.id = v.person_id"
	    " WHERE u.poll_id = $1"
	    " ORDER BY u.name, u.unit, CASE v.capacity WHEN 'holder' THEN 0"
	    "  WHEN 'deputy' THEN 1 ELSE 2 END, v.person_id";
	int64_t units = 0, voters = 0, last = 0;

	TRY(count_roll(rq, p, &units, &voters));
	struct poll_voter *next = ARENA_ARRAY(rq->arena, struct poll_voter, (size_t)voters);
	out->units = ARENA_ARRAY(rq->arena, struct poll_unit, (size_t)units);
	struct rows r = db_query(rq->db, sql, WITH(INT(p->id)));
	while (rows_next(&r)) {
		if (col_int(&r, 0) != last) {
			last = col_int(&r, 0);
			out->units[out->n++] =
			    (struct poll_unit){.id = last,
					       .municipality_id = col_int(&r, 8),
					       .name = col_text(&r, 1),
					       .weight = col_int(&r, 2),
					       .status = unit_status_named(col_text(&r, 3)),
					       .voters = next};
		}
		if (col_null(&r, 4))
			continue;
		*next++ = voter_of(&r);
		out->units[out->n - 1].n++;
	}
	return r.err;
}

#define BALLOT_COLUMNS                                                                             \
	"SELECT b.seq, b.unit, b.choice, b.reason, b.person_id,"                                   \
	"       p.name,"                                                                           \
	"       b.capacity, b.at, b.nonce, b.record, b.signature, r.hash"                          \
	"  FROM ballot b JOIN person p ON p.id = b.person_id"                                      \
	"  JOIN register_record r ON r.n = b.record"

static struct poll_ballot ballot_of(struct rows *r)
{
	return (struct poll_ballot){
	    .seq = col_int(r, 0),
	    .unit = col_int(r, 1),
	    .choice = col_text(r, 2),
	    .reason = col_text(r, 3),
	    .person_id = col_int(r, 4),
	    .name = col_text(r, 5),
	    .capacity = (enum capacity)named(capacity_names, CAPACITY_COUNT, col_text(r, 6)),
	    .at = col_int(r, 7),
	    .nonce = col_text(r, 8),
	    .record = col_int(r, 9),
	    .signature = col_text(r, 10),
	    .hash = col_text(r, 11)};
}

static enum err load_ballots(struct request *rq, const struct poll *p, bool all,
			     struct electorate *out)
{
	static const char count_sql[] = "SELECT count(*) FROM ballot WHERE poll_id = $1";
	static const char all_sql[] = BALLOT_COLUMNS " WHERE b.poll_id = $1 ORDER BY b.seq";
	static const char newest_sql[] = BALLOT_COLUMNS
	    " WHERE b.poll_id = $1 AND b.seq IN (SELECT max(seq) FROM ballot WHERE poll_id = $1"
	    "  GROUP BY unit, person_id) ORDER BY b.seq";
	int64_t count = 0;

	TRY(db_int(rq->db, count_sql, WITH(INT(p->id)), &count));
	if (count == 0)
		return OK;
	out->ballots = ARENA_ARRAY(rq->arena, struct poll_ballot, (size_t)count);
	struct rows r = db_query(rq->db, all ? all_sql : newest_sql, WITH(INT(p->id)));
	while (out->ballot_count < (size_t)count && rows_next(&r))
		out->ballots[out->ballot_count++] = ballot_of(&r);
	return r.err;
}

void electorate_label(struct arena *a, const struct poll *p, struct electorate *e)
{
	for (size_t i = 0; i < e->n; i++) {
		struct poll_unit *u = &e->units[i];
		bool member = p->rule.mode == TALLY_MEMBERS && u->n > 0;
		u->label = member
			       ? arena_fmt(a, "%.*s (%.*s)", ARG(u->voters[0].name), ARG(u->name))
			       : u->name;
	}
}

static enum err load(struct request *rq, const struct poll *p, bool all, struct electorate *out)
{
	*out = (struct electorate){.n = 0};
	TRY(load_roll(rq, p, out));
	electorate_label(rq->arena, p, out);
	TRY(load_ballots(rq, p, all, out));
	return poll_presence(rq, p, out);
}

enum err electorate_load(struct request *rq, const struct poll *p, struct electorate *out)
{
	return load(rq, p, false, out);
}

enum err electorate_load_all(struct request *rq, const struct poll *p, struct electorate *out)
{
	return load(rq, p, true, out);
}
