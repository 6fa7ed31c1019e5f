/* municipality.h -- a municipality as an object of rights: everybody in the project sees who works
 * there, its own administrator looks after them. */
#ifndef FEATURES_PEOPLE_MUNICIPALITY_H
#define FEATURES_PEOPLE_MUNICIPALITY_H

#include "app/form.h"

struct municipality {
	int64_t id, version;
	struct str name, slug, ags, domains, privacy_contact;
	struct date joined_on, left_on; /* left_on: its last day, may be to come; none: it stays */
	bool funder, factor_for_all;
	bool own;               /* the viewer looks after its people */
	bool has_administrator; /* somebody active does */
};

/* Its last day has passed. */
bool municipality_has_left(const struct municipality *m);
/* By its address; E_NOT_FOUND. */
MUST enum err municipality_load(struct request *rq, struct str slug, struct municipality *out);
/* E_FORBIDDEN where the viewer does not look after its people. */
MUST enum err municipality_load_own(struct request *rq, struct str slug, struct municipality *out);
/* For a municipality that has nobody yet; E_CONFLICT where somebody looks after it, or it left. */
MUST enum err municipality_load_orphan(struct request *rq, struct str slug,
				       struct municipality *out);

/* The form for an invitation, as it stands on the page of a municipality. */
extern const struct form_field invitee_name_field, invitee_email_field, invitee_role_field,
    invitee_anyway_field, invitee_password_field;
struct invite_form {
	struct form form;
	int role;        /* index of invitation_roles; -1: none */
	bool anyway;     /* the box under a warning was ticked */
	bool ask_anyway; /* show that box */
};
void invite_form_begin(struct invite_form *f, struct request *rq);
/* Name and address; an address that is not of `domains` wants to be confirmed by the box. */
struct invite;
void invite_form_read(struct invite_form *f, struct str domains, struct invite *in);

/* The page: of the own one with people, invitations and the form; names and roles of others. */
MUST enum err municipality_page(struct invite_form *f, const struct municipality *m, int status);

/* "Mitwirkung am Handbuch, Personenverwaltung" from "reviewer municipality". */
struct str role_labels(struct arena *a, struct str words);
/* How somebody's last visit is told: "heute", "02.11.2026", "noch nie". */
struct str seen_label(struct arena *a, struct str iso_day);

handler municipality_list, municipality_show, municipality_new, municipality_found;
handler municipality_edit, municipality_update, municipality_leave_ask;
handler municipality_leave_plan, municipality_leave_confirm, municipality_leave_withdraw;
handler invitation_create, invitation_renew, invitation_revoke, invitation_first;

#endif
