/* audit_values.c -- what stood before and after, line by line in words. */
#include "features/people/audit_words.h"

#include "app/rights.h"
#include "base/date.h"

struct word {
	struct str word, label;
};

static const struct word keys[] = {
    {S_INIT("state"), S_INIT("Stand")},
    {S_INIT("status"), S_INIT("Stand")},
    {S_INIT("reason"), S_INIT("Grund")},
    {S_INIT("name"), S_INIT("Name")},
    {S_INIT("pronouns"), S_INIT("Anrede")},
    {S_INIT("email"), S_INIT("E-Mail")},
    {S_INIT("role"), S_INIT("Rolle")},
    {S_INIT("municipality"), S_INIT("Kommune")},
    {S_INIT("person"), S_INIT("Person")},
    {S_INIT("person_id"), S_INIT("Person")},
    {S_INIT("since"), S_INIT("seit")},
    {S_INIT("until"), S_INIT("bis")},
    {S_INIT("left_on"), S_INIT("letzter Tag")},
    {S_INIT("granted"), S_INIT("vergeben")},
    {S_INIT("goal"), S_INIT("Ziel")},
    {S_INIT("starts_on"), S_INIT("Beginn")},
    {S_INIT("ends_on"), S_INIT("Ende")},
    {S_INIT("review_on"), S_INIT("Prüfung am")},
    {S_INIT("due_on"), S_INIT("fällig am")},
    {S_INIT("on_date"), S_INIT("am")},
    {S_INIT("budget"), S_INIT("Budget in Cent")},
    {S_INIT("amount"), S_INIT("Betrag in Cent")},
    {S_INIT("link_url"), S_INIT("Link")},
    {S_INIT("municipalities"), S_INIT("Kommunen")},
    {S_INIT("lead_id"), S_INIT("Leitung")},
    {S_INIT("title"), S_INIT("Titel")},
    {S_INIT("text"), S_INIT("Text")},
    {S_INIT("answer"), S_INIT("Antwort")},
    {S_INIT("place"), S_INIT("Ort")},
    {S_INIT("number"), S_INIT("Nummer")},
    {S_INIT("kind"), S_INIT("Art")},
    {S_INIT("colour"), S_INIT("Farbe")},
    {S_INIT("dimension"), S_INIT("Ampel")},
    {S_INIT("reference"), S_INIT("Beleg")},
    {S_INIT("email_domains"), S_INIT("Adressen enden auf")},
    {S_INIT("privacy_contact"), S_INIT("Kontakt zum Datenschutz")},
    {S_INIT("factor_for_all"), S_INIT("zwei Schritte für alle")},
};

