-- What is let go: words that data protection hid, names after the end of the project, and a table
-- that nothing ever wrote.  Links are checked when somebody looks at a text before saving it (what
-- leads nowhere here is known at once), and other sites are never called: no result to keep.
DROP TABLE link_entry;

-- What the terms of keeping have still to blank, so that a run reads nothing else.
CREATE INDEX feedback_hidden ON feedback (hidden_at) WHERE hidden_at IS NOT NULL;
CREATE INDEX reply_kept ON reply (coalesce(hidden_at, removed_at))
  WHERE coalesce(hidden_at, removed_at) IS NOT NULL AND text <> '(gelöscht)';

-- Words about a remark that was hidden go from its history, too; that it happened stays.
DROP TRIGGER handbook_event_no_update;
CREATE TRIGGER handbook_event_no_update BEFORE UPDATE ON handbook_event
WHEN new.id <> old.id OR new.at <> old.at OR new.actor_id IS NOT old.actor_id
  OR new.municipality_id IS NOT old.municipality_id OR new.object <> old.object
  OR new.object_id <> old.object_id OR new.action <> old.action
  OR (new.before <> old.before AND instr(new.before, 'ehemalige Person') = 0)
  OR (new.after <> old.after AND instr(new.after, 'ehemalige Person') = 0)
  OR (new.reason <> old.reason AND instr(new.reason, 'ehemalige Person') = 0
    AND new.reason <> '(gelöscht)')
BEGIN
  SELECT raise(ABORT, 'what happened stays');
END;

-- The day the project ends; names on feedback stay until then and a term of keeping.  One row, or
-- none while nobody has said so.
CREATE TABLE project_end (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  ends_on    TEXT NOT NULL CHECK (ends_on GLOB '????-??-??'),
  changed_by INTEGER NOT NULL REFERENCES person,
  changed_at INTEGER NOT NULL
) STRICT;
