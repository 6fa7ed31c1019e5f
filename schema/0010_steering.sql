-- The steering committee: decision templates, meetings, proxies, votes, minutes, follow-up and the
-- register that proves them.  Instants are UTC seconds, days TEXT 'YYYY-MM-DD' and times of the day
-- minutes since midnight, both of Europe/Berlin.  What was cast, closed or registered is never
-- changed or removed: triggers refuse it.

-- The rules the committee gave itself: one record.  A vote takes a copy of them with it.
CREATE TABLE committee_rules (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  mode          TEXT NOT NULL DEFAULT 'heads' CHECK (mode IN ('heads', 'weighted', 'dual')),
  seat_rule     TEXT NOT NULL DEFAULT 'speaker' CHECK (seat_rule IN ('speaker', 'block', 'inner')),
  min_persons   INTEGER NOT NULL DEFAULT 2 CHECK (min_persons BETWEEN 0 AND 100),
  casting_vote  INTEGER NOT NULL DEFAULT 0 CHECK (casting_vote IN (0, 1)), -- the chair's, at a tie
  absent_counts INTEGER NOT NULL DEFAULT 0 CHECK (absent_counts IN (0, 1)), -- for the quorum
  quorum_by_weight INTEGER NOT NULL DEFAULT 0 CHECK (quorum_by_weight IN (0, 1)),
  deadline_days INTEGER NOT NULL DEFAULT 5 CHECK (deadline_days BETWEEN 0 AND 60),
  clear_days    INTEGER NOT NULL DEFAULT 0 CHECK (clear_days IN (0, 1)),
  urgency_a     INTEGER NOT NULL DEFAULT 0 CHECK (urgency_a BETWEEN 0 AND urgency_b), -- 0: more
  urgency_b     INTEGER NOT NULL DEFAULT 1 CHECK (urgency_b BETWEEN 1 AND 1000),      -- than half
  proxy_cap     INTEGER NOT NULL DEFAULT 1 CHECK (proxy_cap BETWEEN 0 AND 3), -- of other units
  circular_days INTEGER NOT NULL DEFAULT 5 CHECK (circular_days BETWEEN 1 AND 60), -- at least
  row_version   INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO committee_rules (id) VALUES (1);

-- Votes of a municipality where it has not just one: its weight, or its seats in the dual mode.
CREATE TABLE unit_weight (
  municipality_id INTEGER PRIMARY KEY REFERENCES municipality,
  weight          INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 1000000)
) STRICT;

-- A decision template ("Entscheidungsvorlage") on its way to a resolution and beyond.  Its words
-- are in decision_version, what happened to it in steering_event.
CREATE TABLE decision (
  id             INTEGER PRIMARY KEY,
  year           INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2999),
  number         INTEGER NOT NULL CHECK (number > 0), -- within the year, never used again: 2026-14
  task_force_id  INTEGER REFERENCES task_force,       -- NULL: the project office's
  author_id      INTEGER NOT NULL REFERENCES person,
  state          TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'review', 'published',
                   'scheduled', 'called', 'voting', 'circulating', 'adopted', 'rejected',
                   'in_follow_up', 'done', 'superseded', 'withdrawn')),
  second_meeting INTEGER NOT NULL DEFAULT 0 CHECK (second_meeting IN (0, 1)), -- failed before for
                                                      -- lack of quorum
  created_at     INTEGER NOT NULL,
  row_version    INTEGER NOT NULL DEFAULT 1,
  UNIQUE (year, number)
) STRICT;
CREATE INDEX decision_state ON decision (state, id);
CREATE INDEX decision_task_force ON decision (task_force_id, id);

