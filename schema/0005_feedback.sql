-- Feedback on the handbook, its review rounds, the editors' work on the next version and the public
-- edition.  Instants are UTC seconds, days are TEXT 'YYYY-MM-DD'.  Nothing here is ever removed with
-- something else: a block that goes leaves its feedback behind.

-- Drafts share the number of the version they may become: 2.0, draft 1.
ALTER TABLE revision ADD COLUMN draft INTEGER NOT NULL DEFAULT 0 CHECK (draft >= 0);
-- Put up for decision; the second person of the short path or the committee answers.
ALTER TABLE revision ADD COLUMN decided_by INTEGER REFERENCES person;
ALTER TABLE revision ADD COLUMN decided_at INTEGER;
-- Why it was dropped, or the resolution that put it into force.
ALTER TABLE revision ADD COLUMN decision TEXT NOT NULL DEFAULT '';
DROP INDEX revision_number;
CREATE UNIQUE INDEX revision_number ON revision (document_id, major, minor, draft)
  WHERE state <> 'working';

-- The one copy that editors change.  It always exists beside the version in force.
INSERT INTO revision (document_id, major, minor, state, base_id, change, created_at)
SELECT document_id, major, minor, 'working', id, 'content', created_at FROM revision
 WHERE state = 'in_force';
INSERT INTO revision_block (revision_id, pos, section_uid, block_text_id, list, number)
SELECT w.id, b.pos, b.section_uid, b.block_text_id, b.list, b.number
  FROM revision w JOIN revision_block b ON b.revision_id = w.base_id WHERE w.state = 'working';
INSERT INTO revision_section (revision_id, pos, uid, slug, number, title, words)
SELECT w.id, s.pos, s.uid, s.slug, s.number, s.title, s.words
  FROM revision w JOIN revision_section s ON s.revision_id = w.base_id WHERE w.state = 'working';

-- A block that was cut out comes back with the identity it had.
CREATE INDEX block_text_hash ON block_text (hash);

-- Who is editing a section of the working copy.  A hint for others, never a hindrance.
CREATE TABLE section_lock (
  section_uid TEXT PRIMARY KEY REFERENCES block (uid),
  person_id   INTEGER NOT NULL REFERENCES person,
  since       INTEGER NOT NULL              -- of the last sign of life
) STRICT, WITHOUT ROWID;

-- What somebody has written and not yet saved into the working copy.
CREATE TABLE section_draft (
  section_uid TEXT NOT NULL REFERENCES block (uid),
  person_id   INTEGER NOT NULL REFERENCES person,
  base        TEXT NOT NULL,                -- state of the section it was begun from
  markdown    TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (section_uid, person_id)
) STRICT, WITHOUT ROWID;

