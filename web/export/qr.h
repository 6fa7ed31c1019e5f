/* qr.h -- a text as a QR code (ISO/IEC 18004); the only door to libqrencode. */
#ifndef EXPORT_QR_H
#define EXPORT_QR_H

#include "base/arena.h"

struct qr {
	size_t size;     /* modules in a row, without the quiet zone */
	struct str path; /* of an SVG: one subpath for each dark run, one unit a module */
};

/* False when the text is too long. */
bool qr_encode(struct arena *a, struct str text, struct qr *out);

#endif
