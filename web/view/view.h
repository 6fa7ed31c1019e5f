/*
 * view.h -- fills a template with values; the only door to ctemplate.
 *
 * All templates are loaded and frozen before the fork (view_load).  A template belongs to a file
 * below the views directory: "overview/task_force_list.html".  Names come from the generated
 * header gen/views.h: V_TITLE for {{TITLE}}, S_ROW for {{#ROW}}; a misspelt name does not
 * compile.  A value set on the page, or a section shown on it, is visible in its sections; a
 * section's own value wins, and of two values with one name the one set last.  Rows are not
 * inherited: a list inside a row is that row's own, or empty.  {{#ROW_separator}} inside
 * {{#ROW}} stands between two rows.
 *
 * {{>FORM_HIDDEN}} puts in the file "part/form_hidden.html" (in a mail: .txt), which sees the
 * values of the place where it stands.
 *
 * Values are escaped by the template (AUTOESCAPE) for the place where they stand.  HTML that is
 * already safe (rendered Markdown) goes to a marker with ":none", which tests/views.sh allows in
 * named files only.
 *
 * Everything lives in the arena; texts are not copied, so they must live until view_render.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include "base/arena.h"
#include "base/err.h"

#ifdef __cplusplus
extern "C" {
#endif

struct view;

/*
 * Loads every *.html and *.txt below `dir`; E_INTERNAL (with a log line per file) when one is
 * missing its pragma or a partial, or is malformed; what was loaded before then stays.  `reload`
 * (development) looks before each rendering whether a file has changed, and then loads all again.
 * A *.txt has no pragma: nothing in it is escaped, and it keeps its blank lines, but not the lines
 * that hold only {{#A}} or {{/A}}.
 */
MUST enum err view_load(struct str dir, bool reload);
void view_unload(void); /* tests: so that the leak check stays quiet */
/*
 * In tests: the rendering fails when a marker outside hidden sections was never set; when a value
 * or section was set where the template (hidden sections included) has no marker for it; when
 * rows are asked for inside another row.  Otherwise the first and last are logged and stay blank.
 * Best said before view_load: what is loaded already is loaded once more.
 */
void view_strict(bool strict);

struct view *view_new(struct arena *a);
void view_text(struct view *v, const char *name, struct str value);
void view_int(struct view *v, const char *name, int64_t value);
/* A value of the surroundings (CSRF token): no complaint when the template does not read it. */
void view_ambient(struct view *v, const char *name, struct str value);
/* Shows a section once, with the values of the surrounding view. */
void view_show(struct view *v, const char *section);
void view_show_if(struct view *v, const char *section, bool condition);
/* Adds one repetition of a section and returns the view of its values. */
struct view *view_row(struct view *v, const char *section);

/* Writes the page into the arena; `template_file` never comes from a request.  E_INTERNAL when the
 * template is unknown or (strict) a name is unset or unread; what it was is logged. */
MUST enum err view_render(struct view *v, const char *template_file, struct str *out);

#ifdef __cplusplus
}
#endif

#endif
