/* rights.c -- the table of rights. */
#include "app/rights.h"

#define PROJECT                                                                                    \
	(ROLE_MUNICIPALITY | ROLE_PMO | ROLE_TF_LEAD | ROLE_TF_MEMBER | ROLE_COMMITTEE |           \
	 ROLE_CHAIR | ROLE_REVIEWER | ROLE_READER)

const struct right rights[ACTION_COUNT] = {
    [EVERYONE] = {0, 0},
    [LOGGED_IN] = {0, 0},
    [PROJECT_SEE] = {PROJECT, 0},
    [TASK_FORCE_CREATE] = {ROLE_PMO, 0},
    [TASK_FORCE_EDIT] = {ROLE_PMO, ROLE_TF_LEAD},
    [TEAM_SET] = {ROLE_PMO, ROLE_TF_LEAD},
    [QUESTION_ASK] = {ROLE_PMO, ROLE_TF_LEAD | ROLE_TF_MEMBER},
    [LIGHT_SET] = {ROLE_PMO, ROLE_TF_LEAD},
    [MONEY_BOOK] = {ROLE_PMO, ROLE_TF_LEAD},
    [MONEY_SEE] = {ROLE_PMO | ROLE_COMMITTEE | ROLE_CHAIR | ROLE_REVIEWER,
		   ROLE_TF_LEAD | ROLE_MUNICIPALITY},
    [HANDBOOK_EDIT] = {ROLE_PMO, 0},
    [VERSION_APPROVE] = {ROLE_PMO | ROLE_COMMITTEE | ROLE_CHAIR, 0},
    [VERSION_DECIDE] = {ROLE_COMMITTEE | ROLE_CHAIR, 0},
    [FEEDBACK_HINT] = {PROJECT, 0},
    [FEEDBACK_GIVE] = {PROJECT & ~ROLE_READER, 0},
    [FEEDBACK_DECIDE] = {ROLE_PMO, 0},
    [FEEDBACK_SPEAK] = {0, ROLE_MUNICIPALITY},
    [FEEDBACK_HIDE] = {ROLE_MUNICIPALITY, 0},
    [EDITION_SEE] = {ROLE_PMO | ROLE_MUNICIPALITY, 0},
    [EDITION_RELEASE] = {ROLE_MUNICIPALITY, 0},
    [DECISION_WRITE] = {ROLE_PMO, ROLE_TF_LEAD | ROLE_TF_MEMBER},
    [DECISION_DISCUSS] = {PROJECT & ~ROLE_READER, 0},
    [DECISION_REVIEW] = {ROLE_PMO, 0},
    [MEETING_PREPARE] = {ROLE_PMO | ROLE_CHAIR, 0},
    [MEETING_CHAIR] = {ROLE_CHAIR, ROLE_COMMITTEE},
    [SEAT_ACT] = {0, ROLE_COMMITTEE},
    [MINUTES_WRITE] = {0, PROJECT},
    [FOLLOW_UP_REPORT] = {ROLE_PMO, PROJECT & ~ROLE_PMO},
    [RULES_SET] = {ROLE_CHAIR, 0},
    [OFFICE_ACT] = {ROLE_PMO, 0},
    [CHAIR_ACT] = {ROLE_CHAIR, 0},
    [PEOPLE_SEE] = {PROJECT | ROLE_INSTALLATION, 0},
    [PEOPLE_MANAGE] = {0, ROLE_MUNICIPALITY},
    [ACCOUNT_RESCUE] = {0, ROLE_MUNICIPALITY | ROLE_INSTALLATION},
    [MUNICIPALITY_FOUND] = {ROLE_INSTALLATION, 0},
    /* Who may take away each seat one by one. */
    [MUNICIPALITY_END] = {ROLE_COMMITTEE | ROLE_CHAIR, 0},
    [PROJECT_ROLE_GRANT] = {ROLE_PMO, ROLE_MUNICIPALITY},
    [ROLE_PROPOSE] = {ROLE_PMO, 0},
    [ROLE_GRANT] = {ROLE_COMMITTEE | ROLE_CHAIR, 0},
    [AUDIT_SEE] = {ROLE_PMO, ROLE_MUNICIPALITY},
    [MAIL_SEE] = {ROLE_INSTALLATION | ROLE_PMO, ROLE_MUNICIPALITY},
    [RETENTION_SET] = {ROLE_INSTALLATION, 0},
    [BARRIER_ANSWER] = {ROLE_INSTALLATION | ROLE_PMO, 0},
    [WITNESS_ACT] = {0, ROLE_MUNICIPALITY | ROLE_COMMITTEE},
};

