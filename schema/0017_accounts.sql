-- Accounts in the hands of the municipalities: invitations, second factor, roles with dates,
-- letters that are sent, retention and erasure, reports of barriers.

ALTER TABLE municipality ADD COLUMN factor_for_all INTEGER NOT NULL DEFAULT 0
  CHECK (factor_for_all IN (0, 1));               -- second factor for everybody here, not only for
                                                  -- the roles that need one anyway
ALTER TABLE municipality ADD COLUMN privacy_contact TEXT NOT NULL DEFAULT ''
  CHECK (length(privacy_contact) <= 500);         -- whom its people ask about their data
ALTER TABLE municipality ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

ALTER TABLE person ADD COLUMN pronouns TEXT NOT NULL DEFAULT ''
  CHECK (length(pronouns) <= 60);                 -- how minutes speak of her, his or their own will
ALTER TABLE person ADD COLUMN password_set_at INTEGER;
ALTER TABLE person ADD COLUMN totp_draft BLOB;    -- encrypted; shown for setting up, not yet proved
ALTER TABLE person ADD COLUMN totp_since INTEGER; -- when totp_secret was proved
ALTER TABLE person ADD COLUMN warned_on TEXT;     -- told that the account will sleep; NULL: not since
                                                  -- last_seen_on
ALTER TABLE person ADD COLUMN asleep INTEGER NOT NULL DEFAULT 0
  CHECK (asleep IN (0, 1));                       -- suspended for not having been here

-- A role ends at an instant: whoever loses it must not keep it until midnight.  `until` stays the
-- last day on which it was meant to hold.
ALTER TABLE role_grant ADD COLUMN ended_at INTEGER;
ALTER TABLE role_grant ADD COLUMN ended_by INTEGER REFERENCES person;
DROP INDEX role_grant_current;
CREATE UNIQUE INDEX role_grant_current ON role_grant (person_id, role)
  WHERE until IS NULL AND ended_at IS NULL;
-- What every reader asks, with its own day against since and until.
CREATE VIEW role_held AS
SELECT id, person_id, role, municipality_id, since, until, granted_by, granted_at
  FROM role_grant WHERE ended_at IS NULL;

-- Roles of the whole cooperation are proposed by the project office and granted by the committee.
CREATE TABLE role_proposal (
  id              INTEGER PRIMARY KEY,
  person_id       INTEGER NOT NULL REFERENCES person,
  role            TEXT NOT NULL CHECK (role IN ('pmo', 'committee', 'committee_deputy', 'chair',
                    'funder')),
  municipality_id INTEGER REFERENCES municipality, -- the seat
  since           TEXT NOT NULL,
  until           TEXT CHECK (until >= since),
  reason          TEXT NOT NULL DEFAULT '',
  proposed_by     INTEGER NOT NULL REFERENCES person,
  proposed_at     INTEGER NOT NULL,
  decided_by      INTEGER REFERENCES person,
  decided_at      INTEGER,
  granted         INTEGER CHECK (granted IN (0, 1)), -- NULL: not decided
  version         INTEGER NOT NULL DEFAULT 1,
  CHECK ((decided_at IS NULL) = (granted IS NULL))
) STRICT;
CREATE UNIQUE INDEX role_proposal_open ON role_proposal (person_id, role) WHERE decided_at IS NULL;

