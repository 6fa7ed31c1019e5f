/* invitation.c -- the rows of invitations, and their letter. */
#include "features/people/invitation.h"

#include "app/audit.h"
#include "app/outbox.h"
#include "base/clock.h"
#include "base/utf8.h"

#include <inttypes.h>

enum { DAY_SECONDS = 24 * 3600 };

const struct invitation_role invitation_roles[INVITATION_ROLES] = {
    {S_INIT("lesen"), S_INIT("reader"), S_INIT("Nur lesen")},
    {S_INIT("mitwirken"), S_INIT("reviewer"), S_INIT("Mitwirkung am Handbuch")},
    {S_INIT("mitarbeit"), S_INIT("member"), S_INIT("Mitarbeit in Task Forces")},
    {S_INIT("verwaltung"), S_INIT("municipality"), S_INIT("Personenverwaltung")},
};

struct str invitation_role_label(struct str word)
{
	for (size_t i = 0; i < INVITATION_ROLES; i++)
		if (str_eq(invitation_roles[i].word, word))
			return invitation_roles[i].label;
	return role_label(word);
}

static struct str object(struct request *rq, int64_t id)
{
	return arena_fmt(rq->arena, "invitation/%" PRId64, id);
}

/* ---- Who it is ---- */

struct invitee {
	int64_t id; /* 0: nobody with this address yet */
	struct str status;
	int64_t municipality_id;                 /* of the membership */
	int64_t invited_to, open_id, expires_at; /* of an open invitation */
};

static enum err invitee_find(struct request *rq, struct str email, struct invitee *out)
{
	static const char sql[] =
	    "SELECT p.id, p.status, coalesce(s.municipality_id, 0), coalesce(i.municipality_id, 0),"
	    "       coalesce(i.id, 0), coalesce(i.expires_at, 0)"
	    "  FROM person p LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN invitation i ON i.person_id = p.id"
	    "   AND i.accepted_at IS NULL AND i.revoked_at IS NULL"
	    " WHERE p.email = $1";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(email)));

	*out = (struct invitee){.id = 0};
	if (rows_next(&r))
		*out = (struct invitee){.id = col_int(&r, 0),
					.status = col_text(&r, 1),
					.municipality_id = col_int(&r, 2),
					.invited_to = col_int(&r, 3),
					.open_id = col_int(&r, 4),
					.expires_at = col_int(&r, 5)};
	return r.err;
}

/* What is said of people elsewhere is what everybody in the project may know. */
static enum message obstacle(const struct invitee *who, int64_t municipality_id)
{
	if (who->id == 0)
		return M_NONE;
	if (who->municipality_id != 0)
		return who->municipality_id == municipality_id ? M_MEMBER_ALREADY
							       : M_MEMBER_ELSEWHERE;
	if (who->invited_to == municipality_id)
		return M_INVITED_ALREADY;
	if (who->open_id != 0 && who->expires_at > clock_now())
		return M_INVITED_ELSEWHERE;
	return str_eq(who->status, S("invited")) || str_eq(who->status, S("active"))
		   ? M_NONE
		   : M_MEMBER_LOCKED;
}

static enum err person_write(struct request *rq, const struct invite *in, struct invitee *who)
{
	static const char new_sql[] =
	    "INSERT INTO person (name, sort_key, email, status, created_at)"
	    " VALUES ($1, $2, $3, 'invited', $4) RETURNING id";
	static const char name_sql[] = "UPDATE person SET name = $2, sort_key = $3"
				       " WHERE id = $1 AND status = 'invited'";
	struct bind name = TEXT(in->name), key = TEXT(utf8_sort_key(rq->arena, in->name));

	if (who->id == 0)
		TRY(db_int(rq->db, new_sql, WITH(name, key, TEXT(in->email), INT(clock_now())),
			   &who->id));
	else
		TRY(db_run(rq->db, name_sql, WITH(INT(who->id), name, key), NULL));
	return rq->app->names_changed(rq);
}

/* ---- The letter ---- */

struct sending {
	int64_t id, person_id, version;
	struct str municipality, role;
};

