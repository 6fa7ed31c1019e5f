/* register_records.c -- the kinds of records: their fields in the order in which they are written.
 */
#include "features/steering/register_records.h"

#include "features/steering/register_line.h"

static struct str status_at(int i)
{
	return unit_status_name((enum unit_status)i);
}

static struct str majority_at(int i)
{
	return tally_majority_name((enum tally_majority)i);
}

static struct str result_at(int i)
{
	return tally_result_name((enum tally_result)i);
}

static struct str mode_at(int i)
{
	static const struct str names[TALLY_MODES] = {
	    [TALLY_HEADS] = S_INIT("heads"),
	    [TALLY_WEIGHTED] = S_INIT("weighted"),
	    [TALLY_DUAL] = S_INIT("dual"),
	    [TALLY_MEMBERS] = S_INIT("member"),
	};

	return names[i];
}

/* `OF` is the struct whose fields are listed. */
#define AT(name, member, kind, ...)                                                                \
	{                                                                                          \
		.key = (name), .type = (kind), .offset = offsetof(struct OF, member), __VA_ARGS__  \
	}
#define INTEGER(member) AT(#member, member, TYPE_INT, .size = 0)
#define FLAG(member) AT(#member, member, TYPE_BOOL, .size = 0)
#define FREE_TEXT(member) AT(#member, member, TYPE_TEXT, .size = 0)
#define OLD_TEXT(name, member) AT(name, member, TYPE_TEXT, .old = true)
#define ONE_OF(member, list) AT(#member, member, TYPE_WORD, .words = (list))
#define DIGITS(member, count) AT(#member, member, TYPE_HEX, .size = (count))
#define A_DAY(member) AT(#member, member, TYPE_DAY, .size = 0)
#define PERSON(member) AT(#member, member, TYPE_PERSON, .size = 0)
#define LIST_OF(member, inner) AT(#member, member, TYPE_LIST, .shape = (inner))
#define RULE_INTEGER(member) AT(#member, rule.member, TYPE_INT, .size = 0)
#define RULE_FLAG(member) AT(#member, rule.member, TYPE_BOOL, .size = 0)
#define SHAPE(name)                                                                                \
	static const struct register_shape name##_shape = {                                        \
	    sizeof(struct OF), name##_fields, sizeof name##_fields / sizeof name##_fields[0]}

#define OF register_template_published
static const struct register_field template_published_fields[] = {
    INTEGER(decision),  FREE_TEXT(number),    INTEGER(version), OLD_TEXT("title", old_title),
    DIGITS(sha256, 64), INTEGER(counts_from), FLAG(editorial),
};
SHAPE(template_published);
#undef OF

#define OF register_meeting_invited
static const struct register_field meeting_invited_fields[] = {
    INTEGER(meeting), FREE_TEXT(number), A_DAY(day),
    INTEGER(start),   PERSON(chair),     PERSON(minute_taker),
};
SHAPE(meeting_invited);
#undef OF

#define OF register_meeting_moved
static const struct register_field meeting_moved_fields[] = {
    INTEGER(meeting), A_DAY(old_day), INTEGER(old_start),
    A_DAY(day),       INTEGER(start), FREE_TEXT(reason),
};
SHAPE(meeting_moved);
#undef OF

#define OF register_attendance
static const struct register_field attendance_fields[] = {
    INTEGER(meeting),
    PERSON(person),
    INTEGER(unit),
    ONE_OF(role, "holder deputy presenter guest minute_taker"),
    ONE_OF(mode, "room remote"),
    ONE_OF(event, "came left"),
};
SHAPE(attendance);
#undef OF

#define OF register_proxy_granted
static const struct register_field proxy_granted_fields[] = {
    INTEGER(proxy), INTEGER(meeting),  INTEGER(entry),
    INTEGER(unit),  PERSON(principal), PERSON(person),
};
SHAPE(proxy_granted);
#undef OF

#define OF register_proxy_revoked
static const struct register_field proxy_revoked_fields[] = {
    INTEGER(proxy),
};
SHAPE(proxy_revoked);
#undef OF

#define OF register_recusal
static const struct register_field recusal_fields[] = {
    INTEGER(decision),
    INTEGER(meeting),
    INTEGER(unit),
    PERSON(person),
    ONE_OF(event, "noted lifted"),
};
SHAPE(recusal);
#undef OF

