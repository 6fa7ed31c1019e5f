/* attendance.c -- the rows of who was there. */
#include "features/steering/attendance.h"

#include "base/clock.h"
#include "features/steering/presence.h"
#include "features/steering/proxy.h"
#include "features/steering/register_records.h"

const struct str attendance_role_names[ATTENDANCE_ROLES] = {S_INIT("holder"), S_INIT("deputy"),
							    S_INIT("presenter"), S_INIT("guest"),
							    S_INIT("minute_taker")};
const struct str attendance_mode_names[ATTENDANCE_MODES] = {S_INIT("room"), S_INIT("remote")};

struct str attendance_role_label(enum attendance_role r)
{
	static const struct str labels[ATTENDANCE_ROLES] = {
	    S_INIT("Stimmführung"), S_INIT("Stellvertretung"), S_INIT("trägt vor"), S_INIT("Gast"),
	    S_INIT("Niederschrift")};

	return labels[r];
}

struct str attendance_mode_label(enum attendance_mode m)
{
	return m == MODE_ROOM ? S("vor Ort") : S("per Video");
}

static int named(const struct str *names, int count, struct str s)
{
	int i = 0;

	while (i < count - 1 && !str_eq(names[i], s))
		i++;
	return i;
}

enum err attendance_load(struct request *rq, const struct meeting *m, struct attendances *out)
{
	static const char sql[] =
	    "SELECT count(*) OVER (), a.id, coalesce(a.person_id, 0),"
	    "       coalesce(a.municipality_id, 0),"
	    "       coalesce(p.name, a.guest_name),"
	    "       coalesce(u.short, ''), a.role, a.mode, a.from_at, a.until_at"
	    "  FROM attendance a LEFT JOIN person p ON p.id = a.person_id"
	    "  LEFT JOIN municipality u ON u.id = a.municipality_id"
	    " WHERE a.meeting_id = $1 ORDER BY u.sort_key IS NULL, u.sort_key, a.role, p.sort_key,"
	    "  a.guest_name, a.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id)));

	*out = (struct attendances){.n = 0};
	while (rows_next(&r)) {
		if (out->n == 0)
			out->v = ARENA_ARRAY(rq->arena, struct attendance, (size_t)col_int(&r, 0));
		int role = named(attendance_role_names, ATTENDANCE_ROLES, col_text(&r, 6));
		int mode = named(attendance_mode_names, ATTENDANCE_MODES, col_text(&r, 7));
		out->v[out->n++] = (struct attendance){.id = col_int(&r, 1),
						       .person_id = col_int(&r, 2),
						       .municipality_id = col_int(&r, 3),
						       .name = col_text(&r, 4),
						       .place = col_text(&r, 5),
						       .role = (enum attendance_role)role,
						       .mode = (enum attendance_mode)mode,
						       .from_at = col_int(&r, 8),
						       .until_at = col_int(&r, 9)};
	}
	return r.err;
}

const struct attendance *attendance_of(const struct attendances *all, int64_t person_id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].person_id == person_id && all->v[i].until_at == 0)
			return &all->v[i];
	return NULL;
}

bool attendance_is_open(const struct meeting *m)
{
	return meeting_runs(m) ||
	       (m->state == MEETING_INVITED && date_cmp(m->day, date_today()) == 0);
}

enum err attendance_role_of(struct request *rq, const struct meeting *m, int64_t person_id,
			    enum attendance_role *role, int64_t *municipality_id)
{
	static const char sql[] =
	    "SELECT EXISTS (SELECT 1 FROM agenda_entry e WHERE e.meeting_id = $1"
	    "  AND e.presenter_id = p.id), coalesce(s.municipality_id, 0)"
	    "  FROM person p LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    " WHERE p.id = $2 AND p.status = 'active'";
	struct roll roll;

	TRY(roll_load(rq, m->day, &roll));
	const struct seat *seat = roll_seat(&roll, person_id);
	if (seat != NULL) {
		*role = seat->capacity == CAPACITY_HOLDER ? ROLE_HOLDER : ROLE_DEPUTY;
		*municipality_id = seat->municipality_id;
		return OK;
	}
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id), INT(person_id)));
	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*role = person_id == m->minute_taker_id ? ROLE_MINUTE_TAKER
		: col_int(&r, 0) != 0           ? ROLE_PRESENTER
						: ROLE_GUEST;
	*municipality_id = col_int(&r, 1);
	return OK;
}