static const struct word words[] = {
    {S_INIT("lead"), S_INIT("Leitung")},
    {S_INIT("deputy"), S_INIT("Stellvertretung")},
    {S_INIT("member"), S_INIT("Mitarbeit")},
    {S_INIT("yes"), S_INIT("ja")},
    {S_INIT("no"), S_INIT("nein")},
    {S_INIT("draft"), S_INIT("Entwurf")},
    {S_INIT("review"), S_INIT("in Prüfung")},
    {S_INIT("published"), S_INIT("veröffentlicht")},
    {S_INIT("scheduled"), S_INIT("auf der Tagesordnung")},
    {S_INIT("circulating"), S_INIT("im Umlauf")},
    {S_INIT("voting"), S_INIT("in Abstimmung")},
    {S_INIT("adopted"), S_INIT("angenommen")},
    {S_INIT("rejected"), S_INIT("abgelehnt")},
    {S_INIT("postponed"), S_INIT("vertagt")},
    {S_INIT("withdrawn"), S_INIT("zurückgezogen")},
    {S_INIT("in_follow_up"), S_INIT("in Umsetzung")},
    {S_INIT("invited"), S_INIT("eingeladen")},
    {S_INIT("running"), S_INIT("läuft")},
    {S_INIT("paused"), S_INIT("unterbrochen")},
    {S_INIT("closed"), S_INIT("geschlossen")},
    {S_INIT("cancelled"), S_INIT("abgesagt")},
    {S_INIT("minutes_draft"), S_INIT("Niederschrift im Entwurf")},
    {S_INIT("approved"), S_INIT("genehmigt")},
    {S_INIT("open"), S_INIT("offen")},
    {S_INIT("in_progress"), S_INIT("in Klärung")},
    {S_INIT("query"), S_INIT("Rückfrage")},
    {S_INIT("decided"), S_INIT("entschieden")},
    {S_INIT("answered"), S_INIT("beantwortet")},
    {S_INIT("parked"), S_INIT("zurückgestellt")},
    {S_INIT("planned"), S_INIT("geplant")},
    {S_INIT("active"), S_INIT("läuft")},
    {S_INIT("done"), S_INIT("abgeschlossen")},
    {S_INIT("called"), S_INIT("aufgerufen")},
    {S_INIT("not_quorate"), S_INIT("nicht beschlussfähig")},
    {S_INIT("superseded"), S_INIT("abgelöst")},
    {S_INIT("minutes_approved"), S_INIT("Niederschrift genehmigt")},
    {S_INIT("checked"), S_INIT("geprüft")},
    {S_INIT("released"), S_INIT("freigegeben")},
    {S_INIT("replaced"), S_INIT("ersetzt")},
    {S_INIT("discarded"), S_INIT("verworfen")},
    {S_INIT("dropped"), S_INIT("verworfen")},
    {S_INIT("in_review"), S_INIT("in der Runde")},
    {S_INIT("reworking"), S_INIT("in Überarbeitung")},
    {S_INIT("proposed"), S_INIT("vorgeschlagen")},
    {S_INIT("in_force"), S_INIT("in Kraft")},
    {S_INIT("working"), S_INIT("Arbeitsfassung")},
    {S_INIT("green"), S_INIT("grün")},
    {S_INIT("yellow"), S_INIT("gelb")},
    {S_INIT("red"), S_INIT("rot")},
    {S_INIT("accepted"), S_INIT("angenommen")},
    {S_INIT("partly"), S_INIT("teilweise angenommen")},
    {S_INIT("duplicate"), S_INIT("doppelt")},
    {S_INIT("out_of_scope"), S_INIT("gehört nicht hierher")},
    {S_INIT("to_committee"), S_INIT("an den Steuerungskreis")},
    {S_INIT("suspended"), S_INIT("gesperrt")},
    {S_INIT("anonymised"), S_INIT("gelöscht")},
};

static struct str find(const struct word *list, size_t n, struct str word)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].word, word))
			return list[i].label;
	return S("");
}

static struct str value_label(struct arena *a, struct str value)
{
	struct str label = find(words, sizeof words / sizeof words[0], value);
	struct date day;

	if (label.n == 0)
		label = role_label(value);
	if (label.n == 0 && date_parse_iso(value, &day))
		label = date_short(a, day);
	return label.n > 0 ? label : value;
}

/* A line of a longer text stands as it is. */
static void add_line(struct buf *b, struct str line)
{
	size_t at = str_find(line, S(": "));
	struct str key = find(keys, sizeof keys / sizeof keys[0], str_head(line, at));

	if (at >= line.n || key.n == 0) {
		buf_add(b, line);
		return;
	}
	buf_add(b, key);
	buf_add(b, S(": "));
	buf_add(b, value_label(b->arena, str_from(line, at + 2)));
}

struct str audit_lines_label(struct arena *a, struct str lines)
{
	struct buf b = {.arena = a};
	struct str line;

	for (bool first = true; str_cut(&lines, '\n', &line); first = false) {
		if (!first)
			buf_char(&b, '\n');
		add_line(&b, line);
	}
	return buf_str(&b);
}
