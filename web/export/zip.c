/* zip.c -- local file headers one after the other (APPNOTE 4.3.7), each member unpacked. */
#include "export/zip.h"

#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

enum { HEADER = 30, CHUNK = 16 * 1024, NAME_MAX_BYTES = 40, WITHOUT_HEADER = -MAX_WBITS };

static uint32_t number(const char *p, int bytes)
{
	uint32_t n = 0;

	for (int i = bytes - 1; i >= 0; i--)
		n = n << 8 | (unsigned char)p[i];
	return n;
}

struct member {
	struct str packed;
	uint32_t sum, size;
	/* Found out while unpacking. */
	char root[NAME_MAX_BYTES];     /* of the root element */
	char tail[NAME_MAX_BYTES + 3]; /* the last bytes */
	size_t root_n, tail_n;
};

/* "<?xml …?>\n<worksheet …": the first tag that begins with a letter. */
static void find_root(struct member *m, struct str head)
{
	for (size_t i = 0; i + 1 < head.n; i++) {
		char c = head.p[i + 1];
		if (head.p[i] != '<' || c == '?' || c == '!')
			continue;
		struct str name = str_from(head, i + 1);
		size_t n = 0;
		while (n < name.n && memchr(" \r\n\t/>", name.p[n], 6) == NULL)
			n++;
		if (n < name.n && n <= sizeof m->root)
			memcpy(m->root, name.p, m->root_n = n);
		return;
	}
}

static void keep_tail(struct member *m, struct str chunk)
{
	char both[2 * sizeof m->tail];
	struct str end =
	    chunk.n > sizeof m->tail ? str_from(chunk, chunk.n - sizeof m->tail) : chunk;

	memcpy(both, m->tail, m->tail_n);
	memcpy(both + m->tail_n, end.p, end.n);
	size_t n = m->tail_n + end.n, drop = n > sizeof m->tail ? n - sizeof m->tail : 0;
	memcpy(m->tail, both + drop, m->tail_n = n - drop);
}

static bool root_is_closed(const struct member *m)
{
	struct str tail = str_trim((struct str){m->tail, m->tail_n});
	struct str root = {m->root, m->root_n};

	if (root.n == 0 || tail.n < root.n + 3 || tail.p[tail.n - 1] != '>')
		return false;
	struct str end = str_from(tail, tail.n - root.n - 3);
	return str_starts(end, S("</")) && str_starts(str_from(end, 2), root);
}

static bool member_whole(struct member *m)
{
	z_stream z = {.next_in = (const Bytef *)m->packed.p, .avail_in = (uInt)m->packed.n};
	uLong sum = crc32(0, NULL, 0);
	char chunk[CHUNK];
	int rc = inflateInit2(&z, WITHOUT_HEADER);

	while (rc == Z_OK) {
		z.next_out = (Bytef *)chunk;
		z.avail_out = sizeof chunk;
		rc = inflate(&z, Z_NO_FLUSH);
		struct str got = {chunk, sizeof chunk - z.avail_out};
		if (z.total_out == got.n)
			find_root(m, got);
		keep_tail(m, got);
		sum = crc32(sum, (const Bytef *)chunk, (uInt)got.n);
	}
	(void)inflateEnd(&z);
	return rc == Z_STREAM_END && z.total_out == m->size && sum == m->sum && root_is_closed(m);
}

bool zip_whole(struct str file)
{
	struct str rest = file;
	size_t members = 0;

	for (; str_starts(rest, S("PK\3\4")); members++) {
		if (rest.n < HEADER)
			return false;
		size_t packed = number(rest.p + 18, 4);
		size_t begin = HEADER + number(rest.p + 26, 2) + number(rest.p + 28, 2);
		if (begin > rest.n || packed > rest.n - begin)
			return false;
		struct member m = {.packed = str_head(str_from(rest, begin), packed),
				   .sum = number(rest.p + 14, 4),
				   .size = number(rest.p + 22, 4)};
		if (!member_whole(&m))
			return false;
		rest = str_from(rest, begin + packed);
	}
	/* Behind the members: their list, and the end with its length of 22. */
	return members > 0 && str_starts(rest, S("PK\1\2")) &&
	       str_starts(str_from(rest, rest.n - (rest.n < 22 ? rest.n : 22)), S("PK\5\6"));
}