-- A review round ("Rückmelderunde"): a frozen version, people who are asked, a last day.  Whether
-- it is open follows from the days; `closed_at` says when the missing answers were written down.
CREATE TABLE review_round (
  id            INTEGER PRIMARY KEY,
  number        INTEGER NOT NULL UNIQUE CHECK (number > 0),
  revision_id   INTEGER NOT NULL REFERENCES revision,
  note          TEXT NOT NULL DEFAULT '',   -- what reviewers should look at
  opens_on      TEXT NOT NULL,
  closes_on     TEXT NOT NULL CHECK (closes_on >= opens_on), -- its last day, Europe/Berlin
  first_closes_on TEXT NOT NULL,            -- before any extension
  late          TEXT NOT NULL DEFAULT 'accept' CHECK (late IN ('accept', 'refuse')),
  created_by    INTEGER NOT NULL REFERENCES person,
  created_at    INTEGER NOT NULL,
  closed_at     INTEGER,
  evaluated_at  INTEGER CHECK (evaluated_at IS NULL OR closed_at IS NOT NULL),
  row_version   INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Who is asked: a person of a municipality, or the municipality as such (its administrator
-- answers for it).  No answer is written down as such at the end and is never consent.
CREATE TABLE round_invitation (
  id              INTEGER PRIMARY KEY,
  round_id        INTEGER NOT NULL REFERENCES review_round,
  municipality_id INTEGER NOT NULL REFERENCES municipality, -- the person's, at that time
  person_id       INTEGER REFERENCES person,
  state           TEXT NOT NULL DEFAULT 'invited' CHECK (state IN ('invited', 'given',
                    'no_remarks', 'represented', 'no_reply')),
  delegate_id     INTEGER REFERENCES person,
  invited_at      INTEGER NOT NULL,
  answered_at     INTEGER,
  row_version     INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'represented') = (delegate_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX round_invitation_person ON round_invitation (round_id, person_id)
  WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX round_invitation_municipality ON round_invitation (round_id, municipality_id)
  WHERE person_id IS NULL;
CREATE INDEX round_invitation_waiting ON round_invitation (person_id, round_id)
  WHERE state = 'invited';

-- One remark.  Its words are in feedback_text, its place in anchor, its history in handbook_event.
-- Numbers count within a round, and apart from rounds: R3-017, F-004.
CREATE TABLE feedback (
  id              INTEGER PRIMARY KEY,
  document_id     INTEGER NOT NULL REFERENCES document,
  round_id        INTEGER REFERENCES review_round,
  number          INTEGER NOT NULL CHECK (number > 0),
  kind            TEXT NOT NULL CHECK (kind IN ('hint', 'question', 'suggestion', 'error',
                    'open_question')),
  visibility      TEXT NOT NULL CHECK (visibility IN ('municipality', 'editors', 'project')),
  author_id       INTEGER NOT NULL REFERENCES person,
  municipality_id INTEGER REFERENCES municipality,  -- the author's, at that time
  author_org      TEXT NOT NULL,                    -- its short name, at that time
  on_behalf_of    INTEGER REFERENCES municipality,  -- released as a statement of the municipality
  released_by     INTEGER REFERENCES person,
  released_at     INTEGER,
  state           TEXT NOT NULL CHECK (state IN ('draft', 'open', 'in_progress', 'query',
                    'decided', 'done', 'closed', 'withdrawn')),
  outcome         TEXT CHECK (outcome IN ('accepted', 'partly', 'otherwise', 'rejected',
                    'postponed', 'duplicate', 'answered', 'to_committee', 'out_of_scope')),
  reason          TEXT NOT NULL DEFAULT '',         -- of the outcome, or what is asked back
  postponed_until TEXT,
  duplicate_of    INTEGER REFERENCES feedback CHECK (duplicate_of <> id),
  decided_by      INTEGER REFERENCES person,
  decided_at      INTEGER,
  done_in         INTEGER REFERENCES revision,      -- the version it was worked into
  assignee_id     INTEGER REFERENCES person,
  response        TEXT CHECK (response IN ('agreed', 'objected')), -- the author's, to the outcome
  response_reason TEXT NOT NULL DEFAULT '',
  response_by     INTEGER REFERENCES person,
  response_at     INTEGER,
  late            INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1)), -- after the round's last day
  hidden_at       INTEGER,                          -- by data protection; the words stay stored
  hidden_by       INTEGER REFERENCES person,
  hidden_reason   TEXT NOT NULL DEFAULT '',
  created_at      INTEGER NOT NULL,
  row_version     INTEGER NOT NULL DEFAULT 1,
  CHECK ((outcome IS NULL) = (decided_at IS NULL)),
  CHECK (outcome IS NULL OR outcome = 'accepted' OR reason <> ''),
  CHECK (outcome <> 'postponed' OR postponed_until IS NOT NULL),
  CHECK (outcome <> 'duplicate' OR duplicate_of IS NOT NULL),
  CHECK (outcome IS NOT NULL OR state NOT IN ('decided', 'done', 'closed')),
  CHECK (response IS NULL OR outcome IS NOT NULL),
  CHECK (response IS NULL OR response <> 'objected' OR response_reason <> '')
) STRICT;
CREATE UNIQUE INDEX feedback_number ON feedback (coalesce(round_id, 0), number);
CREATE INDEX feedback_state ON feedback (state, created_at);
CREATE INDEX feedback_author ON feedback (author_id, id);
CREATE INDEX feedback_round ON feedback (round_id, state);

-- The author's words; each edit before the triage is a version of its own.
CREATE TABLE feedback_text (
  feedback_id INTEGER NOT NULL REFERENCES feedback,
  version     INTEGER NOT NULL,
  text        TEXT NOT NULL CHECK (length(text) > 0),
  at          INTEGER NOT NULL,
  by          INTEGER NOT NULL REFERENCES person,
  PRIMARY KEY (feedback_id, version)
) STRICT, WITHOUT ROWID;

