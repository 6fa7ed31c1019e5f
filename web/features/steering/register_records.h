/*
 * register_records.h -- the kinds of records in the decision register: one struct and one function
 * each.  The struct is the contract: what stands in the line is what `handschlag verify` computes
 * with, so the comments say what it will insist on.
 *
 * Ids are those of the database; a person is WHO(person_id).  Words are those of the database
 * columns (schema/0010_steering.sql and later).  Every function writes inside the caller's write
 * transaction and gives E_INTERNAL (with a log line) for values that cannot be, which fails the act
 * with it.
 */
#ifndef STEERING_REGISTER_RECORDS_H
#define STEERING_REGISTER_RECORDS_H

#include "features/steering/register.h"
#include "features/steering/tally.h"

/* A person: writing takes the id (0: nobody), reading gives the digest (empty: nobody). */
struct register_who {
	int64_t id;
	struct str digest;
};
#define WHO(person_id) ((struct register_who){.id = (person_id)})

/* Templates ---------------------------------------------------------------------------------- */

/* A wording was published and is frozen.  Its words are not in the register: the template may be
 * restricted later, and no record can be taken back.  The digest covers all of them, the title
 * too; one of the title alone would let anybody try guesses. */
struct register_template_published {
	int64_t decision;
	struct str number;    /* "2026-14" */
	int64_t version;      /* rises with each record of the decision */
	struct str old_title; /* in records of before alone: nothing sets it any more */
	struct str sha256;    /* decision_version.sha256: a vote names it */
	int64_t counts_from;  /* for the five-day rule: the instant of publication, or with
			       * `editorial` that of the version before */
	bool editorial;
};
MUST enum err register_template_published(struct register_book *b,
					  const struct register_template_published *r);

/* Meetings ----------------------------------------------------------------------------------- */

struct register_meeting_invited {
	int64_t meeting;
	struct str number; /* "2026-4" */
	struct str day;    /* 2026-03-19, in Berlin */
	int64_t start;     /* minutes since midnight */
	struct register_who chair, minute_taker;
};
MUST enum err register_meeting_invited(struct register_book *b,
				       const struct register_meeting_invited *r);

/* After the invitation; the deadline of every template is counted from the new day. */
struct register_meeting_moved {
	int64_t meeting;
	struct str old_day; /* must be the day announced last */
	int64_t old_start;
	struct str day;
	int64_t start;
	struct str reason;
};
MUST enum err register_meeting_moved(struct register_book *b,
				     const struct register_meeting_moved *r);

/* Somebody came or left.  Whoever casts in a meeting must have come and not left. */
struct register_attendance {
	int64_t meeting;
	struct register_who person; /* nobody: a guest without an account */
	int64_t unit;               /* municipality; 0: none */
	struct str role;            /* "holder", "deputy", "presenter", "guest", "minute_taker" */
	struct str mode;            /* "room", "remote" */
	struct str event;           /* "came", "left" */
};
MUST enum err register_attendance(struct register_book *b, const struct register_attendance *r);

struct register_proxy_granted {
	int64_t proxy; /* proxy.id */
	int64_t meeting;
	int64_t entry;                         /* agenda_entry.id; 0: the whole meeting */
	int64_t unit;                          /* municipality whose vote; where members vote
						* that of the principal */
	struct register_who principal, person; /* who grants it, who may cast */
};
MUST enum err register_proxy_granted(struct register_book *b,
				     const struct register_proxy_granted *r);

/* Also when it ends because its holder left. */
struct register_proxy_revoked {
	int64_t proxy;
};
MUST enum err register_proxy_revoked(struct register_book *b,
				     const struct register_proxy_revoked *r);

/* The reason stays out of the register. */
struct register_recusal {
	int64_t decision;
	int64_t meeting; /* 0: a circular resolution */
	int64_t unit;    /* of the person; 0: none */
	struct register_who person;
	struct str event; /* "noted", "lifted" */
};
MUST enum err register_recusal(struct register_book *b, const struct register_recusal *r);

/* That person, whom another noted, disputes it.  Until it is decided nobody votes on the matter. */
struct register_recusal_disputed {
	int64_t decision, meeting;
	struct register_who person; /* recused now; once */
};
MUST enum err register_recusal_disputed(struct register_book *b,
					const struct register_recusal_disputed *r);

