/* round_routes.c -- the addresses of review rounds. */
#include "features/features.h"
#include "features/handbook/round_handlers.h"

const struct route round_routes[] = {
    GET("/feedback/runden", PROJECT_SEE, round_list),
    GET("/feedback/runden/neu", HANDBOOK_EDIT, round_new),
    POST("/feedback/runden/neu", HANDBOOK_EDIT, round_create),
    GET("/feedback/runden/:id", PROJECT_SEE, round_show),
    POST("/feedback/runden/:id/antwort", PROJECT_SEE, round_answer),
    POST("/feedback/runden/:id/verlaengern", HANDBOOK_EDIT, round_extend),
    GET("/feedback/runden/:id/schliessen", HANDBOOK_EDIT, round_close_ask),
    POST("/feedback/runden/:id/schliessen", HANDBOOK_EDIT, round_finish),
    POST("/feedback/runden/:id/auswerten", HANDBOOK_EDIT, round_evaluate),
    GET_KEPT("/feedback/runden/:id/synopse", PROJECT_SEE, synopsis_show),
    GET("/feedback/runden/:id/synopse.csv", PROJECT_SEE, synopsis_csv),
    GET("/feedback/runden/:id/synopse.xlsx", PROJECT_SEE, synopsis_xlsx),
    ROUTES_END,
};