-- One wording.  The newest is the one that counts; once published it is frozen.
CREATE TABLE decision_version (
  decision_id  INTEGER NOT NULL REFERENCES decision,
  version      INTEGER NOT NULL CHECK (version > 0),
  title        TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  summary      TEXT NOT NULL DEFAULT '',              -- what it is about
  resolution   TEXT NOT NULL DEFAULT '',              -- what will have been decided, word by word
  reasons      TEXT NOT NULL DEFAULT '',
  alternatives TEXT NOT NULL DEFAULT '',
  costs        TEXT NOT NULL DEFAULT '',              -- money, people, who bears it
  consultation TEXT NOT NULL DEFAULT '',              -- who was asked before
  lead_id      INTEGER REFERENCES municipality,       -- in charge of carrying it out
  presenter_id INTEGER REFERENCES person,             -- answers questions in the meeting
  majority     TEXT NOT NULL DEFAULT 'simple' CHECK (majority IN ('simple', 'cast',
                 'more_competent', 'more_all', 'competent', 'unanimous', 'unanimous_all')),
  majority_a   INTEGER NOT NULL DEFAULT 0,            -- of the fraction a/b, for cast, competent
  majority_b   INTEGER NOT NULL DEFAULT 0,
  min_yes      INTEGER NOT NULL DEFAULT 0 CHECK (min_yes >= 0),
  editorial    INTEGER NOT NULL DEFAULT 0 CHECK (editorial IN (0, 1)), -- the resolution's words are
                                                      -- those of the version before
  written_by   INTEGER NOT NULL REFERENCES person,
  written_at   INTEGER NOT NULL,
  published_at INTEGER,                               -- frozen since
  counts_from  INTEGER,                               -- for the five-day rule: an editorial change
                                                      -- keeps the time of the version before
  sha256       TEXT CHECK (length(sha256) = 64),      -- over text and links
  PRIMARY KEY (decision_id, version),
  CHECK ((published_at IS NULL) = (sha256 IS NULL) AND (published_at IS NULL) = (counts_from IS NULL)),
  CHECK (majority NOT IN ('cast', 'competent') OR majority_a BETWEEN 1 AND majority_b)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER decision_version_frozen BEFORE UPDATE ON decision_version
WHEN old.published_at IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'what was published stays as it is');
END;
CREATE TRIGGER decision_version_no_delete BEFORE DELETE ON decision_version
BEGIN
  SELECT raise(ABORT, 'wordings stay');
END;

-- Municipalities that a version concerns.
CREATE TABLE decision_municipality (
  decision_id     INTEGER NOT NULL,
  version         INTEGER NOT NULL,
  municipality_id INTEGER NOT NULL REFERENCES municipality,
  PRIMARY KEY (decision_id, version, municipality_id),
  FOREIGN KEY (decision_id, version) REFERENCES decision_version
) STRICT, WITHOUT ROWID;

-- Annexes are links, not files; a digest may say which state of them was meant.
CREATE TABLE decision_link (
  decision_id INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  pos         INTEGER NOT NULL,
  title       TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  url         TEXT NOT NULL CHECK (length(url) BETWEEN 1 AND 1000),
  sha256      TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (decision_id, version, pos),
  FOREIGN KEY (decision_id, version) REFERENCES decision_version
) STRICT, WITHOUT ROWID;

-- The discussion below a template, visible to all project members.
CREATE TABLE decision_comment (
  id          INTEGER PRIMARY KEY,
  decision_id INTEGER NOT NULL REFERENCES decision,
  number      INTEGER NOT NULL,
  author_id   INTEGER NOT NULL REFERENCES person,
  author_org  TEXT NOT NULL,                          -- at that time
  text        TEXT NOT NULL CHECK (length(text) > 0),
  at          INTEGER NOT NULL,
  removed_at  INTEGER,                                -- by its author; the place stays
  UNIQUE (decision_id, number)
) STRICT;