#define OF register_waiver
static const struct register_field waiver_fields[] = {
    INTEGER(meeting),
    INTEGER(entry),
    INTEGER(decision),
    INTEGER(poll),
};
SHAPE(waiver);
#undef OF

#define OF register_voter
static const struct register_field voter_fields[] = {
    PERSON(person),
    ONE_OF(capacity, "holder deputy proxy"),
    INTEGER(proxy),
};
SHAPE(voter);
#undef OF

#define OF register_unit
static const struct register_field unit_fields[] = {
    INTEGER(unit),
    FREE_TEXT(name),
    INTEGER(weight),
    LIST_OF(voters, &voter_shape),
};
SHAPE(unit);
#undef OF

#define OF register_poll_opened
static const struct register_field poll_opened_fields[] = {
    INTEGER(poll),
    INTEGER(decision),
    INTEGER(version),
    DIGITS(sha256, 64),
    ONE_OF(kind, "resolution urgency circular recusal"),
    INTEGER(round),
    INTEGER(meeting),
    INTEGER(entry),
    AT("majority", rule.majority, TYPE_NAMED, .size = MAJORITY_COUNT, .name = majority_at),
    RULE_INTEGER(a),
    RULE_INTEGER(b),
    AT("mode", rule.mode, TYPE_NAMED, .size = TALLY_MODES, .name = mode_at),
    RULE_INTEGER(min_yes),
    RULE_INTEGER(min_persons),
    RULE_FLAG(casting_vote),
    RULE_FLAG(second_meeting),
    RULE_FLAG(absent_counts),
    RULE_FLAG(quorum_by_weight),
    ONE_OF(seat_rule, "speaker block inner"),
    INTEGER(deadline_days),
    FLAG(clear_days),
    INTEGER(closes_at),
    PERSON(chair),
    LIST_OF(roll, &unit_shape),
};
SHAPE(poll_opened);
#undef OF

#define OF register_ballot
static const struct register_field ballot_fields[] = {
    INTEGER(poll),     INTEGER(seq),
    INTEGER(unit),     ONE_OF(choice, "yes no abstained"),
    PERSON(person),    ONE_OF(capacity, "holder deputy proxy"),
    DIGITS(nonce, 32),
};
SHAPE(ballot);
#undef OF

#define OF register_unit_status
static const struct register_field unit_status_fields[] = {
    INTEGER(unit),
    AT("status", status, TYPE_NAMED, .size = UNIT_STATUSES, .name = status_at),
};
SHAPE(unit_status);
#undef OF

/* The counts are in the order yes, no, abstained, silent, invalid, absent, recused. */
#define OF register_poll_closed
static const struct register_field poll_closed_fields[] = {
    INTEGER(poll),
    LIST_OF(units, &unit_status_shape),
    AT("counts", in.units, TYPE_COUNTS, .size = 0),
    AT("weights", in.weights, TYPE_COUNTS, .size = 0),
    AT("persons", in.persons, TYPE_INT, .size = 0),
    AT("chair", in.chair, TYPE_NAMED, .size = UNIT_STATUSES, .name = status_at),
    AT("result", result, TYPE_NAMED, .size = TALLY_RESULTS, .name = result_at),
    FREE_TEXT(words),
};
SHAPE(poll_closed);
#undef OF

#define OF register_poll_aborted
static const struct register_field poll_aborted_fields[] = {
    INTEGER(poll),
    FREE_TEXT(reason),
};
SHAPE(poll_aborted);
#undef OF

#define OF register_minutes_sealed
static const struct register_field minutes_sealed_fields[] = {
    INTEGER(meeting),
    DIGITS(sha256, 64),
    PERSON(chair),
    PERSON(minute_taker),
};
SHAPE(minutes_sealed);
#undef OF

#define OF register_correction
static const struct register_field correction_fields[] = {
    INTEGER(meeting),  INTEGER(poll),    FREE_TEXT(old),    FREE_TEXT(new),
    FREE_TEXT(reason), PERSON(proposed), PERSON(confirmed),
};
SHAPE(correction);
#undef OF

