/* messages_register.h -- the register and its witnesses.  A list for message.h. */
DONE(M_WITNESSED, "gegengezeichnet", "Die Gegenzeichnung ist geprüft und steht jetzt im Register.")
WRONG(M_WITNESS_KEY_MISSING, "Füge den öffentlichen Schlüssel ein, alle Zeilen von BEGIN bis END.")
WRONG(M_WITNESS_KEY_BAD, "Das ist kein öffentlicher Ed25519-Schlüssel. Füge alle Zeilen von BEGIN "
			 "PUBLIC KEY bis END PUBLIC KEY ein.")
WRONG(M_WITNESS_KEY_PRIVATE, "Das war der private Schlüssel. Er gehört niemandem außer euch. "
			     "Erzeuge ein neues Paar und füge hier nur den öffentlichen ein.")
WRONG(M_WITNESS_KEY_TAKEN, "Dieser Schlüssel steht schon im Register. Erzeuge einen neuen.")
WRONG(M_WITNESS_KEY_FIRST, "Hinterlegt zuerst den Schlüssel deiner Kommune.")
WRONG(M_WITNESS_HEAD_MISSING, "Gib die Nummer des Eintrags an.")
WRONG(M_WITNESS_HEAD_UNKNOWN, "Einen Eintrag mit dieser Nummer gibt es nicht.")
WRONG(M_WITNESS_AGAIN, "Diesen Eintrag habt ihr schon gegengezeichnet.")
WRONG(M_WITNESS_SIGNATURE_MISSING, "Füge ein, was der letzte Befehl ausgegeben hat.")
WRONG(M_WITNESS_SIGNATURE_BAD,
      "Das ist keine Gegenzeichnung. Füge genau ein, was der letzte Befehl ausgegeben hat.")
WRONG(M_WITNESS_SIGNATURE_WRONG,
      "Die Gegenzeichnung passt nicht zu diesem Eintrag und eurem Schlüssel. Stimmt die Nummer, "
      "und sind Register und Schlüssel die richtigen?")
DONE(M_WITNESS_KEY_STORED, "schluessel-hinterlegt",
     "Der Schlüssel ist hinterlegt. Ab jetzt zeichnet deine Kommune mit ihm gegen.")
