/* files.c -- reads the template files and prepares them for the compiler. */
#include "view/files.h"

#include "base/log.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MAX = 8, FILE_MAX = 1024 * 1024 };

#define PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}"

struct reader;
typedef void visit(struct reader *r, const char *path, struct str name, const struct stat *st);

struct reader {
	struct arena *arena;
	struct str dir;
	visit *visit;
	uint64_t stamp;
	struct view_file *first, **end;
	const struct view_file *current;
	enum err err;
};

void view_log(const char *event, struct str file, struct str name)
{
	log_event(LOG_ERROR, event, KV("template", file), KV("name", name));
}

bool view_file_is_text(const struct view_file *f)
{
	return str_ends(f->name, S(".txt"));
}

bool view_file_is_partial(const struct view_file *f)
{
	return str_starts(f->name, S("part/"));
}

static void fail(struct reader *r, const char *event, struct str file, struct str name)
{
	view_log(event, file, name);
	r->err = E_INTERNAL;
}

static bool read_all(struct reader *r, const char *path, struct str *out)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	bool fine = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= FILE_MAX;
	size_t size = fine ? (size_t)st.st_size : 0, n = 0;
	char *p = arena_alloc(r->arena, size + 1);
	while (fine && n < size) {
		ssize_t got = read(fd, p + n, size - n);
		fine = got > 0;
		n += fine ? (size_t)got : 0;
	}
	close(fd);
	*out = (struct str){p, n};
	return fine;
}

static void add_file(struct reader *r, const char *path, struct str name, const struct stat *st)
{
	struct view_file *f = ARENA_NEW(r->arena, struct view_file);

	(void)st;
	f->name = name;
	if (!read_all(r, path, &f->source)) {
		fail(r, "view_unreadable", name, S(""));
		return;
	}
	/* A page without the pragma would not be escaped at all, a mail with it would say &amp;. */
	if (str_starts(f->source, S(PRAGMA)) == view_file_is_text(f)) {
		fail(r, "view_pragma", name, S(PRAGMA));
		return;
	}
	*r->end = f;
	r->end = &f->next;
}

static void walk(struct reader *r, struct str below, int depth)
{
	struct dirent **entries;
	const char *dir = arena_fmt(r->arena, "%.*s/%.*s", ARG(r->dir), ARG(below)).p;
	int n = depth > DEPTH_MAX ? -1 : scandir(dir, &entries, NULL, alphasort);

	if (n < 0) {
		fail(r, "view_directory", r->dir, below);
		return;
	}
	for (int i = 0; i < n; i++) {
		struct str leaf = str_of(entries[i]->d_name);
		struct str name = arena_fmt(r->arena, "%.*s%.*s", ARG(below), ARG(leaf));
		const char *path = arena_fmt(r->arena, "%.*s/%.*s", ARG(r->dir), ARG(name)).p;
		struct stat st;
		if (leaf.p[0] == '.' || stat(path, &st) != 0)
			; /* hidden, or gone in the meantime */
		else if (S_ISDIR(st.st_mode))
			walk(r, arena_fmt(r->arena, "%.*s/", ARG(name)), depth + 1);
		else if (str_ends(leaf, S(".html")) || str_ends(leaf, S(".txt")))
			r->visit(r, path, name, &st);
		free(entries[i]);
	}
	free(entries);
}

/* FNV-1a */
static void add_to_stamp(struct reader *r, const void *bytes, size_t n)
{
	for (const unsigned char *p = bytes; n > 0; n--)
		r->stamp = (r->stamp ^ *p++) * 0x100000001b3U;
}

/* Editors write a new file or into the old one, so its number belongs to it as well. */
static void stamp_file(struct reader *r, const char *path, struct str name, const struct stat *st)
{
	(void)path;
	add_to_stamp(r, name.p, name.n);
	add_to_stamp(r, &st->st_ino, sizeof st->st_ino);
	add_to_stamp(r, &st->st_size, sizeof st->st_size);
	add_to_stamp(r, &st->st_mtim, sizeof st->st_mtim);
}

uint64_t view_files_stamp(struct arena *a, struct str dir)
{
	struct reader r = {
	    .arena = a, .dir = dir, .visit = stamp_file, .stamp = 0xcbf29ce484222325U};

	walk(&r, S(""), 0);
	return r.stamp;
}

/* Cuts the next marker off `rest`: the text before it and what stands between its braces. */
static bool next_marker(struct str *rest, struct str *before, struct str *inner)
{
	size_t open = str_find(*rest, S("{{"));
	struct str behind = str_from(*rest, open + 2);
	size_t close = str_find(behind, S("}}"));

	if (open == rest->n || close == behind.n)
		return false;
	*before = str_head(*rest, open);
	*inner = str_head(behind, close);
	*rest = str_from(behind, close + 2);
	return true;
}

