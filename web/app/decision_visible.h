/*
 * decision_visible.h -- who reads a decision template that stood on an agenda as restricted.
 *
 * The committee, who prepares or leads meetings, who wrote or presents it, its task force, who
 * takes the minutes of that meeting, who carries the resolution out.  All others see its number,
 * that it is a template, and the reason: one condition for every list and every page.
 */
#ifndef APP_DECISION_VISIBLE_H
#define APP_DECISION_VISIBLE_H

#include "app/app.h"

#define DECISION_HIDDEN_TITLE "Nur für den Steuerungskreis"

/* Of `decision d`.  `reads` is bound to decision_reads, `me` to the viewer: names of binds, "$4".
 */
#define DECISION_VISIBLE(reads, me)                                                                \
	"(" reads " OR d.author_id = " me                                                          \
	" OR NOT EXISTS (SELECT 1 FROM agenda_entry re WHERE re.decision_id = d.id"                \
	"   AND re.restricted <> '')"                                                              \
	" OR EXISTS (SELECT 1 FROM task_force_member rm WHERE rm.task_force_id = d.task_force_id"  \
	"   AND rm.person_id = " me " AND rm.until IS NULL)"                                       \
	" OR EXISTS (SELECT 1 FROM agenda_entry re JOIN meeting rt ON rt.id = re.meeting_id"       \
	"   WHERE re.decision_id = d.id"                                                           \
	"    AND " me " IN (re.presenter_id, rt.chair_id, rt.deputy_id, rt.minute_taker_id))"      \
	" OR EXISTS (SELECT 1 FROM follow_up rf WHERE rf.decision_id = d.id"                       \
	"   AND rf.responsible_id = " me "))"

/* 1 for whoever reads them all: the committee, and who prepares or leads its meetings. */
int64_t decision_reads(unsigned roles);

#endif