-- What happened to templates, meetings and votes: append-only.
CREATE TABLE steering_event (
  id        INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,
  actor_id  INTEGER REFERENCES person,                -- NULL: the program, by the clock
  municipality_id INTEGER REFERENCES municipality,    -- the actor's, at that time
  object    TEXT NOT NULL CHECK (object IN ('decision', 'meeting', 'poll', 'rules')),
  object_id INTEGER NOT NULL,
  action    TEXT NOT NULL,                            -- 'publish', 'move' …
  before    TEXT NOT NULL DEFAULT '',
  after     TEXT NOT NULL DEFAULT '',
  reason    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX steering_event_object ON steering_event (object, object_id, id);
CREATE TRIGGER steering_event_no_update BEFORE UPDATE ON steering_event
BEGIN
  SELECT raise(ABORT, 'what happened stays');
END;
CREATE TRIGGER steering_event_no_delete BEFORE DELETE ON steering_event
BEGIN
  SELECT raise(ABORT, 'what happened stays');
END;

-- A meeting.  Postponed, it keeps its number; the dates before are in meeting_date.
CREATE TABLE meeting (
  id           INTEGER PRIMARY KEY,
  year         INTEGER NOT NULL,
  number       INTEGER NOT NULL CHECK (number > 0),   -- within the year: 4/2026, address 2026-4
  state        TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'invited', 'running',
                 'paused', 'closed', 'minutes_draft', 'minutes_approved', 'cancelled')),
  day          TEXT NOT NULL,
  start_minute INTEGER NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
  starts_at    INTEGER NOT NULL,                      -- the same as an instant
  slot         INTEGER NOT NULL CHECK (slot BETWEEN 5 AND 1440), -- minutes set aside for it
  place        TEXT NOT NULL DEFAULT '',
  link         TEXT NOT NULL DEFAULT '',              -- of the video room
  access       TEXT NOT NULL DEFAULT '',              -- lift, hearing loop, captions
  chair_id     INTEGER REFERENCES person,
  deputy_id    INTEGER REFERENCES person,             -- takes over
  minute_taker_id INTEGER REFERENCES person,
  answer_by    TEXT,                                  -- last day for answers to the invitation
  uid          TEXT NOT NULL UNIQUE,                  -- of the calendar entry, for ever
  sequence     INTEGER NOT NULL DEFAULT 0,            -- of the calendar entry: rises with changes
  invited_at   INTEGER,
  opened_at    INTEGER,
  closed_at    INTEGER,
  created_by   INTEGER NOT NULL REFERENCES person,
  created_at   INTEGER NOT NULL,
  row_version  INTEGER NOT NULL DEFAULT 1,
  UNIQUE (year, number)
) STRICT;
CREATE INDEX meeting_day ON meeting (day);

-- Dates it had before it was moved.
CREATE TABLE meeting_date (
  meeting_id   INTEGER NOT NULL REFERENCES meeting,
  sequence     INTEGER NOT NULL,
  day          TEXT NOT NULL,
  start_minute INTEGER NOT NULL,
  moved_at     INTEGER NOT NULL,
  moved_by     INTEGER NOT NULL REFERENCES person,
  reason       TEXT NOT NULL CHECK (length(reason) > 0),
  PRIMARY KEY (meeting_id, sequence)
) STRICT, WITHOUT ROWID;

-- Pauses of a running meeting.
CREATE TABLE meeting_pause (
  meeting_id INTEGER NOT NULL REFERENCES meeting,
  from_at    INTEGER NOT NULL,
  until_at   INTEGER,
  PRIMARY KEY (meeting_id, from_at)
) STRICT, WITHOUT ROWID;

-- The agenda, with planned breaks in it.  Times of the day are computed from the minutes.
CREATE TABLE agenda_entry (
  id           INTEGER PRIMARY KEY,
  meeting_id   INTEGER NOT NULL REFERENCES meeting,
  pos          INTEGER NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('decision', 'information', 'discussion', 'formal',
                 'break')),
  decision_id  INTEGER REFERENCES decision,
  title        TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  presenter_id INTEGER REFERENCES person,
  presenter_waiver TEXT NOT NULL DEFAULT '',          -- why it is called without that person
  minutes      INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 600),
  restricted   TEXT NOT NULL DEFAULT '',              -- why only number and title are shown
  started_at   INTEGER,
  ended_at     INTEGER CHECK (ended_at >= started_at),
  outcome      TEXT CHECK (outcome IN ('decided', 'heard', 'deferred', 'withdrawn', 'skipped')),
  outcome_reason TEXT NOT NULL DEFAULT '',
  follows_id   INTEGER REFERENCES decision,           -- put there by its follow-up
  row_version  INTEGER NOT NULL DEFAULT 1,
  CHECK ((kind = 'decision') = (decision_id IS NOT NULL)),
  UNIQUE (meeting_id, pos)
) STRICT;
CREATE INDEX agenda_entry_decision ON agenda_entry (decision_id, id);
-- A template is on one agenda at a time.
CREATE UNIQUE INDEX agenda_entry_open ON agenda_entry (decision_id)
  WHERE decision_id IS NOT NULL AND outcome IS NULL;

-- Whether a municipality comes, as it answered to the invitation; the newest row counts.
CREATE TABLE meeting_answer (
  meeting_id      INTEGER NOT NULL REFERENCES meeting,
  municipality_id INTEGER NOT NULL REFERENCES municipality,
  at              INTEGER NOT NULL,
  answer          TEXT NOT NULL CHECK (answer IN ('room', 'remote', 'proxy', 'absent')),
  person_id       INTEGER NOT NULL REFERENCES person, -- who answered
  PRIMARY KEY (meeting_id, municipality_id, at)
) STRICT, WITHOUT ROWID;

