/* import_form.c -- tells a Markdown text from everything else that people have at hand. */
#include "features/handbook/import_form.h"

#include "base/utf8.h"
#include "markup/normal.h"

static const struct form_field FILE_FIELD = {S_INIT("datei"), NULL, S_DATEI_FEHLER};
static const struct form_field PASTED = {S_INIT("text"), V_TEXT_VALUE, S_TEXT_FEHLER};

static const struct str byte_order_mark = S_INIT("\xef\xbb\xbf");

void import_form_new(struct form *f, struct request *rq)
{
	form_begin(f, rq);
	form_fill(f, &PASTED, S(""));
}

/* Files ---------------------------------------------------------------------------------------- */

/* How they begin: Word (old and new, and everything else in a ZIP, such as OpenDocument), RTF, PDF,
 * pages of the web. */
static const struct {
	struct str begin;
	enum message says;
} kinds[] = {
    {S_INIT("PK\x03\x04"), M_IMPORT_WORD},   {S_INIT("\xd0\xcf\x11\xe0"), M_IMPORT_WORD},
    {S_INIT("{\\rtf"), M_IMPORT_WORD},       {S_INIT("%PDF"), M_IMPORT_PDF},
    {S_INIT("<!DOCTYPE"), M_IMPORT_HTML},    {S_INIT("<!doctype"), M_IMPORT_HTML},
    {S_INIT("<html"), M_IMPORT_HTML},        {S_INIT("\xff\xfe"), M_IMPORT_ENCODING},
    {S_INIT("\xfe\xff"), M_IMPORT_ENCODING},
};

/* The line of the first byte that is no text. */
static int64_t bad_line(struct str s)
{
	struct str rest = s, line;
	int64_t number = 1;

	while (str_cut(&rest, '\n', &line) && utf8_clean(line, true))
		number++;
	return number;
}

enum message import_file_problem(struct str bytes, int64_t *number)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_starts(bytes, kinds[i].begin))
			return kinds[i].says;
	if (bytes.n > MARKDOWN_DOCUMENT_BYTES)
		return M_IMPORT_TOO_LARGE;
	if (!utf8_valid(bytes))
		return M_IMPORT_ENCODING;
	if (utf8_clean(bytes, true))
		return M_NONE;
	*number = bad_line(bytes);
	return M_IMPORT_CONTROL;
}

/* The file, or its text in a form that was sent once more after a login. */
static const struct field *sent_file(struct request *rq)
{
	const struct field *found = NULL;

	for (size_t i = 0; i < rq->http.form.n; i++) {
		struct field *f = &rq->http.form.v[i];
		if (!str_eq(f->name, FILE_FIELD.name) || found != NULL)
			continue;
		f->read = true;
		if (f->value.n > 0 || f->file_name.n > 0)
			found = f;
	}
	return found;
}

static void read_file(struct form *f, const struct field *file, struct import_draft *out)
{
	struct str bytes = file->value;
	int64_t number = 0;

	if (str_starts(bytes, byte_order_mark))
		bytes = str_from(bytes, byte_order_mark.n);
	enum message wrong = import_file_problem(bytes, &number);
	if (wrong == M_NONE && str_trim(bytes).n == 0)
		wrong = M_IMPORT_NOTHING;
	if (wrong != M_NONE) {
		form_problem(f, &FILE_FIELD, wrong, number);
		return;
	}
	out->file_name = file->file_name;
	out->markdown = utf8_lines(f->rq->arena, bytes);
}

/* Judging -------------------------------------------------------------------------------------- */

/* The same limits and the same shape as the handbook itself. */
static enum message text_problem(struct arena *a, struct str markdown)
{
	struct markdown_document doc;
	struct outline outline;

	if (markdown_document(a, normal_nfc(a, markdown), &doc) != OK)
		return M_IMPORT_TOO_LARGE;
	outline_make(a, &doc, &outline);
	if (outline.n == 0)
		return M_IMPORT_NOTHING;
	return outline.chapter_count == 0 ? M_IMPORT_CHAPTERS : M_NONE;
}

void import_form_read(struct form *f, struct request *rq, struct import_draft *out)
{
	const struct field *file = sent_file(rq);

	*out = (struct import_draft){.file_name = S(""), .markdown = S("")};
	form_begin(f, rq);
	struct str pasted = form_lines(f, &PASTED, OPTIONAL, SIZE_MAX);
	bool typed = str_trim(pasted).n > 0;
	const struct form_field *from = file != NULL ? &FILE_FIELD : &PASTED;
	if (file != NULL && typed)
		form_problem(f, &FILE_FIELD, M_IMPORT_BOTH, 0);
	else if (file != NULL)
		read_file(f, file, out);
	else if (typed)
		out->markdown = pasted;
	else
		form_problem(f, &PASTED, M_IMPORT_NOTHING, 0);
	if (form_wrong(f))
		return;
	enum message wrong = text_problem(rq->arena, out->markdown);
	if (wrong != M_NONE)
		form_problem(f, from, wrong, 0);
}