static const struct {
	struct str name;
	unsigned role;
	struct str label, brief;
} roles[] = {
    {S_INIT("installation"), ROLE_INSTALLATION, S_INIT("Technische Verwaltung"), S_INIT("Technik")},
    {S_INIT("municipality"), ROLE_MUNICIPALITY, S_INIT("Personenverwaltung"), S_INIT("Personen")},
    {S_INIT("pmo"), ROLE_PMO, S_INIT("Projektbüro"), S_INIT("Projektbüro")},
    {S_INIT("tf_lead"), ROLE_TF_LEAD, S_INIT("Leitung einer Task Force"), S_INIT("TF-Leitung")},
    {S_INIT("tf_member"), ROLE_TF_MEMBER, S_INIT("Mitarbeit in einer Task Force"),
     S_INIT("TF-Mitarbeit")},
    {S_INIT("committee"), ROLE_COMMITTEE, S_INIT("Steuerungskreis"), S_INIT("Kreis")},
    {S_INIT("committee_deputy"), ROLE_COMMITTEE, S_INIT("Steuerungskreis, Stellvertretung"),
     S_INIT("Kreis")},
    {S_INIT("chair"), ROLE_CHAIR, S_INIT("Moderation des Steuerungskreises"), S_INIT("Moderation")},
    {S_INIT("reviewer"), ROLE_REVIEWER, S_INIT("Mitwirkung am Handbuch"), S_INIT("Handbuch")},
    {S_INIT("reader"), ROLE_READER, S_INIT("Nur lesen"), S_INIT("Lesen")},
    {S_INIT("funder"), ROLE_FUNDER, S_INIT("Fördermittelgeber"), S_INIT("Förderung")},
};

