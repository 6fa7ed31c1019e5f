/* messages_steering.h -- what is wrong in the forms of decisions, meetings, votes and minutes.  A
 * list for message.h. */
WRONG(M_LIGHT_BETTER, "Sag, warum es besser steht, als die Ampel berechnet.")
/* votes: what stands against casting */
WRONG(M_POLL_NO_VOTE, "Du stimmst für diese Kommune nicht ab.")
WRONG(
    M_POLL_NOT_THERE,
    "Du bist in dieser Sitzung nicht als anwesend eingetragen. Melde dich bei der Sitzungsleitung.")
WRONG(M_POLL_RECUSED, "Du bist bei diesem Punkt befangen und stimmst nicht mit.")
WRONG(M_POLL_PROXY_REVOKED, "Die Vollmacht ist widerrufen.")
WRONG(M_POLL_HOLDER_CAST, "Die Stimmführung hat selbst abgestimmt. Das gilt.")
WRONG(M_POLL_OTHER_CASTS, "Es ist jemand da, der vor dir für diese Kommune abstimmt.")
WRONG(M_POLL_CHOOSE, "Wähle: zustimmen, ablehnen oder enthalten.")
/* and against opening or ending one */
WRONG(M_POLL_NOT_RUNNING, "Die Sitzung läuft gerade nicht.")
WRONG(M_POLL_OTHER_RUNS, "In dieser Sitzung läuft schon eine Abstimmung. Beende sie zuerst.")
WRONG(M_POLL_NOT_URGENT, "Über die Dringlichkeit ist hier nicht abzustimmen.")
WRONG(M_POLL_RECUSAL_DISPUTED,
      "Eine Befangenheit ist bestritten. Der Kreis entscheidet zuerst darüber.")
WRONG(M_POLL_RECUSAL_NONE, "Keine Befangenheit ist bestritten.")
WRONG(M_AMENDMENT_READ, "Lies den neuen Wortlaut vor und bestätige es hier.")
WRONG(M_POLL_NOT_CALLED, "Rufe den Punkt in der Sitzung auf. Dann kannst du abstimmen lassen.")
WRONG(M_POLL_LATE, "Die Vorlage kam zu spät. Der Kreis muss sie erst als dringlich zulassen.")
WRONG(M_POLL_NO_QUORUM, "Der Kreis ist gerade nicht beschlussfähig.")
WRONG(M_POLL_ASK_RECUSAL, "Frage, ob jemand befangen ist. Kreuze es danach an.")
WRONG(M_POLL_CHAIR_RECUSED,
      "Du bist bei diesem Punkt befangen. Die stellvertretende Leitung übernimmt ihn.")
WRONG(M_POLL_REASON, "Nenne den Grund. Alle im Projekt lesen ihn.")
WRONG(M_CIRCULAR_TOO_SOON,
      "Gib den Kommunen mehr Zeit. Zwischen heute und dem letzten Tag liegen mindestens %d Tage.")
WRONG(M_CIRCULAR_TOO_FAR, "Ein Umlauf dauert höchstens 60 Tage. Prüfe das Datum.")
/* decision templates */
WRONG(M_DECISION_TITLE, "Gib der Vorlage einen Betreff.")
WRONG(M_DECISION_TEXT_SHAPE,
      "Dieser Text lässt sich nicht darstellen. Kürze lange Zeilen und große Tabellen.")
WRONG(M_DECISION_FRACTION, "Gib den Anteil als Bruch an, zum Beispiel 2/3.")
WRONG(M_DECISION_MIN_YES, "Gib höchstens 1000 an.")
WRONG(M_DECISION_NOT_EDITORIAL,
      "Beschlussvorschlag oder Mehrheit haben sich geändert. Dann ist die Änderung mehr als "
      "redaktionell: Nimm das Häkchen weg, oder stelle beides wieder her.")
