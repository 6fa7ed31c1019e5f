-- When the handbook is looked through as a whole: the day can be changed, by two people at once.

-- Of the months and the day (review_every_months, next_review_on), for two editors at once.
ALTER TABLE document ADD COLUMN row_version INTEGER NOT NULL DEFAULT 1;
