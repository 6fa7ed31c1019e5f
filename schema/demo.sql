-- Invented data for `handschlag demo`: four towns that do not exist, their people, their work.
-- demo_clock(today, now, quarter, quarter_1 …) is filled by web/demo.c, so the demo is always of
-- today.

INSERT INTO municipality (id, kind, name, short, slug, sort_key, email_domains, joined_on) VALUES
  (1, 'municipality', 'Stadt Lindheim', 'Lindheim', 'lindheim', 'lindheim', 'lindheim.example', '2025-01-01'),
  (2, 'municipality', 'Stadt Auental', 'Auental', 'auental', 'auental', 'auental.example', '2025-01-01'),
  (3, 'municipality', 'Stadt Bergstedt', 'Bergstedt', 'bergstedt', 'bergstedt', 'bergstedt.example', '2025-01-01'),
  (4, 'municipality', 'Gemeinde Seefeld', 'Seefeld', 'seefeld', 'seefeld', 'seefeld.example', '2025-04-01'),
  (5, 'funder', 'Landesförderbank', 'Förderbank', 'foerderbank', 'forderbank', 'foerderbank.example', '2025-01-01');

INSERT INTO person (id, name, sort_key, email, status, created_at, last_seen_on)
SELECT column1, column2, column3, column4, 'active', (SELECT now - 30000000 FROM demo_clock),
       (SELECT date(today, '-' || (2 * column1) || ' days') FROM demo_clock) FROM (VALUES
  (1, 'Paula Pappel', 'paula pappel', 'projektbuero@lindheim.example'),
  (2, 'Levent Linde', 'levent linde', 'leitung@auental.example'),
  (3, 'Mina Möhring', 'mina mohring', 'mitglied@bergstedt.example'),
  (4, 'Sascha Seidel', 'sascha seidel', 'lesen@seefeld.example'),
  (5, 'Vera Voss', 'vera voss', 'vorsitz@seefeld.example'),
  (6, 'Ali Arndt', 'ali arndt', 'personen@auental.example'),
  (7, 'Toni Thaler', 'toni thaler', 'technik@rechenzentrum.example'),
  (8, 'Jana Jung', 'jana jung', 'jana.jung@lindheim.example'),
  (9, 'Ruben Richter', 'ruben richter', 'ruben.richter@bergstedt.example'),
  (10, 'Olga Ost', 'olga ost', 'olga.ost@auental.example'),
  (11, 'Farid Fuchs', 'farid fuchs', 'bericht@foerderbank.example'));

INSERT INTO membership (person_id, municipality_id, since) VALUES
  (1, 1, '2025-01-01'), (2, 2, '2025-01-01'), (3, 3, '2025-01-01'), (4, 4, '2025-04-01'),
  (5, 4, '2025-04-01'), (6, 2, '2025-01-01'), (8, 1, '2025-01-01'), (9, 3, '2025-01-01'),
  (10, 2, '2025-01-01'), (11, 5, '2025-01-01');

INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at) VALUES
  (1, 'pmo', NULL, '2025-01-01', 1735700000), (4, 'reader', NULL, '2025-04-01', 1735700000),
  (5, 'committee', 4, '2025-04-01', 1735700000), (5, 'chair', 4, '2025-04-01', 1735700000),
  (6, 'municipality', 2, '2025-01-01', 1735700000),
  (7, 'installation', NULL, '2025-01-01', 1735700000),
  (8, 'committee', 1, '2025-01-01', 1735700000), (9, 'committee', 3, '2025-01-01', 1735700000),
  (10, 'committee', 2, '2025-01-01', 1735700000), (11, 'funder', 5, '2025-01-01', 1735700000);

INSERT INTO task_force (id, slug, name, sort_key, goal, starts_on, ends_on, review_on, status, budget, link_url, updated_at, updated_by)
SELECT c.column1, c.column2, c.column3, c.column2, c.column4,
       date(today, 'start of month', c.column5 || ' months'),
       CASE WHEN c.column6 IS NOT NULL THEN date(today, 'start of month', c.column6 || ' months', '-1 day') END,
       CASE WHEN c.column6 IS NULL THEN date(today, 'start of month', '+4 months') END,
       c.column7, c.column8, c.column9, now - c.column10 * 86400, 1
