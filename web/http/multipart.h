/*
 * multipart.h -- multipart/form-data (RFC 7578): the form of a file upload.
 *
 * As strict as browsers are: the body begins with the boundary and ends behind the last one, each
 * part has one Content-Disposition with one name, nothing is encoded.  Everything else is refused,
 * because what two readers understand differently is a way around one of them.
 */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "http/request.h"

enum {
	MULTIPART_BOUNDARY_MAX = 70, /* RFC 2046 */
	MULTIPART_HEADERS_MAX = 8,   /* of a part */
	MULTIPART_LINE_MAX = 2000,
	MULTIPART_FILE_NAME_MAX = 1024
};

bool multipart_is(struct str content_type);

/*
 * Fields in their order.  The text of a field is clean UTF-8 with LF alone, as from any other form.
 * A part with a file name is a file: its value is a span of `body`, as it was sent, any bytes.  A
 * file field in which nobody chose a file has an empty name and value.
 *
 * E_BAD_REQUEST for all that is malformed, E_TOO_LARGE beyond FIELDS_MAX parts or the limits above;
 * `out` is then empty.
 */
MUST enum err multipart_parse(struct arena *a, struct str content_type, struct str body,
			      struct fields *out);

#endif
