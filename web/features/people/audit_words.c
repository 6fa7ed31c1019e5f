/* audit_words.c -- objects and acts of the audit. */
#include "features/people/audit_words.h"

struct word {
	struct str word, label;
};

static const struct word whole[] = {
    {S_INIT("login"), S_INIT("angemeldet")},
    {S_INIT("logout"), S_INIT("abgemeldet")},
    {S_INIT("login_failed"), S_INIT("Anmeldung misslungen")},
    {S_INIT("login_code_failed"), S_INIT("Code bei der Anmeldung falsch")},
    {S_INIT("password_failed"), S_INIT("Passwort bei einer Bestätigung falsch")},
    {S_INIT("person.data_read"), S_INIT("Eigene Daten angesehen")},
    {S_INIT("person.erase"), S_INIT("Personendaten gelöscht")},
    {S_INIT("person.warn"), S_INIT("Konto: vor dem Ruhen gewarnt")},
    {S_INIT("person.sleep"), S_INIT("Konto: ruht, weil lange niemand da war")},
    {S_INIT("person.create"), S_INIT("Konto: angelegt")},
    {S_INIT("person.edit"), S_INIT("Konto: Angaben geändert")},
    {S_INIT("person.email_ask"), S_INIT("Konto: neue Adresse angefragt")},
    {S_INIT("person.email"), S_INIT("Konto: Adresse geändert")},
    {S_INIT("person.password"), S_INIT("Konto: Passwort gesetzt")},
    {S_INIT("person.suspend"), S_INIT("Konto: gesperrt")},
    {S_INIT("person.reactivate"), S_INIT("Konto: entsperrt")},
    {S_INIT("password.change"), S_INIT("Passwort geändert")},
    {S_INIT("password.forgotten"), S_INIT("Link für ein neues Passwort angefragt")},
    {S_INIT("password.reset"), S_INIT("Passwort über einen Link gesetzt")},
    {S_INIT("second_factor.set"), S_INIT("Zwei Schritte: eingerichtet")},
    {S_INIT("second_factor.draft"), S_INIT("Zwei Schritte: begonnen")},
    {S_INIT("second_factor.codes"), S_INIT("Zwei Schritte: neue Ersatzcodes")},
    {S_INIT("session.end"), S_INIT("Gerät abgemeldet")},
    {S_INIT("session.end_others"), S_INIT("Alle anderen Geräte abgemeldet")},
    {S_INIT("municipality.leave_plan"), S_INIT("Austritt einer Kommune: eingetragen")},
    {S_INIT("municipality.leave_confirm"), S_INIT("Austritt einer Kommune: bestätigt")},
    {S_INIT("municipality.leave_withdraw"), S_INIT("Austritt einer Kommune: zurückgezogen")},
    {S_INIT("municipality.end"), S_INIT("Kommune: ausgetreten")},
    {S_INIT("task_force.team"), S_INIT("Task Force: Mitarbeit geändert")},
    {S_INIT("barrier.answer"), S_INIT("Gemeldete Barriere: beantwortet")},
    {S_INIT("letter.retry"), S_INIT("Brief: noch einmal gesendet")},
    {S_INIT("money.book"), S_INIT("Buchung: eingetragen")},
    {S_INIT("money.void"), S_INIT("Buchung: storniert")},
    {S_INIT("question.ask"), S_INIT("Frage: gestellt")},
    {S_INIT("question.answer"), S_INIT("Frage: beantwortet")},
    {S_INIT("light.set"), S_INIT("Ampel: gesetzt")},
    {S_INIT("light.override"), S_INIT("Ampel: mit Grund überstimmt")},
    {S_INIT("handbook.review_date"), S_INIT("Handbuch: Wiedervorlage geändert")},
    {S_INIT("retention.set"), S_INIT("Aufbewahrungsfristen geändert")},
    {S_INIT("project.end"), S_INIT("Ende des Projekts geändert")},
};

static const struct word objects[] = {
    {S_INIT("feedback"), S_INIT("Rückmeldung")},
    {S_INIT("round"), S_INIT("Rückmelderunde")},
    {S_INIT("revision"), S_INIT("Fassung")},
    {S_INIT("edition"), S_INIT("Öffentliche Fassung")},
    {S_INIT("decision"), S_INIT("Entscheidungsvorlage")},
    {S_INIT("meeting"), S_INIT("Sitzung")},
    {S_INIT("poll"), S_INIT("Abstimmung")},
    {S_INIT("rules"), S_INIT("Regeln des Steuerungskreises")},
    {S_INIT("task_force"), S_INIT("Task Force")},
    {S_INIT("question"), S_INIT("Frage")},
    {S_INIT("booking"), S_INIT("Buchung")},
    {S_INIT("person"), S_INIT("Konto")},
    {S_INIT("municipality"), S_INIT("Kommune")},
    {S_INIT("placeholder"), S_INIT("Platzhalter")},
    {S_INIT("section"), S_INIT("Abschnitt")},
    {S_INIT("handbook"), S_INIT("Handbuch")},
    {S_INIT("role"), S_INIT("Rolle")},
    {S_INIT("invitation"), S_INIT("Einladung")},
    {S_INIT("membership"), S_INIT("Mitgliedschaft")},
};

