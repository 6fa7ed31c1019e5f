/*
 * register_world.h -- a register of two meetings' worth of votes, and a forger who has its key
 * (register_forger.h): what is changed in a copy gets fresh hashes and seals, so that only what the
 * records say can give it away.
 */
#ifndef TESTS_REGISTER_WORLD_H
#define TESTS_REGISTER_WORLD_H

#include "fixtures.h"

#include "base/date.h"
#include "features/steering/register_file.h"
#include "features/steering/register_line.h"
#include "features/steering/register_verify.h"

#include <inttypes.h>

#define SHA_1 "1111111111111111111111111111111111111111111111111111111111111111"
#define SHA_2 "2222222222222222222222222222222222222222222222222222222222222222"
enum { DAY = 86400, TEMPLATE_1 = 1, TEMPLATE_2, MEETING = 1, ENTRY_1 = 1, ENTRY_2 };

static const char register_rows[] =
    "INSERT INTO decision (id, year, number, author_id, created_at) VALUES (1, 2026, 14, 1, 1),"
    " (2, 2026, 15, 1, 1);"
    "INSERT INTO decision_version (decision_id, version, title, written_by, written_at) VALUES"
    " (1, 1, 'A', 1, 1), (2, 1, 'B', 1, 1);"
    "INSERT INTO meeting (id, year, number, day, start_minute, starts_at, slot, uid, created_by,"
    " created_at) VALUES (1, 2026, 4, '2026-11-26', 840, 1795700000, 120, 'u', 1, 1);"
    "INSERT INTO agenda_entry (id, meeting_id, pos, kind, decision_id, title, minutes) VALUES"
    " (1, 1, 1, 'decision', 1, 'A', 15), (2, 1, 2, 'decision', 2, 'B', 15);";

static struct register_book book;

static inline void begin_register(void)
{
	fixtures();
	run_sql(register_rows);
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	book = (struct register_book){test_db, test_arena, test_app.register_key, 0};
}

/* A row of `poll`, for the foreign key alone; closed at once, so that the next one may follow. */
static inline void poll_row(int64_t id, int64_t decision)
{
	static const char sql[] =
	    "INSERT INTO poll (id, decision_id, version, version_hash, kind, majority, mode,"
	    " seat_rule, min_yes, min_persons, casting_vote, second_meeting, absent_counts,"
	    " quorum_by_weight, opened_by, opened_at, closes_at, aborted_at, abort_reason)"
	    " VALUES ($1, $2, 1, '" SHA_1 "', 'circular', 'simple', 'heads', 'speaker', 0, 2, 0, 0,"
	    " 0, 0, 1, 1, 1, 1, 'x')";

	CHECK_INT(db_run(test_db, sql, WITH(INT(id), INT(decision)), NULL), OK);
}

/* `old_title`: a record of before, which had the words; "": one of today. */
static inline void publish(int64_t decision, const char *number, const char *sha,
			   const char *old_title)
{
	struct register_template_published r = {.decision = decision,
						.number = str_of(number),
						.version = 1,
						.old_title = str_of(old_title),
						.sha256 = str_of(sha),
						.counts_from = clock_now()};

	CHECK_INT(register_template_published(&book, &r), OK);
}

static inline void invite(void)
{
	struct register_meeting_invited r = {.meeting = MEETING,
					     .number = S("2026-4"),
					     .day = S("2026-11-25"),
					     .start = 840,
					     .chair = WHO(IVO),
					     .minute_taker = WHO(ANNA)};
	struct register_meeting_moved m = {.meeting = MEETING,
					   .old_day = S("2026-11-25"),
					   .old_start = 840,
					   .day = S("2026-11-26"),
					   .start = 600,
					   .reason = S("Ratssaal belegt")};

	CHECK_INT(register_meeting_invited(&book, &r), OK);
	CHECK_INT(register_meeting_moved(&book, &m), OK);
}

static inline void attend(int64_t person, int64_t unit, const char *role, const char *event)
{
	struct register_attendance r = {.meeting = MEETING,
					.person = WHO(person),
					.unit = unit,
					.role = str_of(role),
					.mode = S("room"),
					.event = str_of(event)};

	CHECK_INT(register_attendance(&book, &r), OK);
}