/* The committee decided without that person: follows its vote, and takes effect at once. */
struct register_recusal_decided {
	int64_t poll, decision, meeting; /* a vote "recusal" that adopted or rejected */
	struct register_who person; /* of those disputed and open then, the first that was noted */
	bool stands;                /* as it adopted */
};
MUST enum err register_recusal_decided(struct register_book *b,
				       const struct register_recusal_decided *r);

/* A changed resolution was read out in the meeting and is what is voted on from now: the next
 * version, which counts from when the one before did. */
struct register_wording_read {
	int64_t meeting, entry, decision, version;
	struct str sha256;
	struct register_who chair; /* who read it; must be there */
};
MUST enum err register_wording_read(struct register_book *b, const struct register_wording_read *r);

/* A late template was admitted; the urgency vote must have been adopted before. */
struct register_waiver {
	int64_t meeting, entry, decision;
	int64_t poll; /* of the urgency vote, on the same entry */
};
MUST enum err register_waiver(struct register_book *b, const struct register_waiver *r);

/* Votes -------------------------------------------------------------------------------------- */

/* Who may cast for a unit: the rows of poll_voter. */
struct register_voter {
	struct register_who person;
	struct str capacity; /* "holder", "deputy", "proxy" */
	int64_t proxy;       /* proxy.id for "proxy", else 0; must have been granted */
};
struct register_unit {
	int64_t unit;    /* municipality; in the mode of members 1, 2 …; each once */
	struct str name; /* as in poll_unit */
	int64_t weight;
	struct register_voters {
		size_t n;
		const struct register_voter *v;
	} voters; /* in the mode of members: the one "holder" first, then proxies alone */
};
struct register_poll_opened {
	int64_t poll, decision, version;
	struct str sha256;      /* of that version, which must be the newest published */
	struct str kind;        /* "resolution", "urgency", "circular", "recusal" */
	int64_t round;          /* 1, 2 … per decision and kind */
	int64_t meeting, entry; /* 0 for a circular one */
	struct tally_rule
	    rule;             /* complete; second_meeting only after a vote that was not quorate */
	struct str seat_rule; /* "speaker", "block", "inner" */
	/* The five-day rule at that time.  A resolution in a meeting whose template came later
	 * needs a waiver before. */
	int64_t deadline_days;
	bool clear_days;
	int64_t closes_at;         /* circular: its last second; else 0 */
	struct register_who chair; /* acting; nobody for a circular one */
	struct register_roll {
		size_t n;
		const struct register_unit *v;
	} roll; /* all units, those absent or recused too */
};
MUST enum err register_poll_opened(struct register_book *b, const struct register_poll_opened *r);

struct register_ballot {
	int64_t poll;
	int64_t seq; /* 1, 2 … within the vote */
	int64_t unit;
	struct str choice; /* "yes", "no", "abstained" */
	struct register_who person;
	struct str capacity; /* unit, person and capacity must be in the roll */
	struct str nonce;    /* 32 hexadecimal digits; empty: made here */
};
/* `out` is the receipt, signed, with what the row of `ballot` needs (n, nonce, signature);
 * `unit_name` as in the roll. */
MUST enum err register_ballot(struct register_book *b, const struct register_ballot *r,
			      struct str unit_name, struct register_receipt *out);

/*
 * The status of each unit must be, in this order:
 *   - what its ballots say, leaving out those of persons who are recused now, and those cast by
 *     proxy for such a person: the last one
 *     (seat rule "speaker"), or the last one of each person taken together (tally_seats);
 *   - UNIT_SILENT when a voter of the roll who is not recused is there (for "proxy": and the proxy
 *     stands, and who granted it is not recused); never in a circular vote;
 *   - UNIT_RECUSED when a holder or deputy of that unit is recused;
 *   - UNIT_ABSENT.
 */
struct register_unit_status {
	int64_t unit;
	enum unit_status status;
};
struct register_poll_closed {
	int64_t poll;
	struct register_statuses {
		size_t n;
		const struct register_unit_status *v;
	} units; /* in the order of the roll */
	/* What tally() was given: counts of units, sums of weights (in every mode, from the roll),
	 * persons: at least those who cast; in a meeting at most those who came, in a circular vote
	 * exactly those who cast.  chair: the chair's last own ballot (capacity other than
	 * "proxy"), UNIT_SILENT
	 * without one and for a chair who is recused. */
	struct tally_input in;
	enum tally_result result;
	struct str words; /* tally_words */
};
MUST enum err register_poll_closed(struct register_book *b, const struct register_poll_closed *r);

struct register_poll_aborted {
	int64_t poll;
	struct str reason;
};
MUST enum err register_poll_aborted(struct register_book *b, const struct register_poll_aborted *r);

