/* retention.c -- the terms, and the job that applies them. */
#include "features/people/retention.h"

#include "app/audit.h"
#include "base/clock.h"
#include "features/people/erase.h"

#include <inttypes.h>

/* Each finds its rows by an index or in a small table, and changes at most $2 of them. */
const struct retention_term retention_terms[] = {
    {"audit",
     "Einzelheiten im Protokoll",
     "Wer was wann getan hat, bleibt; vorher und nachher gehen.",
     730,
     {"UPDATE audit SET before = NULL, after = NULL WHERE id IN (SELECT id FROM audit"
      "  WHERE at < $1 AND (before IS NOT NULL OR after IS NOT NULL) ORDER BY at LIMIT $2)"}},
    {"session",
     "Abgelaufene Anmeldungen",
     "Gezählt vom Ende der Anmeldung an.",
     7,
     {"DELETE FROM session WHERE token_hash IN (SELECT token_hash FROM session"
      "  WHERE ends_at < $1 LIMIT $2)"}},
    {"trusted_device",
     "Abgelaufene vertraute Geräte",
     "Gezählt vom Ende des Vertrauens an.",
     7,
     {"DELETE FROM trusted_device WHERE token_hash IN (SELECT token_hash FROM trusted_device"
      "  WHERE ends_at < $1 LIMIT $2)"}},
    {"login_network",
     "Netze, aus denen sich jemand angemeldet hat",
     "Als Prüfwert gespeichert.",
     180,
     {"DELETE FROM login_network WHERE (person_id, network_hash) IN"
      " (SELECT person_id, network_hash FROM login_network WHERE last_at < $1 LIMIT $2)"}},
    {"login_failure",
     "Fehlversuche bei der Anmeldung",
     "Als Prüfwert gespeichert.",
     30,
     {"DELETE FROM login_failure WHERE (scope, key_hash) IN"
      " (SELECT scope, key_hash FROM login_failure WHERE last_at < $1 LIMIT $2)"}},
    {"letter",
     "Text gesendeter Briefe",
     "Dass ein Brief ging, bleibt; Betreff und Text gehen.",
     365,
     {"UPDATE outbox SET subject = '(gelöscht)', body = '(gelöscht)', email = ''"
      " WHERE id IN (SELECT id"
      "  FROM outbox WHERE coalesce(sent_at, cancelled_at, given_up_at) < $1"
      "   AND body <> '(gelöscht)' LIMIT $2)",
      /* What waited inside a summary went nowhere when that was given up. */
      "UPDATE outbox SET subject = '(gelöscht)', body = '(gelöscht)', email = ''"
      " WHERE id IN (SELECT i.id FROM outbox d CROSS JOIN outbox i ON i.digest_id = d.id"
      "  WHERE d.given_up_at < $1 AND i.body <> '(gelöscht)' LIMIT $2)"}},
    {"invitation",
     "Einladungen, die niemand angenommen hat",
     "Mit Name und Adresse. Gezählt vom Ende der Gültigkeit an.",
     90,
     {"DELETE FROM invitation WHERE id IN (SELECT id FROM invitation WHERE accepted_at IS NULL"
      "  AND expires_at < $1 LIMIT $2)"}},
    {"password_reset",
     "Links für ein neues Passwort",
     "Gezählt von der Anfrage an.",
     30,
     {"DELETE FROM password_reset WHERE id IN (SELECT id FROM password_reset WHERE created_at < $1"
      "  LIMIT $2)"}},
    {"email_change",
     "Geänderte E-Mail-Adressen",
     "Gezählt von der Anfrage an.",
     30,
     {"DELETE FROM email_change WHERE id IN (SELECT id FROM email_change WHERE created_at < $1"
      "  LIMIT $2)"}},
    {"draft",
     "Entwürfe",
     "Von Rückmeldungen, Antworten, Abschnitten und Importen. Gezählt vom letzten Speichern an.",
     365,
     {"DELETE FROM feedback_draft WHERE (author_id, revision_id, block_id) IN (SELECT author_id,"
      " revision_id, block_id FROM feedback_draft WHERE at < $1 LIMIT $2)",
      "DELETE FROM reply_draft WHERE (author_id, feedback_id) IN (SELECT author_id, feedback_id"
      " FROM reply_draft WHERE at < $1 LIMIT $2)",
      "DELETE FROM section_draft WHERE (section_uid, person_id) IN (SELECT section_uid, person_id"
      " FROM section_draft WHERE at < $1 LIMIT $2)",
      "DELETE FROM import_draft WHERE person_id IN (SELECT person_id FROM import_draft"
      "  WHERE at < $1 LIMIT $2)"}},
    {"feedback_names",
     "Namen an Rückmeldungen",
     "Gezählt vom Ende des Projekts an. Danach bleibt nur die Kommune.",
     365,
     {NULL}},
    {"hidden",
     "Ausgeblendete und entfernte Worte",
     "In Rückmeldungen. Bis dahin lassen sie sich wieder einblenden. Wer und warum bleibt.",
     90,
     {"UPDATE feedback_text SET text = '(gelöscht)' WHERE (feedback_id, version) IN"
      " (SELECT t.feedback_id, t.version FROM feedback f CROSS JOIN feedback_text t"
      "    ON t.feedback_id = f.id WHERE f.hidden_at < $1 AND t.text <> '(gelöscht)' LIMIT $2)",
      "UPDATE suggestion SET markdown = '(gelöscht)' WHERE feedback_id IN (SELECT f.id"
      "  FROM feedback f CROSS JOIN suggestion s ON s.feedback_id = f.id"
      "  WHERE f.hidden_at < $1 AND s.markdown NOT IN ('', '(gelöscht)') LIMIT $2)",
      "UPDATE feedback SET reason = CASE reason WHEN '' THEN '' ELSE '(gelöscht)' END,"
      " response_reason = CASE response_reason WHEN '' THEN '' ELSE '(gelöscht)' END"
      " WHERE id IN (SELECT id FROM feedback WHERE hidden_at < $1"
      "   AND (reason NOT IN ('', '(gelöscht)')"
      "    OR response_reason NOT IN ('', '(gelöscht)')) LIMIT $2)",
      "UPDATE reply SET text = '(gelöscht)' WHERE id IN (SELECT id FROM (SELECT r.id FROM reply r"
      "    WHERE coalesce(r.hidden_at, r.removed_at) < $1 AND r.text <> '(gelöscht)'"
      "   UNION ALL SELECT r.id FROM feedback f CROSS JOIN reply r ON r.feedback_id = f.id"
      "    WHERE f.hidden_at < $1 AND r.text <> '(gelöscht)') LIMIT $2)",
      "UPDATE handbook_event SET reason = '(gelöscht)' WHERE id IN (SELECT e.id FROM feedback f"
      "  CROSS JOIN handbook_event e ON e.object = 'feedback' AND e.object_id = f.id"
      "  WHERE f.hidden_at < $1 AND e.action IN ('decided', 'responded', 'reopened')"
      "   AND e.reason NOT IN ('', '(gelöscht)') LIMIT $2)",
      "UPDATE audit SET before = NULL, after = NULL WHERE id IN (SELECT a.id FROM feedback f"
      "  CROSS JOIN audit a ON a.object = 'feedback/' || f.id WHERE f.hidden_at < $1"
      "   AND a.action IN ('feedback.decided', 'feedback.responded', 'feedback.reopened')"
      "   AND (a.before IS NOT NULL OR a.after IS NOT NULL) LIMIT $2)"}},
};
const size_t retention_term_count = sizeof retention_terms / sizeof retention_terms[0];