-- Who was there, from when to when.  Leaving ends the row; coming back is a new one.
CREATE TABLE attendance (
  id         INTEGER PRIMARY KEY,
  meeting_id INTEGER NOT NULL REFERENCES meeting,
  person_id  INTEGER REFERENCES person,
  guest_name TEXT NOT NULL DEFAULT '',                -- of somebody without an account
  municipality_id INTEGER REFERENCES municipality,    -- the seat's, or the person's
  role       TEXT NOT NULL CHECK (role IN ('holder', 'deputy', 'presenter', 'guest',
               'minute_taker')),
  mode       TEXT NOT NULL CHECK (mode IN ('room', 'remote')),
  from_at    INTEGER NOT NULL,
  until_at   INTEGER CHECK (until_at >= from_at),
  CHECK ((person_id IS NULL) = (guest_name <> ''))
) STRICT;
CREATE UNIQUE INDEX attendance_now ON attendance (meeting_id, person_id)
  WHERE until_at IS NULL AND person_id IS NOT NULL;

-- A proxy ("Vollmacht"): one hop, for a meeting or one point of its agenda.
CREATE TABLE proxy (
  id              INTEGER PRIMARY KEY,
  meeting_id      INTEGER NOT NULL REFERENCES meeting,
  agenda_entry_id INTEGER REFERENCES agenda_entry,    -- NULL: the whole meeting
  municipality_id INTEGER NOT NULL REFERENCES municipality, -- whose vote
  principal_id    INTEGER NOT NULL REFERENCES person,
  proxy_id        INTEGER NOT NULL REFERENCES person CHECK (proxy_id <> principal_id),
  instruction     TEXT NOT NULL DEFAULT '',           -- advice: a vote against it counts
                                                      -- (KGG Hessen § 15 (4))
  granted_at      INTEGER NOT NULL,
  revoked_at      INTEGER CHECK (revoked_at >= granted_at),
  revoked_by      INTEGER REFERENCES person
) STRICT;
CREATE INDEX proxy_meeting ON proxy (meeting_id, municipality_id);
CREATE UNIQUE INDEX proxy_now ON proxy (meeting_id, municipality_id, coalesce(agenda_entry_id, 0))
  WHERE revoked_at IS NULL;

