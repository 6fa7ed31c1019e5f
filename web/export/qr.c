/* qr.c -- libqrencode, drawn as the path of an SVG. */
#include "export/qr.h"

#include <qrencode.h>

/* Dark modules next to each other become one bar. */
static void add_row(struct buf *b, struct arena *a, const unsigned char *row, size_t y, size_t size)
{
	for (size_t x = 0; x < size;) {
		size_t from = x;
		while (x < size && (row[x] & 1) != 0)
			x++;
		if (x > from)
			buf_add(b,
				arena_fmt(a, "M%zu %zuh%zuv1h-%zuz", from, y, x - from, x - from));
		else
			x++;
	}
}

bool qr_encode(struct arena *a, struct str text, struct qr *out)
{
	QRcode *code = QRcode_encodeString8bit(arena_cstr(a, text), 0, QR_ECLEVEL_M);
	struct buf b = {.arena = a};

	if (code == NULL)
		return false;
	out->size = (size_t)code->width;
	for (size_t y = 0; y < out->size; y++)
		add_row(&b, a, code->data + y * out->size, y, out->size);
	QRcode_free(code);
	out->path = buf_str(&b);
	return true;
}
