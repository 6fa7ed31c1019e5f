-- Votes by member, and votes on a disputed recusal.  Both change what a row of poll may say, so the
-- tables of votes are written anew; rows, triggers and numbers stay.
PRAGMA defer_foreign_keys = ON;

-- With 'member' each person with a seat is a unit of her own.
ALTER TABLE committee_rules RENAME COLUMN mode TO mode_before;
ALTER TABLE committee_rules ADD COLUMN mode TEXT NOT NULL DEFAULT 'heads'
  CHECK (mode IN ('heads', 'weighted', 'dual', 'member'));
UPDATE committee_rules SET mode = mode_before;
ALTER TABLE committee_rules DROP COLUMN mode_before;

-- A proxy is the municipality's, or with 'member' the person's own; who grants one is asked anyway.
DROP INDEX proxy_now;
CREATE UNIQUE INDEX proxy_now ON proxy (meeting_id, principal_id, coalesce(agenda_entry_id, 0))
  WHERE revoked_at IS NULL;

CREATE TABLE poll_before AS SELECT * FROM poll;
CREATE TABLE poll_unit_before AS SELECT * FROM poll_unit;
CREATE TABLE poll_voter_before AS SELECT * FROM poll_voter;
CREATE TABLE ballot_before AS SELECT * FROM ballot;
DROP TABLE ballot;
DROP TABLE poll_voter;
DROP TABLE poll_unit;
DROP TABLE poll;

-- A vote.  It carries its own copy of text, rule and roll; once closed or aborted it never changes.
CREATE TABLE poll (
  id              INTEGER PRIMARY KEY,
  decision_id     INTEGER NOT NULL REFERENCES decision,
  version         INTEGER NOT NULL,                   -- of the template
  version_hash    TEXT NOT NULL CHECK (length(version_hash) = 64),
  kind            TEXT NOT NULL CHECK (kind IN ('resolution', 'urgency', 'circular', 'recusal')),
  round           INTEGER NOT NULL DEFAULT 1 CHECK (round > 0),
  meeting_id      INTEGER REFERENCES meeting,
  agenda_entry_id INTEGER REFERENCES agenda_entry,
  majority        TEXT NOT NULL,                      -- as in decision_version, or
                                                      -- 'more_represented', 'represented'
  majority_a      INTEGER NOT NULL DEFAULT 0,
  majority_b      INTEGER NOT NULL DEFAULT 0,
  mode            TEXT NOT NULL CHECK (mode IN ('heads', 'weighted', 'dual', 'member')),
  seat_rule       TEXT NOT NULL CHECK (seat_rule IN ('speaker', 'block', 'inner')),
  min_yes         INTEGER NOT NULL,
  min_persons     INTEGER NOT NULL,
  casting_vote    INTEGER NOT NULL CHECK (casting_vote IN (0, 1)),
  second_meeting  INTEGER NOT NULL CHECK (second_meeting IN (0, 1)),
  absent_counts   INTEGER NOT NULL CHECK (absent_counts IN (0, 1)),
  quorum_by_weight INTEGER NOT NULL CHECK (quorum_by_weight IN (0, 1)),
  chair_id        INTEGER REFERENCES person,          -- acting, with the casting vote
  opened_by       INTEGER NOT NULL REFERENCES person,
  opened_at       INTEGER NOT NULL,
  closes_at       INTEGER,                            -- circular: its last second
  closed_by       INTEGER REFERENCES person,          -- NULL: the clock
  closed_at       INTEGER,
  result          TEXT CHECK (result IN ('adopted', 'rejected', 'not_quorate')),
  persons         INTEGER,                            -- natural persons who took part
  chair_status    TEXT,                               -- the chair's own vote, when it closed
  words           TEXT NOT NULL DEFAULT '',           -- the arithmetic
  aborted_by      INTEGER REFERENCES person,
  aborted_at      INTEGER,
  abort_reason    TEXT NOT NULL DEFAULT '',
  recusal_id      INTEGER REFERENCES recusal,         -- 'recusal': whether this one stands
  CHECK ((kind = 'circular') = (meeting_id IS NULL) AND (kind = 'circular') = (closes_at IS NOT NULL)),
  CHECK ((meeting_id IS NULL) = (agenda_entry_id IS NULL)),
  CHECK ((kind = 'recusal') = (recusal_id IS NOT NULL)),
  CHECK ((closed_at IS NULL) = (result IS NULL) AND (closed_at IS NULL OR aborted_at IS NULL)),
  CHECK (aborted_at IS NULL OR abort_reason <> ''),
  FOREIGN KEY (decision_id, version) REFERENCES decision_version
) STRICT;
INSERT INTO poll (
  id, decision_id, version, version_hash, kind, round, meeting_id, agenda_entry_id, majority,
  majority_a, majority_b, mode, seat_rule, min_yes, min_persons, casting_vote, second_meeting,
  absent_counts, quorum_by_weight, chair_id, opened_by, opened_at, closes_at, closed_by,
  closed_at, result, persons, chair_status, words, aborted_by, aborted_at, abort_reason)
  SELECT
  id, decision_id, version, version_hash, kind, round, meeting_id, agenda_entry_id, majority,
  majority_a, majority_b, mode, seat_rule, min_yes, min_persons, casting_vote, second_meeting,
  absent_counts, quorum_by_weight, chair_id, opened_by, opened_at, closes_at, closed_by,
  closed_at, result, persons, chair_status, words, aborted_by, aborted_at, abort_reason
    FROM poll_before;
