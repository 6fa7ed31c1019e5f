/* erase_places.c -- where words that people wrote may name somebody, and duties that are left. */
#include "features/people/erase.h"

#include "base/utf8.h"
#include "export/json.h"
#include "features/people/role_last.h"

/* Each asks for $1, the last word of the name, or $2, the address; gives addresses. */
#define NAMES(words) " (instr(" words ", $1) > 0 OR instr(" words ", $2) > 0)"
#define DECISION "'/entscheidungen/' || d.year || '-' || d.number"
#define MEETING "'/sitzungen/' || m.year || '-' || m.number"

static const struct {
	const char *what, *sql;
} places[] = {
    {"Rückmeldung", "SELECT DISTINCT '/feedback/' || f.id FROM feedback f"
		    "  JOIN feedback_text t ON t.feedback_id = f.id WHERE" NAMES("t.text")},
    {"Entscheidung über eine Rückmeldung",
     "SELECT '/feedback/' || id FROM feedback"
     " WHERE" NAMES("reason || ' ' || response_reason || ' ' || hidden_reason")},
    {"Textvorschlag", "SELECT '/feedback/' || feedback_id FROM suggestion WHERE" NAMES("markdown")},
    {"Antwort", "SELECT DISTINCT '/feedback/' || feedback_id FROM reply WHERE" NAMES("text")},
    {"Notiz zur Rückmelderunde",
     "SELECT '/feedback/runden/' || id FROM review_round WHERE" NAMES("note")},
    {"Fassung des Handbuchs", "SELECT '/handbuch/fassungen/' || id FROM revision"
			      " WHERE" NAMES("summary || ' ' || decision")},
    {"Absatz im Handbuch", "SELECT DISTINCT '/handbuch/fassungen/' || b.revision_id"
			   "  FROM revision_block b JOIN block_text t ON t.id = b.block_text_id"
			   " WHERE" NAMES("t.markdown")},
    {"Platzhalter", "SELECT '/handbuch/platzhalter/' || id FROM placeholder"
		    " WHERE" NAMES("internal || ' ' || public")},
    {"Öffentliche Fassung", "SELECT DISTINCT '/handbuch/ausgaben/' || edition_id"
			    "  FROM edition_block WHERE" NAMES("markdown")},
    {"Entscheidungsvorlage",
     "SELECT DISTINCT " DECISION " FROM decision d"
     "  JOIN decision_version v ON v.decision_id = d.id"
     " WHERE" NAMES("v.title || ' ' || v.summary || ' ' || v.resolution || ' ' || v.reasons"
		    " || ' ' || v.alternatives || ' ' || v.costs || ' ' || v.consultation")},
    {"Beitrag zu einer Vorlage", "SELECT DISTINCT " DECISION " FROM decision d"
				 "  JOIN decision_comment c ON c.decision_id = d.id"
				 " WHERE" NAMES("c.text")},
    {"Begründung einer Stimme", "SELECT DISTINCT " DECISION " || '/abstimmung' FROM decision d"
				"  JOIN poll p ON p.decision_id = d.id"
				"  JOIN ballot b ON b.poll_id = p.id WHERE" NAMES("b.reason")},
    {"Befangenheit",
     "SELECT DISTINCT " DECISION " FROM decision d"
     "  JOIN recusal r ON r.decision_id = d.id"
     " WHERE" NAMES("r.reason || ' ' || r.lifted_reason || ' ' || r.dispute_reason")},
    {"Bericht zur Umsetzung", "SELECT DISTINCT " DECISION " || '/umsetzung' FROM decision d"
			      "  JOIN follow_up_report r ON r.decision_id = d.id"
			      " WHERE" NAMES("r.text || ' ' || r.light_reason")},
    {"Tagesordnung", "SELECT DISTINCT " MEETING " FROM meeting m"
		     "  JOIN agenda_entry e ON e.meeting_id = m.id"
		     " WHERE" NAMES("e.title || ' ' || e.presenter_waiver || ' ' || e.restricted"
				    " || ' ' || e.outcome_reason")},
    {"Weisung zu einer Vollmacht", "SELECT DISTINCT " MEETING " FROM meeting m"
				   "  JOIN proxy p ON p.meeting_id = m.id"
				   " WHERE" NAMES("p.instruction")},
    {"Gast in einer Sitzung", "SELECT DISTINCT " MEETING " FROM meeting m"
			      "  JOIN attendance a ON a.meeting_id = m.id"
			      " WHERE" NAMES("a.guest_name")},
    {"Notiz zur Niederschrift", "SELECT DISTINCT " MEETING " || '/protokoll' FROM meeting m"
				"  JOIN minutes_note n ON n.meeting_id = m.id"
				" WHERE" NAMES("n.text")},
    {"Unterschriebene Niederschrift", "SELECT " MEETING " || '/protokoll' FROM meeting m"
				      "  JOIN minutes x ON x.meeting_id = m.id"
				      " WHERE" NAMES("x.text")},
    {"Berichtigung", "SELECT DISTINCT " MEETING " || '/protokoll' FROM meeting m"
		     "  JOIN correction c ON c.meeting_id = m.id"
		     " WHERE" NAMES("c.old || ' ' || c.new || ' ' || c.reason")},
    {"Austritt einer Kommune",
     "SELECT DISTINCT '/kommunen/' || m.slug || '/austritt' FROM municipality m"
     "  JOIN municipality_leaving x ON x.municipality_id = m.id WHERE" NAMES("x.reason")},
    {"Task Force",
     "SELECT '/task-forces/' || slug FROM task_force WHERE" NAMES("name || ' ' || goal")},
    {"Offene Frage", "SELECT DISTINCT '/task-forces/' || t.slug FROM task_force t"
		     "  JOIN open_question q ON q.task_force_id = t.id"
		     " WHERE" NAMES("q.text || ' ' || q.answer")},
    {"Begründung einer Ampel", "SELECT DISTINCT '/task-forces/' || t.slug FROM task_force t"
			       "  JOIN assessment a ON a.task_force_id = t.id"
			       " WHERE" NAMES("a.reason || ' ' || a.solution")},
    {"Buchung", "SELECT DISTINCT '/task-forces/' || t.slug FROM task_force t"
		"  JOIN booking b ON b.task_force_id = t.id"
		" WHERE" NAMES("b.reference || ' ' || b.note")},
};

