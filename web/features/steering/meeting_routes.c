/* meeting_routes.c -- the addresses of meetings. */
#include "features/features.h"
#include "features/steering/meeting_handlers.h"

#define MEETING "/sitzungen/:slug"
#define ENTRY MEETING "/punkte/:id"

const struct route meeting_routes[] = {
    GET("/sitzungen", PROJECT_SEE, meeting_list),
    GET("/sitzungen/neu", MEETING_PREPARE, meeting_new),
    POST("/sitzungen/neu", MEETING_PREPARE, meeting_create),
    GET("/sitzungen/regeln", PROJECT_SEE, rules_show),
    GET("/sitzungen/regeln/aendern", RULES_SET, rules_edit),
    POST("/sitzungen/regeln/aendern", RULES_SET, rules_update),
    /* one meeting */
    GET(MEETING, PROJECT_SEE, meeting_show),
    GET(MEETING "/sitzung.ics", PROJECT_SEE, meeting_ics),
    GET(MEETING "/bearbeiten", MEETING_PREPARE, meeting_edit),
    POST(MEETING "/bearbeiten", MEETING_PREPARE, meeting_update),
    GET(MEETING "/einladen", MEETING_PREPARE, meeting_invite_ask),
    POST(MEETING "/einladen", MEETING_PREPARE, meeting_invite),
    POST(MEETING "/antwort", SEAT_ACT, meeting_answer),
    GET(MEETING "/verschieben", MEETING_PREPARE, meeting_move_ask),
    POST(MEETING "/verschieben", MEETING_PREPARE, meeting_move),
    GET(MEETING "/absagen", MEETING_PREPARE, meeting_cancel_ask),
    POST(MEETING "/absagen", MEETING_PREPARE, meeting_cancel),
    /* its agenda */
    GET(MEETING "/punkte/neu", MEETING_PREPARE, agenda_new),
    POST(MEETING "/punkte/neu", MEETING_PREPARE, agenda_create),
    GET(ENTRY, PROJECT_SEE, agenda_entry_show),
    GET(ENTRY "/bearbeiten", MEETING_PREPARE, agenda_edit),
    POST(ENTRY "/bearbeiten", MEETING_PREPARE, agenda_update),
    GET(ENTRY "/entfernen", MEETING_PREPARE, agenda_remove_ask),
    POST(ENTRY "/entfernen", MEETING_PREPARE, agenda_remove),
    POST(ENTRY "/schieben", MEETING_PREPARE, agenda_shift),
    POST(ENTRY "/aufnehmen", MEETING_PREPARE, agenda_return),
    /* who comes, for whom, and who must not */
    GET(MEETING "/anwesenheit", PROJECT_SEE, attendance_list),
    POST(MEETING "/anwesenheit", PROJECT_SEE, attendance_act),
    GET(MEETING "/vollmachten", PROJECT_SEE, proxy_list),
    POST(MEETING "/vollmachten", SEAT_ACT, proxy_grant),
    POST(MEETING "/vollmachten/:id/widerrufen", SEAT_ACT, proxy_revoke),
    POST(ENTRY "/befangen", PROJECT_SEE, recusal_note),
    POST(ENTRY "/befangen-aufheben", PROJECT_SEE, recusal_lift),
    POST(ENTRY "/bestreiten", PROJECT_SEE, recusal_dispute),
    /* leading it */
    GET(MEETING "/leitung", MEETING_CHAIR, meeting_lead),
    POST(MEETING "/leitung", MEETING_CHAIR, meeting_lead_act),
    GET(ENTRY "/aufrufen", MEETING_CHAIR, agenda_call_ask),
    POST(ENTRY "/aufrufen", MEETING_CHAIR, agenda_call),
    GET(ENTRY "/beenden", MEETING_CHAIR, agenda_end_ask),
    POST(ENTRY "/beenden", MEETING_CHAIR, agenda_end),
    GET(MEETING "/schliessen", MEETING_CHAIR, meeting_close_ask),
    POST(MEETING "/schliessen", MEETING_CHAIR, meeting_close),
    ROUTES_END,
};
