-- A municipality leaves the cooperation by the will of two persons of two municipalities: one enters
-- reason and last day, the other confirms.  Until then nothing changes; then municipality.left_on
-- is that day, and what ended with it is written down when the day is over.
CREATE TABLE municipality_leaving (
  id              INTEGER PRIMARY KEY,
  municipality_id INTEGER NOT NULL REFERENCES municipality,
  last_day        TEXT NOT NULL,
  reason          TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  planned_by      INTEGER NOT NULL REFERENCES person,
  planned_from    INTEGER NOT NULL REFERENCES municipality, -- that person's, at that time
  planned_at      INTEGER NOT NULL,
  confirmed_by    INTEGER REFERENCES person CHECK (confirmed_by <> planned_by),
  confirmed_from  INTEGER REFERENCES municipality CHECK (confirmed_from <> planned_from),
  confirmed_at    INTEGER,
  withdrawn_by    INTEGER REFERENCES person,
  withdrawn_at    INTEGER,                            -- by one of the two, before the day was over
  overdue_at      INTEGER,                            -- told that something is still in its hands
  done_at         INTEGER,                            -- its memberships and roles have ended
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CHECK ((confirmed_by IS NULL) = (confirmed_from IS NULL)),
  CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL)),
  CHECK (done_at IS NULL OR (confirmed_at IS NOT NULL AND withdrawn_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX municipality_leaving_one ON municipality_leaving (municipality_id)
  WHERE withdrawn_at IS NULL AND done_at IS NULL;
CREATE TRIGGER municipality_leaving_no_update BEFORE UPDATE ON municipality_leaving
WHEN old.done_at IS NOT NULL OR old.withdrawn_at IS NOT NULL
  OR new.municipality_id <> old.municipality_id OR new.last_day <> old.last_day
  OR new.reason <> old.reason OR new.planned_by <> old.planned_by
  OR (old.confirmed_by IS NOT NULL AND new.confirmed_by IS NOT old.confirmed_by)
BEGIN
  SELECT raise(ABORT, 'what two persons agreed on stays as it is');
END;
CREATE TRIGGER municipality_leaving_no_delete BEFORE DELETE ON municipality_leaving
BEGIN
  SELECT raise(ABORT, 'what two persons agreed on stays known');
END;

-- The address before, so that it can be told what happens to the account afterwards; empty: the
-- new one was not confirmed, or the change is older than this column.
ALTER TABLE email_change ADD COLUMN email_before TEXT NOT NULL DEFAULT ''
  CHECK (length(email_before) <= 254);