WRONG(M_DECISION_LINKS, "Prüfe Anlage %d.")
WRONG(M_DECISION_LINK_TITLE, "Gib dieser Anlage einen Titel.")
WRONG(M_DECISION_LINK_LONG, "Kürze den Titel auf höchstens %d Zeichen.")
WRONG(M_DECISION_LINK_URL, "Gib die Adresse der Anlage an. Sie beginnt mit https:// und hat keine "
			   "Leerzeichen und keine Zugangsdaten.")
WRONG(M_DECISION_LINK_DIGEST, "Eine Prüfsumme (SHA-256) hat 64 Zeichen, nur Ziffern und a bis f.")
WRONG(M_DECISION_LINKS_BOTH, "Oben stehen Anlagen. Nimm das Häkchen weg, oder leere die Felder.")
WRONG(M_DECISION_REASON, "Nenne den Grund. Alle im Projekt lesen ihn.")
WRONG(M_DECISION_COMMENT, "Schreibe deinen Beitrag auf.")
/* meetings */
WRONG(M_DAYTIME, "Gib eine Uhrzeit an, zum Beispiel 14:00.")
WRONG(M_DAYTIME_SKIPPED,
      "Diese Uhrzeit gibt es an dem Tag nicht: Die Uhr wird vorgestellt. Nimm eine spätere.")
WRONG(M_MEETING_PAST, "Dieser Tag ist schon vorbei. Gib heute oder einen späteren Tag an.")
WRONG(M_MEETING_SLOT, "Gib 5 bis 1440 Minuten an.")
WRONG(M_DEPUTY_IS_CHAIR, "Wähle eine andere Person als für die Moderation.")
WRONG(M_ANSWER_AFTER_MEETING, "Gib einen Tag vor der Sitzung an, oder den Sitzungstag selbst.")
WRONG(M_TEMPLATE_MISSING, "Wähle die Vorlage, über die entschieden werden soll.")
WRONG(M_TEMPLATE_NEEDS_DECISION, "Eine Vorlage gehört zu einer Entscheidung. Wähle bei der Art "
				 "„Entscheidung“, oder keine Vorlage.")
WRONG(M_TEMPLATE_NEW, "Nimm für eine Entscheidung einen neuen Punkt auf.")
WRONG(M_AGENDA_MINUTES, "Gib 1 bis 600 Minuten an.")
WRONG(M_NOTE_NO_TASK, "Das gehört zu einem Auftrag. Lass es hier leer.")
WRONG(M_CORRECTION_OLD, "So steht es nicht in der Niederschrift.")
WRONG(M_CORRECTION_OF_TEMPLATE, "So steht es weder in der Vorlage noch in einer Begründung.")
WRONG(M_CORRECTION_SAME, "Das ist dasselbe wie bisher.")
WRONG(M_PROXY_WHO, "Wähle eine andere Person mit einem Sitz im Steuerungskreis.")
WRONG(M_PROXY_EXISTS, "Dafür gibt es schon eine Vollmacht. Widerrufe sie zuerst.")
WRONG(M_PROXY_CHAIN, "Aus deiner Kommune hält jemand eine fremde Vollmacht. Solange kann sie ihre "
		     "Stimme nicht selbst weitergeben.")
WRONG(M_PROXY_GIVEN_AWAY,
      "Diese Kommune lässt sich selbst vertreten und kann deshalb keine Vollmacht annehmen.")
WRONG(M_PROXY_CAP, "Diese Person vertritt schon so viele andere Kommunen, wie erlaubt sind (%d). "
		   "Wähle jemand anderen.")
WRONG(M_RULES_NUMBER, "Gib eine passende ganze Zahl an, höchstens %d.")
WRONG(M_RULES_FRACTION, "Die obere Zahl darf nicht größer sein als die untere.")
WRONG(M_RULES_WEIGHT, "Gib für jede Kommune eine ganze Zahl ab 1 an.")
WRONG(M_POLL_PRINCIPAL_RECUSED, "Deine Vollmacht ruht: Wer sie erteilt hat, ist hier befangen.")
