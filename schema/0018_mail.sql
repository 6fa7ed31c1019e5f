-- One letter instead of many: what a person reads once a day or once a week.

ALTER TABLE outbox ADD COLUMN digest_id INTEGER REFERENCES outbox; -- goes out inside of that letter;
                                                  -- NULL: on its own
CREATE INDEX outbox_digest ON outbox (digest_id) WHERE digest_id IS NOT NULL;
CREATE INDEX outbox_given_up ON outbox (given_up_at) WHERE given_up_at IS NOT NULL;
