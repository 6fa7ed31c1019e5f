-- People of several municipalities in one installation: who they are, what they may do, how they
-- log in, and what they did.  Instants are UTC seconds, days are TEXT 'YYYY-MM-DD'; an `until`
-- that is NULL means "still".  Nothing a sent report cites is deleted; it is ended with a date.

-- The organisations of the cooperation.  A funder may only read sent reports.
CREATE TABLE municipality (
  id            INTEGER PRIMARY KEY,
  kind          TEXT NOT NULL DEFAULT 'municipality' CHECK (kind IN ('municipality', 'funder')),
  name          TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 80),
  short         TEXT NOT NULL UNIQUE CHECK (length(short) BETWEEN 1 AND 30), -- as in tables
  slug          TEXT NOT NULL UNIQUE,             -- in addresses
  sort_key      TEXT NOT NULL,                    -- DIN 5007-1, see utf8_sort_key
  ags           TEXT CHECK (length(ags) = 8),     -- Amtlicher Gemeindeschlüssel
  email_domains TEXT NOT NULL DEFAULT '',         -- separated by blanks
  joined_on     TEXT NOT NULL,
  left_on       TEXT CHECK (left_on >= joined_on)
) STRICT;

-- One person, one account, for life; municipality and roles have dates of their own.
CREATE TABLE person (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  sort_key      TEXT NOT NULL,
  email         TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(email) BETWEEN 3 AND 254),
  password_hash TEXT NOT NULL DEFAULT '',         -- Argon2id; empty: cannot log in yet
  totp_secret   BLOB,                             -- encrypted; NULL: no second factor
  totp_last     INTEGER NOT NULL DEFAULT 0,       -- last accepted time step (replay)
  status        TEXT NOT NULL CHECK (status IN ('invited', 'active', 'suspended', 'anonymised')),
  theme         TEXT NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto', 'light', 'dark')),
  created_at    INTEGER NOT NULL,
  last_seen_on  TEXT,                             -- a day is enough
  version       INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Where a person works.  Dated, so that an old report still shows the municipality of its time.
CREATE TABLE membership (
  id              INTEGER PRIMARY KEY,
  person_id       INTEGER NOT NULL REFERENCES person,
  municipality_id INTEGER NOT NULL REFERENCES municipality,
  since           TEXT NOT NULL,
  until           TEXT CHECK (until >= since)
) STRICT;
CREATE UNIQUE INDEX membership_current ON membership (person_id) WHERE until IS NULL;
CREATE INDEX membership_municipality ON membership (municipality_id, person_id);

-- What a person may do; app/rights.c says what each role means.  Task-force roles are rows of
-- task_force_member instead.
CREATE TABLE role_grant (
  id              INTEGER PRIMARY KEY,
  person_id       INTEGER NOT NULL REFERENCES person,
  role            TEXT NOT NULL CHECK (role IN ('installation', 'municipality', 'pmo', 'committee',
                    'committee_deputy', 'chair', 'reviewer', 'reader', 'funder')),
  municipality_id INTEGER REFERENCES municipality, -- the seat of a committee role
  since           TEXT NOT NULL,
  until           TEXT CHECK (until >= since),
  granted_by      INTEGER REFERENCES person,       -- NULL: by the operator on the command line
  granted_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX role_grant_current ON role_grant (person_id, role) WHERE until IS NULL;

-- A session: 256 random bits in a cookie, only their hash here.
CREATE TABLE session (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  person_id  INTEGER NOT NULL REFERENCES person,
  created_at INTEGER NOT NULL,
  last_at    INTEGER NOT NULL,                    -- idle limit counts from here
  ends_at    INTEGER NOT NULL,                    -- absolute limit
  device     TEXT NOT NULL DEFAULT ''             -- for the list of own sessions
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_end ON session (ends_at);

-- Failed logins, counted per account from one network, per account and per network.
CREATE TABLE login_failure (
  scope    TEXT NOT NULL CHECK (scope IN ('account', 'network', 'pair')),
  key_hash BLOB NOT NULL,                         -- of the address as typed, the network, or both
  failures INTEGER NOT NULL,
  last_at  INTEGER NOT NULL,
  PRIMARY KEY (scope, key_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX login_failure_age ON login_failure (last_at);

-- Networks from which a person has logged in: attacks from elsewhere do not slow these down.
CREATE TABLE login_network (
  person_id    INTEGER NOT NULL REFERENCES person,
  network_hash BLOB NOT NULL,
  last_at      INTEGER NOT NULL,
  PRIMARY KEY (person_id, network_hash)
) STRICT, WITHOUT ROWID;

-- Forms that were answered: a repeated POST gets the same answer and makes no second row.
CREATE TABLE answered_form (
  person_id INTEGER NOT NULL REFERENCES person,
  form_hash BLOB NOT NULL,                        -- of one-time key, path and content
  location  TEXT NOT NULL,                        -- where the answer led
  at        INTEGER NOT NULL,
  PRIMARY KEY (person_id, form_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_form_age ON answered_form (at);

-- Invitations by mail; only the hash of the link's token is kept.
CREATE TABLE invitation (
  token_hash      BLOB PRIMARY KEY,
  email           TEXT NOT NULL COLLATE NOCASE,
  municipality_id INTEGER NOT NULL REFERENCES municipality,
  role            TEXT NOT NULL,
  invited_by      INTEGER NOT NULL REFERENCES person,
  created_at      INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL,
  sent_count      INTEGER NOT NULL DEFAULT 0,
  accepted_at     INTEGER,
  revoked_at      INTEGER
) STRICT, WITHOUT ROWID;

-- Codes for a lost second factor, each for one use.
CREATE TABLE recovery_code (
  person_id INTEGER NOT NULL REFERENCES person,
  code_hash BLOB NOT NULL,
  used_at   INTEGER,
  PRIMARY KEY (person_id, code_hash)
) STRICT, WITHOUT ROWID;

-- The secret address of a personal calendar.
CREATE TABLE calendar_feed (
  token_hash BLOB PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES person,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

-- Who did what.  Append-only; only the retention job and the erasure of a person may blank fields.
CREATE TABLE audit (
  id              INTEGER PRIMARY KEY,
  at              INTEGER NOT NULL,
  actor_id        INTEGER REFERENCES person,       -- NULL: the operator, on the command line
  municipality_id INTEGER REFERENCES municipality, -- the actor's, at that time
  action          TEXT NOT NULL,                   -- task_force.edit
  object          TEXT NOT NULL,                   -- task_force/12
  before          TEXT,                            -- JSON
  after           TEXT                             -- JSON
) STRICT;
CREATE INDEX audit_object ON audit (object, id);

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
  SELECT raise(ABORT, 'audit rows stay');
END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
WHEN new.id <> old.id OR new.at <> old.at OR new.action <> old.action OR new.object <> old.object
  OR (new.before IS NOT NULL AND new.before IS NOT old.before)
  OR (new.after IS NOT NULL AND new.after IS NOT old.after)
BEGIN
  SELECT raise(ABORT, 'audit rows stay as they are');
END;
