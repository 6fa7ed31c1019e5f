/* profile.h -- the own account: words about oneself, password, second factor, devices. */
#ifndef FEATURES_PEOPLE_PROFILE_H
#define FEATURES_PEOPLE_PROFILE_H

#include "app/form.h"

handler profile_password_show, profile_password_prepare, profile_password_save;
handler profile_email_show, profile_email_ask;
handler factor_show, factor_draft_show, factor_draft_post, factor_confirm_post, codes_show,
    codes_post;
handler session_end_post, sessions_end_post;

/* The devices on which the viewer is logged in, into S_DEVICES. */
MUST enum err sessions_show(struct request *rq);

#endif
