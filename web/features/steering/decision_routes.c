/* decision_routes.c -- the addresses of decision templates. */
#include "features/features.h"
#include "features/steering/decision_handlers.h"

const struct route decision_routes[] = {
    GET_KEPT("/entscheidungen", PROJECT_SEE, decision_list),
    GET("/entscheidungen.csv", PROJECT_SEE, decision_list_csv),
    GET("/entscheidungen/neu", DECISION_WRITE, decision_new),
    POST("/entscheidungen/neu", DECISION_WRITE, decision_create),
    POST("/entscheidungen/aus-dem-handbuch/:id", DECISION_REVIEW, request_take),
    GET_KEPT("/entscheidungen/:slug", PROJECT_SEE, decision_show),
    GET("/entscheidungen/:slug/bearbeiten", DECISION_WRITE, decision_edit),
    POST("/entscheidungen/:slug/bearbeiten", DECISION_WRITE, decision_update),
    POST("/entscheidungen/:slug/einreichen", DECISION_WRITE, decision_submit),
    POST("/entscheidungen/:slug/zurueckgeben", DECISION_REVIEW, decision_return),
    POST("/entscheidungen/:slug/veroeffentlichen", DECISION_REVIEW, decision_publish),
    POST("/entscheidungen/:slug/ueberarbeiten", DECISION_WRITE, decision_revise),
    POST("/entscheidungen/:slug/zurueckziehen", DECISION_WRITE, decision_withdraw),
    GET("/entscheidungen/:slug/fassungen", PROJECT_SEE, decision_versions),
    GET("/entscheidungen/:slug/fassungen/:id/wortlaut", PROJECT_SEE, decision_words),
    POST("/entscheidungen/:slug/beitraege", DECISION_DISCUSS, comment_create),
    POST("/entscheidungen/:slug/beitraege/:id/entfernen", DECISION_DISCUSS, comment_remove),
    ROUTES_END,
};