/* "Birke" of "Ben Birke": people write "Frau Birke".  Very short ones would be everywhere. */
static struct str last_word(struct str name)
{
	struct str rest = name, word, last = name;

	while (str_cut(&rest, ' ', &word))
		if (word.n > 0)
			last = word;
	return utf8_chars(last) < 3 ? name : last;
}

enum err erasure_places(struct db *db, struct arena *a, const struct erased *p, struct str *json)
{
	struct binds who = WITH(TEXT(last_word(p->name)), TEXT(p->email));
	struct buf b = {.arena = a};

	json_open(&b, NULL, '{');
	json_open(&b, "stellen", '[');
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		struct rows r = db_query(db, places[i].sql, who);
		while (rows_next(&r)) {
			json_open(&b, NULL, '{');
			json_text(&b, "was", str_of(places[i].what));
			json_text(&b, "wo", col_text(&r, 0));
			json_close(&b, '}');
		}
		TRY(r.err);
	}
	json_close(&b, ']');
	json_close(&b, '}');
	*json = buf_str(&b);
	return OK;
}

#define MEETING_OPEN "m.state IN ('draft', 'invited', 'running', 'paused', 'closed')"

static const char duties_sql[] =
    "SELECT 'Leitet die Task Force', t.name FROM task_force_member k"
    "  JOIN task_force t ON t.id = k.task_force_id WHERE k.person_id = $1"
    "   AND k.until IS NULL AND k.role = 'lead' AND t.status IN ('planned', 'active', "
    "'paused')"
    " UNION ALL SELECT 'Leitet die Sitzung oder führt Protokoll', m.number || '/' || m.year"
    "  FROM meeting m WHERE $1 IN (m.chair_id, m.minute_taker_id) AND " MEETING_OPEN
    " UNION ALL SELECT 'Hat oder gab eine Vollmacht für die Sitzung', m.number || '/' ||"
    "  m.year FROM proxy x JOIN meeting m ON m.id = x.meeting_id"
    "  WHERE $1 IN (x.principal_id, x.proxy_id) AND x.revoked_at IS NULL"
    "   AND m.state IN ('draft', 'invited', 'running', 'paused')"
    " UNION ALL SELECT 'Ist in der Sitzung als anwesend eingetragen', m.number || '/' ||"
    "  m.year FROM attendance a JOIN meeting m ON m.id = a.meeting_id"
    "  WHERE a.person_id = $1 AND a.until_at IS NULL"
    " UNION ALL SELECT 'Gilt in der Sitzung als befangen', m.number || '/' || m.year"
    "  FROM recusal c JOIN meeting m ON m.id = c.meeting_id WHERE c.person_id = $1"
    "   AND c.lifted_at IS NULL AND " MEETING_OPEN
    " UNION ALL SELECT 'Gilt in einem Umlauf als befangen', 'Vorlage ' || d.year || '-' ||"
    "  d.number FROM recusal c JOIN decision d ON d.id = c.decision_id"
    "  WHERE c.person_id = $1 AND c.meeting_id IS NULL AND c.lifted_at IS NULL"
    "   AND d.state = 'circulating'"
    " UNION ALL SELECT 'Setzt einen Beschluss um', 'B ' || f.year || '-' || f.number"
    "  FROM follow_up f WHERE f.responsible_id = $1 AND f.done_at IS NULL"
    "   AND f.superseded_by IS NULL";

enum err duties_count(struct db *db, struct arena *a, int64_t person_id, size_t *n)
{
	struct last_roles last;

	TRY(roles_last_of(db, a, person_id, &last));
	struct rows r = db_query(db, duties_sql, WITH(INT(person_id)));
	for (*n = last.n; rows_next(&r);)
		++*n;
	return r.err;
}

static void show_duty(struct request *rq, struct str what, struct str which)
{
	struct view *v = view_row(rq->view, S_DUTY);

	view_text(v, V_WHAT, what);
	view_text(v, V_WHICH, which);
}

enum err duties_show(struct request *rq, int64_t person_id, size_t *n)
{
	struct last_roles last;

	TRY(roles_last_of(rq->db, rq->arena, person_id, &last));
	for (*n = 0; *n < last.n; ++*n)
		show_duty(rq, S("Niemand sonst hat die Rolle"), role_label(last.v[*n].role));
	struct rows r = db_query(rq->db, duties_sql, WITH(INT(person_id)));
	for (; rows_next(&r); ++*n)
		show_duty(rq, col_text(&r, 0), col_text(&r, 1));
	return r.err;
}
