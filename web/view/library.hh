/*
 * library.hh -- all templates, compiled: loaded before the fork and unchanged until view_unload, or
 * in development until a file changes.  Private to the view room.
 */
#ifndef VIEW_LIBRARY_HH
#define VIEW_LIBRARY_HH

#include "view/files.h"

#include <ctemplate/template_dictionary_interface.h>
#include <ctemplate/template_emitter.h>

namespace library
{

/* Whether what goes wrong in a view fails it (view_strict). */
bool is_strict();

/* The template of that file; nullptr, with a log line, when there is none or, in development, when
 * a changed file cannot be used.  Valid until the next call. */
struct view_file *find(struct str name);

/* Writes the page of a file just found; false when ctemplate does not. */
bool expand(const struct view_file *f, const ctemplate::TemplateDictionaryInterface *values,
	    ctemplate::ExpandEmitter *into);

} // namespace library

#endif
