-- The steering committee for `handschlag demo`: templates as drafts.  web/demo_steering.c takes
-- them through their steps, because only the program can freeze and register.  demo_clock as in
-- demo.sql.

INSERT INTO decision (id, year, number, task_force_id, author_id, created_at)
SELECT c.column1, CAST(strftime('%Y', today) AS INTEGER), c.column1, c.column2, c.column3, now - c.column4 * 86400
FROM demo_clock, (VALUES
  (1, 1, 2, 40), (2, 2, 8, 33), (3, NULL, 1, 30), (4, 3, 9, 9), (5, 4, 5, 4), (6, NULL, 1, 26), (7, 4, 4, 112), (8, NULL, 1, 10)) AS c;

INSERT INTO decision_version (decision_id, version, title, summary, resolution, reasons, alternatives, costs, consultation, lead_id, presenter_id, majority, majority_a, majority_b, min_yes, without_links, written_by, written_at)
SELECT d.id, 1, c.column2, c.column3, c.column4, c.column5, c.column6, c.column7, c.column8, c.column9, c.column10, c.column11, c.column12, c.column13, c.column14, c.column15, d.author_id, d.created_at
FROM decision d JOIN (VALUES
  (1, 'Verzeichnis der Daten verbindlich machen',
   'Die vier Orte führen heute vier Listen. Niemand findet darin, was das Nachbarrathaus schon hat. Das gemeinsame Verzeichnis steht, aber nur zwei Orte pflegen es.',
   'Alle vier Orte tragen neue Datenbestände ab dem nächsten Quartal in das gemeinsame Verzeichnis ein. Auental pflegt die Technik. Jeder Ort benennt eine Person, die Einträge prüft.',
   'Ein Verzeichnis hilft nur, wenn es vollständig ist. In der Probe hat die Suche nach einem Bestand im Schnitt zwei Tage gespart.',
   '- Jeder Ort behält seine Liste und tauscht sie einmal im Jahr aus.' || char(10) || '- Nur die Technik sammelt die Bestände. Dann fehlt, wofür sie gebraucht werden.',
   'Etwa ein halber Arbeitstag im Monat je Ort. Geld kostet es nicht.',
   'Die Ämter für Vermessung und Statistik aller Orte haben das Verzeichnis erprobt. Der Datenschutz hat zugestimmt.',
   2, 2, 'simple', 0, 0, 0, 0),
  (2, 'Mobile Bürgerdienste in vier Sprachen anbieten',
   'Die App spricht bisher nur Deutsch. Jede fünfte Anfrage kommt von Menschen, die eine andere Sprache besser verstehen.',
   'Die App startet auf Deutsch, Englisch, Türkisch und Ukrainisch. Lindheim beauftragt die Übersetzung für höchstens 18.000 Euro.',
   'Wer versteht, was zu tun ist, ruft seltener an. Die Servicestellen werden entlastet.',
   'Wir beginnen mit Leichter Sprache. Das hilft vielen, ersetzt aber keine Übersetzung.',
   '18.000 Euro einmalig aus dem Budget der Task Force, danach etwa 2.000 Euro im Jahr.',
   'Die Integrationsbeauftragten haben die Sprachen vorgeschlagen.',
   1, 8, 'more_competent', 0, 0, 0, 0),
  (3, 'Vertretung in Sitzungen regeln',
   'Im Sommer waren drei Personen verhindert. Es war unklar, wer für ihren Ort stimmen darf.',
   'Jeder Ort benennt bis zum Monatsende eine Stellvertretung für den Steuerungskreis.',
   'So bleibt der Kreis beschlussfähig, auch in den Ferien.',
   '', 'Keine Kosten.', 'Die Hauptämter aller Orte sind einverstanden.',
   1, 1, 'cast', 2, 3, 2, 1),
  (4, 'Katalog im Rechenzentrum Bergstedt betreiben',
   'Die offene Plattform braucht einen Ort, an dem sie läuft.',
   'Der Katalog läuft ab Januar im Rechenzentrum Bergstedt. Die Kosten teilen sich alle Orte nach Köpfen.',
   'Bergstedt hat Platz und eine Rufbereitschaft.',
   'Ein Dienstleister wäre teurer, hätte aber mehr Personal.',
   '6.400 Euro im Jahr für alle Orte zusammen.',
   'Die IT-Leitungen haben drei Angebote verglichen.',
   3, 9, 'competent', 3, 4, 0, 0),
  (5, 'Ein Topf für gute Ideen aus Vereinen', 'Vereine haben Ideen, aber kein Geld für den ersten Schritt.', '', '', '', '', '', NULL, NULL, 'simple', 0, 0, 0, 0),
  (6, 'Gemeinsame Messe im Herbst', 'Die vier Orte zeigen ihre Projekte an einem Tag.',
   'Die Kooperation richtet im Herbst eine Messe in Seefeld aus.', 'Viele kennen uns noch nicht.', '',
   '9.000 Euro.', 'Die Wirtschaftsförderung wurde gefragt.', 4, 1, 'simple', 0, 0, 0, 1),
  (7, 'Vereine früh beteiligen', 'Vereine hören von Vorhaben oft erst, wenn alles feststeht.',
   'Jede Task Force lädt die Vereine ihrer Orte ein, bevor sie einen Plan beschließt. Auental führt die Liste der Vereine.',
   'Wer früh fragt, baut seltener um. Die Vereine kennen die Orte besser als wir.',
   'Wir fragen nur die Dachverbände. Das geht schneller, erreicht aber die kleinen Vereine nicht.',
   'Etwa zwei Abende im Jahr je Task Force.', 'Die Ehrenamtsbeauftragten haben zugestimmt.',
   2, 4, 'simple', 0, 0, 0, 1),
  (8, 'Den Tag der Daten absagen', 'Im Februar fehlen zwei Personen, die den Tag vorbereiten.',
   'Der Tag der Daten fällt im nächsten Jahr aus. Das Geld dafür bleibt im Budget der Kooperation.',
   'Ein Tag, den niemand vorbereitet, hilft niemandem. Der Saal muss bald abgesagt werden.',
   'Wir laden nur die Verwaltungen ein. Auch das braucht jemanden, der es vorbereitet.',
   'Spart 4.000 Euro.', 'Alle Hauptämter wissen davon.',
   1, 1, 'simple', 0, 0, 0, 1)) AS c ON c.column1 = d.id;

