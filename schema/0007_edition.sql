-- The public edition of the handbook.  Its tables of 0005 were not used by anything yet; they come
-- again with what two keys, a tombstone and addresses that stay need.

DROP TABLE edition_block;
DROP TABLE edition_section;
DROP TABLE edition;

-- What left the house, when, and who said so.  Its text is a copy of its own, so that no later
-- change and no question about rights can reach it.
CREATE TABLE edition (
  id            INTEGER PRIMARY KEY,
  number        INTEGER NOT NULL CHECK (number > 0), -- in addresses; a discarded one gives it back
  revision_id   INTEGER NOT NULL REFERENCES revision, -- what it was made from
  state         TEXT NOT NULL CHECK (state IN ('draft', 'checked', 'released', 'published',
                  'replaced', 'withdrawn', 'discarded')), -- draft: empty, or with findings
  title         TEXT NOT NULL,                      -- of the handbook, as strangers read it
  licence       TEXT NOT NULL,                      -- CC BY 4.0
  version       TEXT NOT NULL,                      -- number of the version it was made from: 1.4
  as_of         TEXT NOT NULL,                      -- the day since which that version is in force
  report        TEXT NOT NULL DEFAULT '',           -- JSON of the last checks
  blocking      INTEGER NOT NULL DEFAULT 0,         -- findings of the last checks that forbid it
  warnings      INTEGER NOT NULL DEFAULT 0,         -- findings that a person has to look at
  checked_at    INTEGER NOT NULL,                   -- when that was
  html_hash     TEXT NOT NULL DEFAULT '',           -- SHA-256, hexadecimal, of all pages' text
  markdown_hash TEXT NOT NULL DEFAULT '',           -- SHA-256, hexadecimal, of the template file
  created_by    INTEGER REFERENCES person,          -- NULL: the demo
  created_at    INTEGER NOT NULL,
  released_by   INTEGER REFERENCES person,          -- the first key
  released_municipality INTEGER REFERENCES municipality, -- that person's, at that time
  released_at   INTEGER,
  published_by  INTEGER REFERENCES person,          -- the second key
  published_municipality INTEGER REFERENCES municipality -- another one
    CHECK (published_municipality <> released_municipality),
  published_at  INTEGER,
  withdrawn_by  INTEGER REFERENCES person,
  withdrawn_at  INTEGER,
  withdrawn_reason TEXT NOT NULL DEFAULT '',        -- everybody reads it
  row_version   INTEGER NOT NULL DEFAULT 1,         -- of the state; a check does not change it
  CHECK (published_by <> released_by),
  CHECK (state NOT IN ('released', 'published', 'replaced') OR (released_by IS NOT NULL
    AND released_municipality IS NOT NULL AND html_hash <> '' AND markdown_hash <> '')),
  CHECK (state NOT IN ('published', 'replaced') OR (published_by IS NOT NULL
    AND published_municipality IS NOT NULL AND published_at IS NOT NULL)),
  CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)),
  CHECK (state <> 'withdrawn' OR withdrawn_reason <> '')
) STRICT;
CREATE UNIQUE INDEX edition_number ON edition (number) WHERE state <> 'discarded';
CREATE UNIQUE INDEX edition_published ON edition (state) WHERE state = 'published';
-- One at a time is on its way out.
CREATE UNIQUE INDEX edition_open ON edition ((1)) WHERE state IN ('draft', 'checked', 'released');

-- Chapters of an edition.
CREATE TABLE edition_section (
  edition_id INTEGER NOT NULL REFERENCES edition,
  pos        INTEGER NOT NULL,                      -- from 1
  slug       TEXT NOT NULL,                         -- in addresses, from the title as published
  number     TEXT NOT NULL,                         -- counted among what is published
  title      TEXT NOT NULL,
  PRIMARY KEY (edition_id, pos),
  UNIQUE (edition_id, slug)
) STRICT, WITHOUT ROWID;

-- Text of an edition, placeholders filled for everybody.
CREATE TABLE edition_block (
  edition_id INTEGER NOT NULL REFERENCES edition,
  pos        INTEGER NOT NULL,                      -- from 1
  section    INTEGER NOT NULL,                      -- pos of its section; 0: before the first
  uid        TEXT NOT NULL,                         -- in addresses: see edition_uid
  kind       TEXT NOT NULL,                         -- as in block_text
  level      INTEGER NOT NULL,                      -- of a heading; depth of an item
  ordered    INTEGER NOT NULL,                      -- 1: an item of a numbered list
  item       INTEGER NOT NULL,                      -- number of an ordered item or footnote
  label      TEXT NOT NULL,                         -- of a footnote, in the template file
  list       INTEGER NOT NULL,                      -- joins neighbours to a list or table; else 0
  number     TEXT NOT NULL,                         -- shown beside it: 3.2.1
  tip        INTEGER NOT NULL CHECK (tip IN (0, 1)), -- a note for others who use this text
  markdown   TEXT NOT NULL,                         -- of the template file, with slots to fill in
  plain      TEXT NOT NULL,
  html       TEXT NOT NULL,
  PRIMARY KEY (edition_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX edition_block_section ON edition_block (edition_id, section, pos);

-- What somebody has released is not changed any more.
CREATE TRIGGER edition_block_no_insert BEFORE INSERT ON edition_block
WHEN (SELECT state FROM edition WHERE id = new.edition_id) NOT IN ('draft', 'checked')
BEGIN
  SELECT raise(ABORT, 'the text of a released edition stays');
END;
CREATE TRIGGER edition_block_no_update BEFORE UPDATE ON edition_block
BEGIN
  SELECT raise(ABORT, 'the text of an edition is not changed, but made again');
END;
CREATE TRIGGER edition_block_no_delete BEFORE DELETE ON edition_block
WHEN (SELECT state FROM edition WHERE id = old.edition_id) NOT IN ('draft', 'checked')
BEGIN
  SELECT raise(ABORT, 'the text of a released edition stays');
END;
CREATE TRIGGER edition_section_no_insert BEFORE INSERT ON edition_section
WHEN (SELECT state FROM edition WHERE id = new.edition_id) NOT IN ('draft', 'checked')
BEGIN
  SELECT raise(ABORT, 'the text of a released edition stays');
END;
CREATE TRIGGER edition_section_no_update BEFORE UPDATE ON edition_section
BEGIN
  SELECT raise(ABORT, 'the text of an edition is not changed, but made again');
END;
CREATE TRIGGER edition_section_no_delete BEFORE DELETE ON edition_section
WHEN (SELECT state FROM edition WHERE id = old.edition_id) NOT IN ('draft', 'checked')
BEGIN
  SELECT raise(ABORT, 'the text of a released edition stays');
END;

-- The name of a block in public addresses: drawn by chance, so that it says nothing of the one
-- inside, and kept, so that it is the same from edition to edition.
CREATE TABLE edition_uid (
  block_id INTEGER PRIMARY KEY REFERENCES block,
  uid      TEXT NOT NULL UNIQUE CHECK (length(uid) = 8)
) STRICT;
