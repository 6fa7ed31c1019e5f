-- What is let go: words that data protection hid, and a table that nothing ever wrote.  Links are
-- checked when somebody looks at a text before saving it (what leads nowhere here is known at
-- once), and other sites are never called, so there is no result to keep.
DROP TABLE link_entry;

-- What the terms of keeping have still to blank, so that a run reads nothing else.
CREATE INDEX feedback_hidden ON feedback (hidden_at) WHERE hidden_at IS NOT NULL;
CREATE INDEX reply_kept ON reply (coalesce(hidden_at, removed_at))
  WHERE coalesce(hidden_at, removed_at) IS NOT NULL AND text <> '(gelöscht)';