INSERT INTO decision_municipality (decision_id, version, municipality_id)
SELECT column1, 1, column2 FROM (VALUES (1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3), (2, 4),
  (3, 1), (3, 2), (3, 3), (3, 4), (4, 1), (4, 2), (4, 3), (4, 4), (6, 4), (7, 1), (7, 2), (7, 3), (7, 4), (8, 1), (8, 2), (8, 3), (8, 4));

INSERT INTO decision_link (decision_id, version, pos, title, url, sha256)
SELECT column1, 1, column2, column3, column4, column5 FROM (VALUES
  (1, 1, 'Auswertung der Probe', 'https://raum.vierland.example/dateninventur/probe', '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea'),
  (1, 2, 'Anleitung zum Eintragen', 'https://raum.vierland.example/dateninventur/anleitung', ''),
  (2, 1, 'Angebot der Übersetzung', 'https://raum.vierland.example/buergerdienste/angebot', ''),
  (4, 1, 'Drei Angebote im Vergleich', 'https://raum.vierland.example/plattform/angebote', ''));

INSERT INTO steering_event (at, actor_id, municipality_id, object, object_id, action, before, after)
SELECT d.created_at, d.author_id, s.municipality_id, 'decision', d.id, 'create', 'draft', 'draft'
FROM decision d JOIN membership s ON s.person_id = d.author_id AND s.until IS NULL ORDER BY d.created_at;