static const struct view_file *partial(struct reader *r, struct str name)
{
	const char *suffix = view_file_is_text(r->current) ? "txt" : "html";
	struct str path = arena_fmt(r->arena, "part/%.*s.%s", ARG(name), suffix);
	char *p = memcpy(arena_alloc(r->arena, path.n), path.p, path.n);

	for (size_t i = 0; i < path.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] - 'A' + 'a');
	for (const struct view_file *f = r->first; f != NULL; f = f->next)
		if (str_eq(f->name, (struct str){p, path.n}))
			return f;
	return NULL;
}

static void put_in_partials(struct reader *r, struct str text, int depth, struct buf *out)
{
	struct str before, inner;

	while (next_marker(&text, &before, &inner)) {
		buf_add(out, before);
		if (!str_starts(inner, S(">"))) {
			buf_add(out, (struct str){inner.p - 2, inner.n + 4});
			continue;
		}
		const struct view_file *part = partial(r, str_from(inner, 1));
		if (part == NULL || depth == DEPTH_MAX) {
			fail(r, "view_partial", r->current->name, inner);
			return;
		}
		struct str source = part->source;
		if (!view_file_is_text(part)) /* with its newline, which would end href's guard */
			source = str_from(source, str_find_char(source, '\n') + 1);
		if (str_ends(source, S("\n")))
			source.n--; /* the line of the marker has its own */
		put_in_partials(r, source, depth + 1, out);
	}
	buf_add(out, text);
}

static bool begins_with_one_of(struct str s, struct str set)
{
	return s.n > 0 && str_find_char(set, s.p[0]) < set.n;
}

/* A line that holds nothing but one marker without output leaves no empty line in a mail.  (In
 * pages the compiler drops blank lines.) */
static struct str drop_marker_lines(struct reader *r, struct str text)
{
	struct buf out = {.arena = r->arena};
	struct str line;

	while (str_cut(&text, '\n', &line)) {
		struct str rest = str_trim(line), before, inner;
		bool last = text.p == NULL;
		if (next_marker(&rest, &before, &inner) && before.n == 0 && rest.n == 0 &&
		    begins_with_one_of(inner, S("#/!"))) {
			buf_add(&out, str_trim(line));
			continue;
		}
		buf_add(&out, line);
		buf_add(&out, last ? S("") : S("\n"));
	}
	return buf_str(&out);
}

static bool is_marker_with_name(struct str inner)
{
	return inner.n > 0 && !begins_with_one_of(inner, S("!%/")) && !str_starts(inner, S("BI_"));
}

static void list_markers(struct reader *r, struct view_file *f)
{
	struct str rest = f->text, before, inner;
	size_t open[32], depth = 0, count = 0;

	while (next_marker(&rest, &before, &inner))
		count++;
	f->markers = ARENA_ARRAY(r->arena, struct view_marker, count);
	rest = f->text;
	while (next_marker(&rest, &before, &inner)) {
		bool section = str_starts(inner, S("#"));
		if (str_starts(inner, S("/")) && depth > 0)
			f->markers[open[--depth]].end = f->marker_count;
		if (!is_marker_with_name(inner))
			continue;
		if (inner.p[0] == '=' || (section && depth == sizeof open / sizeof *open)) {
			fail(r, "view_malformed", f->name, inner);
			return;
		}
		if (section)
			open[depth++] = f->marker_count;
		struct str name = str_from(inner, section ? 1 : 0);
		f->markers[f->marker_count++] = (struct view_marker){
		    .name = str_head(name, str_find_char(name, ':')), .section = section};
	}
	/* What is left open is refused by the compiler. */
	while (depth > 0)
		f->markers[open[--depth]].end = f->marker_count;
}

enum err view_files_read(struct arena *a, struct str dir, struct view_file **out)
{
	struct reader r = {.arena = a, .dir = dir, .visit = add_file, .err = OK};

	r.end = &r.first;
	walk(&r, S(""), 0);
	for (struct view_file *f = r.first; f != NULL; f = f->next) {
		struct buf text = {.arena = a};
		r.current = f;
		put_in_partials(&r, f->source, 0, &text);
		f->text = buf_str(&text);
		if (view_file_is_text(f))
			f->text = drop_marker_lines(&r, f->text);
		list_markers(&r, f);
	}
	*out = r.first;
	return r.err;
}

static void keep_markers(struct arena *a, const struct view_file *f, struct view_file *copy)
{
	copy->marker_count = f->marker_count;
	copy->markers = ARENA_ARRAY(a, struct view_marker, f->marker_count);
	for (size_t i = 0; i < f->marker_count; i++) {
		copy->markers[i] = f->markers[i];
		copy->markers[i].name = arena_str(a, f->markers[i].name);
	}
}

struct view_file *view_files_keep(struct arena *a, const struct view_file *files, bool markers)
{
	struct view_file *first = NULL, **end = &first;

	for (const struct view_file *f = files; f != NULL; f = f->next) {
		if (view_file_is_partial(f))
			continue;
		struct view_file *copy = ARENA_NEW(a, struct view_file);
		*copy = (struct view_file){.name = str_of(arena_cstr(a, f->name))};
		if (markers)
			keep_markers(a, f, copy);
		*end = copy;
		end = &copy->next;
	}
	return first;
}
