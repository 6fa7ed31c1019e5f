-- Letters to people.  They are written in the transaction of what they tell about, so none is lost
-- and none tells of something that was rolled back; another process sends them.
CREATE TABLE outbox (
  id           INTEGER PRIMARY KEY,
  person_id    INTEGER NOT NULL REFERENCES person, -- the address is looked up when it is sent
  topic        TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 40), -- 'review_round', 'feedback':
                                                   -- what a person can turn off or read once a day
  subject      TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  body         TEXT NOT NULL CHECK (length(body) > 0), -- plain text, complete, links absolute
  dedupe       TEXT NOT NULL UNIQUE CHECK (length(dedupe) BETWEEN 1 AND 200), -- what makes it this
                                                   -- letter: 'round/3/half/12' is sent once
  created_at   INTEGER NOT NULL,                   -- when it was first written
  not_before   INTEGER NOT NULL,                   -- reminders lie ahead; 0: at once
  sent_at      INTEGER,                            -- taken by the mail server; NULL: not yet
  cancelled_at INTEGER,                            -- no longer wanted; NULL: still is
  attempts     INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0), -- to send this text
  last_error   TEXT NOT NULL DEFAULT '',           -- what went wrong at the last of them
  CHECK (sent_at IS NULL OR cancelled_at IS NULL)
) STRICT;
CREATE INDEX outbox_due ON outbox (not_before) WHERE sent_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX outbox_person ON outbox (person_id, id);
