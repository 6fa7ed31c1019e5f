/*
 * view.cc -- the values of a page as ctemplate's dictionary.
 *
 * ctemplate's own dictionary hashes every name into a global map and copies every value; this one
 * only links nodes in the request's arena, and knows which names were asked for in vain.
 */
#include "view/view.h"

#include "view/library.hh"
#include "view/names.hh"

#include <charconv>
#include <cstring>
#include <new>
#include <string>

#include <ctemplate/template_dictionary_interface.h>
#include <ctemplate/template_emitter.h>
#include <ctemplate/template_string.h>

using ctemplate::TemplateString;

namespace
{

struct value {
	key name;
	struct str text = {};
	bool ambient = false;
	value *next = nullptr;
};

struct section {
	key name;
	bool shown = false;
	struct view *first = nullptr, *last = nullptr; /* rows */
	section *next = nullptr;
};

} // namespace

/* Lies in the arena and is never destroyed; so it must not own anything. */
struct view : ctemplate::TemplateDictionaryInterface {
	struct arena *arena;
	struct view *parent, *root, *next_row;
	names<value> values;
	names<section> sections;
	/* Only in the root, while it is rendered: */
	mutable const struct view_file *file;
	mutable bool failed;

	view(struct arena *a, struct view *up)
	    : arena(a), parent(up), root(up == nullptr ? this : up->root), next_row(nullptr),
	      values(), sections(), file(nullptr), failed(false)
	{
	}

	void complain(const char *event, const key &name) const
	{
		view_log(event, root->file->name, str{name.p, name.n});
		root->failed = root->failed || library::is_strict();
	}

	class rows : public Iterator
	{
		const struct view *row;

	      public:
		explicit rows(const struct view *first) : row(first)
		{
		}
		bool HasNext() const override
		{
			return row != nullptr;
		}
		const TemplateDictionaryInterface &Next() override
		{
			const struct view *now = row;
			row = row->next_row;
			return *now;
		}
		/* ctemplate deletes what it was given; the arena frees it. */
		static void *operator new(size_t size) = delete;
		static void *operator new(size_t size, struct arena *a)
		{
			return arena_alloc(a, size);
		}
		static void operator delete(void *)
		{
		}
		static void operator delete(void *, struct arena *)
		{
		}
	};

      protected:
	TemplateString GetValue(const TemplateString &variable) const override
	{
		key name(variable.data(), variable.size());
		for (const struct view *v = this; v != nullptr; v = v->parent)
			if (const value *hit = v->values.find(name))
				return TemplateString(hit->text.p, hit->text.n);
		if (name == key("BI_SPACE", 8))
			return TemplateString(" ", 1);
		if (name == key("BI_NEWLINE", 10))
			return TemplateString("\n", 1);
		complain("view_unset", name);
		return TemplateString("", 0);
	}
	/* What was shown on an outer view is shown here too.  Rows of an outer view are not
	 * repeated here: an inner list without rows would show the outer one's. */
	bool IsHiddenSection(const TemplateString &section_name) const override
	{
		key name(section_name.data(), section_name.size());
		if (const section *own = sections.find(name))
			return !own->shown && own->first == nullptr;
		for (const struct view *v = parent; v != nullptr; v = v->parent) {
			const section *outer = v->sections.find(name);
			if (outer != nullptr && outer->first != nullptr)
				complain("view_outer_rows", name);
			if (outer != nullptr)
				return !outer->shown || outer->first != nullptr;
		}
		return true;
	}
	bool IsUnhiddenSection(const TemplateString &name) const override
	{
		return !IsHiddenSection(name);
	}
	/* Without rows ctemplate expands the section once with the surrounding values. */
	Iterator *CreateSectionIterator(const TemplateString &name) const override
	{
		const section *own = sections.find(key(name.data(), name.size()));
		return new (arena) rows(own == nullptr ? nullptr : own->first);
	}
	/* Partials are put in before compiling, so ctemplate never sees an include. */
	bool IsHiddenTemplate(const TemplateString &) const override
	{
		return true;
	}
	const char *GetIncludeTemplateName(const TemplateString &, int) const override
	{
		return nullptr;
	}
	Iterator *CreateTemplateIterator(const TemplateString &) const override
	{
		return new (arena) rows(nullptr);
	}
	void DumpToString(std::string *out, int) const override
	{
		for (const value *n = values.first; n != nullptr; n = n->next)
			out->append(n->name.p, n->name.n).append("\n");
	}
};

