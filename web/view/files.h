/*
 * files.h -- the template files as they are compiled: read, checked, partials put in, and the
 * markers of each in reading order.  Private to the view room.
 *
 * A partial {{>FORM_HIDDEN}} is the text of "part/form_hidden.html" (from a .txt file:
 * "part/form_hidden.txt"), put in before compiling.  So it sees the values of the place where it
 * stands, is escaped for that place, and a missing one is found at start.
 */
#ifndef VIEW_FILES_H
#define VIEW_FILES_H

#include "base/arena.h"
#include "base/err.h"

#ifdef __cplusplus
extern "C" {
#endif

struct view_marker {
	struct str name;
	bool section;
	size_t end; /* sections: index of the first marker behind the section */
};

struct view_file {
	struct view_file *next;
	struct str name; /* "overview/list.html", terminated with a NUL */
	struct str source;
	struct str text; /* what is compiled; not in what view_files_keep made */
	struct view_marker *markers;
	size_t marker_count;
	size_t last_size; /* of the latest page, as a first guess for the next */
};

/* All *.html and *.txt below `dir`, in order of their names, partials too.  E_INTERNAL after
 * logging each file that cannot be used. */
MUST enum err view_files_read(struct arena *a, struct str dir, struct view_file **out);

/* Another number after a file was written, added or removed; the same for one that was written
 * twice within a tick of the kernel's clock, without becoming longer or shorter.  Some hundred
 * files take less than a millisecond, a fortieth of reading and compiling them. */
uint64_t view_files_stamp(struct arena *a, struct str dir);

/* Copies of all files but the partials, with what pages need of them: the names, and the markers
 * for those who ask for them (strict views do, in tests: the lists take as much as a sixth of the
 * compiled templates). */
struct view_file *view_files_keep(struct arena *a, const struct view_file *files, bool markers);

bool view_file_is_partial(const struct view_file *f);

bool view_file_is_text(const struct view_file *f); /* a mail: nothing escaped, blank lines kept */

/* One error line: what happened in which template, and to which name. */
void view_log(const char *event, struct str file, struct str name);

#ifdef __cplusplus
}
#endif

#endif