static enum err record(struct request *rq, const struct meeting *m, const struct attendance *who,
		       const char *event)
{
	struct register_book book = register_of(rq);

	return register_attendance(
	    &book, &(struct register_attendance){.meeting = m->id,
						 .person = WHO(who->person_id),
						 .unit = who->municipality_id,
						 .role = attendance_role_names[who->role],
						 .mode = attendance_mode_names[who->mode],
						 .event = str_of(event)});
}

enum err attendance_come(struct request *rq, const struct meeting *m, int64_t person_id,
			 struct str guest, enum attendance_mode mode)
{
	static const char sql[] =
	    "INSERT INTO attendance (meeting_id, person_id, guest_name, municipality_id, role,"
	    " mode, from_at) SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS"
	    " (SELECT 1 FROM attendance WHERE meeting_id = $1 AND person_id = $2"
	    "   AND until_at IS NULL)";
	struct attendance who = {.person_id = person_id, .role = ROLE_GUEST, .mode = mode};
	int64_t added = 0;

	if (person_id != 0)
		TRY(attendance_role_of(rq, m, person_id, &who.role, &who.municipality_id));
	TRY(db_run(rq->db, sql,
		   WITH(INT(m->id), INT_OR_NONE(person_id), TEXT(person_id != 0 ? S("") : guest),
			INT_OR_NONE(who.municipality_id), TEXT(attendance_role_names[who.role]),
			TEXT(attendance_mode_names[mode]), INT(clock_now())),
		   &added));
	return added == 1 ? record(rq, m, &who, "came") : E_CONFLICT;
}

enum err attendance_leave(struct request *rq, const struct meeting *m, const struct attendance *who)
{
	static const char sql[] =
	    "UPDATE attendance SET until_at = max(from_at, $2) WHERE id = $1 AND until_at IS NULL";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(who->id), INT(clock_now())), &changed));
	if (changed != 1)
		return E_CONFLICT;
	if (who->person_id != 0)
		TRY(proxies_end(rq, m, who->person_id));
	return record(rq, m, who, "left");
}

enum err attendance_gone(struct register_book *book, int64_t person_id)
{
	static const char sql[] =
	    "SELECT id, meeting_id, coalesce(municipality_id, 0), role, mode FROM attendance"
	    " WHERE person_id = $1 AND until_at IS NULL LIMIT 1";
	static const char end_sql[] =
	    "UPDATE attendance SET until_at = max(from_at, $2) WHERE id = $1";

	/* One at a time: the rows that are read are those that are changed. */
	for (;;) {
		struct rows r = db_query(book->db, sql, WITH(INT(person_id)));
		if (!rows_next(&r))
			return r.err;
		int64_t id = col_int(&r, 0);
		struct register_attendance gone = {.meeting = col_int(&r, 1),
						   .person = WHO(person_id),
						   .unit = col_int(&r, 2),
						   .role = col_text(&r, 3),
						   .mode = col_text(&r, 4),
						   .event = S("left")};
		TRY(db_run(book->db, end_sql, WITH(INT(id), INT(clock_now())), NULL));
		TRY(register_attendance(book, &gone));
	}
}

enum err attendance_end(struct request *rq, const struct meeting *m)
{
	struct attendances all;

	TRY(attendance_load(rq, m, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].until_at == 0)
			TRY(attendance_leave(rq, m, &all.v[i]));
	return OK;
}

enum err quorum_show(struct request *rq, struct view *v, const struct meeting *m,
		     int64_t agenda_entry_id)
{
	struct presence p;

	TRY(presence_load(rq, m->id, agenda_entry_id, &p));
	struct view *line = view_row(v, p.quorate ? S_QUORATE : S_NOT_QUORATE);
	view_text(line, V_WORDS, presence_words(rq->arena, &p));
	view_show_if(v, S_NO_CHAIR, p.acting_chair_id == 0 && meeting_runs(m));
	return OK;
}