-- Answers below a remark: a flat list, numbered within it.  One that goes leaves its place.
CREATE TABLE reply (
  id              INTEGER PRIMARY KEY,
  feedback_id     INTEGER NOT NULL REFERENCES feedback,
  number          INTEGER NOT NULL,
  reply_to        INTEGER REFERENCES reply,
  author_id       INTEGER NOT NULL REFERENCES person,
  author_org      TEXT NOT NULL,
  text            TEXT NOT NULL CHECK (length(text) > 0),
  at              INTEGER NOT NULL,
  removed_at      INTEGER,                          -- by its author; the words stay stored
  UNIQUE (feedback_id, number)
) STRICT;

-- Where a remark holds on, in each version in which it matters.  `part` 1 counts the places of a
-- quote across blocks.  The row with `first` is the place the author chose and never changes;
-- offsets are bytes in the block's normalised plain text; an empty quote means the whole block.
CREATE TABLE anchor (
  feedback_id   INTEGER NOT NULL REFERENCES feedback,
  revision_id   INTEGER NOT NULL REFERENCES revision,
  part          INTEGER NOT NULL DEFAULT 1 CHECK (part > 0),
  first         INTEGER NOT NULL DEFAULT 0 CHECK (first IN (0, 1)),
  block_text_id INTEGER REFERENCES block_text,      -- NULL: without a place in this version
  near_id       INTEGER REFERENCES block,           -- then: the block before it
  quote         TEXT NOT NULL DEFAULT '',
  prefix        TEXT NOT NULL DEFAULT '',
  suffix        TEXT NOT NULL DEFAULT '',
  start         INTEGER NOT NULL DEFAULT 0,
  length        INTEGER NOT NULL DEFAULT 0,
  state         TEXT NOT NULL CHECK (state IN ('exact', 'moved', 'changed', 'ambiguous',
                  'orphan')),
  method        TEXT NOT NULL DEFAULT '',
  score         INTEGER NOT NULL DEFAULT 100 CHECK (score BETWEEN 0 AND 100),
  by            INTEGER REFERENCES person,          -- who placed or checked it; NULL: the program
  at            INTEGER NOT NULL,
  PRIMARY KEY (feedback_id, revision_id, part),
  CHECK ((state = 'orphan') = (block_text_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX anchor_block ON anchor (revision_id, block_text_id, feedback_id);
CREATE TRIGGER anchor_first_no_update BEFORE UPDATE ON anchor WHEN old.first = 1
BEGIN
  SELECT raise(ABORT, 'the place an author chose is never changed');
END;
CREATE TRIGGER anchor_first_no_delete BEFORE DELETE ON anchor WHEN old.first = 1
BEGIN
  SELECT raise(ABORT, 'the place an author chose is never removed');
END;

-- A remark that says how the block should read.
CREATE TABLE suggestion (
  feedback_id  INTEGER PRIMARY KEY REFERENCES feedback,
  op           TEXT NOT NULL CHECK (op IN ('replace', 'insert_after', 'delete')),
  base_text_id INTEGER NOT NULL REFERENCES block_text,
  markdown     TEXT NOT NULL,                       -- empty when the block should go
  applied_id   INTEGER REFERENCES block_text        -- the wording it became
) STRICT;

-- What happened to feedback, rounds, versions and editions: append-only, never pruned.
CREATE TABLE handbook_event (
  id              INTEGER PRIMARY KEY,
  at              INTEGER NOT NULL,
  actor_id        INTEGER REFERENCES person,        -- NULL: the program, by the clock
  municipality_id INTEGER REFERENCES municipality,
  object          TEXT NOT NULL CHECK (object IN ('feedback', 'round', 'revision', 'edition')),
  object_id       INTEGER NOT NULL,
  action          TEXT NOT NULL,                    -- 'decided', 'released' …
  before          TEXT NOT NULL DEFAULT '',
  after           TEXT NOT NULL DEFAULT '',
  reason          TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX handbook_event_object ON handbook_event (object, object_id, id);
CREATE TRIGGER handbook_event_no_update BEFORE UPDATE ON handbook_event
BEGIN
  SELECT raise(ABORT, 'what happened stays');
END;
CREATE TRIGGER handbook_event_no_delete BEFORE DELETE ON handbook_event
BEGIN
  SELECT raise(ABORT, 'what happened stays');
END;

-- What the steering committee is asked to decide: an item of feedback, or a version.
CREATE TABLE decision_request (
  id           INTEGER PRIMARY KEY,
  feedback_id  INTEGER UNIQUE REFERENCES feedback,
  revision_id  INTEGER UNIQUE REFERENCES revision,
  title        TEXT NOT NULL,
  text         TEXT NOT NULL DEFAULT '',
  requested_by INTEGER NOT NULL REFERENCES person,
  requested_at INTEGER NOT NULL,
  decision_id  INTEGER,                             -- set by the steering part
  CHECK ((feedback_id IS NULL) <> (revision_id IS NULL))
) STRICT;

-- Who has read and confirmed which version, or one section of it.
CREATE TABLE read_receipt (
  person_id    INTEGER NOT NULL REFERENCES person,
  revision_id  INTEGER NOT NULL REFERENCES revision,
  section_uid  TEXT NOT NULL DEFAULT '',            -- empty: the whole version
  confirmed_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, revision_id, section_uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX read_receipt_revision ON read_receipt (revision_id, section_uid);

-- {{key}} in the text: one value for the project, one for everybody else.
CREATE TABLE placeholder (
  id          INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document,
  key         TEXT NOT NULL CHECK (length(key) BETWEEN 2 AND 40),
  internal    TEXT NOT NULL CHECK (length(internal) BETWEEN 1 AND 200),
  public      TEXT NOT NULL CHECK (length(public) BETWEEN 1 AND 200),
  row_version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (document_id, key)
) STRICT;

-- The public edition: what left the house, when, and who said so.  Its text is a copy of its own,
-- so that no later change and no question about rights can reach it.
CREATE TABLE edition (
  id           INTEGER PRIMARY KEY,
  number       INTEGER NOT NULL UNIQUE CHECK (number > 0),
  revision_id  INTEGER NOT NULL REFERENCES revision,
  state        TEXT NOT NULL CHECK (state IN ('draft', 'checked', 'released', 'published',
                 'replaced', 'withdrawn')),
  title        TEXT NOT NULL,
  licence      TEXT NOT NULL,
  report       TEXT NOT NULL DEFAULT '',            -- JSON of the checks
  html_hash    TEXT NOT NULL DEFAULT '',            -- SHA-256, hexadecimal
  markdown_hash TEXT NOT NULL DEFAULT '',
  created_by   INTEGER NOT NULL REFERENCES person,
  created_at   INTEGER NOT NULL,
  released_by  INTEGER REFERENCES person,           -- the first key
  released_municipality INTEGER REFERENCES municipality,
  released_at  INTEGER,
  published_by INTEGER REFERENCES person,           -- the second key, of another municipality
  published_municipality INTEGER REFERENCES municipality
    CHECK (published_municipality <> released_municipality),
  published_at INTEGER,
  withdrawn_by INTEGER REFERENCES person,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT NOT NULL DEFAULT '',
  row_version  INTEGER NOT NULL DEFAULT 1,
  CHECK (published_by <> released_by)
) STRICT;
CREATE UNIQUE INDEX edition_published ON edition (state) WHERE state = 'published';
CREATE TABLE edition_section (
  edition_id INTEGER NOT NULL REFERENCES edition,
  pos        INTEGER NOT NULL,
  slug       TEXT NOT NULL,
  number     TEXT NOT NULL,
  title      TEXT NOT NULL,
  PRIMARY KEY (edition_id, pos),
  UNIQUE (edition_id, slug)
) STRICT, WITHOUT ROWID;
CREATE TABLE edition_block (
  edition_id INTEGER NOT NULL REFERENCES edition,
  pos        INTEGER NOT NULL,
  section    INTEGER NOT NULL,                      -- pos of its section; 0: before the first
  uid        TEXT NOT NULL,                         -- stable within editions, says nothing else
  kind       TEXT NOT NULL,
  level      INTEGER NOT NULL,
  ordered    INTEGER NOT NULL,
  item       INTEGER NOT NULL,                      -- number of an ordered item or footnote
  label      TEXT NOT NULL,
  list       INTEGER NOT NULL,
  number     TEXT NOT NULL,
  tip        INTEGER NOT NULL CHECK (tip IN (0, 1)), -- a note for others who use this text
  markdown   TEXT NOT NULL,
  plain      TEXT NOT NULL,
  html       TEXT NOT NULL,
  PRIMARY KEY (edition_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX edition_block_section ON edition_block (edition_id, section, pos);

-- What is searched: the normal form of texts (markup/normal.h), by trigrams, so that a part of a
-- compound is found.  The program writes them: triggers may not touch virtual tables.
CREATE VIRTUAL TABLE block_search USING fts5(text, tokenize = 'trigram', detail = 'full');
CREATE VIRTUAL TABLE feedback_search USING fts5(text, tokenize = 'trigram', detail = 'full');