static inline void recuse(int64_t decision, int64_t person, int64_t unit)
{
	struct register_recusal r = {.decision = decision,
				     .meeting = MEETING,
				     .unit = unit,
				     .person = WHO(person),
				     .event = S("noted")};

	CHECK_INT(register_recusal(&book, &r), OK);
}

/* Lindheim: Anna; Auental: Ben, or Greta by proxy 1 (she holds it for Lindheim's neighbour);
 * Bergstedt: Heidi, Cem as deputy; Seefeld: Ivo, who is in the chair. */
static inline void open_poll(int64_t id, int64_t decision, const char *kind)
{
	static const struct register_voter one[] = {{{.id = ANNA}, S_INIT("holder"), 0}};
	static const struct register_voter two[] = {{{.id = BEN}, S_INIT("holder"), 0},
						    {{.id = JULE}, S_INIT("proxy"), 1}};
	static const struct register_voter three[] = {{{.id = HEIDI}, S_INIT("holder"), 0},
						      {{.id = CEM}, S_INIT("deputy"), 0}};
	static const struct register_voter four[] = {{{.id = IVO}, S_INIT("holder"), 0}};
	bool circular = strcmp(kind, "circular") == 0;
	const struct register_unit roll[] = {{LINDHEIM, S("Lindheim"), 3, {1, one}},
					     {AUENTAL, S("Auental"), 2, {circular ? 1 : 2, two}},
					     {BERGSTEDT, S("Bergstedt"), 2, {2, three}},
					     {SEEFELD, S("Seefeld"), 1, {1, four}}};
	struct register_poll_opened r = {.poll = id,
					 .decision = decision,
					 .version = 1,
					 .sha256 = decision == TEMPLATE_1 ? S(SHA_1) : S(SHA_2),
					 .kind = str_of(kind),
					 .round = id,
					 .meeting = circular ? 0 : MEETING,
					 .entry = circular ? 0 : decision,
					 .rule = {.majority = MAJORITY_SIMPLE, .min_persons = 2},
					 .seat_rule = S("speaker"),
					 .deadline_days = 5,
					 .closes_at = circular ? clock_now() + 6 * DAY : 0,
					 .chair = circular ? WHO(NOBODY) : WHO(IVO),
					 .roll = {4, roll}};

	poll_row(id, decision);
	CHECK_INT(register_poll_opened(&book, &r), OK);
}

static inline struct register_receipt cast_as(int64_t poll, int64_t seq, int64_t unit,
					      const char *choice, int64_t person,
					      const char *capacity)
{
	static const char *const names[] = {"", "Lindheim", "Auental", "Bergstedt", "Seefeld"};
	struct register_ballot r = {.poll = poll,
				    .seq = seq,
				    .unit = unit,
				    .choice = str_of(choice),
				    .person = WHO(person),
				    .capacity = str_of(capacity)};
	struct register_receipt receipt;

	CHECK_INT(register_ballot(&book, &r, str_of(names[unit]), &receipt), OK);
	return receipt;
}

static inline void close_poll(int64_t poll, const enum unit_status *s, int64_t persons,
			      enum unit_status chair)
{
	static const int64_t weights[] = {3, 2, 2, 1};
	struct tally_rule rule = {.majority = MAJORITY_SIMPLE, .min_persons = 2};
	struct register_unit_status units[4];
	struct register_poll_closed r = {.poll = poll, .units = {4, units}};
	struct tally t;

	r.in = (struct tally_input){.persons = persons, .chair = chair};
	for (int i = 0; i < 4; i++) {
		units[i] = (struct register_unit_status){i + 1, s[i]};
		r.in.units.of[s[i]]++;
		r.in.weights.of[s[i]] += weights[i];
	}
	CHECK_INT(tally(&rule, &r.in, &t), OK);
	r.result = t.result;
	r.words = tally_words(test_arena, &rule, &r.in, &t);
	CHECK_INT(register_poll_closed(&book, &r), OK);
}

/* Template 1: three yes, one by proxy; Bergstedt changes its mind. */
static inline struct register_receipt first_vote(void)
{
	open_poll(1, TEMPLATE_1, "resolution");
	struct register_receipt receipt = cast_as(1, 1, LINDHEIM, "yes", ANNA, "holder");
	cast_as(1, 2, BERGSTEDT, "yes", CEM, "deputy");
	cast_as(1, 3, AUENTAL, "yes", JULE, "proxy");
	cast_as(1, 4, BERGSTEDT, "no", HEIDI, "holder");
	cast_as(1, 5, SEEFELD, "abstained", IVO, "holder");
	close_poll(1, (enum unit_status[]){UNIT_YES, UNIT_YES, UNIT_NO, UNIT_ABSTAINED}, 5,
		   UNIT_ABSTAINED);
	return receipt;
}