CREATE INDEX poll_decision ON poll (decision_id, id);
CREATE UNIQUE INDEX poll_open_meeting ON poll (meeting_id)
  WHERE closed_at IS NULL AND aborted_at IS NULL AND meeting_id IS NOT NULL;
CREATE UNIQUE INDEX poll_open_decision ON poll (decision_id)
  WHERE closed_at IS NULL AND aborted_at IS NULL;
CREATE TRIGGER poll_ended_no_update BEFORE UPDATE ON poll
WHEN old.closed_at IS NOT NULL OR old.aborted_at IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'a vote that ended stays as it is');
END;
CREATE TRIGGER poll_no_delete BEFORE DELETE ON poll
BEGIN
  SELECT raise(ABORT, 'votes stay');
END;

-- The roll, frozen at opening.  `status` is written at closing.
CREATE TABLE poll_unit (
  poll_id         INTEGER NOT NULL REFERENCES poll,
  unit            INTEGER NOT NULL CHECK (unit > 0),  -- the municipality, or with 'member' 1, 2 …
  municipality_id INTEGER NOT NULL REFERENCES municipality,
  name            TEXT NOT NULL,                      -- the municipality's short name at that time,
                                                      -- with 'member' and a number: "Auental 2"
  weight          INTEGER NOT NULL CHECK (weight > 0),
  status          TEXT CHECK (status IN ('yes', 'no', 'abstained', 'silent', 'invalid', 'absent',
                    'recused')),
  PRIMARY KEY (poll_id, unit)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER poll_unit_closed_no_update BEFORE UPDATE ON poll_unit WHEN old.status IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'a vote that ended stays as it is');
END;
CREATE TRIGGER poll_unit_no_delete BEFORE DELETE ON poll_unit
BEGIN
  SELECT raise(ABORT, 'votes stay');
END;