FROM demo_clock, (VALUES
  (1, 'dateninventur', 'Dateninventur', 'Jede Verwaltung weiß, welche Daten sie hat, und führt darüber ein gemeinsames Verzeichnis.', -14, 5, 'active', 8500000, 'https://raum.vierland.example/dateninventur', 3),
  (2, 'mobile-buergerdienste', 'Mobile Bürgerdienste', 'Termine, Mängelmeldung und Müllkalender der vier Orte laufen in einer App zusammen.', -20, 8, 'active', 24000000, 'https://raum.vierland.example/buergerdienste', 6),
  (3, 'offene-plattform', 'Offene Plattform', 'Freigegebene Daten aller Orte sind in einem Katalog zu finden und ohne Rückfrage nutzbar.', -6, 14, 'active', 31000000, 'https://raum.vierland.example/plattform', 9),
  (4, 'mitmachen', 'Mitmachen', 'Vereine, Betriebe und Nachbarschaften wissen früh, worum es geht, und können mitreden.', -10, 2, 'active', 6000000, 'https://raum.vierland.example/mitmachen', 12),
  (5, 'hitze-und-baeume', 'Hitze und Bäume', 'Messwerte zeigen, welche Plätze zuerst Schatten und Wasser brauchen.', 2, 14, 'planned', 12000000, '', 15),
  (6, 'digitales-ehrenamt', 'Digitales Ehrenamt', 'Wer sich engagiert, meldet Räume, Fahrten und Material an einer Stelle an.', -8, NULL, 'active', 4200000, 'https://raum.vierland.example/ehrenamt', 20),
  (7, 'start-im-verbund', 'Start im Verbund', 'Gemeinsame Ordnung, erste Technik und ein Kennenlernen aller Beteiligten.', -22, -10, 'done', 3000000, 'https://raum.vierland.example/start', 200)) AS c;

INSERT INTO task_force_municipality (task_force_id, municipality_id, role, since)
SELECT column1, column2, column3, (SELECT starts_on FROM task_force WHERE id = column1) FROM (VALUES
  (1, 2, 'lead'), (1, 1, 'partner'), (1, 3, 'partner'),
  (2, 1, 'lead'), (2, 2, 'partner'), (2, 3, 'partner'), (2, 4, 'partner'),
  (3, 3, 'lead'), (3, 1, 'partner'), (3, 2, 'partner'), (3, 4, 'partner'),
  (4, 4, 'lead'), (4, 2, 'partner'), (5, 2, 'lead'), (5, 3, 'partner'),
  (6, 1, 'lead'), (6, 4, 'reuse'), (7, 1, 'lead'), (7, 2, 'partner'), (7, 3, 'partner'));

INSERT INTO task_force_member (task_force_id, person_id, role, since)
SELECT column1, column2, column3, (SELECT starts_on FROM task_force WHERE id = column1) FROM (VALUES
  (1, 2, 'lead'), (1, 3, 'member'), (1, 8, 'member'), (2, 8, 'lead'), (2, 2, 'deputy'),
  (2, 9, 'member'), (3, 9, 'lead'), (3, 2, 'member'), (4, 5, 'lead'), (4, 10, 'member'),
  (6, 8, 'lead'), (7, 1, 'lead'));

INSERT INTO task_force_version (task_force_id, version, name, goal, starts_on, ends_on, review_on, status, budget, link_url, municipalities, lead_id, at, by)
SELECT t.id, t.version, t.name, t.goal, t.starts_on, t.ends_on, t.review_on, t.status, t.budget, t.link_url,
       (SELECT group_concat(municipality_id, ' ') FROM (SELECT municipality_id FROM task_force_municipality m
         WHERE m.task_force_id = t.id ORDER BY m.role <> 'lead', m.municipality_id)),
       (SELECT person_id FROM task_force_member m WHERE m.task_force_id = t.id AND m.role = 'lead'),
       t.updated_at, t.updated_by
FROM task_force t;

INSERT INTO open_question (scope, task_force_id, text, asked_by, asked_at, goes_to, due_on, state, answer, answered_by, answered_at)
SELECT 'task_force', c.column1, c.column2, c.column3, now - c.column4 * 86400, c.column5,
       CASE WHEN c.column6 IS NOT NULL THEN date(today, c.column6 || ' days') END, c.column7, c.column8,
       CASE WHEN c.column7 = 'answered' THEN 1 END, CASE WHEN c.column7 = 'answered' THEN now - 2 * 86400 END
FROM demo_clock, (VALUES
  (1, 'Gilt das Verzeichnis auch für die Eigenbetriebe?', 2, 16, 'committee', 6, 'open', ''),
  (1, 'Wer hält das Verzeichnis nach dem Ende der Förderung aktuell?', 3, 40, 'pmo', NULL, 'open', ''),
  (1, 'Genügt ein einziges Feld für die Rechtsgrundlage?', 8, 21, 'task_force', NULL, 'in_progress', ''),
  (1, 'Dürfen wir die Vorlage aus dem Nachbarkreis übernehmen?', 2, 60, 'pmo', NULL, 'answered', 'Ja. Die Lizenz erlaubt es, wir nennen die Quelle auf der ersten Seite.'),
  (2, 'Wer betreibt die App, wenn das Projekt vorbei ist?', 8, 30, 'committee', 20, 'open', ''),
  (2, 'Welche Sprachen brauchen wir zum Start?', 9, 12, 'task_force', 9, 'open', ''),
  (3, 'In welchem Rechenzentrum läuft der Katalog?', 9, 25, 'pmo', -3, 'open', ''),
  (5, 'Wer übernimmt die Leitung?', 1, 8, 'pmo', NULL, 'open', '')) AS c;