-- Nothing wrote the first form of this table.  The link's token is made when the letter is sent, so
-- it stands nowhere in here and no inviter ever sees it.
DROP TABLE invitation;
CREATE TABLE invitation (
  id              INTEGER PRIMARY KEY,
  person_id       INTEGER NOT NULL REFERENCES person, -- 'invited' until it is accepted
  municipality_id INTEGER NOT NULL REFERENCES municipality,
  role            TEXT NOT NULL,                  -- of role_grant, or 'member': no role of its own
  invited_by      INTEGER REFERENCES person,      -- NULL: by the operator
  created_at      INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL,               -- 14 days, counted anew by each renewal
  token_hash      BLOB UNIQUE CHECK (length(token_hash) = 32), -- NULL: not sent
  sent_count      INTEGER NOT NULL DEFAULT 0,
  accepted_at     INTEGER,
  revoked_at      INTEGER,
  version         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX invitation_open ON invitation (person_id)
  WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitation_municipality ON invitation (municipality_id, created_at);

-- A forgotten password: one link, one use.  Its 60 minutes begin when the letter is sent.
CREATE TABLE password_reset (
  id         INTEGER PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES person,
  created_at INTEGER NOT NULL,
  token_hash BLOB UNIQUE CHECK (length(token_hash) = 32), -- NULL: not sent
  expires_at INTEGER,
  used_at    INTEGER                              -- or made void by a newer one
) STRICT;
CREATE INDEX password_reset_person ON password_reset (person_id) WHERE used_at IS NULL;

-- The password was right, the second factor is still to come.  Known by a token in the form.
CREATE TABLE login_step (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  person_id  INTEGER NOT NULL REFERENCES person,
  ends_at    INTEGER NOT NULL,
  failures   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX login_step_end ON login_step (ends_at);

-- A device on which the second factor is not asked for 30 days.
CREATE TABLE trusted_device (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  person_id  INTEGER NOT NULL REFERENCES person,
  device     TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX trusted_device_person ON trusted_device (person_id);

-- A letter with a secret link says so; the sender makes the token and writes down its hash.
ALTER TABLE outbox ADD COLUMN link TEXT NOT NULL DEFAULT ''
  CHECK (link IN ('', 'invitation', 'password_reset'));
ALTER TABLE outbox ADD COLUMN link_id INTEGER;    -- row of that table
ALTER TABLE outbox ADD COLUMN given_up_at INTEGER; -- a dead letter: the administrator sees it
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (not_before)
  WHERE sent_at IS NULL AND cancelled_at IS NULL AND given_up_at IS NULL;

-- How somebody wants to be written to about a topic; no row: at once.
CREATE TABLE mail_setting (
  person_id INTEGER NOT NULL REFERENCES person,
  topic     TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 40),
  mode      TEXT NOT NULL CHECK (mode IN ('at_once', 'daily', 'weekly', 'off')),
  PRIMARY KEY (person_id, topic)
) STRICT, WITHOUT ROWID;

-- What the process that sends letters last met with; one row, or none before its first run.
CREATE TABLE mail_run (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  ran_at     INTEGER NOT NULL,
  sent_at    INTEGER,                             -- the last letter that was taken
  error_at   INTEGER,
  last_error TEXT NOT NULL DEFAULT ''
) STRICT;

-- How long things are kept, in days; no row: the default in the program.
CREATE TABLE retention (
  what       TEXT PRIMARY KEY,
  days       INTEGER NOT NULL CHECK (days BETWEEN 1 AND 36500),
  changed_by INTEGER NOT NULL REFERENCES person,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was erased, so that a restored copy can be told to forget them again.
CREATE TABLE erasure (
  person_id       INTEGER PRIMARY KEY REFERENCES person,
  municipality_id INTEGER REFERENCES municipality, -- of the last membership
  at              INTEGER NOT NULL,
  by              INTEGER REFERENCES person        -- NULL: the operator, or the retention job
) STRICT;

-- Reports of barriers: answered within six weeks (BITV 2.0).
CREATE TABLE barrier_report (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  page        TEXT NOT NULL DEFAULT '' CHECK (length(page) <= 500),
  text        TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 5000),
  email       TEXT NOT NULL DEFAULT '' CHECK (length(email) <= 254), -- empty: wants no answer
  person_id   INTEGER REFERENCES person,          -- NULL: somebody who was not logged in
  due_on      TEXT NOT NULL,
  answer      TEXT NOT NULL DEFAULT '' CHECK (length(answer) <= 5000),
  answered_by INTEGER REFERENCES person,
  answered_at INTEGER,
  version     INTEGER NOT NULL DEFAULT 1,
  CHECK ((answered_at IS NULL) = (answer = ''))
) STRICT;
CREATE INDEX barrier_report_open ON barrier_report (due_on) WHERE answered_at IS NULL;

CREATE INDEX audit_municipality ON audit (municipality_id, id);
CREATE INDEX audit_actor ON audit (actor_id, id);
-- An actor may be forgotten, never exchanged.
CREATE TRIGGER audit_no_other_actor BEFORE UPDATE OF actor_id, municipality_id ON audit
WHEN (new.actor_id IS NOT NULL AND new.actor_id IS NOT old.actor_id)
  OR (new.municipality_id IS NOT NULL AND new.municipality_id IS NOT old.municipality_id)
BEGIN
  SELECT raise(ABORT, 'audit rows stay as they are');
END;