enum err retention_days(struct db *db, const struct retention_term *t, int64_t *days)
{
	static const char sql[] =
	    "SELECT coalesce((SELECT days FROM retention WHERE what = $1), $2)";

	return db_int(db, sql, WITH(TEXT(str_of(t->what)), INT(t->days)), days);
}

static enum err apply(struct db *db, const struct retention_term *t)
{
	int64_t days;

	TRY(retention_days(db, t, &days));
	for (size_t i = 0; i < RETENTION_STATEMENTS && t->sql[i] != NULL; i++)
		TRY(db_run(db, t->sql[i],
			   WITH(INT(clock_now() - days * 86400), INT(RETENTION_STEP)), NULL));
	return OK;
}

/* Name and address of somebody who was invited belong to the invitation. */
static enum err erase_uninvited(struct db *db, struct arena *a, bool *found)
{
	static const char sql[] =
	    "SELECT coalesce(min(p.id), 0) FROM person p WHERE p.status = 'invited'"
	    "   AND NOT EXISTS (SELECT 1 FROM invitation i WHERE i.person_id = p.id)";
	struct erased p;
	int64_t id;

	TRY(db_int(db, sql, WITH_NOTHING, &id));
	*found = id != 0;
	if (!*found)
		return OK;
	TRY(erased_load(db, id, &p));
	TRY(person_erase(db, a, &p, 0));
	return audit_operator(db, "person.erase", arena_fmt(a, "person/%" PRId64, id), S(""));
}

static enum err erase_next(struct db *db, struct arena *a, bool *found)
{
	TRY(db_begin_write(db, a));
	enum err err = erase_uninvited(db, a, found);
	if (err == OK)
		err = db_commit(db);
	db_rollback(db);
	return err;
}

enum err retention_apply(struct db *db, struct arena *a)
{
	bool found = true;

	for (size_t i = 0; i < retention_term_count; i++) {
		TRY(db_begin_write(db, a));
		enum err err = apply(db, &retention_terms[i]);
		if (err == OK)
			err = db_commit(db);
		db_rollback(db);
		TRY(err);
	}
	for (int i = 0; i < RETENTION_STEP && found; i++)
		TRY(erase_next(db, a, &found));
	return OK;
}
