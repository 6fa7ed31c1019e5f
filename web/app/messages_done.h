/* messages_done.h -- what was done: shown once after a redirect, found by its word in ?meldung=.  A
 * list for message.h. */
DONE(M_SAVED, "gespeichert", "Gespeichert.")
DONE(M_MERGED, "zusammengefuehrt",
     "Gespeichert. Jemand hat gleichzeitig andere Felder geändert, beides gilt.")
DONE(M_CREATED, "angelegt", "Angelegt.")
DONE(M_TEAM_CHANGED, "team",
     "Gespeichert. Wer betroffen ist, bekommt eine Nachricht und meldet sich neu an.")
DONE(M_ENDED, "beendet", "Die Task Force ist beendet.")
DONE(M_QUESTION_ASKED, "gefragt", "Deine Frage steht jetzt unter „Zu klären“.")
DONE(M_QUESTION_ANSWERED, "beantwortet", "Die Antwort ist gespeichert.")
DONE(M_LIGHT_SET, "gemeldet", "Der Stand ist gemeldet.")
DONE(M_BOOKED, "gebucht", "Die Buchung ist gespeichert.")
DONE(M_VOIDED, "storniert", "Die Buchung ist storniert.")
DONE(M_LOGGED_OUT, "abgemeldet", "Du bist abgemeldet.")
DONE(M_DRAFT_SAVED, "entwurf", "Dein Entwurf ist gespeichert. Nur du siehst ihn.")
DONE(M_DRAFT_GONE, "verworfen", "Dein Entwurf ist gelöscht.")
DONE(M_VERSION_PROPOSED, "vorgelegt", "Die Fassung ist vorgelegt.")
DONE(M_VERSION_ENFORCED, "in-kraft", "Diese Fassung gilt ab heute.")
DONE(M_VERSION_DROPPED, "vorlage-verworfen", "Die Vorlage ist verworfen.")
DONE(M_READ, "gelesen", "Danke, das ist vermerkt.")
DONE(M_FEEDBACK_GIVEN, "rueckmeldung", "Danke. Deine Rückmeldung steht jetzt am Absatz.")
DONE(M_REPLIED, "antwort", "Deine Antwort steht jetzt da.")
DONE(M_WITHDRAWN, "zurueckgezogen", "Deine Rückmeldung ist zurückgezogen.")
DONE(M_RELEASED, "freigegeben", "Freigegeben. Das ganze Projekt sieht sie als Stellungnahme.")
DONE(M_DECIDED, "entschieden", "Die Entscheidung ist gespeichert.")
DONE(M_BATCH_DONE, "alle-bearbeitet", "Alle ausgewählten Rückmeldungen sind bearbeitet.")
DONE(M_RESPONDED, "reagiert", "Deine Reaktion ist gespeichert.")
DONE(M_SUGGESTION_APPLIED, "uebernommen", "Der Vorschlag steht jetzt in der Arbeitsfassung.")
DONE(M_REPLY_REMOVED, "entfernt", "Deine Antwort ist entfernt.")
DONE(M_PLACED, "zugeordnet", "Die Zuordnung ist gespeichert.")
DONE(M_ROUND_OPENED, "runde-eroeffnet", "Die Rückmelderunde läuft. Die Einladungen sind unterwegs.")
DONE(M_ROUND_EXTENDED, "runde-verlaengert", "Die Runde ist verlängert.")
DONE(M_ROUND_CLOSED, "runde-geschlossen", "Die Runde ist geschlossen.")
DONE(M_ROUND_EVALUATED, "runde-ausgewertet", "Die Runde ist ausgewertet.")
DONE(M_ROUND_ANSWERED, "geantwortet", "Deine Antwort ist gespeichert.")
DONE(M_ROUND_REOPENED, "antwort-offen", "Deine Antwort ist wieder offen.")
DONE(M_EDITION_PREPARED, "ausgabe-geprueft", "Zusammengestellt und geprüft. Sieh sie dir an.")
DONE(M_EDITION_FOUND, "ausgabe-befunde", "Zusammengestellt. Etwas steht noch im Weg, siehe unten.")
DONE(M_EDITION_RELEASED, "ausgabe-freigegeben", "Freigegeben. Jetzt fehlt der zweite Schlüssel.")
DONE(M_EDITION_PUBLISHED, "ausgabe-veroeffentlicht", "Veröffentlicht. Alle können sie jetzt lesen.")
DONE(M_EDITION_WITHDRAWN, "ausgabe-zurueckgezogen",
     "Zurückgezogen. An ihrer Stelle steht jetzt dein Grund.")
