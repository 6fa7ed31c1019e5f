/* message_register.c -- the sentences about the register and its witnesses. */
#include "app/message_rows.h"

#define ROW(m, word, text) [(m)-M_REGISTER] = {S_INIT(word), S_INIT(text)}
const struct message_row register_messages[M_COUNT - M_REGISTER] = {
    ROW(M_WITNESS_KEY_STORED, "schluessel-hinterlegt",
	"Der Schlüssel ist hinterlegt. Ab jetzt zeichnet deine Kommune mit ihm gegen."),
    ROW(M_WITNESSED, "gegengezeichnet",
	"Die Gegenzeichnung ist geprüft und steht jetzt im Register."),
    ROW(M_WITNESS_KEY_MISSING, "",
	"Füge den öffentlichen Schlüssel ein, alle Zeilen von BEGIN bis END."),
    ROW(M_WITNESS_KEY_BAD, "",
	"Das ist kein öffentlicher Ed25519-Schlüssel. Füge alle Zeilen von BEGIN PUBLIC KEY bis "
	"END PUBLIC KEY ein."),
    ROW(M_WITNESS_KEY_PRIVATE, "",
	"Das war der private Schlüssel. Er gehört niemandem außer euch. Erzeuge ein neues Paar und "
	"füge hier nur den öffentlichen ein."),
    ROW(M_WITNESS_KEY_TAKEN, "", "Dieser Schlüssel steht schon im Register. Erzeuge einen neuen."),
    ROW(M_WITNESS_KEY_FIRST, "", "Hinterlegt zuerst den Schlüssel deiner Kommune."),
    ROW(M_WITNESS_HEAD_MISSING, "", "Gib die Nummer des Eintrags an."),
    ROW(M_WITNESS_HEAD_UNKNOWN, "", "Einen Eintrag mit dieser Nummer gibt es nicht."),
    ROW(M_WITNESS_AGAIN, "", "Diesen Eintrag habt ihr schon gegengezeichnet."),
    ROW(M_WITNESS_SIGNATURE_MISSING, "", "Füge ein, was der letzte Befehl ausgegeben hat."),
    ROW(M_WITNESS_SIGNATURE_BAD, "",
	"Das ist keine Gegenzeichnung. Füge genau ein, was der letzte Befehl ausgegeben hat."),
    ROW(M_WITNESS_SIGNATURE_WRONG, "",
	"Die Gegenzeichnung passt nicht zu diesem Eintrag und eurem Schlüssel. Stimmt die Nummer, "
	"und sind Register und Schlüssel die richtigen?"),
};
