-- Task forces and what the overview table shows of them.  Money is INTEGER euro cents.

CREATE TABLE task_force (
  id              INTEGER PRIMARY KEY,
  slug            TEXT NOT NULL UNIQUE,            -- in addresses; never changes
  name            TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  sort_key        TEXT NOT NULL,                   -- DIN 5007-1 of the name
  goal            TEXT NOT NULL,                   -- "Ziel", up to 2,000 characters
  starts_on       TEXT NOT NULL,
  ends_on         TEXT CHECK (ends_on >= starts_on),
  review_on       TEXT CHECK (review_on >= starts_on), -- without an end: when it is looked at again
  status          TEXT NOT NULL CHECK (status IN ('planned', 'active', 'paused', 'done', 'cancelled')),
  budget          INTEGER NOT NULL DEFAULT 0 CHECK (budget >= 0), -- until plan lines carry it
  link_url        TEXT NOT NULL DEFAULT '' CHECK (link_url = '' OR link_url LIKE 'https://%'),
  link_label      TEXT NOT NULL DEFAULT '',
  link_checked_on TEXT,
  sort            INTEGER NOT NULL DEFAULT 0,
  version         INTEGER NOT NULL DEFAULT 1,
  updated_at      INTEGER NOT NULL,
  updated_by      INTEGER REFERENCES person,
  CHECK (ends_on IS NOT NULL OR review_on IS NOT NULL)
) STRICT;