static const struct word acts[] = {
    {S_INIT("create"), S_INIT("angelegt")},
    {S_INIT("edit"), S_INIT("geändert")},
    {S_INIT("edited"), S_INIT("umgeschrieben")},
    {S_INIT("end"), S_INIT("beendet")},
    {S_INIT("import"), S_INIT("eingelesen")},
    {S_INIT("imported"), S_INIT("durch Einlesen geändert")},
    {S_INIT("given"), S_INIT("gegeben")},
    {S_INIT("withdrawn"), S_INIT("zurückgezogen")},
    {S_INIT("withdraw"), S_INIT("zurückgezogen")},
    {S_INIT("released"), S_INIT("freigegeben")},
    {S_INIT("decided"), S_INIT("entschieden")},
    {S_INIT("responded"), S_INIT("zur Entscheidung geäußert")},
    {S_INIT("started"), S_INIT("in Klärung genommen")},
    {S_INIT("asked"), S_INIT("Rückfrage gestellt")},
    {S_INIT("answered"), S_INIT("Rückfrage beantwortet")},
    {S_INIT("answer"), S_INIT("Einladung beantwortet")},
    {S_INIT("reopened"), S_INIT("wieder geöffnet")},
    {S_INIT("placed"), S_INIT("zugeordnet")},
    {S_INIT("reply_removed"), S_INIT("Antwort entfernt")},
    {S_INIT("reply_hidden"), S_INIT("Antwort ausgeblendet")},
    {S_INIT("reply_unhidden"), S_INIT("Antwort wieder eingeblendet")},
    {S_INIT("applied"), S_INIT("übernommen")},
    {S_INIT("assigned"), S_INIT("zugewiesen")},
    {S_INIT("worked_in"), S_INIT("eingearbeitet")},
    {S_INIT("closed"), S_INIT("abgeschlossen")},
    {S_INIT("hide_proposed"), S_INIT("zum Ausblenden vorgeschlagen")},
    {S_INIT("hidden"), S_INIT("ausgeblendet")},
    {S_INIT("unhidden"), S_INIT("wieder eingeblendet")},
    {S_INIT("frozen"), S_INIT("festgehalten")},
    {S_INIT("enforced"), S_INIT("in Kraft gesetzt")},
    {S_INIT("dropped"), S_INIT("verworfen")},
    {S_INIT("discarded"), S_INIT("verworfen")},
    {S_INIT("reviewed"), S_INIT("Runde ausgewertet")},
    {S_INIT("evaluated"), S_INIT("ausgewertet")},
    {S_INIT("extended"), S_INIT("verlängert")},
    {S_INIT("opened"), S_INIT("eröffnet")},
    {S_INIT("prepared"), S_INIT("zusammengestellt")},
    {S_INIT("remade"), S_INIT("neu zusammengestellt")},
    {S_INIT("published"), S_INIT("veröffentlicht")},
    {S_INIT("replaced"), S_INIT("ersetzt")},
    {S_INIT("rechecked"), S_INIT("erneut geprüft")},
    {S_INIT("submit"), S_INIT("eingereicht")},
    {S_INIT("return"), S_INIT("zurückgegeben")},
    {S_INIT("publish"), S_INIT("veröffentlicht")},
    {S_INIT("revise"), S_INIT("überarbeitet")},
    {S_INIT("schedule"), S_INIT("auf die Tagesordnung gesetzt")},
    {S_INIT("unschedule"), S_INIT("von der Tagesordnung genommen")},
    {S_INIT("call"), S_INIT("aufgerufen")},
    {S_INIT("defer"), S_INIT("vertagt")},
    {S_INIT("open"), S_INIT("eröffnet")},
    {S_INIT("close"), S_INIT("geschlossen")},
    {S_INIT("abort"), S_INIT("abgebrochen")},
    {S_INIT("circulate"), S_INIT("in Umlauf gegeben")},
    {S_INIT("stop"), S_INIT("Umlauf angehalten")},
    {S_INIT("adopt"), S_INIT("angenommen")},
    {S_INIT("reject"), S_INIT("abgelehnt")},
    {S_INIT("fail"), S_INIT("nicht zustande gekommen")},
    {S_INIT("follow"), S_INIT("Umsetzung begonnen")},
    {S_INIT("finish"), S_INIT("umgesetzt")},
    {S_INIT("supersede"), S_INIT("abgelöst")},
    {S_INIT("amend"), S_INIT("Wortlaut geändert")},
    {S_INIT("plan"), S_INIT("Umsetzung geplant")},
    {S_INIT("report"), S_INIT("über die Umsetzung berichtet")},
    {S_INIT("move"), S_INIT("verlegt")},
    {S_INIT("set"), S_INIT("gesetzt")},
    {S_INIT("cancel"), S_INIT("abgesagt")},
    {S_INIT("invite"), S_INIT("eingeladen")},
    {S_INIT("recuse"), S_INIT("Befangenheit vermerkt")},
    {S_INIT("agenda_add"), S_INIT("Punkt hinzugefügt")},
    {S_INIT("agenda_edit"), S_INIT("Punkt geändert")},
    {S_INIT("agenda_remove"), S_INIT("Punkt entfernt")},
    {S_INIT("agenda_up"), S_INIT("Punkt verschoben")},
    {S_INIT("agenda_down"), S_INIT("Punkt verschoben")},
    {S_INIT("agenda_call"), S_INIT("Punkt aufgerufen")},
    {S_INIT("agenda_end"), S_INIT("Punkt beendet")},
    {S_INIT("agenda_minutes"), S_INIT("Zeiten geändert")},
    {S_INIT("correction_propose"), S_INIT("Berichtigung vorgeschlagen")},
    {S_INIT("correction_confirm"), S_INIT("Berichtigung bestätigt")},
    {S_INIT("correction_withdraw"), S_INIT("Berichtigung zurückgezogen")},
    {S_INIT("note_add"), S_INIT("Notiz geschrieben")},
    {S_INIT("note_edit"), S_INIT("Notiz geändert")},
    {S_INIT("note_remove"), S_INIT("Notiz entfernt")},
    {S_INIT("task_done"), S_INIT("Aufgabe erledigt")},
    {S_INIT("minutes_sign"), S_INIT("Niederschrift unterschrieben")},
    {S_INIT("minutes_return"), S_INIT("Niederschrift zurückgegeben")},
    {S_INIT("proxy_grant"), S_INIT("Vollmacht erteilt")},
    {S_INIT("proxy_revoke"), S_INIT("Vollmacht widerrufen")},
    {S_INIT("void"), S_INIT("für ungültig erklärt")},
    {S_INIT("void_propose"), S_INIT("als ungültig vorgeschlagen")},
    {S_INIT("void_withdraw"), S_INIT("Vorschlag der Ungültigkeit zurückgenommen")},
    {S_INIT("voided"), S_INIT("nicht mehr in Kraft")},
    {S_INIT("restored"), S_INIT("wieder in Kraft")},
    {S_INIT("recusal_dispute"), S_INIT("Befangenheit bestritten")},
    {S_INIT("recusal_stands"), S_INIT("Befangenheit bestätigt")},
    {S_INIT("recusal_ends"), S_INIT("Befangenheit aufgehoben")},
    {S_INIT("minutes_draft"), S_INIT("Niederschrift begonnen")},
    {S_INIT("minutes_seal"), S_INIT("Niederschrift festgestellt")},
    {S_INIT("minutes_approve"), S_INIT("Niederschrift genehmigt")},
    {S_INIT("decide"), S_INIT("entschieden")},
    {S_INIT("grant"), S_INIT("vergeben")},
    {S_INIT("propose"), S_INIT("vorgeschlagen")},
    {S_INIT("renew"), S_INIT("erneuert")},
    {S_INIT("revoke"), S_INIT("widerrufen")},
    {S_INIT("accept"), S_INIT("angenommen")},
};