/* Template 2 is late: urgency, waiver, an aborted vote, and one in which Anna is recused. */
static inline void late_votes(void)
{
	struct register_waiver w = {MEETING, ENTRY_2, TEMPLATE_2, 2};
	struct register_poll_aborted aborted = {3, S("Technik fiel aus")};

	open_poll(2, TEMPLATE_2, "urgency");
	cast_as(2, 1, LINDHEIM, "yes", ANNA, "holder");
	cast_as(2, 2, SEEFELD, "yes", IVO, "holder");
	close_poll(2, (enum unit_status[]){UNIT_YES, UNIT_SILENT, UNIT_SILENT, UNIT_YES}, 5,
		   UNIT_YES);
	CHECK_INT(register_waiver(&book, &w), OK);
	open_poll(3, TEMPLATE_2, "resolution");
	cast_as(3, 1, LINDHEIM, "no", ANNA, "holder");
	CHECK_INT(register_poll_aborted(&book, &aborted), OK);
	recuse(TEMPLATE_2, ANNA, LINDHEIM);
	attend(HEIDI, BERGSTEDT, "holder", "left");
	attend(CEM, BERGSTEDT, "deputy", "left");
	open_poll(4, TEMPLATE_2, "resolution");
	cast_as(4, 1, AUENTAL, "no", JULE, "proxy");
	close_poll(4, (enum unit_status[]){UNIT_RECUSED, UNIT_NO, UNIT_ABSENT, UNIT_SILENT}, 3,
		   UNIT_SILENT);
}

static inline void circular_vote(void)
{
	open_poll(5, TEMPLATE_2, "circular");
	cast_as(5, 1, LINDHEIM, "yes", ANNA, "holder");
	cast_as(5, 2, AUENTAL, "yes", BEN, "holder");
	cast_as(5, 3, SEEFELD, "yes", IVO, "holder");
	clock_set(clock_now() + 7 * DAY);
	close_poll(5, (enum unit_status[]){UNIT_YES, UNIT_YES, UNIT_ABSENT, UNIT_YES}, 3,
		   UNIT_SILENT);
}

static inline void paperwork(void)
{
	struct register_minutes_sealed m = {MEETING, S(SHA_2), WHO(IVO), WHO(ANNA)};
	struct register_correction k = {.poll = 1,
					.old = S("„Nein“"),
					.new = S("\"Nein\"\n\t\x1f\\"),
					.reason = S("Tippfehler"),
					.proposed = WHO(ANNA),
					.confirmed = WHO(IVO)};
	struct register_follow_up f = {.decision = TEMPLATE_1,
				       .number = S("2026-7"),
				       .event = S("started"),
				       .due = S("2027-01-31"),
				       .responsible = WHO(BEN)};

	CHECK_INT(register_minutes_sealed(&book, &m), OK);
	CHECK_INT(register_correction(&book, &k), OK);
	CHECK_INT(register_follow_up(&book, &f), OK);
	f.event = S("reported");
	f.light = S("yellow");
	CHECK_INT(register_follow_up(&book, &f), OK);
	f.event = S("done");
	f.light = S("");
	f.evidence = S("https://raum.example/beleg?a=1&b=<2>");
	CHECK_INT(register_follow_up(&book, &f), OK);
}

/* A municipality's own key, which no installation has; a test needs it to sign. */
static inline struct secret_key witness_key(int64_t unit, int which)
{
	struct str seed =
	    secret_sha256_hex(test_arena, arena_fmt(test_arena, "%" PRId64 " %d", unit, which));
	struct secret_key key;

	CHECK(secret_key_from_seed(seed, &key));
	return key;
}

static inline void introduce(int64_t unit, const char *name, int which, int64_t person)
{
	struct secret_key key = witness_key(unit, which);
	struct register_witness_key r = {unit, str_of(name), secret_key_public(&key), WHO(person)};
	struct register_entry done;

	CHECK_INT(register_witness_key(&book, &r, &done), OK);
}

