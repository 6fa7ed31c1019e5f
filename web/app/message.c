/* message.c -- the sentences. */
#include "app/message.h"

#include <inttypes.h>

static const struct {
	struct str word, text;
} messages[M_COUNT] = {
    [M_NONE] = {S_INIT(""), S_INIT("")},
    [M_SAVED] = {S_INIT("gespeichert"), S_INIT("Gespeichert.")},
    [M_MERGED] = {S_INIT("zusammengefuehrt"),
		  S_INIT(
		      "Gespeichert. Jemand hat gleichzeitig andere Felder geändert, beides gilt.")},
    [M_CREATED] = {S_INIT("angelegt"), S_INIT("Angelegt.")},
    [M_ENDED] = {S_INIT("beendet"), S_INIT("Die Task Force ist beendet.")},
    [M_QUESTION_ASKED] = {S_INIT("gefragt"), S_INIT("Deine Frage steht jetzt unter „Zu klären“.")},
    [M_QUESTION_ANSWERED] = {S_INIT("beantwortet"), S_INIT("Die Antwort ist gespeichert.")},
    [M_LIGHT_SET] = {S_INIT("gemeldet"), S_INIT("Der Stand ist gemeldet.")},
    [M_BOOKED] = {S_INIT("gebucht"), S_INIT("Die Buchung ist gespeichert.")},
    [M_VOIDED] = {S_INIT("storniert"), S_INIT("Die Buchung ist storniert.")},
    [M_LOGGED_OUT] = {S_INIT("abgemeldet"), S_INIT("Du bist abgemeldet.")},
    [M_DRAFT_SAVED] = {S_INIT("entwurf"),
		       S_INIT("Dein Entwurf ist gespeichert. Nur du siehst ihn.")},
    [M_DRAFT_GONE] = {S_INIT("verworfen"), S_INIT("Dein Entwurf ist gelöscht.")},
    [M_VERSION_PROPOSED] = {S_INIT("vorgelegt"), S_INIT("Die Fassung ist vorgelegt.")},
    [M_VERSION_ENFORCED] = {S_INIT("in-kraft"), S_INIT("Diese Fassung gilt ab heute.")},
    [M_VERSION_DROPPED] = {S_INIT("vorlage-verworfen"), S_INIT("Die Vorlage ist verworfen.")},
    [M_READ] = {S_INIT("gelesen"), S_INIT("Danke, das ist vermerkt.")},
    [M_ROUND_OPENED] = {S_INIT("runde-eroeffnet"),
			S_INIT("Die Rückmelderunde läuft. Die Einladungen sind unterwegs.")},
    [M_ROUND_EXTENDED] = {S_INIT("runde-verlaengert"), S_INIT("Die Runde ist verlängert.")},
    [M_ROUND_CLOSED] = {S_INIT("runde-geschlossen"), S_INIT("Die Runde ist geschlossen.")},
    [M_ROUND_EVALUATED] = {S_INIT("runde-ausgewertet"), S_INIT("Die Runde ist ausgewertet.")},
    [M_ROUND_ANSWERED] = {S_INIT("geantwortet"), S_INIT("Deine Antwort ist gespeichert.")},
    [M_ROUND_REOPENED] = {S_INIT("antwort-offen"), S_INIT("Deine Antwort ist wieder offen.")},
    [M_EDITION_PREPARED] = {S_INIT("ausgabe-geprueft"),
			    S_INIT("Zusammengestellt und geprüft. Sieh sie dir an.")},
    [M_EDITION_FOUND] = {S_INIT("ausgabe-befunde"),
			 S_INIT("Zusammengestellt. Etwas steht noch im Weg, siehe unten.")},
    [M_EDITION_RELEASED] = {S_INIT("ausgabe-freigegeben"),
			    S_INIT("Freigegeben. Jetzt fehlt der zweite Schlüssel.")},
    [M_EDITION_PUBLISHED] = {S_INIT("ausgabe-veroeffentlicht"),
			     S_INIT("Veröffentlicht. Alle können sie jetzt lesen.")},
    [M_EDITION_WITHDRAWN] = {S_INIT("ausgabe-zurueckgezogen"),
			     S_INIT("Zurückgezogen. An ihrer Stelle steht jetzt dein Grund.")},
    [M_EDITION_DISCARDED] = {S_INIT("ausgabe-verworfen"), S_INIT("Die Ausgabe ist verworfen.")},
    [M_EDITION_RECHECKED] = {S_INIT("ausgaben-geprueft"),
			     S_INIT("Alle öffentlichen Ausgaben sind noch einmal geprüft.")},
    [M_REPORTED] = {S_INIT("berichtet"), S_INIT("Dein Bericht ist gespeichert.")},
    [M_FOLLOW_UP_DONE] = {S_INIT("umgesetzt"), S_INIT("Der Beschluss ist umgesetzt.")},
    [M_FOLLOW_UP_REVOKED] = {S_INIT("aufgehoben"), S_INIT("Der Beschluss ist aufgehoben.")},
    [M_DECISION_SAVED] = {S_INIT("vorlage-gespeichert"), S_INIT("Der Entwurf ist gespeichert.")},
    [M_DECISION_TAKEN] = {S_INIT("vorlage-angelegt"),
			  S_INIT("Aus dem Antrag ist ein Entwurf geworden. Ergänze ihn hier.")},
    [M_DECISION_SUBMITTED] = {S_INIT("vorlage-eingereicht"),
			      S_INIT("Eingereicht. Das Projektbüro prüft die Vorlage.")},
    [M_DECISION_RETURNED] = {S_INIT("vorlage-zurueckgegeben"),
			     S_INIT("Zurückgegeben. Die Vorlage ist wieder ein Entwurf.")},
    [M_DECISION_PUBLISHED] = {S_INIT("vorlage-veroeffentlicht"),
			      S_INIT(
				  "Veröffentlicht. Der Wortlaut ist fest, alle im Projekt bekommen "
				  "eine Nachricht.")},
    [M_DECISION_REVISED] = {S_INIT("vorlage-in-arbeit"),
			    S_INIT("Eine neue Fassung ist angelegt. Ändere, was nötig ist.")},
    [M_DECISION_WITHDRAWN] = {S_INIT("vorlage-zurueckgezogen"),
			      S_INIT("Die Vorlage ist zurückgezogen.")},
    [M_DECISION_COMMENTED] = {S_INIT("beitrag"), S_INIT("Dein Beitrag steht jetzt da.")},
    [M_DECISION_COMMENT_GONE] = {S_INIT("beitrag-entfernt"), S_INIT("Dein Beitrag ist entfernt.")},
    [M_FEEDBACK_GIVEN] = {S_INIT("rueckmeldung"),
			  S_INIT("Danke. Deine Rückmeldung steht jetzt am Absatz.")},
    [M_REPLIED] = {S_INIT("antwort"), S_INIT("Deine Antwort steht jetzt da.")},
    [M_WITHDRAWN] = {S_INIT("zurueckgezogen"), S_INIT("Deine Rückmeldung ist zurückgezogen.")},
    [M_RELEASED] = {S_INIT("freigegeben"),
		    S_INIT("Freigegeben. Das ganze Projekt sieht sie als Stellungnahme.")},
    [M_DECIDED] = {S_INIT("entschieden"), S_INIT("Die Entscheidung ist gespeichert.")},
    [M_BATCH_DONE] = {S_INIT("alle-bearbeitet"),
		      S_INIT("Alle ausgewählten Rückmeldungen sind bearbeitet.")},
    [M_RESPONDED] = {S_INIT("reagiert"), S_INIT("Deine Reaktion ist gespeichert.")},
    [M_PLACEHOLDER_REMOVED] = {S_INIT("platzhalter-entfernt"),
			       S_INIT("Der Platzhalter ist entfernt.")},
    [M_IMPORTED] = {S_INIT("importiert"),
		    S_INIT(
			"Der Text steht jetzt in der Arbeitsfassung. Was gilt, ist unverändert.")},
    [M_SUGGESTION_APPLIED] = {S_INIT("uebernommen"),
			      S_INIT("Der Vorschlag steht jetzt in der Arbeitsfassung.")},
    [M_REPLY_REMOVED] = {S_INIT("entfernt"), S_INIT("Deine Antwort ist entfernt.")},
    [M_PLACED] = {S_INIT("zugeordnet"), S_INIT("Die Zuordnung ist gespeichert.")},
    [M_POLL_OPENED] = {S_INIT("abstimmung-offen"), S_INIT("Die Abstimmung läuft.")},
    [M_POLL_CLOSED] = {S_INIT("abstimmung-geschlossen"),
		       S_INIT("Die Abstimmung ist geschlossen. Hier steht das Ergebnis.")},
    [M_POLL_ABORTED] = {S_INIT("abstimmung-abgebrochen"),
			S_INIT("Die Abstimmung ist abgebrochen. Ihre Stimmen zählen nicht.")},
    [M_CIRCULAR_STARTED] = {S_INIT("umlauf-laeuft"),
			    S_INIT("Der Umlauf läuft. Die Kommunen haben Post bekommen.")},
    [M_CIRCULAR_OBJECTED] = {S_INIT("umlauf-gestoppt"),
			     S_INIT("Der Umlauf ist beendet. Die Vorlage kommt in eine Sitzung.")},
    [M_REQUIRED] = {S_INIT(""), S_INIT("Fülle dieses Feld aus.")},
    [M_TOO_LONG] = {S_INIT(""), S_INIT("Kürze den Text auf höchstens %d Zeichen.")},
    [M_ONE_LINE] = {S_INIT(""), S_INIT("Schreibe alles in eine Zeile.")},
    [M_DATE] = {S_INIT(""), S_INIT("Gib ein Datum an, zum Beispiel 31.03.2027.")},
    [M_MONTH] = {S_INIT(""), S_INIT("Gib Monat und Jahr an, zum Beispiel 03/2027.")},
    [M_MONEY] = {S_INIT(""), S_INIT("Gib einen Betrag in Euro an, zum Beispiel 12.345,67.")},
    [M_CHOOSE] = {S_INIT(""), S_INIT("Wähle eine der Möglichkeiten.")},
    [M_NUMBER] = {S_INIT(""), S_INIT("Gib eine ganze Zahl an.")},
    [M_EMAIL_NEEDED] = {S_INIT(""), S_INIT("Gib deine E-Mail-Adresse an.")},
    [M_PASSWORD_NEEDED] = {S_INIT(""), S_INIT("Gib dein Passwort an.")},
    [M_PASSWORD_SHORT] = {S_INIT(""), S_INIT("Nimm mindestens 12 Zeichen.")},
    [M_PASSWORD_LONG] = {S_INIT(""), S_INIT("Nimm höchstens 256 Zeichen.")},
    [M_PASSWORD_GUESSABLE] = {S_INIT(""),
			      S_INIT(
				  "Dieses Passwort ist leicht zu erraten. Nimm zum Beispiel vier "
				  "Wörter, die nichts miteinander zu tun haben.")},
    [M_MONEY_NEGATIVE] = {S_INIT(""), S_INIT("Gib einen Betrag ohne Minuszeichen an.")},
    [M_MONEY_ZERO] = {S_INIT(""), S_INIT("Gib einen Betrag über null Euro an.")},
    [M_MONEY_LIMIT] = {S_INIT(""), S_INIT("Gib höchstens 999.999.999 Euro an.")},
    [M_FUTURE] = {S_INIT(""), S_INIT("Dieser Tag liegt noch vor uns. Prüfe das Datum.")},
    [M_NAME_TAKEN] = {S_INIT(""), S_INIT("Eine Task Force heißt schon so. Wähle einen anderen "
					 "Namen.")},
    [M_END_BEFORE_START] = {S_INIT(""), S_INIT("Das Ende liegt vor dem Beginn. Prüfe beide "
					       "Angaben.")},
    [M_REVIEW_MISSING] = {S_INIT(""), S_INIT("Ohne Ende braucht es einen Tag, an dem geprüft wird. "
					     "Gib eines von beiden an.")},
    [M_REVIEW_BEFORE_START] = {S_INIT(""), S_INIT("Die Prüfung liegt vor dem Beginn. Prüfe beide "
						  "Angaben.")},
    [M_LINK] = {S_INIT(""),
		S_INIT("Gib eine Adresse an, die mit https:// beginnt, ohne Leerzeichen "
		       "und ohne Zugangsdaten.")},
    [M_MUNICIPALITY_MISSING] = {S_INIT(""), S_INIT("Kreuze mindestens eine Kommune an.")},
    [M_LEAD_NOT_PART] = {S_INIT(""), S_INIT("Kreuze diese Kommune oben auch als beteiligt an.")},
    [M_ANSWER_MISSING] = {S_INIT(""), S_INIT("Schreibe die Antwort auf, oder wähle einen anderen "
					     "Stand.")},
    [M_NAME_MISSING] = {S_INIT(""), S_INIT("Gib der Task Force einen Namen.")},
    [M_GOAL_MISSING] = {S_INIT(""), S_INIT("Beschreibe das Ziel in einem Satz.")},
    [M_QUESTION_MISSING] = {S_INIT(""), S_INIT("Schreibe auf, was zu klären ist.")},
    [M_CONTENT_LIGHT] = {S_INIT(""), S_INIT("Wähle, wie es inhaltlich steht.")},
    [M_CONTENT_TREND] = {S_INIT(""), S_INIT("Wähle die Tendenz beim Inhalt.")},
    [M_CONTENT_REASON] = {S_INIT(""),
			  S_INIT("Nenne den Grund beim Inhalt. Gelb und Rot brauchen einen.")},
    [M_CONTENT_SOLUTION] = {S_INIT(""),
			    S_INIT("Schlage eine Lösung beim Inhalt vor. Rot braucht eine.")},
    [M_MONEY_LIGHT] = {S_INIT(""), S_INIT("Wähle, wie es mit Geld und Personal steht.")},
    [M_MONEY_TREND] = {S_INIT(""), S_INIT("Wähle die Tendenz bei den Mitteln.")},
    [M_MONEY_REASON] = {S_INIT(""),
			S_INIT("Nenne den Grund bei den Mitteln. Gelb und Rot brauchen einen.")},
    [M_MONEY_SOLUTION] = {S_INIT(""),
			  S_INIT("Schlage eine Lösung bei den Mitteln vor. Rot braucht eine.")},
    [M_REASON_OVERRIDE] = {S_INIT(""),
			   S_INIT("Die Leitung hat etwas anderes gemeldet. Nenne deinen Grund.")},
    [M_SECTION_EMPTY] = {S_INIT(""), S_INIT("Lass mindestens einen Satz stehen.")},
    [M_SECTION_HEADING] = {S_INIT(""),
			   S_INIT("Beginne mit der Überschrift des Kapitels, mit so vielen # wie "
				  "bisher.")},
    [M_SECTION_LEVEL] = {S_INIT(""), S_INIT("Keine Überschrift darf höher stehen als die des "
					    "Kapitels. Nimm mehr #.")},
    [M_SECTION_TOO_LARGE] = {S_INIT(""), S_INIT("Das ist zu viel für einen Abschnitt. Kürze ihn "
						"auf höchstens 1 MB und 2.000 Absätze, oder "
						"teile ihn.")},
    [M_VERSION_PENDING] = {S_INIT(""), S_INIT("Eine Fassung liegt schon zur Entscheidung vor. "
					      "Warte sie ab, oder verwirf sie.")},
    [M_VERSION_SAME] = {S_INIT(""), S_INIT("Die Arbeitsfassung gleicht der gültigen. Ändere sie "
					   "zuerst.")},
    [M_QUOTE_MISSING] = {S_INIT(""),
			 S_INIT("Diese Worte stehen nicht in diesem Absatz. Kopiere sie "
				"noch einmal, oder lass das Feld leer.")},
    [M_QUOTE_TWICE] = {S_INIT(""), S_INIT("Diese Worte kommen im Absatz mehrmals vor. Kopiere ein "
					  "längeres Stück.")},
    [M_QUOTE_FAR] = {S_INIT(""), S_INIT("Diese Worte stehen im Kapitel mehrmals. Kopiere ein "
					"längeres Stück.")},
    [M_SENTENCE_OTHER] = {S_INIT(""), S_INIT("Du hast eine andere Zeile gewählt. Wähle den Satz "
					     "noch einmal.")},
    [M_PROPOSAL_MISSING] = {S_INIT(""), S_INIT("Schreibe, wie der Absatz lauten soll. Soll er weg, "
					       "wähle „Absatz streichen“.")},
    [M_PROPOSAL_INSERT] = {S_INIT(""), S_INIT("Schreibe, was hinter diesem Absatz eingefügt werden "
					      "soll.")},
    [M_PLACE_MISSING] = {S_INIT(""), S_INIT("Wähle den Absatz, zu dem die Rückmeldung gehört.")},
    [M_PROPOSAL_SAME] = {S_INIT(""), S_INIT("Schreibe den Absatz so um, wie er lauten soll.")},
    [M_ROUND_OVER] = {S_INIT(""), S_INIT("Diese Runde ist zu Ende. Gib deine Rückmeldung zur "
					 "gültigen Fassung; dein Text steht noch hier.")},
    [M_UNTIL_MISSING] = {S_INIT(""), S_INIT("Gib an, bis wann die Rückmeldung wartet.")},
    [M_DUPLICATE_MISSING] = {S_INIT(""), S_INIT("Gib die Nummer der anderen Rückmeldung an, zum "
						"Beispiel R3-017 oder F-004.")},
    [M_REASON_MISSING] = {S_INIT(""), S_INIT("Nenne den Grund. Die andere Seite liest ihn.")},
    [M_OUTCOME_MISSING] = {S_INIT(""), S_INIT("Wähle, was aus der Rückmeldung wird.")},
    [M_KIND_MISSING] = {S_INIT(""), S_INIT("Wähle, was du möchtest: fragen, hinweisen, …")},
    [M_WORDS_MISSING] = {S_INIT(""), S_INIT("Schreibe deine Rückmeldung auf.")},
    [M_REVIEW_MONTHS] = {S_INIT(""), S_INIT("Gib eine Zahl von 1 bis %d an.")},
    [M_PLACEHOLDER_KEY] = {S_INIT(""), S_INIT("Nimm für den Schlüssel 2 bis 40 Zeichen: kleine "
					      "Buchstaben ohne Umlaute, Ziffern, Bindestriche.")},
    [M_PLACEHOLDER_TAKEN] = {S_INIT(""), S_INIT("Diesen Schlüssel gibt es schon. Ändere ihn, oder "
						"nimm einen anderen.")},
    [M_PLACEHOLDER_BRACES] = {S_INIT(""), S_INIT("Lass die doppelten geschweiften Klammern weg.")},
    [M_PLACEHOLDER_LEAKS] = {S_INIT(""),
			     S_INIT("Hier steht, was nur das Projekt lesen soll. Nimm öffentlich "
				    "andere Worte, zum Beispiel „Person 1 (Stadt A)“.")},
    [M_IMPORT_NOTHING] = {S_INIT(""),
			  S_INIT("Wähle eine Datei mit Text, oder füge den Text hier ein.")},
    [M_IMPORT_BOTH] = {S_INIT(""), S_INIT("Nimm entweder die Datei oder den eingefügten Text. "
					  "Leere das Textfeld, oder schicke ihn ohne Datei.")},
    [M_IMPORT_WORD] = {S_INIT(""),
		       S_INIT("Das ist eine Datei aus einem Textprogramm, kein Markdown. Wandle "
			      "sie zuerst um, zum Beispiel mit Pandoc. In der Hilfe steht, wie.")},
    [M_IMPORT_PDF] = {S_INIT(""),
		      S_INIT("Das ist ein PDF. Nimm die Datei, aus der es entstanden ist, und "
			     "wandle sie in Markdown um. In der Hilfe steht, wie.")},
    [M_IMPORT_HTML] = {S_INIT(""),
		       S_INIT("Das ist eine Webseite (HTML), kein Markdown. Wandle sie zuerst um, "
			      "zum Beispiel mit Pandoc. In der Hilfe steht, wie.")},
    [M_IMPORT_ENCODING] = {S_INIT(""),
			   S_INIT(
			       "Diese Datei ist kein Text in UTF-8. Öffne sie in einem Texteditor, "
			       "wähle „Speichern unter“ und dort die Kodierung UTF-8.")},
    [M_IMPORT_CONTROL] =
	{S_INIT(""),
	 S_INIT(
	     "In Zeile %d steht ein Zeichen, das kein Text ist. Lösche es in einem Texteditor.")},
    [M_IMPORT_TOO_LARGE] =
	{S_INIT(""),
	 S_INIT("Das ist zu viel. Ein Handbuch hat höchstens 1 MB Text und 2.000 Absätze.")},
    [M_IMPORT_CHAPTERS] = {S_INIT(""),
			   S_INIT("In diesem Text steht keine Überschrift. Ein Handbuch braucht "
				  "mindestens ein Kapitel: Setze ## vor seinen Titel.")},
    [M_BATCH_EMPTY] = {S_INIT(""), S_INIT("Kreuze oben mindestens eine Rückmeldung an.")},
    [M_REASON_DIFFERS] = {S_INIT(""), S_INIT("Nenne den Grund, warum du vom Vorschlag abweichst.")},
    [M_EDITION_OPEN] = {S_INIT(""), S_INIT("Eine Ausgabe ist schon in Arbeit. Veröffentliche oder "
					   "verwirf sie zuerst.")},
    [M_EDITION_REASON] = {S_INIT(""), S_INIT("Diesen Grund lesen alle. Schreibe ihn ohne Namen, "
					     "Adressen und Telefonnummern.")},
    [M_ROUND_DAY_PAST] = {S_INIT(""), S_INIT("Dieser Tag ist schon vorbei. Gib heute oder einen "
					     "späteren Tag an.")},
    [M_ROUND_DAY_FAR] = {S_INIT(""), S_INIT("Eine Runde dauert höchstens ein Jahr. Prüfe das "
					    "Datum.")},
    [M_ROUND_DAY_LATER] = {S_INIT(""), S_INIT("Gib einen Tag nach dem bisherigen Ende an.")},
    [M_ROUND_NOBODY] = {S_INIT(""), S_INIT("Kreuze mindestens eine Person oder Kommune an.")},
    [M_ROUND_DELEGATE] = {S_INIT(""), S_INIT("Wähle eine Person aus deiner Kommune, die selbst "
					     "antwortet.")},
    [M_ROUND_ANSWER] = {S_INIT(""), S_INIT("Wähle eine der Antworten.")},
    [M_ROUND_NOTHING_GIVEN] = {S_INIT(""),
			       S_INIT("In dieser Runde gibt es noch keine Rückmeldung aus deiner "
				      "Kommune. Wähle „keine Anmerkungen“, oder gib erst eine.")},
    [M_LIGHT_BETTER] = {S_INIT(""), S_INIT("Sag, warum es besser steht, als die Ampel berechnet.")},
    [M_POLL_NO_VOTE] = {S_INIT(""), S_INIT("Du stimmst für diese Kommune nicht ab.")},
    [M_POLL_NOT_THERE] = {S_INIT(""), S_INIT("Du bist in dieser Sitzung nicht als anwesend "
					     "eingetragen. Melde dich bei der Sitzungsleitung.")},
    [M_POLL_RECUSED] = {S_INIT(""), S_INIT("Du bist bei diesem Punkt befangen und stimmst nicht "
					   "mit.")},
    [M_POLL_PROXY_REVOKED] = {S_INIT(""), S_INIT("Die Vollmacht ist widerrufen.")},
    [M_POLL_HOLDER_CAST] = {S_INIT(""),
			    S_INIT("Die Stimmführung hat selbst abgestimmt. Das gilt.")},
    [M_POLL_OTHER_CASTS] = {S_INIT(""), S_INIT("Es ist jemand da, der vor dir für diese Kommune "
					       "abstimmt.")},
    [M_POLL_CHOOSE] = {S_INIT(""), S_INIT("Wähle: zustimmen, ablehnen oder enthalten.")},
    [M_POLL_NOT_RUNNING] = {S_INIT(""), S_INIT("Die Sitzung läuft gerade nicht.")},
    [M_POLL_OTHER_RUNS] = {S_INIT(""), S_INIT("In dieser Sitzung läuft schon eine Abstimmung. "
					      "Beende sie zuerst.")},
    [M_POLL_NOT_URGENT] = {S_INIT(""),
			   S_INIT("Über die Dringlichkeit ist hier nicht abzustimmen.")},
    [M_POLL_NOT_CALLED] = {S_INIT(""), S_INIT("Rufe den Punkt in der Sitzung auf. Dann kannst du "
					      "abstimmen lassen.")},
    [M_POLL_LATE] = {S_INIT(""), S_INIT("Die Vorlage kam zu spät. Der Kreis muss sie erst als "
					"dringlich zulassen.")},
    [M_POLL_NO_QUORUM] = {S_INIT(""), S_INIT("Der Kreis ist gerade nicht beschlussfähig.")},
    [M_POLL_ASK_RECUSAL] = {S_INIT(""), S_INIT("Frage, ob jemand befangen ist. Kreuze es danach "
					       "an.")},
    [M_POLL_CHAIR_RECUSED] = {S_INIT(""), S_INIT("Du bist bei diesem Punkt befangen. Die "
						 "stellvertretende Leitung übernimmt ihn.")},
    [M_POLL_REASON] = {S_INIT(""), S_INIT("Nenne den Grund. Alle im Projekt lesen ihn.")},
    [M_CIRCULAR_TOO_SOON] = {S_INIT(""), S_INIT("Gib den Kommunen mehr Zeit. Zwischen heute und "
						"dem letzten Tag liegen mindestens %d Tage.")},
    [M_CIRCULAR_TOO_FAR] = {S_INIT(""), S_INIT("Ein Umlauf dauert höchstens 60 Tage. Prüfe das "
					       "Datum.")},
    [M_DECISION_TITLE] = {S_INIT(""), S_INIT("Gib der Vorlage einen Betreff.")},
    [M_DECISION_TEXT_SHAPE] = {S_INIT(""), S_INIT("Dieser Text lässt sich nicht darstellen. Kürze "
						  "lange Zeilen und große Tabellen.")},
    [M_DECISION_FRACTION] = {S_INIT(""), S_INIT("Gib den Anteil als Bruch an, zum Beispiel 2/3.")},
    [M_DECISION_MIN_YES] = {S_INIT(""), S_INIT("Gib höchstens 1000 an.")},
    [M_DECISION_NOT_EDITORIAL] = {S_INIT(""),
				  S_INIT("Beschlussvorschlag oder Mehrheit haben sich geändert. "
					 "Dann ist die Änderung mehr als redaktionell: Nimm das "
					 "Häkchen weg, oder stelle beides wieder her.")},
    [M_DECISION_LINKS] = {S_INIT(""), S_INIT("Prüfe Anlage %d.")},
    [M_DECISION_LINK_TITLE] = {S_INIT(""), S_INIT("Gib dieser Anlage einen Titel.")},
    [M_DECISION_LINK_LONG] = {S_INIT(""), S_INIT("Kürze den Titel auf höchstens %d Zeichen.")},
    [M_DECISION_LINK_URL] = {S_INIT(""),
			     S_INIT("Gib die Adresse der Anlage an. Sie beginnt mit https:// und "
				    "hat keine Leerzeichen und keine Zugangsdaten.")},
    [M_DECISION_LINK_DIGEST] = {S_INIT(""), S_INIT("Eine Prüfsumme (SHA-256) hat 64 Zeichen, nur "
						   "Ziffern und a bis f.")},
    [M_DECISION_LINKS_BOTH] = {S_INIT(""), S_INIT("Oben stehen Anlagen. Nimm das Häkchen weg, "
						  "oder leere die Felder.")},
    [M_DECISION_REASON] = {S_INIT(""), S_INIT("Nenne den Grund. Alle im Projekt lesen ihn.")},
    [M_DECISION_COMMENT] = {S_INIT(""), S_INIT("Schreibe deinen Beitrag auf.")},
    [M_MEETING_PLANNED] = {S_INIT("sitzung-angelegt"),
			   S_INIT("Die Sitzung ist angelegt. Fülle jetzt die Tagesordnung.")},
    [M_AGENDA_ADDED] = {S_INIT("punkt-aufgenommen"),
			S_INIT("Der Punkt steht auf der Tagesordnung.")},
    [M_AGENDA_REMOVED] = {S_INIT("punkt-entfernt"),
			  S_INIT("Der Punkt ist von der Tagesordnung genommen.")},
    [M_MEETING_INVITED] = {S_INIT("sitzung-eingeladen"), S_INIT("Die Einladungen sind unterwegs.")},
    [M_MEETING_ANSWERED] = {S_INIT("sitzung-geantwortet"),
			    S_INIT("Die Antwort deiner Kommune ist gespeichert.")},
    [M_MEETING_MOVED] = {S_INIT("sitzung-verschoben"),
			 S_INIT(
			     "Die Sitzung ist verschoben. Alle Eingeladenen bekommen Bescheid.")},
    [M_MEETING_CANCELLED] = {S_INIT("sitzung-abgesagt"),
			     S_INIT(
				 "Die Sitzung ist abgesagt. Ihre Vorlagen liegen wieder bereit.")},
    [M_MEETING_OPENED] = {S_INIT("sitzung-eroeffnet"), S_INIT("Die Sitzung läuft.")},
    [M_MEETING_PAUSED] = {S_INIT("sitzung-unterbrochen"), S_INIT("Die Sitzung ist unterbrochen.")},
    [M_MEETING_RESUMED] = {S_INIT("sitzung-fortgesetzt"), S_INIT("Es geht weiter.")},
    [M_MEETING_CLOSED] = {S_INIT("sitzung-beendet"), S_INIT("Die Sitzung ist beendet.")},
    [M_AGENDA_CALLED] = {S_INIT("punkt-aufgerufen"), S_INIT("Der Punkt ist aufgerufen.")},
    [M_AGENDA_ENDED] = {S_INIT("punkt-beendet"), S_INIT("Der Punkt ist beendet.")},
    [M_CAME] = {S_INIT("gekommen"), S_INIT("Eingetragen.")},
    [M_LEFT] = {S_INIT("gegangen"),
		S_INIT("Ausgetragen. Vollmachten dieser Person sind damit zu Ende.")},
    [M_PROXY_GRANTED] = {S_INIT("bevollmaechtigt"),
			 S_INIT("Die Vollmacht ist erteilt. Die Person bekommt Bescheid.")},
    [M_PROXY_REVOKED] = {S_INIT("widerrufen"), S_INIT("Die Vollmacht ist widerrufen.")},
    [M_RECUSED] = {S_INIT("befangen"), S_INIT("Die Befangenheit ist vermerkt.")},
    [M_RECUSAL_LIFTED] = {S_INIT("befangenheit-aufgehoben"),
			  S_INIT("Die Befangenheit ist aufgehoben.")},
    [M_RULES_SET] = {S_INIT("regeln"), S_INIT("Die Regeln sind geändert.")},
    [M_NOTED] = {S_INIT("notiert"), S_INIT("Steht in der Niederschrift.")},
    [M_NOTE_REMOVED] = {S_INIT("notiz-entfernt"), S_INIT("Der Eintrag ist entfernt.")},
    [M_MINUTES_SIGNED] = {S_INIT("unterschrieben"),
			  S_INIT("Du hast unterschrieben. Es fehlt noch die zweite Unterschrift.")},
    [M_MINUTES_SEALED] = {S_INIT("versiegelt"),
			  S_INIT("Beide haben unterschrieben. Die Niederschrift steht fest.")},
    [M_MINUTES_RETURNED] = {S_INIT("zurueckgegeben"), S_INIT("Die Unterschrift gilt nicht mehr.")},
    [M_MINUTES_APPROVED] = {S_INIT("genehmigt"), S_INIT("Die Niederschrift ist genehmigt.")},
    [M_TASK_DONE] = {S_INIT("auftrag-erledigt"), S_INIT("Der Auftrag ist erledigt.")},
    [M_CORRECTION_PROPOSED] = {S_INIT("berichtigung-vorgeschlagen"),
			       S_INIT("Vorgeschlagen. Jetzt muss die zweite Person bestätigen.")},
    [M_CORRECTED] = {S_INIT("berichtigt"), S_INIT("Die Berichtigung ist angefügt.")},
    [M_CORRECTION_GONE] = {S_INIT("vorschlag-weg"), S_INIT("Der Vorschlag ist zurückgezogen.")},
    [M_DAYTIME] = {S_INIT(""), S_INIT("Gib eine Uhrzeit an, zum Beispiel 14:00.")},
    [M_DAYTIME_SKIPPED] = {S_INIT(""), S_INIT("Diese Uhrzeit gibt es an dem Tag nicht: Die Uhr "
					      "wird vorgestellt. Nimm eine spätere.")},
    [M_MEETING_PAST] = {S_INIT(""),
			S_INIT(
			    "Dieser Tag ist schon vorbei. Gib heute oder einen späteren Tag an.")},
    [M_MEETING_SLOT] = {S_INIT(""), S_INIT("Gib 5 bis 1440 Minuten an.")},
    [M_DEPUTY_IS_CHAIR] = {S_INIT(""), S_INIT("Wähle eine andere Person als für die Moderation.")},
    [M_ANSWER_AFTER_MEETING] =
	{S_INIT(""), S_INIT("Gib einen Tag vor der Sitzung an, oder den Sitzungstag selbst.")},
    [M_TEMPLATE_MISSING] = {S_INIT(""),
			    S_INIT("Wähle die Vorlage, über die entschieden werden soll.")},
    [M_TEMPLATE_NEEDS_DECISION] = {S_INIT(""),
				   S_INIT("Eine Vorlage gehört zu einer Entscheidung. Wähle bei "
					  "der Art „Entscheidung“, oder keine Vorlage.")},
    [M_TEMPLATE_NEW] = {S_INIT(""), S_INIT("Nimm für eine Entscheidung einen neuen Punkt auf.")},
    [M_AGENDA_MINUTES] = {S_INIT(""), S_INIT("Gib 1 bis 600 Minuten an.")},
    [M_NOTE_NO_TASK] = {S_INIT(""), S_INIT("Das gehört zu einem Auftrag. Lass es hier leer.")},
    [M_CORRECTION_OLD] = {S_INIT(""), S_INIT("So steht es nicht in der Niederschrift.")},
    [M_CORRECTION_SAME] = {S_INIT(""), S_INIT("Das ist dasselbe wie bisher.")},
    [M_PASSWORD_WRONG] = {S_INIT(""), S_INIT("Das Passwort stimmt nicht. Gib es noch einmal ein.")},
    [M_PASSWORD_WAIT] = {S_INIT(""), S_INIT("Nach mehreren Fehlversuchen wurde dieser nicht "
					    "geprüft. Versuche es in %d Sekunden noch einmal.")},
    [M_PASSWORD_BUSY] = {S_INIT(""), S_INIT("Gerade melden sich sehr viele an. Warte ein paar "
					    "Sekunden und gib das Passwort noch einmal ein.")},
    [M_PROXY_WHO] = {S_INIT(""),
		     S_INIT("Wähle eine andere Person mit einem Sitz im Steuerungskreis.")},
    [M_PROXY_EXISTS] = {S_INIT(""),
			S_INIT("Dafür gibt es schon eine Vollmacht. Widerrufe sie zuerst.")},
    [M_PROXY_CHAIN] = {S_INIT(""),
		       S_INIT("Aus deiner Kommune hält jemand eine fremde Vollmacht. Solange kann "
			      "sie ihre Stimme nicht selbst weitergeben.")},
    [M_PROXY_GIVEN_AWAY] = {S_INIT(""), S_INIT("Diese Kommune lässt sich selbst vertreten und kann "
					       "deshalb keine Vollmacht annehmen.")},
    [M_PROXY_CAP] = {S_INIT(""), S_INIT("Diese Person vertritt schon so viele andere Kommunen, wie "
					"erlaubt sind (%d). Wähle jemand anderen.")},
    [M_RULES_NUMBER] = {S_INIT(""), S_INIT("Gib eine passende ganze Zahl an, höchstens %d.")},
    [M_RULES_FRACTION] = {S_INIT(""),
			  S_INIT("Die obere Zahl darf nicht größer sein als die untere.")},
    [M_RULES_WEIGHT] = {S_INIT(""), S_INIT("Gib für jede Kommune eine ganze Zahl ab 1 an.")},
};

struct str message_text(struct arena *a, enum message m, int64_t number)
{
	struct str text = messages[m].text;
	size_t at = str_find(text, S("%d"));

	if (at == text.n)
		return text;
	return arena_fmt(a, "%.*s%" PRId64 "%.*s", ARG(str_head(text, at)), number,
			 ARG(str_from(text, at + 2)));
}

struct str message_word(enum message m)
{
	return messages[m].word;
}

enum message message_named(struct str word)
{
	for (int m = M_NONE + 1; m < M_COUNT; m++)
		if (messages[m].word.n > 0 && str_eq(messages[m].word, word))
			return (enum message)m;
	return M_NONE;
}