static enum err write_letter(struct request *rq, const struct sending *s)
{
	static const char sql[] = "SELECT name, status = 'active' FROM person WHERE id = $1";
	struct letter l = {.person_id = s->person_id,
			   .topic = "invitation",
			   .link = "invitation",
			   .link_id = s->id};
	struct view *v = view_new(rq->arena);
	struct rows r = db_query(rq->db, sql, WITH(INT(s->person_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	view_text(v, V_NAME, col_text(&r, 0));
	view_show(v, col_int(&r, 1) != 0 ? S_KNOWN : S_NEW_HERE);
	view_text(v, V_INVITER, rq->viewer.name);
	view_text(v, V_MUNICIPALITY, s->municipality);
	view_text(v, V_COOPERATION, rq->app->config.cooperation);
	view_text(v, V_ROLE_NAME, invitation_role_label(s->role));
	view_text(v, V_DATE, date_long(rq->arena, date_add_days(date_today(), INVITATION_DAYS)));
	TRY(letter_render(rq->arena, v, "mail/invitation.txt", &l));
	/* What was written before and not sent must not go out beside it. */
	TRY(outbox_cancel(rq->db, object(rq, s->id)));
	l.dedupe = arena_fmt(rq->arena, "invitation/%" PRId64 "/%" PRId64, s->id, s->version);
	return outbox_put(rq->db, &l);
}

/* ---- Acts ---- */

static enum err note(struct request *rq, const char *action, int64_t id, const struct invite *in)
{
	struct buf json = {.arena = rq->arena};

	json_pair(&json, "email", in->email);
	json_pair(&json, "municipality", in->municipality);
	json_pair(&json, "role", in->role);
	return audit(rq, action, object(rq, id), S(""), json_end(&json));
}

enum err invitation_send(struct request *rq, const struct invite *in, enum message *why)
{
	static const char void_sql[] = "UPDATE invitation SET revoked_at = $2, token_hash = NULL,"
				       "  version = version + 1 WHERE id = $1";
	static const char sql[] = "INSERT INTO invitation (person_id, municipality_id, role,"
				  "  invited_by, created_at, expires_at)"
				  " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
	struct sending s = {.version = 1, .municipality = in->municipality, .role = in->role};
	int64_t now = clock_now();
	struct invitee who;

	TRY(invitee_find(rq, in->email, &who));
	*why = obstacle(&who, in->municipality_id);
	if (*why != M_NONE)
		return OK;
	if (who.open_id != 0)
		TRY(db_run(rq->db, void_sql, WITH(INT(who.open_id), INT(now)), NULL));
	TRY(person_write(rq, in, &who));
	s.person_id = who.id;
	TRY(db_int(rq->db, sql,
		   WITH(INT(who.id), INT(in->municipality_id), TEXT(in->role),
			INT(rq->viewer.person_id), INT(now),
			INT(now + INVITATION_DAYS * DAY_SECONDS)),
		   &s.id));
	TRY(write_letter(rq, &s));
	return note(rq, "invitation.create", s.id, in);
}

/* An open one with what its letter and its line in the log say. */
static enum err open_load(struct request *rq, int64_t municipality_id, int64_t id,
			  struct sending *s, struct invite *in)
{
	static const char sql[] =
	    "SELECT i.person_id, m.name, i.role, p.email FROM invitation i"
	    "  JOIN municipality m ON m.id = i.municipality_id JOIN person p ON p.id = i.person_id"
	    " WHERE i.id = $1 AND i.municipality_id = $2"
	    "   AND i.accepted_at IS NULL AND i.revoked_at IS NULL";
	struct rows r = db_query(rq->db, sql, WITH(INT(id), INT(municipality_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*s = (struct sending){.id = id,
			      .person_id = col_int(&r, 0),
			      .municipality = col_text(&r, 1),
			      .role = col_text(&r, 2)};
	*in = (struct invite){
	    .municipality = s->municipality, .role = s->role, .email = col_text(&r, 3)};
	return OK;
}

enum err invitation_renew_open(struct request *rq, int64_t municipality_id, int64_t id)
{
	static const char sql[] =
	    "UPDATE invitation SET expires_at = $2, token_hash = NULL, invited_by = $3,"
	    "  version = version + 1 WHERE id = $1 RETURNING version";
	struct sending s;
	struct invite in;

	TRY(open_load(rq, municipality_id, id, &s, &in));
	TRY(db_int(rq->db, sql,
		   WITH(INT(id), INT(clock_now() + INVITATION_DAYS * DAY_SECONDS),
			INT(rq->viewer.person_id)),
		   &s.version));
	TRY(write_letter(rq, &s));
	return note(rq, "invitation.renew", id, &in);
}

enum err invitation_revoke_open(struct request *rq, int64_t municipality_id, int64_t id)
{
	static const char sql[] = "UPDATE invitation SET revoked_at = $2, token_hash = NULL,"
				  "  version = version + 1 WHERE id = $1";
	struct sending s;
	struct invite in;

	TRY(open_load(rq, municipality_id, id, &s, &in));
	TRY(db_run(rq->db, sql, WITH(INT(id), INT(clock_now())), NULL));
	TRY(outbox_cancel(rq->db, object(rq, id)));
	return note(rq, "invitation.revoke", id, &in);
}

enum err invitation_revoke_role(struct request *rq, int64_t municipality_id, struct str role)
{
	static const char sql[] =
	    "SELECT id FROM invitation WHERE municipality_id = $1 AND role = $2"
	    "   AND accepted_at IS NULL AND revoked_at IS NULL ORDER BY id LIMIT 1";
	int64_t id;
	enum err err;

	while ((err = db_int(rq->db, sql, WITH(INT(municipality_id), TEXT(role)), &id)) == OK)
		TRY(invitation_revoke_open(rq, municipality_id, id));
	return err == E_NOT_FOUND ? OK : err;
}
