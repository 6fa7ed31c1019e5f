/* poll_routes.c -- the addresses of votes. */
#include "features/features.h"
#include "features/steering/poll_handlers.h"

#define CORRECTION "/entscheidungen/:slug/umlauf/berichtigung"
#define VOID "/entscheidungen/:slug/abstimmung/ungueltig"

const struct route poll_routes[] = {
    GET("/entscheidungen/:slug/abstimmung", PROJECT_SEE, poll_show),
    POST("/entscheidungen/:slug/abstimmung", MEETING_CHAIR, poll_create),
    GET("/entscheidungen/:slug/abstimmung/schliessen", MEETING_CHAIR, poll_close_ask),
    POST("/entscheidungen/:slug/abstimmung/schliessen", MEETING_CHAIR, poll_finish),
    GET("/entscheidungen/:slug/abstimmung/abbrechen", MEETING_CHAIR, poll_abort_ask),
    POST("/entscheidungen/:slug/abstimmung/abbrechen", MEETING_CHAIR, poll_stop),
    GET("/entscheidungen/:slug/abstimmung/wortlaut", MEETING_CHAIR, amendment_new),
    POST("/entscheidungen/:slug/abstimmung/wortlaut", MEETING_CHAIR, amendment_create),
    GET(VOID, MINUTES_WRITE, poll_void_new),
    POST(VOID, MINUTES_WRITE, poll_void_create),
    POST(VOID "/bestaetigen", MINUTES_WRITE, poll_void_agree),
    POST(VOID "/zurueckziehen", MINUTES_WRITE, poll_void_drop),
    POST("/entscheidungen/:slug/stimme", SEAT_ACT, ballot_create),
    GET("/entscheidungen/:slug/bestaetigung", SEAT_ACT, ballot_show),
    GET("/entscheidungen/:slug/umlauf", DECISION_REVIEW, circular_new),
    POST("/entscheidungen/:slug/umlauf", DECISION_REVIEW, circular_create),
    POST("/entscheidungen/:slug/umlauf/schliessen", DECISION_REVIEW, circular_finish),
    GET("/entscheidungen/:slug/umlauf/befangen", SEAT_ACT, circular_recuse_ask),
    POST("/entscheidungen/:slug/umlauf/befangen", SEAT_ACT, circular_recuse),
    GET("/entscheidungen/:slug/umlauf/einwand", SEAT_ACT, circular_object_ask),
    POST("/entscheidungen/:slug/umlauf/einwand", SEAT_ACT, circular_object),
    GET(CORRECTION, MINUTES_WRITE, circular_correction_new),
    POST(CORRECTION, MINUTES_WRITE, circular_correction_create),
    POST(CORRECTION "/bestaetigen", MINUTES_WRITE, circular_correction_confirm),
    POST(CORRECTION "/zurueckziehen", MINUTES_WRITE, circular_correction_withdraw),
    ROUTES_END,
};
