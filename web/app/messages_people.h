/* messages_people.h -- what was done with accounts, and what is wrong in their forms.  A list for
 * message.h. */
DONE(M_PROFILE_SAVED, "profil", "Dein Profil ist gespeichert.")
DONE(M_PASSWORD_CHANGED, "passwort-geaendert",
     "Dein Passwort ist geändert. Auf allen anderen Geräten bist du abgemeldet.")
DONE(M_EMAIL_ASKED, "adresse-unterwegs",
     "Wir haben dir an die neue Adresse geschrieben. Sie gilt, sobald du den Link dort bestätigst.")
DONE(M_EMAIL_CHANGED, "adresse-geaendert",
     "Deine neue Adresse gilt. Auf allen anderen Geräten bist du abgemeldet.")
DONE(M_EMAIL_CONFIRMED, "adresse-bestaetigt", "Die neue Adresse gilt. Melde dich mit ihr an.")
DONE(M_MEMBER_CORRECTED, "angaben-gespeichert", "Die Angaben sind gespeichert.")
DONE(M_MEMBER_EMAIL_ASKED, "neue-adresse-unterwegs",
     "Gespeichert. Die neue Adresse gilt, sobald die Person den Link in ihrem Postfach bestätigt.")
WRONG(M_EMAIL_SAME, "Das ist deine bisherige Adresse.")
WRONG(M_EMAIL_WAIT, "Aus deinem Netz wurden gerade viele Adressen geändert. Versuche es in %d "
		    "Sekunden noch einmal.")
DONE(M_FACTOR_ACTIVE, "zwei-schritte-aktiv", "Die Bestätigung in zwei Schritten ist aktiv.")
DONE(M_SESSION_ENDED, "geraet-abgemeldet", "Das Gerät ist abgemeldet.")
DONE(M_SESSIONS_ENDED, "geraete-abgemeldet", "Alle anderen Geräte sind abgemeldet.")
WRONG(M_CODE_NEEDED, "Gib den Code aus deiner Bestätigungs-App ein.")
WRONG(M_CODE_WRONG, "Der Code stimmt nicht. Nimm den, der gerade in der App steht; jeder gilt nur "
		    "einmal.")
WRONG(M_CODE_WAIT, "Nach mehreren Fehlversuchen wurde dieser nicht geprüft. Versuche es in %d "
		   "Sekunden noch einmal.")
WRONG(M_PERSON_NAME_TAKEN,
      "So heißt schon jemand aus deiner Kommune. Ergänze etwas, das euch unterscheidet.")
WRONG(M_PERSON_NAME, "Gib deinen Namen an.")
WRONG(M_PASSWORD_TWICE, "Beide Eingaben müssen gleich sein.")
WRONG(M_PASSWORD_SAME, "Das ist dein bisheriges Passwort.")
DONE(M_MAIL_SETTINGS_SAVED, "benachrichtigungen", "Deine Benachrichtigungen sind gespeichert.")
DONE(M_LETTER_AGAIN, "noch-einmal", "Die E-Mail wird gleich noch einmal verschickt.")
/* Roles */
DONE(M_ROLE_GIVEN, "rolle-vergeben", "Die Rolle ist vergeben.")
DONE(M_ROLE_ENDED, "rolle-beendet", "Das Ende der Rolle ist eingetragen.")
DONE(M_ROLE_PROPOSED_NOW, "rolle-vorgeschlagen", "Dein Vorschlag liegt beim Steuerungskreis.")
DONE(M_ROLE_REFUSED, "rolle-abgelehnt", "Der Vorschlag ist abgelehnt.")
DONE(M_PROPOSAL_WITHDRAWN, "vorschlag-zurueckgezogen", "Der Vorschlag ist zurückgezogen.")
WRONG(M_ROLE_SELF, "Eine Rolle für dich selbst vergibt jemand anderes.")
WRONG(M_ROLE_INACTIVE, "Rollen bekommt nur, wessen Zugang aktiv ist.")
WRONG(M_ROLE_NO_MUNICIPALITY, "Rollen bekommt nur, wer gerade in einer Kommune arbeitet.")
WRONG(M_ROLE_NOT_FIRST,
      "Diese Kommune hat schon eine Personenverwaltung. Weitere bestimmt sie selbst.")
