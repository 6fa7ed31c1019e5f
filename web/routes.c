/* routes.c -- the sitemap: one line per feature, and what the frame needs of them. */
#include "features/features.h"
#include "features/handbook/edition.h"
#include "features/handbook/version_void.h"

/* clang-format off */
static const struct route *const tables[] = {
    home_routes,
    calendar_routes,
    people_routes,
    login_code_routes,
    profile_routes,
    barrier_routes,
    municipality_routes,
    invitation_routes,
    password_reset_routes,
    email_change_routes,
    member_routes,
    mail_routes,
    role_routes,
    erase_routes,
    own_data_routes,
    audit_routes,
    retention_routes,
    overview_routes,
    task_force_routes,
    comparison_routes,
    section_routes,
    import_routes,
    placeholder_routes,
    working_routes,
    version_routes,
    edition_routes,
    public_routes,
    reading_list_routes,
    review_date_routes,
    handbook_routes,
    round_routes,
    search_routes,
    feedback_routes,
    follow_up_routes,
    register_routes,
    poll_routes,
    decision_routes,
    minutes_routes,
    meeting_routes,
    NULL,
};
/* clang-format on */

/* The configuration is filled in by main. */
const struct app sitemap = {
    .routes = tables,
    .login_show = login_show,
    .form_stale = form_stale,
    .waiting = home_waiting,
    .names_changed = editions_recheck,
    .vote_voided = versions_vote_voided,
};