INSERT INTO assessment (task_force_id, quarter, dimension, proposed, colour, trend, reason, solution, at, by)
SELECT c.column1, CASE c.column2 WHEN 0 THEN quarter WHEN 1 THEN quarter_1 WHEN 2 THEN quarter_2 ELSE quarter_3 END,
       c.column3, 'grey', c.column4, c.column5, c.column6, c.column7, now - c.column2 * 91 * 86400 - 3 * 86400, c.column8
FROM demo_clock, (VALUES
  (1, 3, 'content', 'green', 'same', '', '', 2), (1, 3, 'resources', 'green', 'same', '', '', 2),
  (1, 2, 'content', 'green', 'same', 'Gespräche in allen Ämtern geführt.', '', 2), (1, 2, 'resources', 'green', 'same', '', '', 2),
  (1, 1, 'content', 'yellow', 'worse', 'Nur die Hälfte der Ämter hat den Bogen zurückgegeben.', 'Wir rufen die fehlenden Ämter einzeln an.', 2),
  (1, 1, 'resources', 'yellow', 'worse', 'Die Schulung ist noch nicht vergeben.', 'Vergabe zusammen mit Lindheim.', 2),
  (1, 0, 'content', 'red', 'worse', 'Zwei große Ämter liefern erst im nächsten Jahr.', 'Wir veröffentlichen die fertigen Teile vorab und ziehen die beiden Ämter im März nach.', 2),
  (1, 0, 'resources', 'yellow', 'same', 'Es ist deutlich weniger abgerufen als geplant.', 'Die Schulung wird im Dezember vergeben.', 2),
  (2, 1, 'content', 'green', 'same', '', '', 8), (2, 1, 'resources', 'green', 'same', '', '', 8),
  (2, 0, 'content', 'yellow', 'worse', 'Die Anbindung der Terminverwaltung verzögert sich um drei Wochen.', 'Die Mängelmeldung startet vorab.', 8),
  (2, 0, 'resources', 'green', 'same', '', '', 8),
  (3, 0, 'content', 'green', 'same', 'Der Testbetrieb läuft.', '', 9), (3, 0, 'resources', 'yellow', 'same', 'Ein Angebot liegt über dem Ansatz.', 'Wir holen zwei weitere Angebote ein.', 9),
  (4, 0, 'content', 'green', 'better', 'Drei Runden mit Vereinen haben stattgefunden.', '', 5), (4, 0, 'resources', 'green', 'same', '', '', 5),
  (7, 3, 'content', 'green', 'same', 'Abgeschlossen.', '', 1), (7, 3, 'resources', 'green', 'same', '', '', 1)) AS c;

INSERT INTO booking (task_force_id, municipality_id, kind, amount, on_date, reference, note, at, by)
SELECT c.column1, c.column2, c.column3, c.column4, date(today, c.column5 || ' days'), c.column6, c.column7, now + c.column5 * 86400, c.column8
FROM demo_clock, (VALUES
  (1, 2, 'draw', 1450000, -200, 'MA 3', 'Erster Abruf', 2), (1, 2, 'expense', 1382050, -170, 'RE 2041', 'Befragung der Ämter', 2),
  (1, 2, 'draw', 760000, -80, 'MA 7', '', 2), (1, 1, 'expense', 512400, -45, 'RE 2188', 'Werkstatt-Tage', 2),
  (2, 1, 'draw', 9800000, -300, 'MA 1', '', 8), (2, 1, 'expense', 9340000, -240, 'RE 1807', 'Entwicklung, erster Abschnitt', 8),
  (2, 1, 'draw', 3340000, -60, 'MA 8', '', 8), (2, 1, 'expense', 2210000, -30, 'RE 2240', 'Barrierefreiheit und Tests', 8),
  (3, 3, 'draw', 5400000, -100, 'MA 6', '', 9), (3, 3, 'expense', 3125075, -50, 'RE 2190', 'Aufbau des Katalogs', 9),
  (4, 4, 'draw', 4820000, -150, 'MA 4', '', 5), (4, 4, 'expense', 4410000, -20, 'RE 2251', 'Begleitung der Runden', 5),
  (6, 1, 'draw', 900000, -90, 'MA 5', '', 8), (7, 1, 'draw', 2980000, -500, 'MA 0', '', 1),
  (7, 1, 'expense', 2976000, -420, 'RE 1502', 'Auftakt und Technik', 1)) AS c;
