-- What people have begun to write about the handbook and not sent yet, as they typed it, right or
-- wrong.  It has no number and is nobody else's business, so it is no row of feedback.

-- A remark on one block of one version ("Entwurf").
CREATE TABLE feedback_draft (
  author_id   INTEGER NOT NULL REFERENCES person,
  revision_id INTEGER NOT NULL REFERENCES revision,  -- the version that was read
  block_id    INTEGER NOT NULL REFERENCES block,
  kind        TEXT NOT NULL,                         -- fields of the form, empty: not chosen
  op          TEXT NOT NULL,
  visibility  TEXT NOT NULL,
  sentence    TEXT NOT NULL,
  text        TEXT NOT NULL,
  quote       TEXT NOT NULL,
  proposal    TEXT NOT NULL,
  at          INTEGER NOT NULL,                      -- last kept
  PRIMARY KEY (author_id, revision_id, block_id)
) STRICT, WITHOUT ROWID;

-- An answer to a remark.
CREATE TABLE reply_draft (
  author_id   INTEGER NOT NULL REFERENCES person,
  feedback_id INTEGER NOT NULL REFERENCES feedback,
  reply_to    INTEGER REFERENCES reply,              -- the answer it answers
  text        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (author_id, feedback_id)
) STRICT, WITHOUT ROWID;

-- Remarks without a place, shown beside the block that stood before.
CREATE INDEX anchor_near ON anchor (revision_id, near_id) WHERE block_text_id IS NULL;
