/* register_file.c -- writes and reads the register as a file. */
#include "features/steering/register_file.h"

#include "features/steering/register_line.h"

#include <inttypes.h>

/* Ballots of a vote that has not ended are shown without their line; whether it has ended is asked
 * of the register itself. */
static const char rows_sql[] =
    "SELECT r.n, r.hash,"
    " CASE WHEN r.kind = 'ballot' AND NOT EXISTS (SELECT 1 FROM register_record e"
    "   WHERE e.poll_id = r.poll_id AND e.kind IN ('poll_closed', 'poll_aborted'))"
    "  THEN '' ELSE r.line END,"
    " coalesce(s.key, ''), coalesce(s.signature, '')"
    "  FROM register_record r LEFT JOIN register_seal s ON s.n = r.n ORDER BY r.n";

enum err register_file_write(struct db *db, struct arena *a, struct str *out)
{
	static const char size_sql[] =
	    "SELECT coalesce(sum(length(CAST(line AS BLOB)) + 100), 0) FROM register_record";
	struct buf b = {.arena = a};
	struct register_entry head;
	int64_t size;

	TRY(db_int(db, size_sql, WITH_NOTHING, &size));
	if (size > REGISTER_FILE_MAX)
		return E_TOO_LARGE;
	TRY(register_head(db, &head));
	struct rows r = db_query(db, rows_sql, WITH_NOTHING);
	while (rows_next(&r)) {
		struct str hash = col_text(&r, 1), line = col_text(&r, 2), key = col_text(&r, 3);
		buf_fmt(&b, "%c %" PRId64 " %.*s%s%.*s\n", line.n > 0 ? 'R' : 'H', col_int(&r, 0),
			ARG(hash), line.n > 0 ? " " : "", ARG(line));
		if (key.n > 0)
			buf_fmt(&b, "S %" PRId64 " %.*s %.*s\n", col_int(&r, 0), ARG(key),
				ARG(col_text(&r, 4)));
	}
	TRY(r.err);
	buf_fmt(&b, "E %" PRId64 " %.*s\n", head.n, ARG(head.hash));
	*out = buf_str(&b);
	return OK;
}

static bool cut_mark(struct str *rest, enum register_mark *mark)
{
	static const char marks[] = {'R', 'H', 'S', 'E'};
	struct str part;

	if (!str_cut(rest, ' ', &part) || part.n != 1)
		return false;
	for (size_t i = 0; i < sizeof marks; i++)
		if (part.p[0] == marks[i]) {
			*mark = (enum register_mark)i;
			return true;
		}
	return false;
}

static bool cut_hex(struct str *rest, size_t digits, struct str *out)
{
	return str_cut(rest, ' ', out) && register_is_hex(*out, digits);
}

/* `rest` ends with p == NULL behind the last part: nothing may follow there. */
static bool read_row(struct str rest, struct register_row *row)
{
	struct str number;

	if (!cut_mark(&rest, &row->mark) || !str_cut(&rest, ' ', &number) ||
	    !register_is_number(number, &row->n))
		return false;
	if (row->mark == ROW_SEAL)
		return cut_hex(&rest, SECRET_KEY_CHARS, &row->key) &&
		       cut_hex(&rest, SECRET_SIGNATURE_CHARS, &row->signature) && rest.p == NULL;
	if (!cut_hex(&rest, 64, &row->hash))
		return false;
	row->text = rest;
	return row->mark == ROW_RECORD ? rest.p != NULL : rest.p == NULL;
}

bool register_file_next(struct register_file *f, struct register_row *row, struct str *why)
{
	size_t end = str_find_char(f->rest, '\n');

	*why = S("");
	*row = (struct register_row){.line = ++f->line};
	if (f->rest.n == 0)
		return false;
	*why = S("die Zeile hat kein Ende: die Datei ist unvollständig");
	if (end == f->rest.n)
		return false;
	*why = S("die Zeile ist keine des Registers");
	struct str line = str_head(f->rest, end);
	f->rest = str_from(f->rest, end + 1);
	return read_row(line, row);
}
