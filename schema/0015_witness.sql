-- Witness heads: a municipality countersigns heads of the register with a key of its own, whose
-- private half never comes here.  The records of the register prove it; these rows say in addition
-- which person it was, so that pages can name them.

-- Public keys.  The newest of a municipality is the one it signs with; the ones before stay, because
-- they prove what was signed with them.  A key belongs to one municipality, for ever.
CREATE TABLE witness_key (
  record          INTEGER PRIMARY KEY REFERENCES register_record,
  municipality_id INTEGER NOT NULL REFERENCES municipality,
  key             TEXT NOT NULL UNIQUE CHECK (length(key) = 64), -- Ed25519, hexadecimal
  person_id       INTEGER NOT NULL REFERENCES person,            -- who stored it
  at              INTEGER NOT NULL
) STRICT;
CREATE INDEX witness_key_municipality ON witness_key (municipality_id, record);
CREATE TRIGGER witness_key_no_update BEFORE UPDATE ON witness_key
BEGIN
  SELECT raise(ABORT, 'the register stays');
END;
CREATE TRIGGER witness_key_no_delete BEFORE DELETE ON witness_key
BEGIN
  SELECT raise(ABORT, 'the register stays');
END;

-- Countersignatures over the hash of a record.
CREATE TABLE witness (
  record     INTEGER PRIMARY KEY REFERENCES register_record,
  key_record INTEGER NOT NULL REFERENCES witness_key,
  head       INTEGER NOT NULL REFERENCES register_record, -- what was signed
  signature  TEXT NOT NULL CHECK (length(signature) = 128),
  person_id  INTEGER NOT NULL REFERENCES person,          -- who handed it in
  at         INTEGER NOT NULL,
  UNIQUE (key_record, head),
  CHECK (head < record)
) STRICT;
CREATE TRIGGER witness_no_update BEFORE UPDATE ON witness
BEGIN
  SELECT raise(ABORT, 'the register stays');
END;
CREATE TRIGGER witness_no_delete BEFORE DELETE ON witness
BEGIN
  SELECT raise(ABORT, 'the register stays');
END;