WRONG(M_ROLE_NONE_FITS, "Für diese Person gibt es hier keine passende Rolle.")
WRONG(M_ROLE_HAS_ALREADY,
      "Diese Person hat die Rolle in der Zeit schon, oder einen anderen Platz im "
      "Steuerungskreis. Beende ihn zuerst.")
WRONG(M_ROLE_SEAT_TAKEN, "Die Kommune hat in der Zeit schon eine Stimmführung. Beende deren Rolle "
			 "zuerst, oder wähle die Stellvertretung.")
WRONG(M_ROLE_SINCE_PAST, "Nimm heute oder einen späteren Tag.")
WRONG(M_ROLE_UNTIL_BEFORE, "Das Ende liegt vor dem Anfang.")
WRONG(M_ROLE_END_LATER, "Die Rolle endet schon früher. Nimm einen Tag davor.")
WRONG(M_ROLE_LAST_OFFICE,
      "Das ist die letzte Person im Projektbüro. Bestimme zuerst, wer nachfolgt, "
      "ohne Enddatum.")
WRONG(M_ROLE_LAST_ADMINISTRATOR,
      "Das ist die letzte Personenverwaltung der Kommune. Bestimme zuerst, "
      "wer nachfolgt, ohne Enddatum.")
WRONG(M_ROLE_LAST_COMMITTEE, "Danach könnte niemand mehr Rollen der Kooperation vergeben. Bestimme "
			     "zuerst, wer nachfolgt, ohne Enddatum.")
WRONG(M_ROLE_LAST_INSTALLATION,
      "Das ist die letzte technische Verwaltung. Bestimme zuerst, wer nachfolgt, "
      "ohne Enddatum.")
WRONG(M_ROLE_PROPOSED_ALREADY, "Das ist schon vorgeschlagen; der Steuerungskreis entscheidet noch.")
WRONG(M_ROLE_OWN_PROPOSAL, "Über deinen eigenen Vorschlag entscheidet jemand anderes.")
WRONG(M_ROLE_MOVED, "Die Person arbeitet inzwischen woanders. Lehne den Vorschlag ab.")
WRONG(M_ROLE_OVER, "Die vorgeschlagene Zeit ist vorbei. Lehne den Vorschlag ab.")
/* municipalities, memberships, invitations */
DONE(M_INVITED, "eingeladen", "Die Einladung ist unterwegs.")
DONE(M_INVITED_WAITS, "eingeladen-wartet",
     "Die Einladung ist notiert. Sie geht hinaus, sobald ein Mailserver eingerichtet ist.")
DONE(M_INVITATION_RENEWED, "neu-verschickt",
     "Die Einladung gilt wieder 14 Tage. Ein älterer Link gilt nicht mehr.")
DONE(M_INVITATION_REVOKED, "einladung-zurueckgezogen",
     "Die Einladung ist zurückgezogen. Der Link gilt nicht mehr.")
DONE(M_WELCOME, "willkommen", "Willkommen! Fang mit dem an, was du gelesen haben solltest.")
DONE(M_WELCOME_WAIT, "willkommen-bald",
     "Willkommen! Du siehst das Projekt, sobald dich jemand in eine Task Force aufnimmt.")
DONE(M_JOINED, "dabei", "Du gehörst jetzt zu dieser Kommune.")
DONE(M_FOUNDED, "kommune-angelegt", "Die Kommune ist angelegt, die erste Person eingeladen.")
DONE(M_LEAVING_PLANNED, "austritt-eingetragen",
     "Der Austritt ist eingetragen. Er gilt erst, wenn eine zweite Person ihn bestätigt.")
DONE(M_LEAVING_CONFIRMED, "austritt-bestaetigt",
     "Der Austritt ist bestätigt. Bis zum letzten Tag bleibt alles, wie es ist.")
