/*
 * meeting_handlers.h -- the pages and forms of meetings, for the sitemap (meeting_routes.c).
 */
#ifndef STEERING_MEETING_HANDLERS_H
#define STEERING_MEETING_HANDLERS_H

#include "features/steering/agenda.h"

handler meeting_list, meeting_show, meeting_ics;
handler meeting_new, meeting_create, meeting_edit, meeting_update;
handler meeting_invite_ask, meeting_invite, meeting_answer;
handler meeting_move_ask, meeting_move, meeting_cancel_ask, meeting_cancel;
handler agenda_new, agenda_create, agenda_edit, agenda_update, agenda_shift, agenda_return;
handler agenda_remove_ask, agenda_remove, agenda_entry_show;
handler meeting_lead, meeting_lead_act, meeting_close_ask, meeting_close;
handler agenda_call_ask, agenda_call, agenda_end_ask, agenda_end;
handler attendance_list, attendance_act;
handler proxy_list, proxy_grant, proxy_revoke;
handler recusal_note, recusal_lift, recusal_dispute;
handler rules_show, rules_edit, rules_update;

/* Invites: state, register, resolutions that come back, letters, reminders.  What must stand before
 * is the form's business. */
MUST enum err meeting_call(struct request *rq, struct meeting *m);

/* The day as a leaf of a calendar. */
void meeting_show_date(struct request *rq, struct view *v, const struct meeting *m);
/* The page of the meeting, with another status: 409 says that something has changed. */
MUST enum err meeting_page(struct request *rq, const struct meeting *m, int status);
/* The page of the person who leads. */
MUST enum err meeting_lead_page(struct request *rq, const struct meeting *m, int status);

#endif
