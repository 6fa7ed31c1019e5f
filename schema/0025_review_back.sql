-- A version whose vote becomes void takes back what it did to document.next_review_on: the day
-- before it came into force ('': none was set) and the one it moved it to.  NULL: it moved nothing,
-- or came into force before these columns were there.
ALTER TABLE revision ADD COLUMN review_before TEXT;
ALTER TABLE revision ADD COLUMN review_after TEXT;
