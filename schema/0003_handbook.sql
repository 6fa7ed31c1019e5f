-- The cooperation handbook as a living document.  A block is an identity that never dies, its
-- texts are immutable, a version is a list of pointers to texts: thirty versions of a long
-- handbook stay small, and comparing two begins with comparing pointers.

CREATE TABLE document (
  id                  INTEGER PRIMARY KEY,
  slug                TEXT NOT NULL UNIQUE,
  title               TEXT NOT NULL,
  owner_id            INTEGER REFERENCES municipality,
  licence             TEXT NOT NULL DEFAULT '',
  review_every_months INTEGER NOT NULL DEFAULT 6,
  next_review_on      TEXT
) STRICT;

-- What feedback holds on to.  `uid` is the eight characters in addresses, never used again.
CREATE TABLE block (
  id          INTEGER PRIMARY KEY,
  uid         TEXT NOT NULL UNIQUE CHECK (length(uid) = 8),
  document_id INTEGER NOT NULL REFERENCES document,
  born_in     INTEGER REFERENCES revision,  -- first version with it
  retired_in  INTEGER REFERENCES revision   -- first version without it
) STRICT;

-- One wording of a block.  `hash` is BLAKE2b-256 of the normalised plain text: equal words, equal
-- hash, whatever the marks.  `html` is rendered once, when the text is saved.
CREATE TABLE block_text (
  id         INTEGER PRIMARY KEY,
  block_id   INTEGER NOT NULL REFERENCES block,
  kind       TEXT NOT NULL CHECK (kind IN ('heading', 'paragraph', 'list_item', 'table_head',
               'table_row', 'quote', 'code', 'rule', 'figure', 'footnote')),
  level      INTEGER NOT NULL DEFAULT 0,    -- headings 1-6, list items their depth
  ordered    INTEGER NOT NULL DEFAULT 0 CHECK (ordered IN (0, 1)),
  number     INTEGER NOT NULL DEFAULT 0,    -- of an ordered list item
  label      TEXT NOT NULL DEFAULT '',      -- of a footnote
  audience   TEXT NOT NULL DEFAULT 'internal' CHECK (audience IN ('internal', 'both', 'public')),
  markdown   TEXT NOT NULL,
  plain      TEXT NOT NULL,
  html       TEXT NOT NULL,
  hash       BLOB NOT NULL CHECK (length(hash) = 32),
  author_id  INTEGER REFERENCES person,     -- NULL: imported on the command line
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX block_text_block ON block_text (block_id);
CREATE TRIGGER block_text_no_update BEFORE UPDATE ON block_text
BEGIN
  SELECT raise(ABORT, 'a wording is never changed');
END;
CREATE TRIGGER block_text_no_delete BEFORE DELETE ON block_text
BEGIN
  SELECT raise(ABORT, 'a wording is never removed');
END;

-- A version ("Fassung").  At most one is the working copy, one in force.
CREATE TABLE revision (
  id           INTEGER PRIMARY KEY,
  document_id  INTEGER NOT NULL REFERENCES document,
  major        INTEGER NOT NULL,
  minor        INTEGER NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('working', 'in_review', 'reworking', 'proposed',
                 'in_force', 'superseded', 'dropped')),
  base_id      INTEGER REFERENCES revision,
  change       TEXT NOT NULL CHECK (change IN ('editorial', 'content')),
  summary      TEXT NOT NULL DEFAULT '',
  decision_id  INTEGER,                     -- set by the steering part
  effective_on TEXT,
  created_at   INTEGER NOT NULL,
  created_by   INTEGER REFERENCES person,
  row_version  INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX revision_working ON revision (document_id) WHERE state = 'working';
CREATE UNIQUE INDEX revision_in_force ON revision (document_id) WHERE state = 'in_force';
CREATE UNIQUE INDEX revision_number ON revision (document_id, major, minor)
  WHERE state NOT IN ('working', 'dropped');

-- The text of a version: pointers in reading order.  `section_uid` is the block that heads the
-- chapter, so a chapter page is one range; `list` joins neighbours into one list or table.
CREATE TABLE revision_block (
  revision_id   INTEGER NOT NULL REFERENCES revision,
  pos           INTEGER NOT NULL,
  section_uid   TEXT NOT NULL REFERENCES block (uid),
  block_text_id INTEGER NOT NULL REFERENCES block_text,
  list          INTEGER NOT NULL DEFAULT 0,
  number        TEXT NOT NULL DEFAULT '',   -- shown beside it: 3.2.1
  PRIMARY KEY (revision_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX revision_block_section ON revision_block (revision_id, section_uid, pos);
CREATE INDEX revision_block_text ON revision_block (block_text_id);

-- Chapters of a version with what their pages need at once.
CREATE TABLE revision_section (
  revision_id INTEGER NOT NULL REFERENCES revision,
  pos         INTEGER NOT NULL,
  uid         TEXT NOT NULL REFERENCES block (uid),
  slug        TEXT NOT NULL,                -- in addresses, from the title
  number      TEXT NOT NULL,                -- 3
  title       TEXT NOT NULL,
  words       INTEGER NOT NULL,             -- for the reading time
  PRIMARY KEY (revision_id, pos),
  UNIQUE (revision_id, slug)
) STRICT, WITHOUT ROWID;

-- What became of a block when it was split, merged or replaced.
CREATE TABLE block_lineage (
  from_id     INTEGER NOT NULL REFERENCES block,
  to_id       INTEGER NOT NULL REFERENCES block,
  revision_id INTEGER NOT NULL REFERENCES revision,
  kind        TEXT NOT NULL CHECK (kind IN ('split', 'merge', 'replace')),
  PRIMARY KEY (from_id, to_id, revision_id)
) STRICT, WITHOUT ROWID;

-- Where the text points to, for the check of links.
CREATE TABLE link_entry (
  id          INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document,
  url         TEXT NOT NULL,
  audience    TEXT NOT NULL CHECK (audience IN ('internal', 'both', 'public')),
  checked_at  INTEGER,
  result      TEXT NOT NULL DEFAULT '',
  UNIQUE (document_id, url)
) STRICT;
