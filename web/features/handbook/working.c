/* working.c -- begins a new working copy. */
#include "features/handbook/working.h"

#include "base/clock.h"
#include "features/handbook/reanchor.h"

enum err version_copy_text(struct db *db, int64_t from_id, int64_t to_id)
{
	static const char blocks[] =
	    "INSERT INTO revision_block (revision_id, pos, section_uid, block_text_id, list,"
	    " number) SELECT $2, pos, section_uid, block_text_id, list, number"
	    "  FROM revision_block WHERE revision_id = $1";
	static const char sections[] =
	    "INSERT INTO revision_section (revision_id, pos, uid, slug, number, title, words)"
	    " SELECT $2, pos, uid, slug, number, title, words"
	    "  FROM revision_section WHERE revision_id = $1";

	TRY(db_run(db, blocks, WITH(INT(from_id), INT(to_id)), NULL));
	return db_run(db, sections, WITH(INT(from_id), INT(to_id)), NULL);
}

enum err working_copy_renew(struct db *db, int64_t document_id, int64_t base_id)
{
	static const char drop[] =
	    "UPDATE revision SET state = 'dropped', draft = 1 + (SELECT coalesce(max(r.draft), 0)"
	    "   FROM revision r WHERE r.document_id = revision.document_id"
	    "    AND r.major = revision.major AND r.minor = revision.minor)"
	    " WHERE document_id = $1 AND state = 'working'";
	static const char sql[] =
	    "INSERT INTO revision (document_id, major, minor, state, base_id, change, created_at)"
	    " SELECT $1, major, minor, 'working', id, 'content', $3 FROM revision WHERE id = $2"
	    " RETURNING id";
	/* What was worked into the copy before is still to come. */
	static const char worked_in[] =
	    "UPDATE feedback SET done_in = $2 WHERE done_in IN (SELECT id FROM revision"
	    "  WHERE document_id = $1 AND state = 'dropped')";
	int64_t working_id = 0;

	TRY(db_run(db, drop, WITH(INT(document_id)), NULL));
	TRY(db_int(db, sql, WITH(INT(document_id), INT(base_id), INT(clock_now())), &working_id));
	TRY(version_copy_text(db, base_id, working_id));
	TRY(db_run(db, worked_in, WITH(INT(document_id), INT(working_id)), NULL));
	return anchors_carry(db, base_id, working_id);
}