#define OF register_follow_up
static const struct register_field follow_up_fields[] = {
    INTEGER(decision),
    FREE_TEXT(number),
    ONE_OF(event, "started reported done superseded"),
    ONE_OF(light, "- green yellow red"),
    FREE_TEXT(due),
    PERSON(responsible),
    FREE_TEXT(evidence),
    INTEGER(superseded_by),
};
SHAPE(follow_up);
#undef OF

#define OF register_witness_key
static const struct register_field witness_key_fields[] = {
    INTEGER(unit),
    FREE_TEXT(name),
    DIGITS(key, SECRET_KEY_CHARS),
    PERSON(person),
};
SHAPE(witness_key);
#undef OF

#define OF register_witness
static const struct register_field witness_fields[] = {
    INTEGER(unit),
    INTEGER(head),
    DIGITS(hash, 64),
    DIGITS(key, SECRET_KEY_CHARS),
    DIGITS(signature, SECRET_SIGNATURE_CHARS),
    PERSON(person),
};
SHAPE(witness);
#undef OF

#define OF register_wording_read
static const struct register_field wording_read_fields[] = {
    INTEGER(meeting), INTEGER(entry),     INTEGER(decision),
    INTEGER(version), DIGITS(sha256, 64), PERSON(chair),
};
SHAPE(wording_read);
#undef OF

#define OF register_poll_voided
static const struct register_field poll_voided_fields[] = {
    INTEGER(poll),
    FREE_TEXT(reason),
    PERSON(proposed),
    PERSON(confirmed),
};
SHAPE(poll_voided);
#undef OF

#define OF register_recusal_disputed
static const struct register_field recusal_disputed_fields[] = {
    INTEGER(decision),
    INTEGER(meeting),
    PERSON(person),
};
SHAPE(recusal_disputed);
#undef OF

#define OF register_recusal_decided
static const struct register_field recusal_decided_fields[] = {
    INTEGER(poll), INTEGER(decision), INTEGER(meeting), PERSON(person), FLAG(stands),
};
SHAPE(recusal_decided);
#undef OF

#define OF register_minutes_approved
static const struct register_field minutes_approved_fields[] = {
    INTEGER(meeting),
    INTEGER(by_meeting),
};
SHAPE(minutes_approved);
#undef OF

#define KIND(id, name, sealed) [id] = {id, {"" #name, sizeof #name - 1}, sealed, &name##_shape}
const struct register_kind register_kinds[REGISTER_KINDS] = {
    KIND(REGISTER_TEMPLATE_PUBLISHED, template_published, false),
    KIND(REGISTER_MEETING_INVITED, meeting_invited, false),
    KIND(REGISTER_MEETING_MOVED, meeting_moved, false),
    KIND(REGISTER_ATTENDANCE, attendance, false),
    KIND(REGISTER_PROXY_GRANTED, proxy_granted, false),
    KIND(REGISTER_PROXY_REVOKED, proxy_revoked, false),
    KIND(REGISTER_RECUSAL, recusal, false),
    KIND(REGISTER_WAIVER, waiver, false),
    KIND(REGISTER_POLL_OPENED, poll_opened, false),
    KIND(REGISTER_BALLOT, ballot, false),
    KIND(REGISTER_POLL_CLOSED, poll_closed, true),
    KIND(REGISTER_POLL_ABORTED, poll_aborted, true),
    KIND(REGISTER_MINUTES_SEALED, minutes_sealed, true),
    KIND(REGISTER_CORRECTION, correction, false),
    KIND(REGISTER_FOLLOW_UP, follow_up, false),
    KIND(REGISTER_WITNESS_KEY, witness_key, false),
    KIND(REGISTER_WITNESS, witness, false),
    KIND(REGISTER_WORDING_READ, wording_read, false),
    KIND(REGISTER_POLL_VOIDED, poll_voided, true),
    KIND(REGISTER_RECUSAL_DISPUTED, recusal_disputed, false),
    KIND(REGISTER_RECUSAL_DECIDED, recusal_decided, false),
    KIND(REGISTER_MINUTES_APPROVED, minutes_approved, true),
};

const struct register_kind *register_kind_named(struct str name)
{
	for (size_t i = 0; i < REGISTER_KINDS; i++)
		if (str_eq(register_kinds[i].name, name))
			return &register_kinds[i];
	return NULL;
}
