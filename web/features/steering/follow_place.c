/* follow_place.c -- resolutions that need attention come back onto an agenda by themselves. */
#include "base/clock.h"
#include "base/utf8.h"
#include "features/steering/follow_up.h"

enum { TITLE_CHARS = 200, MINUTES = 5 };

static enum err note(struct db *db, int64_t meeting_id, struct str title)
{
	static const char sql[] =
	    "INSERT INTO steering_event (at, object, object_id, action, after)"
	    " VALUES ($1, 'meeting', $2, 'follow_up', $3)";

	return db_run(db, sql, WITH(INT(clock_now()), INT(meeting_id), TEXT(title)), NULL);
}

/* Not again while a point of its own is still open somewhere. */
static enum err place(struct db *db, struct arena *a, int64_t meeting_id, const struct follow_up *f,
		      int64_t *placed)
{
	static const char sql[] =
	    "INSERT INTO agenda_entry (meeting_id, pos, kind, title, presenter_id, minutes,"
	    " follows_id, restricted) SELECT $1, (SELECT coalesce(max(pos), 0) + 1 FROM "
	    "agenda_entry"
	    "   WHERE meeting_id = $1), 'information', $2, $3, $4, $5,"
	    "   coalesce((SELECT restricted FROM agenda_entry WHERE decision_id = $5"
	    "     AND restricted <> '' ORDER BY id DESC LIMIT 1), '')"
	    " WHERE NOT EXISTS (SELECT 1 FROM agenda_entry WHERE follows_id = $5"
	    "   AND (outcome IS NULL OR meeting_id = $1))";
	struct str title = utf8_head(arena_fmt(a, "Umsetzung von Beschluss %.*s: %.*s",
					       ARG(f->label), ARG(f->decision.title)),
				     TITLE_CHARS);
	int64_t changed = 0;

	TRY(db_run(db, sql,
		   WITH(INT(meeting_id), TEXT(title), INT_OR_NONE(f->responsible_id), INT(MINUTES),
			INT(f->decision.id)),
		   &changed));
	*placed += changed;
	return changed == 0 ? OK : note(db, meeting_id, title);
}

enum err follow_ups_place(struct db *db, struct arena *a, int64_t *placed)
{
	static const char sql[] = "SELECT id FROM meeting WHERE state IN ('draft', 'invited')"
				  " AND day >= $1 ORDER BY starts_at, id LIMIT 1";
	struct follow_up *v;
	size_t n;
	int64_t meeting_id = 0, count = 0;
	enum err err = db_int(db, sql, WITH(TEXT(date_iso(a, date_today()))), &meeting_id);

	if (placed != NULL)
		*placed = 0;
	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	TRY(follow_ups_load(db, a, false, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].light.light != LIGHT_GREEN)
			TRY(place(db, a, meeting_id, &v[i], &count));
	if (placed != NULL)
		*placed = count;
	return OK;
}

enum err follow_ups_place_due(struct db *db, struct arena *a)
{
	TRY(db_begin_write(db, a));
	enum err err = follow_ups_place(db, a, NULL);
	if (err == OK)
		return db_commit(db);
	db_rollback(db);
	return err;
}
