-- Feedback for `handschlag demo`, after the handbook is there.  demo_clock as in demo.sql.

INSERT INTO feedback (id, document_id, number, kind, visibility, author_id, municipality_id, author_org, state, outcome, reason, decided_by, decided_at, created_at)
SELECT c.column1, (SELECT id FROM document), c.column1, c.column2, c.column3, c.column4, c.column5, c.column6, c.column7, c.column8, c.column9,
       CASE WHEN c.column8 IS NOT NULL THEN 1 END, CASE WHEN c.column8 IS NOT NULL THEN now - 3 * 86400 END, now - c.column10 * 86400
FROM demo_clock, (VALUES
  (1, 'question', 'project', 2, 2, 'Auental', 'open', NULL, '', 20),
  (2, 'suggestion', 'project', 3, 3, 'Bergstedt', 'open', NULL, '', 18),
  (3, 'hint', 'project', 4, 4, 'Seefeld', 'decided', 'accepted', '', 16),
  (4, 'hint', 'project', 10, 2, 'Auental', 'decided', 'rejected', 'Ein fester Tag hilft denen nicht, deren Gremien anders tagen.', 12),
  (5, 'error', 'project', 9, 3, 'Bergstedt', 'in_progress', NULL, '', 9),
  (6, 'hint', 'municipality', 2, 2, 'Auental', 'open', NULL, '', 5),
  (7, 'question', 'project', 5, 4, 'Seefeld', 'decided', 'to_committee', 'Das betrifft die Satzungen aller Orte.', 4)) AS c;

INSERT INTO feedback_text (feedback_id, version, text, at, by)
SELECT c.column1, 1, c.column2, (SELECT created_at FROM feedback WHERE id = c.column1), (SELECT author_id FROM feedback WHERE id = c.column1) FROM (VALUES
  (1, 'Zählen Wochenenden bei der Frist mit?'),
  (2, 'Fünf Tage sind knapp, wenn eine Vorlage vorher durch ein Gremium muss.'),
  (3, 'Sagt dazu, dass Fragen auch während der Arbeit erlaubt sind.'),
  (4, 'Legt einen festen Tag im Monat fest, dann kann man planen.'),
  (5, 'Hier fehlt, wer die Kämmerei anspricht.'),
  (6, 'Bei uns ist noch nicht klar, wer uns vertritt.'),
  (7, 'Was gilt, wenn beide Personen eines Ortes verhindert sind?')) AS c;

INSERT INTO anchor (feedback_id, revision_id, first, block_text_id, quote, state, method, at)
SELECT c.column1, r.id, r.state = 'in_force', t.id, '', 'exact', CASE r.state WHEN 'in_force' THEN 'author' ELSE 'block' END, (SELECT created_at FROM feedback WHERE id = c.column1)
FROM revision r, (VALUES
  (1, 'Vorlagen liegen fünf Tage*'), (2, 'Vorlagen liegen fünf Tage*'), (3, 'Neue Kolleg*'),
  (4, 'Jeder Punkt bekommt eine Zeit*'), (5, 'Mittel abrufen*'), (6, 'Jeder Ort hat eine Stimme*'),
  (7, 'Jeder Ort hat eine Stimme*')) AS c
JOIN block_text t ON t.plain GLOB c.column2 AND t.id IN (SELECT block_text_id FROM revision_block)
WHERE r.state IN ('in_force', 'working');

INSERT INTO suggestion (feedback_id, op, base_text_id, markdown)
SELECT 2, 'replace', t.id, replace(t.markdown, 'fünf Tage', 'sieben Tage') FROM block_text t WHERE t.plain GLOB 'Vorlagen liegen fünf Tage*' AND t.id IN (SELECT block_text_id FROM revision_block);

INSERT INTO reply (feedback_id, number, author_id, author_org, text, at)
SELECT 2, 1, 1, 'Lindheim', 'Wir nehmen das in der nächsten Sitzung mit.', now - 6 * 86400 FROM demo_clock
UNION ALL SELECT 2, 2, 9, 'Bergstedt', 'Uns würden auch sechs Tage reichen.', now - 4 * 86400 FROM demo_clock;

INSERT INTO decision_request (feedback_id, title, text, requested_by, requested_at)
SELECT 7, 'Rückmeldung F-007', 'Was gilt, wenn beide Personen eines Ortes verhindert sind?', 1, now - 3 * 86400 FROM demo_clock;

INSERT INTO handbook_event (at, actor_id, municipality_id, object, object_id, action, after)
SELECT created_at, author_id, municipality_id, 'feedback', id, 'given', 'open' FROM feedback;
INSERT INTO handbook_event (at, actor_id, municipality_id, object, object_id, action, before, after, reason)
SELECT decided_at, decided_by, 1, 'feedback', id, 'decided', 'open', outcome, reason FROM feedback WHERE outcome IS NOT NULL;

INSERT INTO placeholder (document_id, key, internal, public)
SELECT d.id, c.column1, c.column2, c.column3 FROM document d, (VALUES
  ('kontakt-projektbuero', (SELECT name FROM person WHERE id = 1), 'Person 1 (Stadt A)'),
  ('kontakt-auental', (SELECT name FROM person WHERE id = 2), 'Person 2 (Stadt B)'),
  ('telefon-projektbuero', '030 23125-014', 'die Nummer des Projektbüros')) AS c;
