/* mail_message.c -- headers, encoded words (RFC 2047), quoted-printable (RFC 2045). */
#include "export/mail_message.h"

#include "base/utf8.h"

#include <string.h>
#include <time.h>

enum {
	ADDRESS_MAX = 254,
	LINE_MAX_CHARS = 75, /* and one for the '=' of a soft line end */
	WORD_MAX = 50,       /* encoded characters in one word: with the header's name below 76 */
	PLAIN_MAX = 60
};

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool mail_address_valid(struct str address)
{
	size_t at = str_find_char(address, '@');

	if (at == 0 || at + 1 >= address.n || address.n > ADDRESS_MAX)
		return false;
	if (str_find_char(str_from(address, at + 1), '@') < address.n - at - 1)
		return false;
	for (size_t i = 0; i < address.n; i++)
		if (address.p[i] <= ' ' || address.p[i] > '~' ||
		    strchr("<>()[]\\,;:\"", address.p[i]) != NULL)
			return false;
	return true;
}

/* ---- Headers ---- */

static void add_hex(struct buf *b, char c)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned char byte = (unsigned char)c;

	buf_char(b, '=');
	buf_char(b, digits[byte >> 4]);
	buf_char(b, digits[byte & 15]);
}

/* What RFC 2047 allows in a word wherever it stands. */
static bool is_plain_in_word(char c)
{
	return is_letter_or_digit(c) || (c != '\0' && strchr("!*+-/", c) != NULL);
}

static size_t encoded_length(struct str piece)
{
	size_t n = 0;

	for (size_t i = 0; i < piece.n; i++)
		n += is_plain_in_word(piece.p[i]) || piece.p[i] == ' ' ? 1 : 3;
	return n;
}

static void add_encoded(struct buf *b, struct str piece)
{
	for (size_t i = 0; i < piece.n; i++) {
		if (piece.p[i] == ' ')
			buf_char(b, '_');
		else if (is_plain_in_word(piece.p[i]))
			buf_char(b, piece.p[i]);
		else
			add_hex(b, piece.p[i]);
	}
}

/* A character is never divided between two words. */
static void add_words(struct buf *b, struct str text)
{
	size_t at = 0, used = 0;

	buf_add(b, S("=?UTF-8?Q?"));
	while (at < text.n) {
		size_t begin = at;
		(void)utf8_next(text, &at);
		struct str c = str_head(str_from(text, begin), at - begin);
		if (used + encoded_length(c) > WORD_MAX) {
			buf_add(b, S("?=\r\n =?UTF-8?Q?"));
			used = 0;
		}
		add_encoded(b, c);
		used += encoded_length(c);
	}
	buf_add(b, S("?="));
}

/* Short ASCII that cannot be taken for anything else stands as it is. */
static bool is_plain(struct str text, const char *also)
{
	if (text.n > PLAIN_MAX)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (!is_letter_or_digit(text.p[i]) &&
		    (text.p[i] == '\0' || strchr(also, text.p[i]) == NULL))
			return false;
	return true;
}

static void add_text(struct buf *b, struct str text, const char *also)
{
	if (is_plain(text, also))
		buf_add(b, text);
	else
		add_words(b, text);
}

static void add_mailbox(struct buf *b, const char *header, struct str name, struct str address)
{
	buf_fmt(b, "%s: ", header);
	if (name.n > 0) {
		add_text(b, name, " -");
		buf_add(b, S("\r\n "));
	}
	buf_fmt(b, "<%.*s>\r\n", ARG(address));
}

static void add_date(struct buf *b, int64_t instant)
{
	static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	time_t seconds = (time_t)instant;
	struct tm t = {.tm_mday = 1};

	(void)gmtime_r(&seconds, &t);
	buf_fmt(b, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[t.tm_wday], t.tm_mday,
		months[t.tm_mon], 1900 + t.tm_year, t.tm_hour, t.tm_min, t.tm_sec);
}

/* ---- Body ---- */

static void add_line(struct buf *b, struct str line)
{
	size_t used = 0;

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];
		bool blank = (c == ' ' || c == '\t') && i + 1 < line.n;
		bool plain = blank || (c > ' ' && c <= '~' && c != '=');
		if (used + (plain ? 1 : 3) > LINE_MAX_CHARS) {
			buf_add(b, S("=\r\n"));
			used = 0;
		}
		if (plain)
			buf_char(b, c);
		else
			add_hex(b, c);
		used += plain ? 1 : 3;
	}
	buf_add(b, S("\r\n"));
}

static void add_body(struct buf *b, struct str body)
{
	struct str rest = str_trim(utf8_lines(b->arena, body)), line;

	while (str_cut(&rest, '\n', &line))
		add_line(b, line);
}

bool mail_message(struct arena *a, const struct mail_message *m, struct str *out)
{
	struct buf b = {.arena = a};

	if (!mail_address_valid(m->from) || !mail_address_valid(m->to) ||
	    !mail_address_valid(m->id) || !utf8_clean(m->from_name, false) ||
	    !utf8_clean(m->to_name, false) || !utf8_clean(m->subject, false) ||
	    !utf8_clean(m->body, true))
		return false;
	add_date(&b, m->date);
	add_mailbox(&b, "From", m->from_name, m->from);
	add_mailbox(&b, "To", m->to_name, m->to);
	buf_add(&b, S("Subject: "));
	add_text(&b, m->subject, " -.,:;!?/()'&+");
	buf_fmt(&b, "\r\nMessage-ID: <%.*s>\r\n", ARG(m->id));
	/* Nobody's absence note comes back (RFC 3834). */
	buf_add(&b, S("Auto-Submitted: auto-generated\r\n"
		      "MIME-Version: 1.0\r\n"
		      "Content-Type: text/plain; charset=UTF-8\r\n"
		      "Content-Transfer-Encoding: quoted-printable\r\n"
		      "Content-Language: de\r\n\r\n"));
	add_body(&b, m->body);
	*out = buf_str(&b);
	return true;
}
