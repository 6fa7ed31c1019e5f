-- Erasure reaches the histories: a name in them becomes the words that stand for an erased person.
-- Nothing else of them changes, and nothing is removed.

DROP TRIGGER handbook_event_no_update;
CREATE TRIGGER handbook_event_no_update BEFORE UPDATE ON handbook_event
WHEN new.id <> old.id OR new.at <> old.at OR new.actor_id IS NOT old.actor_id
  OR new.municipality_id IS NOT old.municipality_id OR new.object <> old.object
  OR new.object_id <> old.object_id OR new.action <> old.action
  OR (new.before <> old.before AND instr(new.before, 'ehemalige Person') = 0)
  OR (new.after <> old.after AND instr(new.after, 'ehemalige Person') = 0)
  OR (new.reason <> old.reason AND instr(new.reason, 'ehemalige Person') = 0)
BEGIN
  SELECT raise(ABORT, 'what happened stays');
END;

DROP TRIGGER steering_event_no_update;
CREATE TRIGGER steering_event_no_update BEFORE UPDATE ON steering_event
WHEN new.id <> old.id OR new.at <> old.at OR new.actor_id IS NOT old.actor_id
  OR new.municipality_id IS NOT old.municipality_id OR new.object <> old.object
  OR new.object_id <> old.object_id OR new.action <> old.action
  OR (new.before <> old.before AND instr(new.before, 'ehemalige Person') = 0)
  OR (new.after <> old.after AND instr(new.after, 'ehemalige Person') = 0)
  OR (new.reason <> old.reason AND instr(new.reason, 'ehemalige Person') = 0)
BEGIN
  SELECT raise(ABORT, 'what happened stays');
END;

-- Who did what, filtered by action or time; pages go by id.
CREATE INDEX audit_action ON audit (action, id);
CREATE INDEX audit_at ON audit (at);
-- What the terms of keeping have still to blank, so that a run reads nothing else.
CREATE INDEX audit_kept ON audit (at) WHERE before IS NOT NULL OR after IS NOT NULL;
CREATE INDEX outbox_kept ON outbox (coalesce(sent_at, cancelled_at, given_up_at))
  WHERE body <> '(gelöscht)';