DONE(M_EDITION_DISCARDED, "ausgabe-verworfen", "Die Ausgabe ist verworfen.")
DONE(M_EDITION_RECHECKED, "ausgaben-geprueft",
     "Alle öffentlichen Ausgaben sind noch einmal geprüft.")
DONE(M_PLACEHOLDER_REMOVED, "platzhalter-entfernt", "Der Platzhalter ist entfernt.")
DONE(M_IMPORTED, "importiert",
     "Der Text steht jetzt in der Arbeitsfassung. Was gilt, ist unverändert.")
DONE(M_REPORTED, "berichtet", "Dein Bericht ist gespeichert.")
DONE(M_FOLLOW_UP_DONE, "umgesetzt", "Der Beschluss ist umgesetzt.")
DONE(M_FOLLOW_UP_REVOKED, "aufgehoben", "Der Beschluss ist aufgehoben.")
DONE(M_POLL_OPENED, "abstimmung-offen", "Die Abstimmung läuft.")
DONE(M_POLL_CLOSED, "abstimmung-geschlossen",
     "Die Abstimmung ist geschlossen. Hier steht das Ergebnis.")
DONE(M_POLL_ABORTED, "abstimmung-abgebrochen",
     "Die Abstimmung ist abgebrochen. Ihre Stimmen zählen nicht.")
DONE(M_VOID_PROPOSED, "ungueltig-vorgeschlagen",
     "Vorgeschlagen. Ungültig wird die Abstimmung, wenn die zweite Person bestätigt.")
DONE(M_VOID_CONFIRMED, "ungueltig",
     "Die Abstimmung ist ungültig. Alle Stimmberechtigten bekommen Post.")
DONE(M_CIRCULAR_STARTED, "umlauf-laeuft", "Der Umlauf läuft. Die Kommunen haben Post bekommen.")
DONE(M_CIRCULAR_OBJECTED, "umlauf-gestoppt",
     "Der Umlauf ist beendet. Die Vorlage kommt in eine Sitzung.")
DONE(M_DECISION_SAVED, "vorlage-gespeichert", "Der Entwurf ist gespeichert.")
DONE(M_DECISION_TAKEN, "vorlage-angelegt",
     "Aus dem Antrag ist ein Entwurf geworden. Ergänze ihn hier.")
DONE(M_DECISION_SUBMITTED, "vorlage-eingereicht", "Eingereicht. Das Projektbüro prüft die Vorlage.")
DONE(M_DECISION_RETURNED, "vorlage-zurueckgegeben",
     "Zurückgegeben. Die Vorlage ist wieder ein Entwurf.")
DONE(M_DECISION_PUBLISHED, "vorlage-veroeffentlicht",
     "Veröffentlicht. Der Wortlaut ist fest, alle im Projekt bekommen eine Nachricht.")
DONE(M_DECISION_REVISED, "vorlage-in-arbeit",
     "Eine neue Fassung ist angelegt. Ändere, was nötig ist.")
DONE(M_DECISION_WITHDRAWN, "vorlage-zurueckgezogen", "Die Vorlage ist zurückgezogen.")
DONE(M_DECISION_COMMENTED, "beitrag", "Dein Beitrag steht jetzt da.")
DONE(M_DECISION_COMMENT_GONE, "beitrag-entfernt", "Dein Beitrag ist entfernt.")
DONE(M_MEETING_PLANNED, "sitzung-angelegt",
     "Die Sitzung ist angelegt. Fülle jetzt die Tagesordnung.")
