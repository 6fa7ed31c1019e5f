-- Second meetings: a vote that failed for lack of quorum may be repeated with any number present only
-- if the invitation said so (VwVfG § 90 (2), HGO § 53 (2)).
ALTER TABLE agenda_entry ADD COLUMN second_told_at INTEGER; -- when the letters said so; NULL: never
