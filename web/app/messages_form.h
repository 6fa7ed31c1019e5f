/* messages_form.h -- what is wrong with a field of any form.  A list for message.h. */
WRONG(M_REQUIRED, "Fülle dieses Feld aus.")
WRONG(M_TOO_LONG, "Kürze den Text auf höchstens %d Zeichen.")
WRONG(M_ONE_LINE, "Schreibe alles in eine Zeile.")
WRONG(M_DATE, "Gib ein Datum an, zum Beispiel 31.03.2027.")
WRONG(M_MONTH, "Gib Monat und Jahr an, zum Beispiel 03/2027.")
WRONG(M_MONEY, "Gib einen Betrag in Euro an, zum Beispiel 12.345,67.")
WRONG(M_CHOOSE, "Wähle eine der Möglichkeiten.")
WRONG(M_NUMBER, "Gib eine ganze Zahl an.")
WRONG(M_EMAIL_NEEDED, "Gib deine E-Mail-Adresse an.")
WRONG(M_PASSWORD_NEEDED, "Gib dein Passwort an.")
WRONG(M_PASSWORD_SHORT, "Nimm mindestens 12 Zeichen.")
WRONG(M_PASSWORD_LONG, "Nimm höchstens 256 Zeichen.")
WRONG(M_PASSWORD_GUESSABLE, "Dieses Passwort ist leicht zu erraten. Nimm zum Beispiel vier Wörter, "
			    "die nichts miteinander zu tun haben.")
WRONG(M_MONEY_NEGATIVE, "Gib einen Betrag ohne Minuszeichen an.")
WRONG(M_MONEY_ZERO, "Gib einen Betrag über null Euro an.")
WRONG(M_MONEY_LIMIT, "Gib höchstens 999.999.999 Euro an.")
WRONG(M_FUTURE, "Dieser Tag liegt noch vor uns. Prüfe das Datum.")
/* meetings */
WRONG(M_PASSWORD_WRONG, "Das Passwort stimmt nicht. Gib es noch einmal ein.")
WRONG(M_PASSWORD_WAIT, "Nach mehreren Fehlversuchen wurde dieser nicht geprüft. Versuche es in %d "
		       "Sekunden noch einmal.")
WRONG(M_PASSWORD_BUSY, "Gerade melden sich sehr viele an. Warte ein paar Sekunden und gib das "
		       "Passwort noch einmal ein.")
