-- Decision templates: what the register page searches in, texts rendered once, annexes done
-- without, and links and municipalities as frozen as the wording they belong to.

-- What is looked for and sorted by, of the newest wording.  The program writes it at each save.
CREATE TABLE decision_search (
  decision_id INTEGER PRIMARY KEY REFERENCES decision,
  words       TEXT NOT NULL,                          -- number, title and resolution in the normal
                                                      -- form of a search (markup/normal.h)
  title_key   TEXT NOT NULL                           -- DIN 5007-1, see utf8_sort_key
) STRICT;

-- Markdown as safe HTML.  Derived: a wording without rows here is rendered when it is read.
CREATE TABLE decision_html (
  decision_id INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  field       TEXT NOT NULL,                          -- the column of decision_version
  html        TEXT NOT NULL,
  PRIMARY KEY (decision_id, version, field),
  FOREIGN KEY (decision_id, version) REFERENCES decision_version
) STRICT, WITHOUT ROWID;

-- Its author says that it needs no annexes: so none is a decision, not something forgotten.
ALTER TABLE decision_version ADD COLUMN without_links INTEGER NOT NULL DEFAULT 0
  CHECK (without_links IN (0, 1));

-- A resolution is revoked only by a later one that names it.
ALTER TABLE decision_version ADD COLUMN revokes_id INTEGER REFERENCES decision;

CREATE TRIGGER decision_link_frozen BEFORE UPDATE ON decision_link
WHEN (SELECT published_at FROM decision_version
       WHERE decision_id = old.decision_id AND version = old.version) IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'what was published stays as it is');
END;
CREATE TRIGGER decision_link_kept BEFORE DELETE ON decision_link
WHEN (SELECT published_at FROM decision_version
       WHERE decision_id = old.decision_id AND version = old.version) IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'what was published stays as it is');
END;
CREATE TRIGGER decision_link_none_later BEFORE INSERT ON decision_link
WHEN (SELECT published_at FROM decision_version
       WHERE decision_id = new.decision_id AND version = new.version) IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'what was published stays as it is');
END;
CREATE TRIGGER decision_municipality_frozen BEFORE UPDATE ON decision_municipality
WHEN (SELECT published_at FROM decision_version
       WHERE decision_id = old.decision_id AND version = old.version) IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'what was published stays as it is');
END;
CREATE TRIGGER decision_municipality_kept BEFORE DELETE ON decision_municipality
WHEN (SELECT published_at FROM decision_version
       WHERE decision_id = old.decision_id AND version = old.version) IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'what was published stays as it is');
END;
CREATE TRIGGER decision_municipality_none_later BEFORE INSERT ON decision_municipality
WHEN (SELECT published_at FROM decision_version
       WHERE decision_id = new.decision_id AND version = new.version) IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'what was published stays as it is');
END;
