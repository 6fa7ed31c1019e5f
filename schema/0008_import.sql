-- A text that an editor has sent for import and not yet confirmed: read again for the preview, and
-- taken into the working copy, or dropped, by its editor.  One for each.
CREATE TABLE import_draft (
  person_id   INTEGER PRIMARY KEY REFERENCES person,
  file_name   TEXT NOT NULL,                -- as the browser named the file; empty: pasted
  markdown    TEXT NOT NULL CHECK (length(markdown) > 0),
  at          INTEGER NOT NULL              -- sent, UTC seconds
) STRICT;
