/* minutes_routes.c -- the addresses of minutes. */
#include "features/features.h"
#include "features/steering/minutes_handlers.h"

#define MINUTES "/sitzungen/:slug/protokoll"
#define NOTE MINUTES "/notizen/:id"
#define CORRECTION MINUTES "/berichtigungen/:id"

const struct route minutes_routes[] = {
    GET(MINUTES, PROJECT_SEE, minutes_show),
    GET(MINUTES "/niederschrift.txt", PROJECT_SEE, minutes_file),
    POST(MINUTES "/notizen", MINUTES_WRITE, note_create),
    GET(NOTE, MINUTES_WRITE, note_edit),
    POST(NOTE, MINUTES_WRITE, note_update),
    POST(NOTE "/entfernen", MINUTES_WRITE, note_remove),
    POST("/sitzungen/auftraege/:id/erledigt", PROJECT_SEE, task_done),
    POST_PREPARED(MINUTES "/unterschreiben", MINUTES_WRITE, minutes_sign_prepare, minutes_sign, 0),
    POST(MINUTES "/zurueckgeben", MINUTES_WRITE, minutes_return),
    POST(MINUTES "/genehmigen", MINUTES_WRITE, minutes_approve),
    GET(MINUTES "/berichtigungen", MINUTES_WRITE, correction_new),
    POST(MINUTES "/berichtigungen", MINUTES_WRITE, correction_create),
    POST(CORRECTION "/bestaetigen", MINUTES_WRITE, correction_confirm),
    POST(CORRECTION "/zurueckziehen", MINUTES_WRITE, correction_withdraw),
    ROUTES_END,
};