-- The editable fields of each version: what a form was filled from, to merge parallel changes.
CREATE TABLE task_force_version (
  task_force_id INTEGER NOT NULL REFERENCES task_force,
  version       INTEGER NOT NULL,
  name          TEXT NOT NULL,
  goal          TEXT NOT NULL,
  starts_on     TEXT NOT NULL,
  ends_on       TEXT,
  review_on     TEXT,
  status        TEXT NOT NULL,
  budget        INTEGER NOT NULL,
  link_url      TEXT NOT NULL,
  municipalities TEXT NOT NULL,                    -- ids in order, "1 4 7"; the lead first
  lead_id       INTEGER,
  at            INTEGER NOT NULL,
  by            INTEGER REFERENCES person,
  PRIMARY KEY (task_force_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_force_municipality (
  id              INTEGER PRIMARY KEY,
  task_force_id   INTEGER NOT NULL REFERENCES task_force,
  municipality_id INTEGER NOT NULL REFERENCES municipality,
  role            TEXT NOT NULL CHECK (role IN ('lead', 'partner', 'reuse')),
  since           TEXT NOT NULL,
  until           TEXT CHECK (until >= since)
) STRICT;
CREATE UNIQUE INDEX task_force_municipality_current
  ON task_force_municipality (task_force_id, municipality_id) WHERE until IS NULL;

-- At most one current lead; without one the table says "Leitung offen".
CREATE TABLE task_force_member (
  id            INTEGER PRIMARY KEY,
  task_force_id INTEGER NOT NULL REFERENCES task_force,
  person_id     INTEGER NOT NULL REFERENCES person,
  role          TEXT NOT NULL CHECK (role IN ('lead', 'deputy', 'member')),
  since         TEXT NOT NULL,
  until         TEXT CHECK (until >= since)
) STRICT;
CREATE UNIQUE INDEX task_force_member_current
  ON task_force_member (task_force_id, person_id) WHERE until IS NULL;
CREATE UNIQUE INDEX task_force_member_lead
  ON task_force_member (task_force_id) WHERE until IS NULL AND role = 'lead';
CREATE INDEX task_force_member_person ON task_force_member (person_id) WHERE until IS NULL;

-- "Zu klären".  The open ones of a task force fill its column by themselves.
CREATE TABLE open_question (
  id            INTEGER PRIMARY KEY,
  scope         TEXT NOT NULL CHECK (scope IN ('task_force', 'structure', 'cooperation')),
  task_force_id INTEGER REFERENCES task_force,
  text          TEXT NOT NULL,
  asked_by      INTEGER REFERENCES person,         -- NULL: from an imported table
  asked_at      INTEGER NOT NULL,
  goes_to       TEXT NOT NULL CHECK (goes_to IN ('task_force', 'pmo', 'committee')),
  due_on        TEXT,
  state         TEXT NOT NULL CHECK (state IN ('open', 'in_progress', 'answered', 'parked')),
  answer        TEXT NOT NULL DEFAULT '',
  answered_by   INTEGER REFERENCES person,
  answered_at   INTEGER,
  decision_id   INTEGER,                           -- set by the steering part
  version       INTEGER NOT NULL DEFAULT 1,
  CHECK ((scope = 'task_force') = (task_force_id IS NOT NULL)),
  CHECK ((state = 'answered') = (answered_at IS NOT NULL))
) STRICT;
CREATE INDEX open_question_task_force ON open_question (task_force_id, state);
-- When it last changed: an answer is a change.
CREATE INDEX open_question_newest ON open_question (task_force_id, coalesce(answered_at, asked_at));
CREATE INDEX open_question_open ON open_question (goes_to) WHERE state IN ('open', 'in_progress');

-- The lights.  Append-only, the newest of a quarter counts, a new quarter starts grey.
CREATE TABLE assessment (
  id            INTEGER PRIMARY KEY,
  task_force_id INTEGER NOT NULL REFERENCES task_force,
  quarter       TEXT NOT NULL CHECK (quarter LIKE '____-_'), -- 2026-4
  dimension     TEXT NOT NULL CHECK (dimension IN ('content', 'resources')),
  proposed      TEXT NOT NULL CHECK (proposed IN ('grey', 'green', 'yellow', 'red')),
  colour        TEXT NOT NULL CHECK (colour IN ('grey', 'green', 'yellow', 'red')),
  trend         TEXT NOT NULL DEFAULT 'same' CHECK (trend IN ('better', 'same', 'worse')),
  reason        TEXT NOT NULL DEFAULT '',
  solution      TEXT NOT NULL DEFAULT '',
  at            INTEGER NOT NULL,
  by            INTEGER REFERENCES person
) STRICT;
CREATE INDEX assessment_newest ON assessment (task_force_id, quarter, dimension, id, colour, at);

CREATE TRIGGER assessment_no_update BEFORE UPDATE ON assessment
BEGIN
  SELECT raise(ABORT, 'a light is set again, not changed');
END;
CREATE TRIGGER assessment_no_delete BEFORE DELETE ON assessment
BEGIN
  SELECT raise(ABORT, 'a light is set again, not removed');
END;

-- Money that moved; a mistake is voided, never changed.
CREATE TABLE booking (
  id              INTEGER PRIMARY KEY,
  task_force_id   INTEGER NOT NULL REFERENCES task_force,
  municipality_id INTEGER REFERENCES municipality,
  kind            TEXT NOT NULL CHECK (kind IN ('commitment', 'expense', 'draw', 'payout', 'refund',
                    'correction')),
  amount          INTEGER NOT NULL CHECK (amount <> 0), -- cents
  on_date         TEXT NOT NULL,
  corrects_id     INTEGER REFERENCES booking,
  reference       TEXT NOT NULL DEFAULT '',         -- of the voucher, which is kept elsewhere
  note            TEXT NOT NULL DEFAULT '',
  at              INTEGER NOT NULL,
  by              INTEGER REFERENCES person,
  voided_at       INTEGER,
  voided_by       INTEGER REFERENCES person
) STRICT;
-- Has all that the sums and the newest change need; a partial one would not spare the rows.
CREATE INDEX booking_task_force
  ON booking (task_force_id, voided_at, kind, corrects_id, amount, at);

-- "abgerufen" adds up these: draws and what corrects them; a correction goes with its draw.
CREATE VIEW drawn AS
SELECT b.task_force_id, b.amount, b.at
  FROM booking b
  LEFT JOIN booking d ON d.id = b.corrects_id
 WHERE b.voided_at IS NULL
   AND (b.kind = 'draw' OR b.kind = 'correction' AND d.kind = 'draw' AND d.voided_at IS NULL);
