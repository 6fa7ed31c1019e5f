-- A remark that was opened again may go to the steering committee once more.  The decision that its
-- first request became still says where it came from, so the request is a row of its own; only one
-- of them waits at a time.

CREATE TABLE decision_request_next (
  id           INTEGER PRIMARY KEY,
  feedback_id  INTEGER REFERENCES feedback,
  revision_id  INTEGER UNIQUE REFERENCES revision,
  title        TEXT NOT NULL,
  text         TEXT NOT NULL DEFAULT '',
  requested_by INTEGER NOT NULL REFERENCES person,
  requested_at INTEGER NOT NULL,
  decision_id  INTEGER,                             -- set by the steering part
  CHECK ((feedback_id IS NULL) <> (revision_id IS NULL))
) STRICT;
INSERT INTO decision_request_next SELECT id, feedback_id, revision_id, title, text, requested_by,
  requested_at, decision_id FROM decision_request;
DROP TABLE decision_request;
ALTER TABLE decision_request_next RENAME TO decision_request;
CREATE UNIQUE INDEX decision_request_waiting ON decision_request (feedback_id)
  WHERE decision_id IS NULL;
CREATE INDEX decision_request_feedback ON decision_request (feedback_id);