INSERT INTO decision_comment (decision_id, number, author_id, author_org, text, at)
SELECT c.column1, c.column2, c.column3, c.column4, c.column5, now - c.column6 * 86400 FROM demo_clock, (VALUES
  (1, 1, 9, 'Bergstedt', 'Gilt das auch für Bestände, die wir nur geliehen haben?', 22),
  (1, 2, 2, 'Auental', 'Ja, mit dem Hinweis, wem sie gehören. Das steht in der Anleitung.', 21),
  (1, 3, 8, 'Lindheim', 'Der halbe Tag im Monat ist machbar, wenn wir ihn nach einem Jahr prüfen.', 20),
  (4, 1, 10, 'Auental', 'Wie lange läuft der Vertrag?', 6)) AS c;

-- A meeting that was, with a vote, and one that comes: in ten days at ten o'clock, with two
-- decisions.  Invited, opened, voted and closed is by web/demo_steering.c, which also moves the
-- instants by an hour where it is summer: SQLite knows no time zones.
INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at) VALUES
  (3, 'committee_deputy', 3, '2025-01-01', 1735700000),
  (2, 'committee_deputy', 2, '2025-01-01', 1735700000);

INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot, place, link, access, chair_id, deputy_id, minute_taker_id, answer_by, uid, created_by, created_at)
SELECT c.column1, CAST(strftime('%Y', today, c.column2 || ' days') AS INTEGER), c.column1, 'draft', date(today, c.column2 || ' days'), 600,
       CAST(strftime('%s', date(today, c.column2 || ' days')) AS INTEGER) + 540 * 60, 120, c.column3, c.column4, c.column5, 5, 8, 3,
       date(today, (c.column2 - 3) || ' days'), c.column6, 1, now - 110 * 86400
FROM demo_clock, (VALUES
  (1, -90, 'Gemeindehaus Seefeld', '', 'Ebenerdig, Parkplatz vor der Tür', 'demositzungeins'),
  (2, 10, 'Rathaus Lindheim, Raum 112', 'https://video.vierland.example/kreis', 'Aufzug, Höranlage, Untertitel im Videoraum', 'demositzungzwei')) AS c;

INSERT INTO agenda_entry (meeting_id, pos, kind, decision_id, title, presenter_id, minutes, started_at, ended_at, outcome)
SELECT c.column1, c.column2, c.column3, c.column4, c.column5, c.column6, c.column7,
       CASE WHEN c.column8 IS NOT NULL THEN m.starts_at + c.column8 * 60 END,
       CASE WHEN c.column8 IS NOT NULL THEN m.starts_at + (c.column8 + c.column9) * 60 END, c.column10
FROM (VALUES
  (1, 1, 'formal', NULL, 'Begrüßung und Niederschrift der letzten Sitzung', 5, 10, 2, 8, 'heard'),
  (1, 2, 'information', NULL, 'Wie weit sind die Task Forces?', 1, 40, 10, 45, 'heard'),
  (1, 3, 'decision', 7, 'Vereine früh beteiligen', 4, 40, NULL, NULL, NULL),
  (2, 1, 'formal', NULL, 'Begrüßung und Niederschrift der letzten Sitzung', 5, 10, NULL, NULL, NULL),
  (2, 2, 'information', NULL, 'Wie weit sind die Task Forces?', 1, 25, NULL, NULL, NULL),
  (2, 3, 'decision', 2, 'Mobile Bürgerdienste in vier Sprachen anbieten', 8, 30, NULL, NULL, NULL),
  (2, 4, 'break', NULL, 'Pause', NULL, 10, NULL, NULL, NULL),
  (2, 5, 'decision', 3, 'Vertretung in Sitzungen regeln', 1, 20, NULL, NULL, NULL),
  (2, 6, 'discussion', NULL, 'Was nehmen wir uns für das nächste Jahr vor?', 5, 20, NULL, NULL, NULL)) AS c
JOIN meeting m ON m.id = c.column1;

INSERT INTO minutes_note (meeting_id, kind, text, person_id, due_on, by, at)
SELECT 1, 'task', column1, column2, date(today, column3 || ' days'), 3, now - 90 * 86400 FROM demo_clock, (VALUES
  ('Freie Räume in allen Orten abfragen', 10, -12),
  ('Liste der Messreihen vorlegen', 2, 40));