#define FIND(list, word) find(list, sizeof(list) / sizeof(list)[0], word)

static struct str find(const struct word *list, size_t n, struct str word)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].word, word))
			return list[i].label;
	return S("");
}

struct str audit_action_label(struct arena *a, struct str action)
{
	struct str label = FIND(whole, action), rest = action, object;

	if (label.n > 0 || !str_cut(&rest, '.', &object) || rest.n == 0)
		return label.n > 0 ? label : action;
	struct str what = FIND(objects, object), act = FIND(acts, rest);
	if (what.n == 0)
		return action;
	return arena_fmt(a, "%.*s: %.*s", ARG(what), ARG(act.n > 0 ? act : rest));
}

struct str audit_object_label(struct arena *a, struct str object)
{
	struct str rest = object, kind;

	if (!str_cut(&rest, '/', &kind))
		return object;
	struct str what = FIND(objects, kind);
	return what.n == 0 ? object : arena_fmt(a, "%.*s %.*s", ARG(what), ARG(rest));
}

struct str audit_object_link(struct arena *a, struct str object)
{
	static const struct word roots[] = {
	    {S_INIT("feedback"), S_INIT("/feedback")},
	    {S_INIT("round"), S_INIT("/feedback/runden")},
	    {S_INIT("revision"), S_INIT("/handbuch/fassungen")},
	    {S_INIT("edition"), S_INIT("/handbuch/ausgaben")},
	    {S_INIT("placeholder"), S_INIT("/handbuch/platzhalter")},
	};
	struct str rest = object, kind;
	int64_t id;

	if (!str_cut(&rest, '/', &kind) || !str_to_int(rest, &id))
		return S("");
	struct str root = FIND(roots, kind);
	return root.n == 0 ? root : arena_fmt(a, "%.*s/%.*s", ARG(root), ARG(rest));
}
