-- A new address counts only when somebody has opened the link that was sent to it.
CREATE TABLE email_change (
  id         INTEGER PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES person,
  email      TEXT NOT NULL COLLATE NOCASE CHECK (length(email) BETWEEN 3 AND 254),
  asked_by   INTEGER NOT NULL REFERENCES person,  -- the person, or the own administrator
  created_at INTEGER NOT NULL,
  token_hash BLOB UNIQUE CHECK (length(token_hash) = 32), -- NULL: not sent
  expires_at INTEGER,                             -- counted from when it was sent
  used_at    INTEGER                              -- or made void by a newer one
) STRICT;
CREATE INDEX email_change_person ON email_change (person_id) WHERE used_at IS NULL;

-- Where a letter goes that must not go to the person's address of the day it is sent: a new one
-- that is to be confirmed, an old one that is told.  Empty: to that address.
ALTER TABLE outbox ADD COLUMN email TEXT NOT NULL DEFAULT ''
  CHECK (email = '' OR length(email) BETWEEN 3 AND 254);

-- One more kind of secret link; a column's check cannot be changed, so the column is made anew.
ALTER TABLE outbox ADD COLUMN link_kind TEXT NOT NULL DEFAULT ''
  CHECK (link_kind IN ('', 'invitation', 'password_reset', 'email_change'));
UPDATE outbox SET link_kind = link WHERE link <> '';
ALTER TABLE outbox DROP COLUMN link;
ALTER TABLE outbox RENAME COLUMN link_kind TO link;
