/* history.c -- the steps of handbook_event in words. */
#include "features/handbook/history.h"

#include "base/date.h"

static const struct {
	struct str object, action, label;
} happenings[] = {
    {S_INIT("feedback"), S_INIT("given"), S_INIT("gegeben")},
    {S_INIT("feedback"), S_INIT("edited"), S_INIT("umgeschrieben")},
    {S_INIT("feedback"), S_INIT("withdrawn"), S_INIT("zurückgezogen")},
    {S_INIT("feedback"), S_INIT("released"), S_INIT("als Stellungnahme freigegeben")},
    {S_INIT("feedback"), S_INIT("decided"), S_INIT("entschieden")},
    {S_INIT("feedback"), S_INIT("responded"), S_INIT("zur Entscheidung geäußert")},
    {S_INIT("feedback"), S_INIT("started"), S_INIT("in Klärung genommen")},
    {S_INIT("feedback"), S_INIT("asked"), S_INIT("mit einer Rückfrage beantwortet")},
    {S_INIT("feedback"), S_INIT("answered"), S_INIT("Rückfrage beantwortet")},
    {S_INIT("feedback"), S_INIT("reopened"), S_INIT("wieder geöffnet")},
    {S_INIT("feedback"), S_INIT("placed"), S_INIT("zugeordnet")},
    {S_INIT("feedback"), S_INIT("reply_removed"), S_INIT("Antwort entfernt")},
    {S_INIT("feedback"), S_INIT("applied"), S_INIT("in die Arbeitsfassung übernommen")},
    {S_INIT("feedback"), S_INIT("assigned"), S_INIT("zugewiesen")},
    {S_INIT("feedback"), S_INIT("worked_in"), S_INIT("als eingearbeitet vermerkt")},
    {S_INIT("feedback"), S_INIT("closed"), S_INIT("abgeschlossen")},
    {S_INIT("feedback"), S_INIT("hide_proposed"), S_INIT("zum Ausblenden vorgeschlagen")},
    {S_INIT("feedback"), S_INIT("hidden"), S_INIT("ausgeblendet")},
    {S_INIT("feedback"), S_INIT("unhidden"), S_INIT("wieder eingeblendet")},
    {S_INIT("feedback"), S_INIT("reply_hidden"), S_INIT("Antwort ausgeblendet")},
    {S_INIT("feedback"), S_INIT("reply_unhidden"), S_INIT("Antwort wieder eingeblendet")},
    {S_INIT("revision"), S_INIT("frozen"), S_INIT("festgehalten")},
    {S_INIT("revision"), S_INIT("enforced"), S_INIT("in Kraft gesetzt")},
    {S_INIT("revision"), S_INIT("voided"),
     S_INIT("außer Kraft gesetzt, weil die Abstimmung ungültig ist,")},
    {S_INIT("revision"), S_INIT("restored"), S_INIT("wieder in Kraft gesetzt")},
    {S_INIT("revision"), S_INIT("dropped"), S_INIT("verworfen")},
    {S_INIT("revision"), S_INIT("reviewed"), S_INIT("Rückmelderunde ausgewertet")},
    {S_INIT("revision"), S_INIT("imported"), S_INIT("durch einen Import geändert")},
    {S_INIT("edition"), S_INIT("prepared"), S_INIT("zusammengestellt und geprüft")},
    {S_INIT("edition"), S_INIT("remade"), S_INIT("neu zusammengestellt und geprüft")},
    {S_INIT("edition"), S_INIT("released"), S_INIT("freigegeben")},
    {S_INIT("edition"), S_INIT("published"), S_INIT("veröffentlicht")},
    {S_INIT("edition"), S_INIT("replaced"), S_INIT("durch eine neue ersetzt")},
    {S_INIT("edition"), S_INIT("withdrawn"), S_INIT("zurückgezogen")},
    {S_INIT("edition"), S_INIT("rechecked"), S_INIT("erneut geprüft")},
};

static struct str label_of(struct str object, struct str action)
{
	for (size_t i = 0; i < sizeof happenings / sizeof happenings[0]; i++)
		if (str_eq(happenings[i].object, object) && str_eq(happenings[i].action, action))
			return happenings[i].label;
	return action;
}

enum err history_show(struct request *rq, struct str object, int64_t id)
{
	static const char sql[] = "SELECT e.at, coalesce(p.name, 'Handschlag'), e.action, e.reason"
				  "  FROM handbook_event e LEFT JOIN person p ON p.id = e.actor_id"
				  " WHERE e.object = $1 AND e.object_id = $2 ORDER BY e.id";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(object), INT(id)));

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_EVENT);
		view_text(v, V_WHEN, date_time_long(rq->arena, col_int(&r, 0)));
		view_text(v, V_PERSON, col_text(&r, 1));
		view_text(v, V_ACTION, label_of(object, col_text(&r, 2)));
		view_text(v, V_REASON, col_text(&r, 3));
	}
	return r.err;
}
