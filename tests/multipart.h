/* multipart.h -- writes forms as browsers send them when they may hold a file. */
#ifndef TESTS_MULTIPART_H
#define TESTS_MULTIPART_H

#include "base/arena.h"

#define TEST_BOUNDARY "----WebKitFormBoundary7MA4YWxkTrZu0gW"
#define TEST_MULTIPART "multipart/form-data; boundary=" TEST_BOUNDARY

static inline void multipart_text(struct buf *b, struct str name, struct str value)
{
	buf_fmt(b,
		"--" TEST_BOUNDARY "\r\nContent-Disposition: form-data; name=\"%.*s\"\r\n\r\n"
		"%.*s\r\n",
		ARG(name), ARG(value));
}

static inline void multipart_file(struct buf *b, struct str name, struct str file, struct str bytes)
{
	buf_fmt(b,
		"--" TEST_BOUNDARY "\r\nContent-Disposition: form-data; name=\"%.*s\";"
		" filename=\"%.*s\"\r\nContent-Type: application/octet-stream\r\n\r\n",
		ARG(name), ARG(file));
	buf_add(b, bytes);
	buf_add(b, S("\r\n"));
}

static inline struct str multipart_end(struct buf *b)
{
	buf_add(b, S("--" TEST_BOUNDARY "--\r\n"));
	return buf_str(b);
}

#endif
