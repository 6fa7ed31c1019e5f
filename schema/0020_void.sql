-- A vote that was closed is never opened again.  Two persons may declare it void before the minutes
-- of its meeting are approved: ballots and tally stay as they are, the result counts no more.  What
-- one of them proposed, the other confirms.
CREATE TABLE poll_void (
  id           INTEGER PRIMARY KEY,
  poll_id      INTEGER NOT NULL REFERENCES poll,
  reason       TEXT NOT NULL CHECK (length(reason) > 0),
  proposed_by  INTEGER NOT NULL REFERENCES person,
  proposed_at  INTEGER NOT NULL,
  confirmed_by INTEGER REFERENCES person CHECK (confirmed_by <> proposed_by),
  confirmed_at INTEGER,
  withdrawn_at INTEGER,                               -- by who proposed it, before it was confirmed
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CHECK (confirmed_at IS NULL OR withdrawn_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX poll_void_one ON poll_void (poll_id) WHERE withdrawn_at IS NULL;
CREATE TRIGGER poll_void_needs_a_result BEFORE INSERT ON poll_void
WHEN NOT EXISTS (SELECT 1 FROM poll WHERE id = new.poll_id AND result IN ('adopted', 'rejected')
  AND kind <> 'urgency')
BEGIN
  SELECT raise(ABORT, 'only what decided something can become void');
END;
CREATE TRIGGER poll_void_no_update BEFORE UPDATE ON poll_void
WHEN old.confirmed_at IS NOT NULL OR old.withdrawn_at IS NOT NULL OR new.poll_id <> old.poll_id
  OR new.reason <> old.reason OR new.proposed_by <> old.proposed_by
BEGIN
  SELECT raise(ABORT, 'a void vote stays void');
END;
CREATE TRIGGER poll_void_no_delete BEFORE DELETE ON poll_void
BEGIN
  SELECT raise(ABORT, 'a void vote stays void');
END;

-- Resolutions of votes that became void: taken out of follow_up, so that nobody carries them out,
-- and kept here, so that their number is never used again.
CREATE TABLE follow_up_void (
  year           INTEGER NOT NULL,
  number         INTEGER NOT NULL,
  decision_id    INTEGER NOT NULL REFERENCES decision,
  poll_id        INTEGER NOT NULL UNIQUE REFERENCES poll,
  responsible_id INTEGER REFERENCES person,
  due_on         TEXT,
  evidence       TEXT NOT NULL DEFAULT '',
  done_at        INTEGER,
  done_by        INTEGER REFERENCES person,
  PRIMARY KEY (year, number)
) STRICT;
CREATE TABLE follow_up_report_void (
  id           INTEGER PRIMARY KEY,                   -- as it was in follow_up_report
  poll_id      INTEGER NOT NULL REFERENCES follow_up_void (poll_id),
  light        TEXT NOT NULL,
  blocked      INTEGER NOT NULL,
  text         TEXT NOT NULL,
  light_reason TEXT NOT NULL,
  by           INTEGER NOT NULL REFERENCES person,
  at           INTEGER NOT NULL
) STRICT;
CREATE TRIGGER follow_up_number_taken BEFORE INSERT ON follow_up
WHEN EXISTS (SELECT 1 FROM follow_up_void WHERE year = new.year AND number = new.number)
BEGIN
  SELECT raise(ABORT, 'the number of a resolution is never used again');
END;
CREATE TRIGGER follow_up_void_no_update BEFORE UPDATE ON follow_up_void
BEGIN
  SELECT raise(ABORT, 'a void vote stays void');
END;
CREATE TRIGGER follow_up_void_no_delete BEFORE DELETE ON follow_up_void
BEGIN
  SELECT raise(ABORT, 'a void vote stays void');
END;
