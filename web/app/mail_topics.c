/* mail_topics.c -- the table of topics. */
#include "app/mail_topics.h"

const struct mail_topic mail_topics[MAIL_TOPICS] = {
    {.name = S_INIT("feedback"),
     .label = S_INIT("Deine Rückmeldungen"),
     .what = S_INIT("Rückfragen, Entscheidungen und was davon im Handbuch steht"),
     .chosen = true},
    {.name = S_INIT("review_round"),
     .label = S_INIT("Rückmelderunden"),
     .what = S_INIT("Eine neue Fassung des Handbuchs liegt zum Lesen vor, und Erinnerungen daran"),
     .chosen = true},
    {.name = S_INIT("decision"),
     .label = S_INIT("Vorlagen und Umsetzung"),
     .what = S_INIT("Neue Entscheidungsvorlagen, und Beschlüsse, die bei dir liegen"),
     .chosen = true},
    {.name = S_INIT("meeting"),
     .label = S_INIT("Rund um Sitzungen"),
     .what = S_INIT("Erinnerungen an eine Antwort und fertige Niederschriften"),
     .chosen = true},
    {.name = S_INIT("vote"),
     .label = S_INIT("Ergebnisse von Abstimmungen"),
     .what = S_INIT("Wie entschieden wurde, und Berichtigungen"),
     .chosen = true},
    {.name = S_INIT("meeting_call"),
     .label = S_INIT("Einladungen zu Sitzungen"),
     .what = S_INIT("auch Änderungen, Absagen und Vollmachten für dich")},
    {.name = S_INIT("vote_call"),
     .label = S_INIT("Aufrufe zur Abstimmung"),
     .what = S_INIT("im Umlauf, mit der Frist")},
    {.name = S_INIT("vote_receipt"),
     .label = S_INIT("Belege"),
     .what = S_INIT("über jede Stimme, die du abgibst")},
    {.name = S_INIT("barrier"),
     .label = S_INIT("Barrieren"),
     .what = S_INIT("Antworten auf Barrieren, die du gemeldet hast")},
    {.name = S_INIT("invitation"),
     .label = S_INIT("Einladungen"),
     .what = S_INIT("zu Handschlag, mit dem Link für den ersten Zugang"),
     .to_invited = true},
    {.name = S_INIT("password_reset"),
     .label = S_INIT("Neues Passwort"),
     .what = S_INIT("der Link, wenn du deines vergessen hast")},
    {.name = S_INIT("account"),
     .label = S_INIT("Dein Zugang"),
     .what = S_INIT("was sich an Passwort, Rollen, Kommune und Sicherheit ändert"),
     .to_invited = true,
     .to_suspended = true},
};

static const struct str modes[MAIL_MODES] = {
    [MAIL_AT_ONCE] = S_INIT("at_once"),
    [MAIL_DAILY] = S_INIT("daily"),
    [MAIL_WEEKLY] = S_INIT("weekly"),
    [MAIL_OFF] = S_INIT("off"),
};

const struct mail_topic *mail_topic_named(struct str name)
{
	for (size_t i = 0; i < MAIL_TOPICS; i++)
		if (str_eq(mail_topics[i].name, name))
			return &mail_topics[i];
	return NULL;
}

struct str mail_topics_chosen(struct arena *a)
{
	struct buf b = {.arena = a};

	buf_char(&b, ' ');
	for (size_t i = 0; i < MAIL_TOPICS; i++)
		if (mail_topics[i].chosen)
			buf_fmt(&b, "%.*s ", ARG(mail_topics[i].name));
	return buf_str(&b);
}

struct str mail_mode_name(enum mail_mode mode)
{
	return modes[mode];
}

enum mail_mode mail_mode_named(struct str name)
{
	for (int i = 0; i < MAIL_MODES; i++)
		if (str_eq(modes[i], name))
			return (enum mail_mode)i;
	return MAIL_AT_ONCE;
}
