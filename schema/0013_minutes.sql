-- Minutes: signatures that can be taken back before the second one seals, the sealed text frozen,
-- and the point of the next agenda that approves them.

-- Signed in the product, with a fresh password, over the same words.  Until both have signed,
-- either may send the text back with a reason: the signature stays to be seen and counts no more.
DROP TABLE minutes_signature;
CREATE TABLE minutes_signature (
  id          INTEGER PRIMARY KEY,
  meeting_id  INTEGER NOT NULL REFERENCES minutes,
  role        TEXT NOT NULL CHECK (role IN ('chair', 'minute_taker')),
  person_id   INTEGER NOT NULL REFERENCES person,
  sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
  at          INTEGER NOT NULL,
  voided_at   INTEGER,                                -- sent back before the seal
  voided_by   INTEGER REFERENCES person,
  void_reason TEXT NOT NULL DEFAULT '',
  CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
) STRICT;
CREATE UNIQUE INDEX minutes_signature_role ON minutes_signature (meeting_id, role)
  WHERE voided_at IS NULL;
-- Two persons.
CREATE UNIQUE INDEX minutes_signature_person ON minutes_signature (meeting_id, person_id)
  WHERE voided_at IS NULL;
CREATE TRIGGER minutes_signature_no_update BEFORE UPDATE ON minutes_signature
WHEN old.voided_at IS NOT NULL OR new.voided_at IS NULL OR new.sha256 <> old.sha256
  OR new.person_id <> old.person_id OR new.at <> old.at OR new.role <> old.role
  OR new.meeting_id <> old.meeting_id
  OR (SELECT text FROM minutes WHERE meeting_id = old.meeting_id) <> ''
BEGIN
  SELECT raise(ABORT, 'signatures stay');
END;
CREATE TRIGGER minutes_signature_no_delete BEFORE DELETE ON minutes_signature
BEGIN
  SELECT raise(ABORT, 'signatures stay');
END;

-- What was sealed stays, to the letter.
CREATE TRIGGER minutes_sealed_no_update BEFORE UPDATE OF text, sha256 ON minutes
WHEN old.text <> ''
BEGIN
  SELECT raise(ABORT, 'sealed minutes stay as they are');
END;
CREATE TRIGGER minutes_no_delete BEFORE DELETE ON minutes
BEGIN
  SELECT raise(ABORT, 'minutes stay');
END;

-- The minutes that are to be approved under this point.
ALTER TABLE agenda_entry ADD COLUMN minutes_of INTEGER REFERENCES meeting;

-- Who did the task of a note; the person it was given to, or somebody who notes.
ALTER TABLE minutes_note ADD COLUMN done_by INTEGER REFERENCES person;

-- Withdrawn by who proposed it, before anybody confirmed.
ALTER TABLE correction ADD COLUMN withdrawn_at INTEGER;
CREATE TRIGGER correction_confirmed_no_update BEFORE UPDATE ON correction
WHEN old.confirmed_at IS NOT NULL OR old.withdrawn_at IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'corrections stay');
END;
CREATE TRIGGER correction_no_delete BEFORE DELETE ON correction
BEGIN
  SELECT raise(ABORT, 'corrections stay');
END;
