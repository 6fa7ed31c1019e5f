/* common_words.c -- words that stand in most of the passwords people choose at work. */
#include "features/people/password_rules.h"

/* clang-format off */
const char *const common_words[] = {
    /* the word itself, and getting in */
    "passwort", "password", "passphrase", "kennwort", "geheimnis", "geheim", "zugang", "zugriff",
    "anmelden", "anmeldung", "login", "logon", "signin", "einloggen", "admin", "administrator",
    "root", "user", "benutzer", "nutzer", "gast", "guest", "test", "tester", "testing", "default",
    "standard", "start", "initial", "change", "aendern", "andern", "neues", "neu", "pass", "wort",
    "master", "super", "secret", "private", "privat", "letmein", "welcome", "willkommen",
    /* this program and its world */
    "handschlag", "verwaltung", "rathaus", "stadt", "gemeinde", "kommune", "kommunal", "kreis",
    "landkreis", "kooperation", "verbund", "projekt", "projektburo", "projektbuero", "taskforce",
    "task", "force", "lenkungskreis", "steuerungskreis", "handbuch", "smartcity", "smart", "city",
    "digital", "digitalisierung", "foerderung", "forderung", "ministerium", "amt", "buero",
    "buro", "office", "arbeit", "dienst", "computer", "laptop", "internet", "windows",
    "microsoft", "outlook", "excel", "google", "apple", "android", "iphone", "samsung", "server",
    "netzwerk",
    /* time */
    "januar", "februar", "marz", "maerz", "april", "mai", "juni", "juli", "august", "september",
    "oktober", "november", "dezember", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
    "samstag", "sonntag", "fruhling", "fruehling", "fruhjahr", "fruehjahr", "sommer", "herbst",
    "winter", "weihnachten", "ostern", "urlaub", "ferien", "feierabend", "wochenende", "heute",
    "morgen", "sommer", "summer", "spring", "autumn", "monday", "friday", "january", "december",
    /* greetings and feelings */
    "hallo", "hello", "guten", "moin", "servus", "tschuss", "danke", "bitte", "liebe", "lieber",
    "iloveyou", "loveyou", "love", "ichliebedich", "liebedich", "schatz", "schatzi", "hase",
    "engel", "princess", "prinzessin", "sonnenschein", "sunshine", "sonne", "mond", "stern",
    "sterne", "glueck", "gluck", "happy", "freude", "familie", "mama", "papa", "mutter", "vater",
    "kinder", "oma", "opa", "baby", "freund", "freunde", "freiheit", "freedom",
    /* animals and sport */
    "monkey", "dragon", "drache", "tiger", "katze", "hund", "hunde", "pferd", "maus", "schnecke",
    "mausi", "bella", "rocky", "lucky", "football", "baseball", "fussball", "bundesliga",
    "bayern", "borussia", "dortmund", "schalke", "eintracht", "hsv", "werder", "ferrari",
    "porsche", "mercedes", "volkswagen", "batman", "superman", "spiderman", "starwars", "pokemon",
    "matrix", "shadow", "killer", "hunter", "trustno", "whatever", "access", "flower", "blume",
    "blumen", "schokolade", "kaffee", "pizza", "bier", "berlin", "hamburg", "munchen", "muenchen",
    "koln", "koeln", "frankfurt", "deutschland", "germany", "hessen", "wiesbaden",
    /* names that are often somebody's child or cat */
    "michael", "thomas", "andreas", "stefan", "christian", "daniel", "alexander", "sebastian",
    "martin", "peter", "klaus", "sabine", "andrea", "claudia", "susanne", "petra", "nicole",
    "stefanie", "julia", "anna", "laura", "lena", "emma", "mia", "paul", "leon", "lukas", "jonas",
    "maximilian", "sophie", "marie", "charlotte", "hannah", "jessica", "michelle", "jennifer",
    "ashley", "jordan", "charlie",
    /* patterns that are no rows */
    "qwert", "qwerty", "asdf", "yxcv", "zxcv", "abc", "123", "321", "111", "000", "007", "666",
    "777", "1q2w3e4r5t6z", "1q2w3e4r5t6y", "1q2w3e4r", "1q2w3e", "aaa", "xxx", "foo", "bar",
    "ein", "das", "ist", "mein", "meine", "nicht", "sicher", "und", "ich", "bin",
    /* end */
    "",
};
/* clang-format on */
