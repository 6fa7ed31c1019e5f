-- Who may read which block of the demo's handbook, before feedback finds its place in it: all but
-- one chapter, what stands before the first, and a note.  A wording is never changed, so another
-- audience is another wording.

CREATE TEMP TABLE demo_public AS
SELECT t.id, t.block_id,
       CASE WHEN t.kind = 'footnote' AND t.label = 'hinweis'
              OR t.plain GLOB 'Wer zum ersten Mal so arbeitet*' THEN 'public' ELSE 'both' END AS audience
  FROM block_text t
  JOIN revision_block b ON b.block_text_id = t.id
  JOIN revision r ON r.id = b.revision_id AND r.state = 'in_force'
  JOIN revision_section s ON s.revision_id = r.id AND s.uid = b.section_uid
 WHERE s.slug <> 'projektbuero' AND NOT (t.kind = 'footnote' AND t.label = 'frist');

INSERT INTO block_text (block_id, kind, level, ordered, number, label, audience, markdown, plain, html, hash, created_at)
SELECT t.block_id, t.kind, t.level, t.ordered, t.number, t.label, p.audience, t.markdown, t.plain, t.html, t.hash, t.created_at
  FROM demo_public p JOIN block_text t ON t.id = p.id;

UPDATE revision_block SET block_text_id = (SELECT max(t.id) FROM block_text t JOIN demo_public p ON p.block_id = t.block_id
                                            WHERE p.id = revision_block.block_text_id)
 WHERE block_text_id IN (SELECT id FROM demo_public);

DROP TABLE demo_public;
UPDATE document SET licence = 'CC BY 4.0';