namespace
{

class emitter : public ctemplate::ExpandEmitter
{
	struct buf *out;

      public:
	explicit emitter(struct buf *target) : out(target)
	{
	}
	void Emit(char c) override
	{
		buf_char(out, c);
	}
	void Emit(const std::string &s) override
	{
		buf_add(out, str{s.data(), s.size()});
	}
	void Emit(const char *s) override
	{
		buf_add(out, str_of(s));
	}
	void Emit(const char *s, size_t n) override
	{
		buf_add(out, str{s, n});
	}
};

section *section_of(struct view *v, const char *name)
{
	key k(name, strlen(name));
	section *s = v->sections.find(k);
	return s != nullptr ? s : v->sections.add(v->arena, k);
}

value *set(struct view *v, const char *name, struct str text)
{
	key k(name, strlen(name));
	value *hit = v->values.find(k);

	if (hit == nullptr)
		hit = v->values.add(v->arena, k);
	hit->text = text.p == nullptr ? str{"", 0} : text;
	return hit;
}

bool is_marker(const struct view_marker *m, const key &name, bool section)
{
	return m->section == section && str_eq(m->name, str{name.p, name.n});
}

/* Complains about each name of `v` that no marker reads; `inside` tells for each marker of the
 * template whether it stands where v's values are visible. */
void check_read(const struct view *v, const bool *inside)
{
	const struct view_file *f = v->root->file;

	for (const value *n = v->values.first; n != nullptr; n = n->next) {
		bool read = n->ambient;
		for (size_t i = 0; i < f->marker_count && !read; i++)
			read = inside[i] && is_marker(&f->markers[i], n->name, false);
		if (!read)
			v->complain("view_unread", n->name);
	}
	for (const section *s = v->sections.first; s != nullptr; s = s->next) {
		bool *body = static_cast<bool *>(arena_alloc(v->arena, f->marker_count));
		bool read = false;
		for (size_t i = 0; i < f->marker_count; i++) {
			if (!inside[i] || !is_marker(&f->markers[i], s->name, true))
				continue;
			read = true;
			memset(body + i + 1, true, f->markers[i].end - i - 1);
		}
		if (!read)
			v->complain("view_unread", s->name);
		for (const struct view *r = s->first; r != nullptr && !v->root->failed;
		     r = r->next_row)
			check_read(r, body);
	}
}

void check_all_read(const struct view *root)
{
	size_t n = root->file->marker_count;
	bool *inside = static_cast<bool *>(arena_alloc(root->arena, n + 1));

	memset(inside, true, n);
	check_read(root, inside);
}

} // namespace

struct view *view_new(struct arena *a)
{
	return new (arena_alloc(a, sizeof(struct view))) view(a, nullptr);
}

void view_text(struct view *v, const char *name, struct str text)
{
	set(v, name, text)->ambient = false;
}

void view_ambient(struct view *v, const char *name, struct str text)
{
	set(v, name, text)->ambient = true;
}

void view_int(struct view *v, const char *name, int64_t number)
{
	constexpr size_t digits = 20; /* "-9223372036854775808" */
	char *p = static_cast<char *>(arena_alloc(v->arena, digits));

	view_text(v, name,
		  str{p, static_cast<size_t>(std::to_chars(p, p + digits, number).ptr - p)});
}

void view_show(struct view *v, const char *name)
{
	section_of(v, name)->shown = true;
}

void view_show_if(struct view *v, const char *name, bool condition)
{
	if (condition)
		view_show(v, name);
}

struct view *view_row(struct view *v, const char *name)
{
	section *s = section_of(v, name);
	auto *row = new (arena_alloc(v->arena, sizeof(struct view))) view(v->arena, v);

	(s->last == nullptr ? s->first : s->last->next_row) = row;
	return s->last = row;
}

enum err view_render(struct view *v, const char *template_file, struct str *out)
{
	struct view_file *f = library::find(str_of(template_file));

	if (f == nullptr)
		return E_INTERNAL;
	v->file = f;
	v->failed = false;
	if (library::is_strict())
		check_all_read(v);
	struct buf page = {v->arena, nullptr, 0, 0};
	page.room = f->last_size + f->last_size / 8 + 1024;
	page.p = arena_chars(v->arena, page.room);
	emitter into(&page);
	bool done = library::expand(f, v, &into);
	*out = str{"", 0};
	if (!done || v->failed)
		return E_INTERNAL;
	f->last_size = page.n;
	*out = buf_str(&page);
	return OK;
}