-- Recusal ("Befangenheit"), personal and for one point (HGO § 25).  How one is disputed came later:
-- 0022_member_votes.sql.
CREATE TABLE recusal (
  id              INTEGER PRIMARY KEY,
  decision_id     INTEGER NOT NULL REFERENCES decision,
  meeting_id      INTEGER REFERENCES meeting,         -- NULL: a circular resolution
  person_id       INTEGER NOT NULL REFERENCES person,
  municipality_id INTEGER REFERENCES municipality,
  reason          TEXT NOT NULL DEFAULT '',
  at              INTEGER NOT NULL,
  noted_by        INTEGER NOT NULL REFERENCES person, -- the person, or the chair
  lifted_at       INTEGER,
  lifted_reason   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX recusal_now ON recusal (decision_id, coalesce(meeting_id, 0), person_id)
  WHERE lifted_at IS NULL;

-- A vote.  It carries its own copy of text, rule and roll; once closed or aborted it never changes.
CREATE TABLE poll (
  id              INTEGER PRIMARY KEY,
  decision_id     INTEGER NOT NULL REFERENCES decision,
  version         INTEGER NOT NULL,                   -- of the template
  version_hash    TEXT NOT NULL CHECK (length(version_hash) = 64),
  kind            TEXT NOT NULL CHECK (kind IN ('resolution', 'urgency', 'circular')),
  round           INTEGER NOT NULL DEFAULT 1 CHECK (round > 0),
  meeting_id      INTEGER REFERENCES meeting,
  agenda_entry_id INTEGER REFERENCES agenda_entry,
  majority        TEXT NOT NULL,                      -- as in decision_version, or
                                                      -- 'more_represented', 'represented'
  majority_a      INTEGER NOT NULL DEFAULT 0,
  majority_b      INTEGER NOT NULL DEFAULT 0,
  mode            TEXT NOT NULL CHECK (mode IN ('heads', 'weighted', 'dual')),
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
  CHECK ((kind = 'circular') = (meeting_id IS NULL) AND (kind = 'circular') = (closes_at IS NOT NULL)),
  CHECK ((meeting_id IS NULL) = (agenda_entry_id IS NULL)),
  CHECK ((closed_at IS NULL) = (result IS NULL) AND (closed_at IS NULL OR aborted_at IS NULL)),
  CHECK (aborted_at IS NULL OR abort_reason <> ''),
  FOREIGN KEY (decision_id, version) REFERENCES decision_version
) STRICT;
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
  municipality_id INTEGER NOT NULL REFERENCES municipality,
  name            TEXT NOT NULL,                      -- its short name, at that time
  weight          INTEGER NOT NULL CHECK (weight > 0),
  status          TEXT CHECK (status IN ('yes', 'no', 'abstained', 'silent', 'invalid', 'absent',
                    'recused')),
  PRIMARY KEY (poll_id, municipality_id)
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
  municipality_id INTEGER NOT NULL,
  person_id       INTEGER NOT NULL REFERENCES person,
  capacity        TEXT NOT NULL CHECK (capacity IN ('holder', 'deputy', 'proxy')),
  proxy_id        INTEGER REFERENCES proxy,
  PRIMARY KEY (poll_id, municipality_id, person_id),
  FOREIGN KEY (poll_id, municipality_id) REFERENCES poll_unit,
  CHECK ((capacity = 'proxy') = (proxy_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX poll_voter_person ON poll_voter (person_id, poll_id);

-- What was cast, all of it.  The one with the highest `seq` of a unit counts.
CREATE TABLE ballot (
  poll_id         INTEGER NOT NULL,
  seq             INTEGER NOT NULL CHECK (seq > 0),   -- within the vote
  municipality_id INTEGER NOT NULL,
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
  FOREIGN KEY (poll_id, municipality_id) REFERENCES poll_unit
) STRICT, WITHOUT ROWID;
CREATE INDEX ballot_unit ON ballot (poll_id, municipality_id, seq);
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

-- An objection to deciding in writing: it stops a circular resolution (VwVfG § 90 (1)).
CREATE TABLE circular_objection (
  poll_id         INTEGER PRIMARY KEY REFERENCES poll,
  municipality_id INTEGER NOT NULL REFERENCES municipality,
  person_id       INTEGER NOT NULL REFERENCES person,
  reason          TEXT NOT NULL DEFAULT '',
  at              INTEGER NOT NULL
) STRICT;

-- A late template was admitted by this vote.
CREATE TABLE late_waiver (
  agenda_entry_id INTEGER PRIMARY KEY REFERENCES agenda_entry,
  poll_id         INTEGER NOT NULL UNIQUE REFERENCES poll,
  at              INTEGER NOT NULL
) STRICT;

-- The register: what a stranger needs to check every vote.  One line each, chained:
-- hash = SHA-256(hash of the line before || line), written in the transaction of the act itself.
CREATE TABLE register_record (
  n         INTEGER PRIMARY KEY CHECK (n > 0),        -- without gaps
  at        INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  poll_id   INTEGER REFERENCES poll,                  -- ballots: shown when it has ended
  line      TEXT NOT NULL,                            -- JSON, fixed order of keys
  hash      TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX register_record_poll ON register_record (poll_id, n);
CREATE TRIGGER register_record_in_order BEFORE INSERT ON register_record
WHEN new.n <> (SELECT coalesce(max(n), 0) + 1 FROM register_record)
BEGIN
  SELECT raise(ABORT, 'the register has no gaps');
END;
CREATE TRIGGER register_record_no_update BEFORE UPDATE ON register_record
BEGIN
  SELECT raise(ABORT, 'the register stays');
END;
CREATE TRIGGER register_record_no_delete BEFORE DELETE ON register_record
BEGIN
  SELECT raise(ABORT, 'the register stays');
END;

-- Ed25519 signatures over the hash of a record.
CREATE TABLE register_seal (
  n         INTEGER PRIMARY KEY REFERENCES register_record,
  key       TEXT NOT NULL,                            -- public key, hexadecimal
  signature TEXT NOT NULL
) STRICT;
CREATE TRIGGER register_seal_no_update BEFORE UPDATE ON register_seal
BEGIN
  SELECT raise(ABORT, 'the register stays');
END;
CREATE TRIGGER register_seal_no_delete BEFORE DELETE ON register_seal
BEGIN
  SELECT raise(ABORT, 'the register stays');
END;

-- The register names persons by SHA-256(salt || name).  Deleting the salt forgets who it was and
-- breaks nothing.
CREATE TABLE register_person (
  person_id INTEGER PRIMARY KEY REFERENCES person,
  salt      TEXT NOT NULL CHECK (length(salt) = 64),
  digest    TEXT NOT NULL CHECK (length(digest) = 64)
) STRICT;

-- Minutes ("Niederschrift") are generated; only these words are written by hand.
CREATE TABLE minutes (
  meeting_id  INTEGER PRIMARY KEY REFERENCES meeting,
  text        TEXT NOT NULL DEFAULT '',               -- what was signed, complete; empty before
  sha256      TEXT NOT NULL DEFAULT '',
  approved_at INTEGER,                                -- by the meeting after
  approved_in INTEGER REFERENCES meeting,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE minutes_note (
  id              INTEGER PRIMARY KEY,
  meeting_id      INTEGER NOT NULL REFERENCES meeting,
  agenda_entry_id INTEGER REFERENCES agenda_entry,    -- NULL: of the meeting as a whole
  kind            TEXT NOT NULL CHECK (kind IN ('note', 'task')),
  text            TEXT NOT NULL CHECK (length(text) > 0),
  person_id       INTEGER REFERENCES person,          -- of a task
  due_on          TEXT,
  done_at         INTEGER,
  by              INTEGER NOT NULL REFERENCES person,
  at              INTEGER NOT NULL,
  row_version     INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX minutes_note_meeting ON minutes_note (meeting_id, agenda_entry_id, id);
-- Signed in the product, with a fresh password, over the same words.
CREATE TABLE minutes_signature (
  meeting_id INTEGER NOT NULL REFERENCES minutes,
  role       TEXT NOT NULL CHECK (role IN ('chair', 'minute_taker')),
  person_id  INTEGER NOT NULL REFERENCES person,
  sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
  at         INTEGER NOT NULL,
  PRIMARY KEY (meeting_id, role)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER minutes_signature_no_update BEFORE UPDATE ON minutes_signature
BEGIN
  SELECT raise(ABORT, 'signatures stay');
END;
CREATE TRIGGER minutes_signature_no_delete BEFORE DELETE ON minutes_signature
BEGIN
  SELECT raise(ABORT, 'signatures stay');
END;
-- Clerical corrections are added by two persons; nothing is overwritten.
CREATE TABLE correction (
  id           INTEGER PRIMARY KEY,
  meeting_id   INTEGER REFERENCES meeting,
  poll_id      INTEGER REFERENCES poll,
  old          TEXT NOT NULL CHECK (length(old) > 0),
  new          TEXT NOT NULL CHECK (length(new) > 0),
  reason       TEXT NOT NULL CHECK (length(reason) > 0),
  proposed_by  INTEGER NOT NULL REFERENCES person,
  proposed_at  INTEGER NOT NULL,
  confirmed_by INTEGER REFERENCES person CHECK (confirmed_by <> proposed_by),
  confirmed_at INTEGER,
  CHECK ((meeting_id IS NULL) <> (poll_id IS NULL))
) STRICT;

-- What becomes of a resolution.
CREATE TABLE follow_up (
  decision_id    INTEGER PRIMARY KEY REFERENCES decision,
  year           INTEGER NOT NULL,                    -- number of the resolution: B 2026-7
  number         INTEGER NOT NULL,
  responsible_id INTEGER REFERENCES person,
  due_on         TEXT,
  evidence       TEXT NOT NULL DEFAULT '',            -- link, when it is done
  done_at        INTEGER,
  done_by        INTEGER REFERENCES person,
  superseded_by  INTEGER REFERENCES decision,
  row_version    INTEGER NOT NULL DEFAULT 1,
  UNIQUE (year, number)
) STRICT;
CREATE TABLE follow_up_report (
  id          INTEGER PRIMARY KEY,
  decision_id INTEGER NOT NULL REFERENCES follow_up,
  light       TEXT NOT NULL CHECK (light IN ('green', 'yellow', 'red')),
  blocked     INTEGER NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1)),
  text        TEXT NOT NULL CHECK (length(text) > 0),
  light_reason TEXT NOT NULL DEFAULT '',              -- why it is better than computed
  by          INTEGER NOT NULL REFERENCES person,
  at          INTEGER NOT NULL
) STRICT;
CREATE INDEX follow_up_report_decision ON follow_up_report (decision_id, id);