DONE(M_LEAVING_WITHDRAWN, "austritt-zurueckgezogen",
     "Der Austritt ist zurückgezogen. Die Kommune bleibt dabei.")
DONE(M_MUNICIPALITY_SAVED, "kommune-gespeichert", "Die Angaben sind gespeichert.")
DONE(M_MEMBER_SUSPENDED, "gesperrt", "Der Zugang ist gesperrt. Alle Anmeldungen sind beendet.")
DONE(M_MEMBER_REACTIVATED, "wieder-aktiv", "Der Zugang ist wieder aktiv.")
DONE(M_FACTOR_RESET, "zwei-schritte-zurueckgesetzt",
     "Die Bestätigung in zwei Schritten ist zurückgesetzt. Alle Anmeldungen sind beendet.")
DONE(M_MEMBERSHIP_ENDED, "zugehoerigkeit-beendet",
     "Die Zugehörigkeit ist beendet. Der Zugang bleibt, ohne Rollen.")
DONE(M_PASSWORD_NEW, "neues-passwort", "Dein neues Passwort gilt. Melde dich damit an.")
WRONG(M_EMAIL_FOUR_EYES, "Eine neue Adresse trägt jemand anderes ein: Wer, steht oben. Lass hier "
			 "die bisherige stehen.")
WRONG(M_INVITEE_NAME, "Gib den Namen der Person an.")
WRONG(M_EMAIL_SERVICE, "Gib die dienstliche E-Mail-Adresse an.")
WRONG(M_EMAIL_BAD, "Gib eine vollständige E-Mail-Adresse an, zum Beispiel anna@stadt.example.")
WRONG(M_EMAIL_PRIVATE,
      "Das ist ein privater Anbieter. Nimm die dienstliche Adresse, oder bestätige "
      "unten, dass du diese meinst.")
WRONG(M_EMAIL_FOREIGN, "Diese Adresse gehört nicht zu euren Adressen. Prüfe sie, oder bestätige "
		       "unten, dass du diese meinst.")
WRONG(M_INVITED_ALREADY, "Diese Adresse ist schon eingeladen. Unter „Offene Einladungen“ kannst du "
			 "sie neu verschicken.")
WRONG(M_INVITED_ELSEWHERE, "Diese Adresse hat gerade eine andere Kommune eingeladen. Sprecht euch "
			   "ab.")
WRONG(M_MEMBER_ALREADY, "Diese Person hat schon einen Zugang bei euch. Du findest sie in der Liste "
			"oben.")
WRONG(M_MEMBER_ELSEWHERE,
      "Zu dieser Adresse gibt es einen Zugang in einer anderen Kommune. Wechselt "
      "die Person zu euch? Dann beendet ihre bisherige Personenverwaltung "
      "zuerst die Zugehörigkeit. Danach lädst du sie hier ein.")
WRONG(M_MEMBER_LOCKED, "Der Zugang zu dieser Adresse ist gesperrt. Wende dich an die technische "
		       "Verwaltung.")
WRONG(M_MUNICIPALITY_NAME, "Gib den Namen an, zum Beispiel Stadt Waldau.")
WRONG(M_MUNICIPALITY_TAKEN, "Eine Kommune mit diesem Namen oder Kurznamen gibt es schon.")
WRONG(M_AGS_BAD, "Der Gemeindeschlüssel hat acht Ziffern. Lass das Feld leer, wenn du ihn nicht "
		 "kennst.")
WRONG(M_DOMAINS_BAD, "Schreibe nur, was hinter dem @ steht, zum Beispiel stadt-waldau.example.")
WRONG(M_HANDOVER_OPEN, "Erst wenn die Liste unter „Das braucht vorher jemand anderen“ leer ist, "
		       "kann die Zugehörigkeit enden.")
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
DONE(M_RETENTION_SAVED, "fristen", "Die Fristen sind gespeichert.")
WRONG(M_RETENTION_DAYS, "Gib für jede Frist 1 bis 36.500 Tage an.")
