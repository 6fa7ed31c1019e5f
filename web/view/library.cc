/* library.cc -- reads, compiles and keeps the templates. */
#include "view/library.hh"

#include "view/view.h"

#include <cstdlib>
#include <memory>
#include <string>

#include <malloc.h>

#include <ctemplate/template_cache.h>
#include <ctemplate/template_string.h>

using ctemplate::TemplateString;

namespace
{

constexpr size_t FILES_CAP = size_t{32} << 20;

struct arena_deleter {
	void operator()(struct arena *a) const
	{
		arena_free(a);
	}
};
using own_arena = std::unique_ptr<struct arena, arena_deleter>;

struct templates {
	std::string dir;
	bool reload = false;
	uint64_t stamp = 0; /* of the files, when they are to be looked at again */
	own_arena memory{arena_new(FILES_CAP)};
	struct view_file *files = nullptr;
	ctemplate::TemplateCache cache;
};

std::unique_ptr<templates> loaded;
bool strict;

/* STRIP_WHITESPACE would glue words and destroy <pre>; mails keep their blank lines. */
ctemplate::Strip strip_of(const struct view_file *f)
{
	return view_file_is_text(f) ? ctemplate::DO_NOT_STRIP : ctemplate::STRIP_BLANK_LINES;
}

TemplateString string_of(struct str s)
{
	return TemplateString(s.p, s.n);
}

enum err load_again()
{
	const std::string dir = loaded->dir; /* it goes with what is loaded */

	return view_load(str_of(dir.c_str()), loaded->reload);
}

/* Whoever edits a template sees it at once. */
enum err look_again()
{
	own_arena memory{arena_new(FILES_CAP)};

	if (view_files_stamp(memory.get(), str_of(loaded->dir.c_str())) == loaded->stamp)
		return OK;
	return load_again();
}

} // namespace

enum err view_load(struct str dir, bool reload)
{
	auto made = std::make_unique<templates>();
	own_arena reading{arena_new(FILES_CAP)};
	struct view_file *files = nullptr;

	made->dir.assign(dir.p, dir.n);
	made->reload = reload;
	if (reload) /* before reading: what changes meanwhile is read once more */
		made->stamp = view_files_stamp(reading.get(), dir);
	enum err err = view_files_read(reading.get(), dir, &files);
	made->files = view_files_keep(made->memory.get(), files, strict);
	for (struct view_file *f = files; f != nullptr; f = f->next) {
		if (view_file_is_partial(f)) /* compiled where it stands */
			continue;
		if (made->cache.StringToTemplateCache(string_of(f->name), string_of(f->text),
						      strip_of(f)))
			continue;
		view_log("view_malformed", f->name, str_of(""));
		err = E_INTERNAL;
	}
	made->cache.Freeze();
	/* Reading and compiling take more than what stays, and each worker would inherit it. */
	reading.reset();
	malloc_trim(0);
	if (err == OK)
		loaded = std::move(made);
	return err;
}

void view_unload(void)
{
	loaded.reset();
}

void view_strict(bool on)
{
	strict = on;
	/* What is loaded without the lists of markers could not be checked. */
	if (on && loaded != nullptr && load_again() != OK)
		abort();
}

namespace library
{

bool is_strict()
{
	return strict;
}

struct view_file *find(struct str name)
{
	if (loaded != nullptr && loaded->reload && look_again() != OK)
		return nullptr;
	struct view_file *f = loaded == nullptr ? nullptr : loaded->files;
	while (f != nullptr && !str_eq(f->name, name))
		f = f->next;
	if (f == nullptr)
		view_log("view_unknown", name, str_of(""));
	return f;
}

bool expand(const struct view_file *f, const ctemplate::TemplateDictionaryInterface *values,
	    ctemplate::ExpandEmitter *into)
{
	return loaded->cache.ExpandNoLoad(string_of(f->name), strip_of(f), values, nullptr, into);
}

} // namespace library