/* What the code calls it, and what people read. */
static const struct {
	struct str name, group, label;
} actions[ACTION_COUNT] = {
    [EVERYONE] = {S_INIT("everyone"), S_INIT("Für alle"),
		  S_INIT("Hilfe, rechtliche Seiten und das öffentliche Handbuch lesen")},
    [LOGGED_IN] = {S_INIT("logged_in"), S_INIT("Für alle"),
		   S_INIT("Eigenes Profil und eigene Anmeldungen verwalten")},
    [PROJECT_SEE] = {S_INIT("project_see"), S_INIT("Task Forces"),
		     S_INIT("Übersicht, Ampeln, Handbuch, Entscheidungen und Sitzungen lesen")},
    [TASK_FORCE_CREATE] = {S_INIT("task_force_create"), S_INIT("Task Forces"),
			   S_INIT("Task Force anlegen, beenden, Kommunen und Leitung bestimmen")},
    [TASK_FORCE_EDIT] = {S_INIT("task_force_edit"), S_INIT("Task Forces"),
			 S_INIT("Ziel, Laufzeit und Link ändern")},
    [TEAM_SET] = {S_INIT("team_set"), S_INIT("Task Forces"),
		  S_INIT("Mitarbeit und Stellvertretung vergeben und beenden")},
    [QUESTION_ASK] = {S_INIT("question_ask"), S_INIT("Task Forces"),
		      S_INIT("Offene Fragen stellen und beantworten")},
    [LIGHT_SET] = {S_INIT("light_set"), S_INIT("Task Forces"), S_INIT("Stand melden (Ampel)")},
    [MONEY_BOOK] = {S_INIT("money_book"), S_INIT("Task Forces"), S_INIT("Mittel buchen")},
    [MONEY_SEE] = {S_INIT("money_see"), S_INIT("Task Forces"), S_INIT("Einzelne Buchungen sehen")},
    [HANDBOOK_EDIT] = {S_INIT("handbook_edit"), S_INIT("Handbuch"),
		       S_INIT("Handbuch schreiben, Runden öffnen, Fassungen vorbereiten")},
    [VERSION_APPROVE] = {S_INIT("version_approve"), S_INIT("Handbuch"),
			 S_INIT("Redaktionelle Fassung als zweite Person freigeben")},
    [VERSION_DECIDE] = {S_INIT("version_decide"), S_INIT("Handbuch"),
			S_INIT("Fassung mit neuem Inhalt in Kraft setzen")},
    [FEEDBACK_HINT] = {S_INIT("feedback_hint"), S_INIT("Rückmeldungen"),
		       S_INIT("Hinweis zum Handbuch geben")},
    [FEEDBACK_GIVE] = {S_INIT("feedback_give"), S_INIT("Rückmeldungen"),
		       S_INIT("Fragen, Vorschläge, Fehler und Antworten schreiben")},
    [FEEDBACK_DECIDE] = {S_INIT("feedback_decide"), S_INIT("Rückmeldungen"),
			 S_INIT("Über Rückmeldungen entscheiden")},
    [FEEDBACK_SPEAK] = {S_INIT("feedback_speak"), S_INIT("Rückmeldungen"),
			S_INIT("Für die Kommune freigeben, zustimmen, widersprechen")},
    [FEEDBACK_HIDE] = {S_INIT("feedback_hide"), S_INIT("Rückmeldungen"),
		       S_INIT("Worte aus Gründen des Datenschutzes verbergen")},
    [EDITION_SEE] = {S_INIT("edition_see"), S_INIT("Öffentliche Ausgabe"),
		     S_INIT("Ausgaben sehen, bevor sie öffentlich sind")},
    [EDITION_RELEASE] = {S_INIT("edition_release"), S_INIT("Öffentliche Ausgabe"),
			 S_INIT("Ausgabe mit dem zweiten Schlüssel veröffentlichen, zurückziehen")},
    [DECISION_WRITE] = {S_INIT("decision_write"), S_INIT("Entscheidungen"),
			S_INIT("Entscheidungsvorlage schreiben")},
    [DECISION_DISCUSS] = {S_INIT("decision_discuss"), S_INIT("Entscheidungen"),
			  S_INIT("Unter einer Vorlage mitreden")},
    [DECISION_REVIEW] = {S_INIT("decision_review"), S_INIT("Entscheidungen"),
			 S_INIT("Vorlage zurückgeben, veröffentlichen, in Umlauf geben")},
    [MEETING_PREPARE] = {S_INIT("meeting_prepare"), S_INIT("Sitzungen und Beschlüsse"),
			 S_INIT("Sitzung einberufen, Tagesordnung schreiben")},
    [MEETING_CHAIR] = {S_INIT("meeting_chair"), S_INIT("Sitzungen und Beschlüsse"),
		       S_INIT("Sitzung und Abstimmung leiten")},
    [SEAT_ACT] = {S_INIT("seat_act"), S_INIT("Sitzungen und Beschlüsse"),
		  S_INIT("Für die Kommune antworten, Vollmacht erteilen, abstimmen")},
    [MINUTES_WRITE] = {S_INIT("minutes_write"), S_INIT("Sitzungen und Beschlüsse"),
		       S_INIT("Protokoll führen")},
    [FOLLOW_UP_REPORT] = {S_INIT("follow_up_report"), S_INIT("Sitzungen und Beschlüsse"),
			  S_INIT("Über die Umsetzung eines Beschlusses berichten")},
    [RULES_SET] = {S_INIT("rules_set"), S_INIT("Sitzungen und Beschlüsse"),
		   S_INIT("Regeln des Steuerungskreises ändern")},
    [OFFICE_ACT] = {S_INIT("office_act"), S_INIT("Sitzungen und Beschlüsse"),
		    S_INIT("Fragen an das Projektbüro bekommen")},
    [CHAIR_ACT] = {S_INIT("chair_act"), S_INIT("Sitzungen und Beschlüsse"),
		   S_INIT("Fragen an den Steuerungskreis bekommen")},
    [PEOPLE_SEE] = {S_INIT("people_see"), S_INIT("Personen und Rollen"),
		    S_INIT("Namen und Rollen aller Kommunen sehen")},
    [PEOPLE_MANAGE] = {S_INIT("people_manage"), S_INIT("Personen und Rollen"),
		       S_INIT("Personen einladen, sperren; weitere Personenverwaltung bestimmen")},
    [ACCOUNT_RESCUE] = {S_INIT("account_rescue"), S_INIT("Personen und Rollen"),
			S_INIT("Adresse berichtigen, zwei Schritte zurücksetzen (nicht beides in "
			       "30 Tagen; Technik, wo sonst niemand kann)")},
    [MUNICIPALITY_FOUND] = {S_INIT("municipality_found"), S_INIT("Personen und Rollen"),
			    S_INIT("Kommune anlegen, erste Personenverwaltung bestimmen")},
    [MUNICIPALITY_END] = {S_INIT("municipality_end"), S_INIT("Personen und Rollen"),
			  S_INIT("Austritt einer Kommune eintragen, als zweite Person bestätigen")},
    [PROJECT_ROLE_GRANT] = {S_INIT("project_role_grant"), S_INIT("Personen und Rollen"),
			    S_INIT("„Nur lesen“ und „Mitwirkung am Handbuch“ vergeben")},
    [ROLE_PROPOSE] = {S_INIT("role_propose"), S_INIT("Personen und Rollen"),
		      S_INIT("Rollen der Kooperation vorschlagen")},
    [ROLE_GRANT] = {S_INIT("role_grant"), S_INIT("Personen und Rollen"),
		    S_INIT("Rollen der Kooperation vergeben")},
    [AUDIT_SEE] = {S_INIT("audit_see"), S_INIT("Betrieb und Datenschutz"),
		   S_INIT("Sehen, wer was geändert hat")},
    [MAIL_SEE] = {S_INIT("mail_see"), S_INIT("Betrieb und Datenschutz"),
		  S_INIT("Nachrichten sehen, die nicht ankamen")},
    [RETENTION_SET] = {S_INIT("retention_set"), S_INIT("Betrieb und Datenschutz"),
		       S_INIT("Aufbewahrungsfristen festlegen")},
    [BARRIER_ANSWER] = {S_INIT("barrier_answer"), S_INIT("Betrieb und Datenschutz"),
			S_INIT("Gemeldete Barrieren beantworten")},
    [WITNESS_ACT] = {S_INIT("witness_act"), S_INIT("Betrieb und Datenschutz"),
		     S_INIT("Beschlussregister für die Kommune gegenzeichnen")},
};

unsigned role_named(struct str name)
{
	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
		if (str_eq(roles[i].name, name))
			return roles[i].role;
	return 0;
}

struct str action_name(enum action action)
{
	return actions[action].name;
}

struct str action_group(enum action action)
{
	return actions[action].group;
}

struct str action_label(enum action action)
{
	return actions[action].label;
}

struct str role_label(struct str name)
{
	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
		if (str_eq(roles[i].name, name))
			return roles[i].label;
	return S("");
}

/* The first word of a role is that of the holder. */
static size_t of_bit(enum role role)
{
	size_t i = 0;

	while (i + 1 < sizeof roles / sizeof roles[0] && roles[i].role != (unsigned)role)
		i++;
	return i;
}

struct str role_title(enum role role)
{
	return roles[of_bit(role)].label;
}

struct str role_brief(enum role role)
{
	return roles[of_bit(role)].brief;
}

bool right_to_enter(unsigned held, enum action action)
{
	return (held & (rights[action].all | rights[action].own)) != 0;
}

bool right_to_all(unsigned held, enum action action)
{
	return (held & rights[action].all) != 0;
}

bool right_to_own(enum role role, enum action action)
{
	return (rights[action].own & (unsigned)role) != 0;
}
