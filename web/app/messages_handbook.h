/* messages_handbook.h -- what is wrong in the forms of handbook, editions and review rounds.  A
 * list for message.h. */
WRONG(M_SECTION_EMPTY, "Lass mindestens einen Satz stehen.")
WRONG(M_SECTION_HEADING, "Beginne mit der Überschrift des Kapitels, mit so vielen # wie bisher.")
WRONG(M_SECTION_LEVEL, "Keine Überschrift darf höher stehen als die des Kapitels. Nimm mehr #.")
WRONG(M_SECTION_TOO_LARGE, "Das ist zu viel für einen Abschnitt. Kürze ihn auf höchstens 1 MB und "
			   "2.000 Absätze, oder teile ihn.")
WRONG(M_VERSION_PENDING,
      "Eine Fassung liegt schon zur Entscheidung vor. Warte sie ab, oder verwirf sie.")
WRONG(M_VERSION_SAME, "Die Arbeitsfassung gleicht der gültigen. Ändere sie zuerst.")
WRONG(
    M_QUOTE_MISSING,
    "Diese Worte stehen nicht an dieser Stelle. Kopiere sie noch einmal, oder lass das Feld leer.")
WRONG(M_QUOTE_TWICE, "Diese Worte kommen hier mehrmals vor. Kopiere ein längeres Stück.")
WRONG(M_QUOTE_FAR, "Diese Worte stehen im Kapitel mehrmals. Kopiere ein längeres Stück.")
WRONG(M_SENTENCE_OTHER, "Du hast eine andere Stelle gewählt. Wähle den Satz noch einmal.")
WRONG(M_PROPOSAL_SAME, "So steht es schon da. Schreibe, wie es lauten soll.")
WRONG(M_PROPOSAL_MISSING,
      "Schreibe, wie es lauten soll, oder wähle darüber, dass es gestrichen werden soll.")
WRONG(M_PROPOSAL_INSERT, "Schreibe, was dahinter eingefügt werden soll.")
WRONG(M_PLACE_MISSING, "Wähle den Absatz, zu dem die Rückmeldung gehört.")
WRONG(M_ROUND_OVER, "Diese Runde ist zu Ende. Gib deine Rückmeldung zur gültigen Fassung; dein "
		    "Text steht noch hier.")
WRONG(M_UNTIL_MISSING, "Gib an, bis wann die Rückmeldung wartet.")
WRONG(M_DUPLICATE_MISSING,
      "Gib die Nummer der anderen Rückmeldung an, zum Beispiel R3-017 oder F-004.")
WRONG(M_REASON_MISSING, "Nenne den Grund. Die andere Seite liest ihn.")
WRONG(M_BATCH_EMPTY, "Kreuze oben mindestens eine Rückmeldung an.")
/* public editions */
WRONG(M_EDITION_OPEN, "Eine Ausgabe ist schon in Arbeit. Veröffentliche oder verwirf sie zuerst.")
WRONG(M_EDITION_REASON,
      "Diesen Grund lesen alle. Schreibe ihn ohne Namen, Adressen und Telefonnummern.")
WRONG(M_REVIEW_MONTHS, "Gib eine Zahl von 1 bis %d an.")
WRONG(M_PLACEHOLDER_KEY, "Nimm für den Schlüssel 2 bis 40 Zeichen: kleine Buchstaben ohne Umlaute, "
			 "Ziffern, Bindestriche.")
WRONG(M_PLACEHOLDER_TAKEN, "Diesen Schlüssel gibt es schon. Ändere ihn, oder nimm einen anderen.")
WRONG(M_PLACEHOLDER_BRACES, "Lass die doppelten geschweiften Klammern weg.")
WRONG(M_PLACEHOLDER_LEAKS, "Hier steht, was nur das Projekt lesen soll. Nimm öffentlich andere "
			   "Worte, zum Beispiel „Person 1 (Stadt A)“.")
WRONG(M_IMPORT_NOTHING, "Wähle eine Datei mit Text, oder füge den Text hier ein.")
WRONG(M_IMPORT_BOTH, "Nimm entweder die Datei oder den eingefügten Text. Leere das Textfeld, oder "
		     "schicke ihn ohne Datei.")
WRONG(M_IMPORT_WORD, "Das ist eine Datei aus einem Textprogramm, kein Markdown. Wandle sie zuerst "
		     "um, zum Beispiel mit Pandoc. In der Hilfe steht, wie.")
WRONG(M_IMPORT_PDF, "Das ist ein PDF. Nimm die Datei, aus der es entstanden ist, und wandle sie in "
		    "Markdown um. In der Hilfe steht, wie.")
WRONG(M_IMPORT_HTML, "Das ist eine Webseite (HTML), kein Markdown. Wandle sie zuerst um, zum "
		     "Beispiel mit Pandoc. In der Hilfe steht, wie.")
WRONG(M_IMPORT_ENCODING, "Diese Datei ist kein Text in UTF-8. Öffne sie in einem Texteditor, wähle "
			 "„Speichern unter“ und dort die Kodierung UTF-8.")
WRONG(M_IMPORT_CONTROL,
      "In Zeile %d steht ein Zeichen, das kein Text ist. Lösche es in einem Texteditor.")
WRONG(M_IMPORT_TOO_LARGE,
      "Das ist zu viel. Ein Handbuch hat höchstens 1 MB Text und 2.000 Absätze.")
WRONG(M_IMPORT_CHAPTERS, "In diesem Text steht keine Überschrift. Ein Handbuch braucht mindestens "
			 "ein Kapitel: Setze ## vor seinen Titel.")
/* review rounds */
WRONG(M_ROUND_DAY_PAST, "Dieser Tag ist schon vorbei. Gib heute oder einen späteren Tag an.")
WRONG(M_ROUND_DAY_FAR, "Eine Runde dauert höchstens ein Jahr. Prüfe das Datum.")
WRONG(M_ROUND_DAY_LATER, "Gib einen Tag nach dem bisherigen Ende an.")
WRONG(M_ROUND_NOBODY, "Kreuze mindestens eine Person oder Kommune an.")
WRONG(M_ROUND_DELEGATE, "Wähle eine Person aus deiner Kommune, die selbst antwortet.")
WRONG(M_ROUND_ANSWER, "Wähle eine der Antworten.")
WRONG(M_ROUND_NOTHING_GIVEN, "In dieser Runde gibt es noch keine Rückmeldung aus deiner Kommune. "
			     "Wähle „keine Anmerkungen“, oder gib erst eine.")
WRONG(M_SECTION_UNKEPT,
      "Ab Zeile %d liest sich der Text beim nächsten Mal anders. Trenne dort die Absätze.")
WRONG(M_PROPOSAL_UNKEPT, "Trenne die Absätze mit Leerzeilen. So liest sich das später anders.")
WRONG(M_OUTCOME_MISSING, "Wähle, was aus der Rückmeldung wird.")
WRONG(M_KIND_MISSING, "Wähle, was du möchtest: fragen, hinweisen, …")
WRONG(M_WORDS_MISSING, "Schreibe deine Rückmeldung auf.")