DONE(M_AGENDA_ADDED, "punkt-aufgenommen", "Der Punkt steht auf der Tagesordnung.")
DONE(M_AGENDA_REMOVED, "punkt-entfernt", "Der Punkt ist von der Tagesordnung genommen.")
DONE(M_MEETING_INVITED, "sitzung-eingeladen", "Die Einladungen sind unterwegs.")
DONE(M_MEETING_ANSWERED, "sitzung-geantwortet", "Die Antwort deiner Kommune ist gespeichert.")
DONE(M_MEETING_MOVED, "sitzung-verschoben",
     "Die Sitzung ist verschoben. Alle Eingeladenen bekommen Bescheid.")
DONE(M_MEETING_CANCELLED, "sitzung-abgesagt",
     "Die Sitzung ist abgesagt. Ihre Vorlagen liegen wieder bereit.")
DONE(M_MEETING_OPENED, "sitzung-eroeffnet", "Die Sitzung läuft.")
DONE(M_MEETING_PAUSED, "sitzung-unterbrochen", "Die Sitzung ist unterbrochen.")
DONE(M_MEETING_RESUMED, "sitzung-fortgesetzt", "Es geht weiter.")
DONE(M_MEETING_CLOSED, "sitzung-beendet", "Die Sitzung ist beendet.")
DONE(M_AGENDA_CALLED, "punkt-aufgerufen", "Der Punkt ist aufgerufen.")
DONE(M_AGENDA_ENDED, "punkt-beendet", "Der Punkt ist beendet.")
DONE(M_CAME, "gekommen", "Eingetragen.")
DONE(M_LEFT, "gegangen", "Ausgetragen. Vollmachten dieser Person sind damit zu Ende.")
DONE(M_PROXY_GRANTED, "bevollmaechtigt", "Die Vollmacht ist erteilt. Die Person bekommt Bescheid.")
DONE(M_PROXY_REVOKED, "widerrufen", "Die Vollmacht ist widerrufen.")
DONE(M_RECUSED, "befangen", "Die Befangenheit ist vermerkt.")
DONE(M_RECUSAL_DISPUTED, "befangenheit-bestritten",
     "Festgehalten. Der Steuerungskreis entscheidet darüber ohne dich.")
DONE(M_RECUSAL_LIFTED, "befangenheit-aufgehoben", "Die Befangenheit ist aufgehoben.")
DONE(M_RULES_SET, "regeln", "Die Regeln sind geändert.")
DONE(M_NOTED, "notiert", "Steht in der Niederschrift.")
DONE(M_NOTE_REMOVED, "notiz-entfernt", "Der Eintrag ist entfernt.")
DONE(M_MINUTES_SIGNED, "unterschrieben",
     "Du hast unterschrieben. Es fehlt noch die zweite Unterschrift.")
DONE(M_MINUTES_SEALED, "versiegelt", "Beide haben unterschrieben. Die Niederschrift steht fest.")
DONE(M_MINUTES_RETURNED, "zurueckgegeben", "Die Unterschrift gilt nicht mehr.")
DONE(M_MINUTES_APPROVED, "genehmigt", "Die Niederschrift ist genehmigt.")
DONE(M_TASK_DONE, "auftrag-erledigt", "Der Auftrag ist erledigt.")
DONE(M_CORRECTION_PROPOSED, "berichtigung-vorgeschlagen",
     "Vorgeschlagen. Jetzt muss die zweite Person bestätigen.")
DONE(M_CORRECTED, "berichtigt", "Die Berichtigung ist angefügt.")
DONE(M_CORRECTION_GONE, "vorschlag-weg", "Der Vorschlag ist zurückgezogen.")
