/*
 * features.h -- all that the rest of the program knows of the features: their routes, and the two
 * functions the frame calls.
 */
#ifndef FEATURES_FEATURES_H
#define FEATURES_FEATURES_H

#include "app/app.h"

extern const struct route home_routes[];
extern const struct route people_routes[];
extern const struct route login_code_routes[];     /* the second step of a login */
extern const struct route profile_routes[];        /* the own account */
extern const struct route municipality_routes[];   /* and who looks after whose people */
extern const struct route invitation_routes[];     /* the ways in from a letter: invitation, */
extern const struct route password_reset_routes[]; /* forgotten password */
extern const struct route email_change_routes[];   /* a new address */
extern const struct route member_routes[];         /* one person, for the own administrator */
extern const struct route role_routes[];           /* who has which role, and who may do what */
extern const struct route mail_routes[];           /* the own settings, and what did not arrive */
extern const struct route barrier_routes[];        /* reports of barriers */
extern const struct route calendar_routes[];       /* dates, for one's own calendar */
extern const struct route erase_routes[];          /* a person becomes a former one */
extern const struct route own_data_routes[];       /* what is stored about oneself */
extern const struct route audit_routes[];          /* who did what */
extern const struct route retention_routes[];      /* how long things are kept */
extern const struct route overview_routes[];       /* the table of all task forces */
extern const struct route task_force_routes[];     /* one of them */
extern const struct route
    comparison_routes[]; /* before handbook_routes: a chapter may be anything */
extern const struct route import_routes[];
extern const struct route placeholder_routes[];
extern const struct route section_routes[];
extern const struct route working_routes[];
extern const struct route version_routes[];
extern const struct route edition_routes[]; /* public editions, as they are prepared */
extern const struct route public_routes[];  /* and as the world reads them */
extern const struct route reading_list_routes[];
extern const struct route review_date_routes[];
extern const struct route handbook_routes[];
extern const struct route search_routes[];
extern const struct route feedback_routes[];
extern const struct route round_routes[];     /* review rounds of the handbook */
extern const struct route follow_up_routes[]; /* before decision_routes: fixed addresses */
extern const struct route register_routes[];  /* the decision register */
extern const struct route poll_routes[];      /* votes of the steering committee */
extern const struct route decision_routes[];
extern const struct route minutes_routes[]; /* before meeting_routes: fixed addresses */
extern const struct route meeting_routes[]; /* of the steering committee */

/* The login page for a POST whose session has ended; keeps what was typed for afterwards. */
MUST enum err login_show(struct request *rq);
/* For a POST whose token is not of this session: shows what was typed, to be sent once more. */
MUST enum err form_stale(struct request *rq);
/* How many things wait for the viewer. */
MUST enum err home_waiting(struct request *rq, int64_t *count);

extern const struct app sitemap; /* routes.c */

#endif
