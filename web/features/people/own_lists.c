/* own_lists.c -- what is stored about a person, list by list.  tests/own_data_test.c sees to it
 * that no table that points to people is forgotten. */
#include "features/people/own_data.h"

#define DECISION "d.year || '-' || d.number"
#define MEETING "m.number || '/' || m.year"

const struct own_list own_lists[] = {
    {"Konto",
     "Name|Pronomen oder Anrede|E-Mail|Zustand|Darstellung|@angelegt|zuletzt da|"
     "@Passwort geändert|@zweiter Faktor seit|gewarnt am",
     "SELECT name, pronouns, email, status, theme, created_at, last_seen_on, password_set_at,"
     " totp_since, warned_on FROM person WHERE id = $1"},
    {"Kommunen", "Kommune|seit|bis",
     "SELECT m.name, s.since, s.until FROM membership s"
     "  JOIN municipality m ON m.id = s.municipality_id WHERE s.person_id = $1 ORDER BY s.id"},
    {"Rollen", "!Rolle|Kommune|seit|bis|@beendet",
     "SELECT g.role, m.name, g.since, g.until, g.ended_at FROM role_grant g"
     "  LEFT JOIN municipality m ON m.id = g.municipality_id WHERE g.person_id = $1 ORDER BY g.id"},
    {"Vorgeschlagene Rollen", "!Rolle|seit|bis|Begründung|@vorgeschlagen|@entschieden",
     "SELECT role, since, until, reason, proposed_at, decided_at FROM role_proposal"
     " WHERE person_id = $1 OR proposed_by = $1 ORDER BY id"},
    {"Task Forces", "Task Force|Aufgabe|seit|bis",
     "SELECT t.name, k.role, k.since, k.until FROM task_force_member k"
     "  JOIN task_force t ON t.id = k.task_force_id WHERE k.person_id = $1 ORDER BY k.id"},
    {"Einladungen", "!Rolle|@erstellt|@gültig bis|@angenommen",
     "SELECT role, created_at, expires_at, accepted_at FROM invitation"
     " WHERE person_id = $1 OR invited_by = $1 ORDER BY id"},
    {"Vergessene Passwörter", "@angefragt|@gültig bis|@benutzt",
     "SELECT created_at, expires_at, used_at FROM password_reset WHERE person_id = $1 ORDER BY id"},
    {"Neue Adressen", "E-Mail|vorher|@angefragt|@gültig bis|@bestätigt oder ersetzt",
     "SELECT CASE person_id WHEN $1 THEN email ELSE '(für jemand anderes)' END,"
     " CASE person_id WHEN $1 THEN email_before ELSE '' END, created_at,"
     " expires_at, used_at FROM email_change WHERE person_id = $1 OR asked_by = $1 ORDER BY id"},
    {"Austritte von Kommunen", "Kommune|letzter Tag|Grund|@eingetragen|@bestätigt|@zurückgezogen",
     "SELECT m.name, x.last_day, x.reason, x.planned_at, x.confirmed_at, x.withdrawn_at"
     "  FROM municipality_leaving x JOIN municipality m ON m.id = x.municipality_id"
     " WHERE $1 IN (x.planned_by, x.confirmed_by, x.withdrawn_by) ORDER BY x.id"},
    {"Anmeldungen", "Gerät|@seit|@zuletzt",
     "SELECT device, created_at, last_at FROM session WHERE person_id = $1 ORDER BY created_at"},
    {"Vertraute Geräte", "Gerät|@seit|@bis",
     "SELECT device, created_at, ends_at FROM trusted_device WHERE person_id = $1"
     " ORDER BY created_at"},
    {"Netze, aus denen du dich angemeldet hast", "@zuletzt",
     "SELECT last_at FROM login_network WHERE person_id = $1 ORDER BY last_at"},
    {"Einstellungen für Briefe", "Thema|wann",
     "SELECT topic, mode FROM mail_setting WHERE person_id = $1 ORDER BY topic"},
    {"Adressen deines Kalenders", "@angelegt|@widerrufen",
     "SELECT created_at, revoked_at FROM calendar_feed WHERE person_id = $1 ORDER BY created_at"},
    {"Briefe an dich", "Betreff|Text|@geschrieben|@gesendet",
     "SELECT subject, body, created_at, sent_at FROM outbox WHERE person_id = $1 ORDER BY id"},
    {"Rückmeldungen", "Seite|Text|Zustand|@am",
     "SELECT '/feedback/' || f.id, t.text, f.state, t.at FROM feedback f"
     "  JOIN feedback_text t ON t.feedback_id = f.id"
     " WHERE f.author_id = $1 OR t.by = $1 ORDER BY f.id, t.version"},
    {"Textvorschläge", "Seite|Vorschlag",
     "SELECT '/feedback/' || f.id, s.markdown FROM suggestion s"
     "  JOIN feedback f ON f.id = s.feedback_id WHERE f.author_id = $1 ORDER BY f.id"},
    {"Entscheidungen über Rückmeldungen", "Seite|Begründung|@am",
     "SELECT '/feedback/' || id, reason, decided_at FROM feedback WHERE decided_by = $1 ORDER BY "
     "id"},
    {"Äußerungen zu Entscheidungen", "Seite|Antwort|Begründung|@am",
     "SELECT '/feedback/' || id, response, response_reason, response_at FROM feedback"
     " WHERE response_by = $1 ORDER BY id"},
    {"Antworten", "Seite|Text|@am",
     "SELECT '/feedback/' || feedback_id, text, at FROM reply WHERE author_id = $1 ORDER BY id"},
    {"Entwürfe von Rückmeldungen", "Text|Vorschlag|@zuletzt",
     "SELECT text, proposal, at FROM feedback_draft WHERE author_id = $1 ORDER BY at"},
    {"Entwürfe von Antworten", "Text|@zuletzt",
     "SELECT text, at FROM reply_draft WHERE author_id = $1 ORDER BY at"},
    {"Entwürfe von Abschnitten", "Text|@zuletzt",
     "SELECT markdown, at FROM section_draft WHERE person_id = $1 ORDER BY at"},
    {"Abschnitte, an denen du gerade schreibst", "Abschnitt|@seit",
     "SELECT section_uid, since FROM section_lock WHERE person_id = $1 ORDER BY since"},
    {"Texte zum Einlesen", "Datei|Text|@gesendet",
     "SELECT file_name, markdown, at FROM import_draft WHERE person_id = $1"},
    {"Sammelschritte an Rückmeldungen", "Schritt|Begründung|@am",
     "SELECT action, reason, at FROM feedback_batch WHERE by = $1 ORDER BY id"},
    {"Zuordnungen von Rückmeldungen", "Seite|@am",
     "SELECT '/feedback/' || feedback_id, at FROM anchor WHERE by = $1 ORDER BY feedback_id"},
    {"Rückmelderunden", "Runde|Stand|@eingeladen|@geantwortet",
     "SELECT r.number || '', i.state, i.invited_at, i.answered_at FROM round_invitation i"
     "  JOIN review_round r ON r.id = i.round_id WHERE i.person_id = $1 OR i.delegate_id = $1"
     " ORDER BY i.id"},
    {"Von dir eröffnete Rückmelderunden", "Runde|Notiz|@am",
     "SELECT number || '', note, created_at FROM review_round WHERE created_by = $1 ORDER BY id"},
    {"Lesebestätigungen", "Fassung|@am",
     "SELECT v.major || '.' || v.minor, c.confirmed_at FROM read_receipt c"
     "  JOIN revision v ON v.id = c.revision_id WHERE c.person_id = $1 ORDER BY c.confirmed_at"},
    {"Absätze und Fassungen des Handbuchs", "was|@am",
     "SELECT 'Absatz', created_at FROM block_text WHERE author_id = $1"
     " UNION ALL SELECT 'Fassung', created_at FROM revision WHERE $1 IN (created_by, decided_by)"
     " UNION ALL SELECT 'Fassung', decided_at FROM revision_void WHERE decided_by = $1"
     " UNION ALL SELECT 'öffentliche Fassung', created_at FROM edition"
     "  WHERE $1 IN (created_by, released_by, published_by, withdrawn_by)"},
    {"Wünsche an den Steuerungskreis", "Titel|Text|@am",
     "SELECT title, text, requested_at FROM decision_request WHERE requested_by = $1 ORDER BY id"},
    {"Vorgänge am Handbuch", "Vorgang|Begründung|@am",
     "SELECT object || '.' || action, reason, at FROM handbook_event WHERE actor_id = $1 ORDER BY "
     "id"},
    {"Offene Fragen", "Frage|Antwort|@gestellt|@beantwortet",
     "SELECT text, answer, asked_at, answered_at FROM open_question"
     " WHERE $1 IN (asked_by, answered_by) ORDER BY id"},
    {"Ampeln", "Quartal|Farbe|Begründung|Lösung|@am",
     "SELECT quarter, colour, reason, solution, at FROM assessment WHERE by = $1 ORDER BY id"},
    {"Buchungen", "Tag|Cent|Notiz|@eingetragen|@storniert",
     "SELECT on_date, amount || '', note, at, voided_at FROM booking"
     " WHERE $1 IN (by, voided_by) ORDER BY id"},
    {"Änderungen an Task Forces", "Task Force|Fassung|@am",
     "SELECT v.name, v.version || '', v.at FROM task_force_version v"
     "  JOIN task_force t ON t.id = v.task_force_id WHERE v.by = $1 ORDER BY v.at"},
    {"Entscheidungsvorlagen", "Nummer|Titel|Fassung|@geschrieben",
     "SELECT " DECISION ", v.title, v.version || '', v.written_at FROM decision_version v"
     "  JOIN decision d ON d.id = v.decision_id"
     " WHERE $1 IN (v.written_by, v.presenter_id, d.author_id) ORDER BY d.id, v.version"},
    {"Beiträge zu Vorlagen", "Vorlage|Text|@am",
     "SELECT " DECISION ", c.text, c.at FROM decision_comment c"
     "  JOIN decision d ON d.id = c.decision_id WHERE c.author_id = $1 ORDER BY c.id"},
    {"Stimmen und Quittungen", "Vorlage|Stimme|als|Begründung|@am|Eintrag im Register|Unterschrift",
     "SELECT " DECISION ", b.choice, b.capacity, b.reason, b.at, b.record || '', b.signature"
     "  FROM ballot b JOIN poll p ON p.id = b.poll_id JOIN decision d ON d.id = p.decision_id"
     " WHERE b.person_id = $1 ORDER BY b.record"},
    {"Stimmrecht in Abstimmungen", "Vorlage|als",
     "SELECT " DECISION ", v.capacity FROM poll_voter v JOIN poll p ON p.id = v.poll_id"
     "  JOIN decision d ON d.id = p.decision_id WHERE v.person_id = $1 ORDER BY p.id"},
    {"Geleitete Abstimmungen", "Vorlage|@geöffnet|@geschlossen",
     "SELECT " DECISION ", p.opened_at, p.closed_at FROM poll p JOIN decision d"
     "  ON d.id = p.decision_id WHERE $1 IN (p.chair_id, p.opened_by, p.closed_by, p.aborted_by)"
     " ORDER BY p.id"},
    {"Einwände gegen Umlaufbeschlüsse", "Vorlage|Begründung|@am",
     "SELECT " DECISION ", o.reason, o.at FROM circular_objection o JOIN poll p ON p.id = o.poll_id"
     "  JOIN decision d ON d.id = p.decision_id WHERE o.person_id = $1 ORDER BY o.at"},
    {"Sitzungen", "Sitzung|Tag|@angelegt",
     "SELECT " MEETING ", m.day, m.created_at FROM meeting m"
     " WHERE $1 IN (m.chair_id, m.deputy_id, m.minute_taker_id, m.created_by) ORDER BY m.id"},
    {"Verlegte Sitzungen", "Sitzung|Grund|@am",
     "SELECT " MEETING ", x.reason, x.moved_at FROM meeting_date x JOIN meeting m"
     "  ON m.id = x.meeting_id WHERE x.moved_by = $1 ORDER BY x.moved_at"},
    {"Auskunft in Sitzungen", "Sitzung|Punkt",
     "SELECT " MEETING ", e.title FROM agenda_entry e JOIN meeting m ON m.id = e.meeting_id"
     " WHERE e.presenter_id = $1 ORDER BY e.id"},
    {"Antworten auf Einladungen", "Sitzung|Antwort|@am",
     "SELECT " MEETING ", x.answer, x.at FROM meeting_answer x JOIN meeting m"
     "  ON m.id = x.meeting_id WHERE x.person_id = $1 ORDER BY x.at"},
    {"Anwesenheit", "Sitzung|als|Art|@von|@bis",
     "SELECT " MEETING ", x.role, x.mode, x.from_at, x.until_at FROM attendance x JOIN meeting m"
     "  ON m.id = x.meeting_id WHERE x.person_id = $1 ORDER BY x.id"},
    {"Vollmachten", "Sitzung|Weisung|@erteilt|@widerrufen",
     "SELECT " MEETING ", x.instruction, x.granted_at, x.revoked_at FROM proxy x JOIN meeting m"
     "  ON m.id = x.meeting_id WHERE $1 IN (x.principal_id, x.proxy_id) ORDER BY x.id"},
    {"Befangenheit", "Vorlage|Grund|@am|Widerspruch|@bestritten|@aufgehoben",
     "SELECT " DECISION ", x.reason, x.at, x.dispute_reason, x.disputed_at, x.lifted_at"
     "  FROM recusal x JOIN decision d"
     "  ON d.id = x.decision_id WHERE $1 IN (x.person_id, x.noted_by) ORDER BY x.id"},
    {"Notizen und Aufgaben", "Sitzung|Text|fällig|@am|@erledigt",
     "SELECT " MEETING ", x.text, x.due_on, x.at, x.done_at FROM minutes_note x JOIN meeting m"
     "  ON m.id = x.meeting_id WHERE $1 IN (x.person_id, x.by, x.done_by) ORDER BY x.id"},
    {"Unterschriften", "Sitzung|als|SHA-256|@am|@zurückgegeben",
     "SELECT " MEETING ", x.role, x.sha256, x.at, x.voided_at FROM minutes_signature x"
     "  JOIN meeting m ON m.id = x.meeting_id WHERE $1 IN (x.person_id, x.voided_by) ORDER BY "
     "x.id"},
    {"Berichtigungen", "alt|neu|Grund|@vorgeschlagen|@bestätigt",
     "SELECT old, new, reason, proposed_at, confirmed_at FROM correction"
     " WHERE $1 IN (proposed_by, confirmed_by) ORDER BY id"},
    {"Umsetzung von Beschlüssen", "Beschluss|fällig|@erledigt",
     "SELECT 'B ' || year || '-' || number, due_on, done_at FROM follow_up"
     " WHERE $1 IN (responsible_id, done_by) UNION ALL "
     "SELECT 'B ' || year || '-' || number || ' (ungültig)', due_on, done_at FROM follow_up_void"
     " WHERE $1 IN (responsible_id, done_by) ORDER BY 1"},
    {"Ungültige Abstimmungen", "Vorlage|Grund|@vorgeschlagen|@bestätigt",
     "SELECT " DECISION ", x.reason, x.proposed_at, x.confirmed_at FROM poll_void x"
     "  JOIN poll p ON p.id = x.poll_id JOIN decision d ON d.id = p.decision_id"
     " WHERE $1 IN (x.proposed_by, x.confirmed_by) ORDER BY x.id"},
    {"Berichte zur Umsetzung", "Text|@am",
     "SELECT text, at FROM follow_up_report WHERE by = $1 UNION ALL "
     "SELECT text, at FROM follow_up_report_void WHERE by = $1 ORDER BY 2"},
    {"Vorgänge im Steuerungskreis", "Vorgang|Begründung|@am",
     "SELECT object || '.' || action, reason, at FROM steering_event WHERE actor_id = $1 ORDER BY "
     "id"},
    {"Zeugenschaft am Register", "Schlüssel oder Eintrag|@am",
     "SELECT key, at FROM witness_key WHERE person_id = $1"
     " UNION ALL SELECT head || '', at FROM witness WHERE person_id = $1"},
    {"Gemeldete Barrieren", "Seite|Text|E-Mail|Antwort|@am",
     "SELECT page, text, email, answer, at FROM barrier_report WHERE $1 IN (person_id, answered_by)"
     " ORDER BY id"},
    {"Aufbewahrungsfristen, die du gesetzt hast", "was|Tage|@am",
     "SELECT what, days || '', changed_at FROM retention WHERE changed_by = $1 ORDER BY what"},
    {"Ende des Projekts, das du eingetragen hast", "Tag|@am",
     "SELECT ends_on, changed_at FROM project_end WHERE changed_by = $1"},
    {"Was du getan hast", "Vorgang|Gegenstand|vorher|nachher|@am",
     "SELECT action, object, before, after, at FROM audit WHERE actor_id = $1 ORDER BY id"},
    {"Was andere an deinem Konto getan haben", "Vorgang|vorher|nachher|@am",
     "SELECT action, before, after, at FROM audit WHERE object = 'person/' || $1"
     " AND actor_id IS NOT $1 ORDER BY id"},
};
const size_t own_list_count = sizeof own_lists / sizeof own_lists[0];