-- Who may cast for a unit, frozen at opening.  Whether that person is there and a proxy still
-- stands is asked at each cast.
CREATE TABLE poll_voter (
  poll_id         INTEGER NOT NULL,
  unit            INTEGER NOT NULL,
  person_id       INTEGER NOT NULL REFERENCES person,
  capacity        TEXT NOT NULL CHECK (capacity IN ('holder', 'deputy', 'proxy')),
  proxy_id        INTEGER REFERENCES proxy,
  PRIMARY KEY (poll_id, unit, person_id),
  FOREIGN KEY (poll_id, unit) REFERENCES poll_unit,
  CHECK ((capacity = 'proxy') = (proxy_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX poll_voter_person ON poll_voter (person_id, poll_id);

-- What was cast, all of it.  The one with the highest `seq` of a unit counts.
CREATE TABLE ballot (
  poll_id         INTEGER NOT NULL,
  seq             INTEGER NOT NULL CHECK (seq > 0),   -- within the vote
  unit            INTEGER NOT NULL,
  choice          TEXT NOT NULL CHECK (choice IN ('yes', 'no', 'abstained')),
  reason          TEXT NOT NULL DEFAULT '',
  person_id       INTEGER NOT NULL REFERENCES person, -- who cast it
  capacity        TEXT NOT NULL CHECK (capacity IN ('holder', 'deputy', 'proxy')),
  at              INTEGER NOT NULL,
  nonce           TEXT NOT NULL CHECK (length(nonce) = 32), -- 128 bits: nobody guesses the choice
                                                      -- from the hash of the line
  record          INTEGER NOT NULL UNIQUE REFERENCES register_record,
  signature       TEXT NOT NULL,                      -- of the receipt
  PRIMARY KEY (poll_id, seq),
  FOREIGN KEY (poll_id, unit) REFERENCES poll_unit
) STRICT, WITHOUT ROWID;
CREATE INDEX ballot_unit ON ballot (poll_id, unit, seq);

INSERT INTO poll_unit (poll_id, unit, municipality_id, name, weight, status)
  SELECT poll_id, municipality_id, municipality_id, name, weight, status FROM poll_unit_before;
INSERT INTO poll_voter (poll_id, unit, person_id, capacity, proxy_id)
  SELECT poll_id, municipality_id, person_id, capacity, proxy_id FROM poll_voter_before;
INSERT INTO ballot (poll_id, seq, unit, choice, reason, person_id, capacity, at, nonce, record,
    signature)
  SELECT poll_id, seq, municipality_id, choice, reason, person_id, capacity, at, nonce, record,
    signature FROM ballot_before;
CREATE TRIGGER ballot_only_while_open BEFORE INSERT ON ballot
WHEN EXISTS (SELECT 1 FROM poll WHERE id = new.poll_id AND (closed_at IS NOT NULL OR aborted_at IS NOT NULL))
BEGIN
  SELECT raise(ABORT, 'the vote has ended');
END;
CREATE TRIGGER ballot_no_update BEFORE UPDATE ON ballot
BEGIN
  SELECT raise(ABORT, 'what was cast stays');
END;
CREATE TRIGGER ballot_no_delete BEFORE DELETE ON ballot
BEGIN
  SELECT raise(ABORT, 'what was cast stays');
END;
DROP TABLE ballot_before;
DROP TABLE poll_voter_before;
DROP TABLE poll_unit_before;
DROP TABLE poll_before;

-- Who was noted by somebody else may dispute it; then the committee decides without that person.
ALTER TABLE recusal ADD COLUMN disputed_at INTEGER;
ALTER TABLE recusal ADD COLUMN dispute_reason TEXT NOT NULL DEFAULT '';
DROP TRIGGER poll_void_needs_a_result;
CREATE TRIGGER poll_void_needs_a_result BEFORE INSERT ON poll_void
WHEN NOT EXISTS (SELECT 1 FROM poll WHERE id = new.poll_id AND result IN ('adopted', 'rejected')
  AND kind IN ('resolution', 'circular'))
BEGIN
  SELECT raise(ABORT, 'only what decided something can become void');
END;

-- Versions of the handbook that came into force by a vote that became void, and what stood with
-- them then.
CREATE TABLE revision_void (
  id           INTEGER PRIMARY KEY,
  revision_id  INTEGER NOT NULL REFERENCES revision,
  at           INTEGER NOT NULL,                      -- out of force since
  reason       TEXT NOT NULL,                         -- why the vote is void
  effective_on TEXT NOT NULL,                         -- had been in force since that day
  decision     TEXT NOT NULL,                         -- by this resolution
  decided_by   INTEGER REFERENCES person,             -- who had put it into force
  decided_at   INTEGER
) STRICT;
CREATE INDEX revision_void_revision ON revision_void (revision_id, id);
CREATE TRIGGER revision_void_no_update BEFORE UPDATE ON revision_void
BEGIN
  SELECT raise(ABORT, 'what was in force stays known');
END;
CREATE TRIGGER revision_void_no_delete BEFORE DELETE ON revision_void
BEGIN
  SELECT raise(ABORT, 'what was in force stays known');
END;
