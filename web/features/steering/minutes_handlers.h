/*
 * minutes_handlers.h -- the pages and forms of minutes, for the sitemap (minutes_routes.c).
 */
#ifndef STEERING_MINUTES_HANDLERS_H
#define STEERING_MINUTES_HANDLERS_H

#include "features/steering/minutes.h"

handler minutes_show, minutes_file;
handler note_create, note_edit, note_update, note_remove, task_done;
handler minutes_sign_prepare, minutes_sign, minutes_return, minutes_approve;
handler correction_new, correction_create, correction_confirm, correction_withdraw;

#endif
