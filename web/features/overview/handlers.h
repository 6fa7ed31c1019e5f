/*
 * handlers.h -- the handlers of one task force, listed in task_force_routes.c.
 */
#ifndef OVERVIEW_HANDLERS_H
#define OVERVIEW_HANDLERS_H

#include "app/app.h"

handler task_force_new, task_force_create, task_force_show, task_force_edit, task_force_update,
    task_force_end, task_force_finish;
handler team_show, team_add, team_member_show, team_member_move;
handler question_new, question_create, question_edit, question_answer;
handler light_edit, light_set;
handler booking_new, booking_create, booking_void_ask, booking_void;

#endif