/* A vote that adopted or rejected something counts no more; its records stay as they are.  Not once
 * minutes are approved that tell of it; registers of before that record existed cannot show it. Its
 * resolution ends with it, and what that one had revoked stands again. */
struct register_poll_voided {
	int64_t poll;
	struct str reason;
	struct register_who proposed, confirmed; /* two persons */
};
MUST enum err register_poll_voided(struct register_book *b, const struct register_poll_voided *r);

/* Afterwards --------------------------------------------------------------------------------- */

struct register_minutes_sealed {
	int64_t meeting;
	struct str sha256;                       /* over the signed text */
	struct register_who chair, minute_taker; /* who signed; two persons */
};
MUST enum err register_minutes_sealed(struct register_book *b,
				      const struct register_minutes_sealed *r);

/* In another meeting; from now on no vote that these minutes tell of becomes void: those of the
 * meeting, and circular ones that ended before anybody came to it. */
struct register_minutes_approved {
	int64_t meeting;    /* its minutes are sealed; once */
	int64_t by_meeting; /* invited to */
};
MUST enum err register_minutes_approved(struct register_book *b,
					const struct register_minutes_approved *r);

struct register_correction {
	int64_t meeting, poll; /* one of them, the other 0; a vote that was closed */
	struct str old, new, reason;
	struct register_who proposed, confirmed; /* two persons */
};
MUST enum err register_correction(struct register_book *b, const struct register_correction *r);

struct register_follow_up {
	int64_t decision;  /* adopted before */
	struct str number; /* of the resolution, "2026-7" */
	struct str event;  /* "started", "reported", "done", "superseded" */
	struct str light;  /* "green", "yellow", "red" with "reported"; else empty */
	struct str due;    /* a day, or empty */
	struct register_who responsible;
	struct str evidence;   /* link, with "done" */
	int64_t superseded_by; /* a decision adopted before; else 0 */
};
MUST enum err register_follow_up(struct register_book *b, const struct register_follow_up *r);

/* Witnesses ---------------------------------------------------------------------------------- */

/* A municipality signs with this key from now on; with the one before no more, but what was signed
 * with that stays proven.  No key is used twice, and none of them seals. */
struct register_witness_key {
	int64_t unit;
	struct str name; /* the municipality's short name, at that time */
	struct str key;  /* Ed25519, public */
	struct register_who person;
};
/* `out` has the number that the row needs. */
MUST enum err register_witness_key(struct register_book *b, const struct register_witness_key *r,
				   struct register_entry *out);

/* It countersigned the hash of an earlier record, each once with a key.  So whoever rewrites what
 * was before that record cannot keep this one. */
struct register_witness {
	int64_t unit, head;        /* head: number of the record */
	struct str hash;           /* of that record: what was signed */
	struct str key, signature; /* the unit's newest key; Ed25519 over the hash in hexadecimal */
	struct register_who person; /* who handed it in */
};
MUST enum err register_witness(struct register_book *b, const struct register_witness *r,
			       struct register_entry *out);

/* Reading ------------------------------------------------------------------------------------ */

enum register_kind_id {
	REGISTER_TEMPLATE_PUBLISHED,
	REGISTER_MEETING_INVITED,
	REGISTER_MEETING_MOVED,
	REGISTER_ATTENDANCE,
	REGISTER_PROXY_GRANTED,
	REGISTER_PROXY_REVOKED,
	REGISTER_RECUSAL,
	REGISTER_WAIVER,
	REGISTER_POLL_OPENED,
	REGISTER_BALLOT,
	REGISTER_POLL_CLOSED,
	REGISTER_POLL_ABORTED,
	REGISTER_MINUTES_SEALED,
	REGISTER_CORRECTION,
	REGISTER_FOLLOW_UP,
	REGISTER_WITNESS_KEY,
	REGISTER_WITNESS,
	REGISTER_WORDING_READ,
	REGISTER_POLL_VOIDED,
	REGISTER_RECUSAL_DISPUTED,
	REGISTER_RECUSAL_DECIDED,
	REGISTER_MINUTES_APPROVED,
	REGISTER_KINDS
};
struct register_kind {
	enum register_kind_id id;
	struct str name; /* "poll_opened" */
	bool sealed;     /* a seal follows in the same transaction */
	const struct register_shape *shape;
};
extern const struct register_kind register_kinds[REGISTER_KINDS];
const struct register_kind *register_kind_named(struct str name); /* NULL for another word */

#endif
