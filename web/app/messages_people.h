/* messages_people.h -- what was done with accounts, and what is wrong in their forms.  A list for
 * message.h. */
DONE(M_PROFILE_SAVED, "profil", "Dein Profil ist gespeichert.")
DONE(M_PASSWORD_CHANGED, "passwort-geaendert",
     "Dein Passwort ist geändert. Auf allen anderen Geräten bist du abgemeldet.")
DONE(M_FACTOR_ACTIVE, "zwei-schritte-aktiv", "Die Bestätigung in zwei Schritten ist aktiv.")
DONE(M_SESSION_ENDED, "geraet-abgemeldet", "Das Gerät ist abgemeldet.")
DONE(M_SESSIONS_ENDED, "geraete-abgemeldet", "Alle anderen Geräte sind abgemeldet.")
WRONG(M_CODE_NEEDED, "Gib den Code aus deiner Bestätigungs-App ein.")
WRONG(M_CODE_WRONG, "Der Code stimmt nicht. Nimm den, der gerade in der App steht; jeder gilt nur "
		    "einmal.")
WRONG(M_CODE_WAIT, "Nach mehreren Fehlversuchen wurde dieser nicht geprüft. Versuche es in %d "
		   "Sekunden noch einmal.")
WRONG(M_PERSON_NAME, "Gib deinen Namen an.")
WRONG(M_PASSWORD_TWICE, "Beide Eingaben müssen gleich sein.")
WRONG(M_PASSWORD_SAME, "Das ist dein bisheriges Passwort.")
/* barriers and the personal calendar */
DONE(M_BARRIER_REPORTED, "barriere-gemeldet", "Danke, deine Meldung ist da.")
DONE(M_BARRIER_ANSWER_COMES, "barriere-antwort",
     "Danke, deine Meldung ist da. Du bekommst spätestens in sechs Wochen eine Antwort.")
DONE(M_BARRIER_ANSWERED, "barriere-beantwortet", "Die Antwort ist gespeichert.")
WRONG(M_BARRIER_TEXT, "Beschreibe, was nicht geht.")
WRONG(M_BARRIER_EMAIL, "Prüfe die Adresse, sie sieht zum Beispiel so aus: name@beispiel.de.")
WRONG(M_BARRIER_WAIT, "Aus deinem Netz kamen gerade viele Meldungen. Sende diese in %d Sekunden "
		      "noch einmal.")
DONE(M_CALENDAR_REVOKED, "kalender-aus", "Die Adresse gilt nicht mehr.")
DONE(M_ERASED, "person-geloescht", "Die Daten der Person sind gelöscht.")
WRONG(M_ERASE_WISH, "Wer noch zur Kommune gehört, wird nur auf eigenen Wunsch gelöscht.")
