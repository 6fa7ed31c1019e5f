/* task_force_routes.c -- what can be done with one task force. */
#include "app/fresh_password.h"
#include "features/features.h"
#include "features/overview/handlers.h"

const struct route task_force_routes[] = {
    GET("/task-forces/neu", TASK_FORCE_CREATE, task_force_new),
    POST("/task-forces/neu", TASK_FORCE_CREATE, task_force_create),
    GET("/task-forces/:slug", PROJECT_SEE, task_force_show),
    GET("/task-forces/:slug/bearbeiten", TASK_FORCE_EDIT, task_force_edit),
    POST("/task-forces/:slug/bearbeiten", TASK_FORCE_EDIT, task_force_update),
    GET("/task-forces/:slug/beenden", TASK_FORCE_CREATE, task_force_end),
    POST("/task-forces/:slug/beenden", TASK_FORCE_CREATE, task_force_finish),
    GET("/task-forces/:slug/team", TEAM_SET, team_show),
    POST_PREPARED("/task-forces/:slug/team", TEAM_SET, fresh_password_prepare, team_add, 0),
    GET("/task-forces/:slug/team/:id", TEAM_SET, team_member_show),
    POST_PREPARED("/task-forces/:slug/team/:id", TEAM_SET, fresh_password_prepare, team_member_move,
		  0),
    GET("/task-forces/:slug/fragen", QUESTION_ASK, question_new),
    POST("/task-forces/:slug/fragen", QUESTION_ASK, question_create),
    GET("/task-forces/:slug/fragen/:id", QUESTION_ASK, question_edit),
    POST("/task-forces/:slug/fragen/:id", QUESTION_ASK, question_answer),
    GET("/task-forces/:slug/stand", LIGHT_SET, light_edit),
    POST("/task-forces/:slug/stand", LIGHT_SET, light_set),
    GET("/task-forces/:slug/buchungen", MONEY_BOOK, booking_new),
    POST("/task-forces/:slug/buchungen", MONEY_BOOK, booking_create),
    GET("/task-forces/:slug/buchungen/:id/storno", MONEY_BOOK, booking_void_ask),
    POST("/task-forces/:slug/buchungen/:id/storno", MONEY_BOOK, booking_void),
    ROUTES_END,
};