static inline void countersign(int64_t unit, int which, int64_t head, int64_t person)
{
	static const char sql[] = "SELECT hash FROM register_record WHERE n = $1";
	struct secret_key key = witness_key(unit, which);
	struct register_witness r = {
	    .unit = unit, .head = head, .key = secret_key_public(&key), .person = WHO(person)};
	struct register_entry done;

	CHECK_INT(db_text(test_db, sql, WITH(INT(head)), &r.hash), OK);
	r.signature = secret_sign(test_arena, &key, r.hash);
	CHECK_INT(register_witness(&book, &r, &done), OK);
}

/* Two municipalities; Lindheim gets a new key. */
static inline void witnesses(void)
{
	introduce(LINDHEIM, "Lindheim", 1, ANNA);
	introduce(AUENTAL, "Auental", 1, GRETA);
	countersign(LINDHEIM, 1, 10, ANNA);
	countersign(AUENTAL, 1, 12, GRETA);
	introduce(LINDHEIM, "Lindheim", 2, ANNA);
	countersign(LINDHEIM, 2, 14, ANNA);
}

static inline struct str written(void)
{
	struct str text;

	CHECK_INT(register_file_write(test_db, test_arena, &text), OK);
	return text;
}

static inline void first_meeting(void)
{
	struct register_proxy_granted granted = {1, MEETING, 0, AUENTAL, WHO(BEN), WHO(JULE)};

	begin_register();
	publish(TEMPLATE_1, "2026-14", SHA_1, "Nutzungsordnung „Datenraum“: A\\B \"C\"");
	invite();
	CHECK_INT(register_proxy_granted(&book, &granted), OK);
	clock_set(FIXTURE_NOW + 6 * DAY);
	attend(IVO, SEEFELD, "holder", "came");
	attend(ANNA, LINDHEIM, "holder", "came");
	attend(HEIDI, BERGSTEDT, "holder", "came");
	attend(CEM, BERGSTEDT, "deputy", "came");
	attend(JULE, LINDHEIM, "guest", "came");
}

/* One vote. */
static inline struct str small_sample(void)
{
	first_meeting();
	first_vote();
	return written();
}

/* Every kind of record but those of witnesses; the receipt is of Anna's first vote. */
static inline struct str sample(struct register_receipt *receipt)
{
	struct register_proxy_granted other = {2, MEETING, ENTRY_1, LINDHEIM, WHO(ANNA), WHO(BEN)};
	struct register_proxy_revoked revoked = {2};

	first_meeting();
	CHECK_INT(register_proxy_granted(&book, &other), OK);
	CHECK_INT(register_proxy_revoked(&book, &revoked), OK);
	publish(TEMPLATE_2, "2026-15", SHA_2, "");
	*receipt = first_vote();
	late_votes();
	circular_vote();
	paperwork();
	return written();
}

/* The same, and then the first vote becomes void. */
static inline struct str voided_sample(struct register_receipt *receipt)
{
	struct register_poll_voided r = {1, S("Technik fiel aus"), WHO(IVO), WHO(ANNA)};

	sample(receipt);
	CHECK_INT(register_poll_voided(&book, &r), OK);
	return written();
}

/* The same, countersigned: nothing before the heads can be changed by a forger any more. */
static inline struct str witnessed_sample(struct register_receipt *receipt)
{
	sample(receipt);
	witnesses();
	return written();
}

static inline struct register_verdict verdict_of(struct str text)
{
	struct register_verdict v;

	register_verify(test_arena, text, S(""), &v);
	return v;
}

/* Accepted as it is. */
#define CHECK_FINE(text)                                                                           \
	do {                                                                                       \
		struct register_verdict fine_v = verdict_of(text);                                 \
		if (!fine_v.fine)                                                                  \
			print_error("line %d: %.*s\n", (int)fine_v.line, ARG(fine_v.why));         \
		CHECK(fine_v.fine);                                                                \
	} while (0)
/* Refused, for that reason. */
#define CHECK_REFUSED(text, reason)                                                                \
	do {                                                                                       \
		struct register_verdict refused_v = verdict_of(text);                              \
		CHECK(!refused_v.fine);                                                            \
		if (str_find(refused_v.why, S(reason)) == refused_v.why.n)                         \
			print_error("line %d: %.*s\n", (int)refused_v.line, ARG(refused_v.why));   \
		CHECK(str_find(refused_v.why, S(reason)) < refused_v.why.n);                       \
	} while (0)

#include "register_forger.h"

#endif
