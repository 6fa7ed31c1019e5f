-- The editors' work on feedback: many remarks at once, and words that data protection hides.
-- Instants are UTC seconds.

-- What the table of feedback counts and filters by, so that its counts read this index alone.
CREATE INDEX feedback_board ON feedback (state, visibility, municipality_id, author_id,
  assignee_id, hidden_at, kind, outcome, round_id, response, late);
-- What a version has taken up.
CREATE INDEX feedback_done_in ON feedback (done_in) WHERE done_in IS NOT NULL;

-- An answer whose words data protection has hidden: its place stays, the words stay stored.
ALTER TABLE reply ADD COLUMN hidden_at INTEGER;
ALTER TABLE reply ADD COLUMN hidden_by INTEGER REFERENCES person;
ALTER TABLE reply ADD COLUMN hidden_reason TEXT NOT NULL DEFAULT '';

-- One step for many remarks: what an editor sent, kept so that the answer has an address and that
-- what was typed can be sent again for the remarks that were refused.
CREATE TABLE feedback_batch (
  id          INTEGER PRIMARY KEY,
  by          INTEGER NOT NULL REFERENCES person,
  at          INTEGER NOT NULL,
  action      TEXT NOT NULL CHECK (action IN ('assign', 'start', 'decide', 'done', 'close')),
  assignee_id INTEGER REFERENCES person,           -- of 'assign'
  outcome     TEXT NOT NULL DEFAULT '',            -- of 'decide', as are the next three
  reason      TEXT NOT NULL DEFAULT '',
  until       TEXT NOT NULL DEFAULT '',            -- as typed
  other       TEXT NOT NULL DEFAULT '',            -- the remark it doubles, as typed
  revision_id INTEGER REFERENCES revision,         -- of 'done'
  back        TEXT NOT NULL                        -- the filters of the table it was sent from
) STRICT;

-- What became of each remark of such a step.
CREATE TABLE feedback_batch_row (
  batch_id    INTEGER NOT NULL REFERENCES feedback_batch,
  feedback_id INTEGER NOT NULL REFERENCES feedback,
  result      TEXT NOT NULL CHECK (result IN ('fine', 'gone', 'changed', 'own', 'author',
                'in_house', 'settled', 'undecided', 'no_text', 'not_done', 'already', 'itself')),
  PRIMARY KEY (batch_id, feedback_id)
) STRICT, WITHOUT ROWID;
