/* disclosure_text.c -- characters of any spelling become plain ones. */
#include "features/handbook/disclosure_parts.h"

#include "base/utf8.h"

static bool is_blank(uint32_t cp)
{
	return cp <= ' ' || (cp >= 0x7f && cp <= 0xa0) || cp == 0x1680 ||
	       (cp >= 0x2000 && cp <= 0x200a) || cp == 0x2028 || cp == 0x2029 || cp == 0x202f ||
	       cp == 0x205f || cp == 0x3000;
}

static bool is_invisible(uint32_t cp)
{
	return cp == 0xad || cp == 0x34f || cp == 0x61c || cp == 0x180e ||
	       (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x202a && cp <= 0x202e) ||
	       (cp >= 0x2060 && cp <= 0x206f) || (cp >= 0xfe00 && cp <= 0xfe0f) || cp == 0xfeff ||
	       (cp >= 0xe0000 && cp <= 0xe0fff);
}

static uint32_t unified(uint32_t cp)
{
	if (cp >= 0xff01 && cp <= 0xff5e) /* full width */
		cp -= 0xfee0;
	if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0xfe58 || cp == 0xfe63)
		return '-';
	switch (cp) {
	case 0x2018:
	case 0x2019:
	case 0x2bc:
		return '\'';
	case 0x2024: /* one dot leader */
	case 0x3002: /* ideographic full stop */
		return '.';
	case 0x2044:
	case 0x2215:
		return '/';
	case 0xfe6b:
		return '@';
	case 0xfffd: /* an invalid byte must not become three */
		return '?';
	default:
		return cp;
	}
}

static void put_char(struct buf *b, char c)
{
	if (b->n < b->room)
		b->p[b->n++] = c;
	else
		buf_char(b, c);
}

void text_gap(struct buf *b)
{
	if (b->n > 0 && b->p[b->n - 1] != ' ')
		put_char(b, ' ');
}

static void put(struct buf *b, uint32_t cp)
{
	static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

	if (is_blank(cp))
		text_gap(b);
	else if (cp < 0x80)
		put_char(b, (char)cp);
	else if (cp >= 0xfb00 && cp <= 0xfb06)
		buf_add(b, str_of(ligatures[cp - 0xfb00]));
	else if (!is_invisible(cp))
		utf8_put(b, unified(cp));
}

/* Entities --------------------------------------------------------------------------------------*/

static const struct {
	const char *name;
	uint32_t cp;
} entities[] = {
    {"amp", '&'},     {"lt", '<'},      {"gt", '>'},      {"quot", '"'},      {"apos", '\''},
    {"nbsp", 0xa0},   {"shy", 0xad},    {"commat", '@'},  {"period", '.'},    {"lowbar", '_'},
    {"hyphen", '-'},  {"dash", '-'},    {"ndash", '-'},   {"mdash", '-'},     {"sol", '/'},
    {"colon", ':'},   {"plus", '+'},    {"lpar", '('},    {"rpar", ')'},      {"lsqb", '['},
    {"rsqb", ']'},    {"lcub", '{'},    {"lbrace", '{'},  {"Auml", 0xc4},     {"Ouml", 0xd6},
    {"Uuml", 0xdc},   {"auml", 0xe4},   {"ouml", 0xf6},   {"uuml", 0xfc},     {"szlig", 0xdf},
    {"eacute", 0xe9}, {"egrave", 0xe8}, {"zwnj", 0x200c}, {"zwj", 0x200d},    {"bsol", '\\'},
    {"euro", 0x20ac}, {"NewLine", ' '}, {"ensp", 0x2002}, {"thinsp", 0x2009}, {"Tab", ' '}};

static uint32_t numbered(struct str digits)
{
	bool hex = digits.n > 0 && (digits.p[0] | 0x20) == 'x';
	uint32_t value = 0;

	for (size_t i = hex; i < digits.n; i++) {
		uint32_t c = (unsigned char)digits.p[i], d = c - '0';
		if (hex && d > 9)
			d = ((c | 0x20) - 'a') + 10;
		if (d >= (hex ? 16 : 10) || value > 0x10ffff)
			return 0;
		value = value * (hex ? 16 : 10) + d;
	}
	return value > 0x10ffff || (value >= 0xd800 && value < 0xe000) ? 0 : value;
}

/* Length of an entity at the start of s; 0 when it is none that matters. */
static size_t entity(struct str s, uint32_t *cp)
{
	enum { LONGEST = 12 };
	struct str name = str_from(str_head(s, LONGEST), 1);

	name = str_head(name, str_find_char(name, ';'));
	if (name.n + 1 >= s.n || s.p[name.n + 1] != ';')
		return 0;
	*cp = 0;
	if (name.n > 1 && name.p[0] == '#')
		*cp = numbered(str_from(name, 1));
	for (size_t i = 0; *cp == 0 && i < sizeof entities / sizeof *entities; i++)
		if (str_eq(name, str_of(entities[i].name)))
			*cp = entities[i].cp;
	return *cp == 0 ? 0 : name.n + 2;
}

void text_put(struct buf *b, struct str s, bool with_entities)
{
	for (size_t i = 0; i < s.n;) {
		unsigned char c = (unsigned char)s.p[i];
		uint32_t cp;
		size_t n = with_entities && c == '&' ? entity(str_from(s, i), &cp) : 0;
		if (n > 0) {
			put(b, cp);
			i += n;
		} else if (c > ' ' && c < 0x7f) {
			put_char(b, (char)c);
			i++;
		} else {
			put(b, utf8_next(s, &i));
		}
	}
}

static int hex_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool text_percent_decode(struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		int high = b->p[i] == '%' && i + 2 < b->n ? hex_digit(b->p[i + 1]) : -1;
		int low = high < 0 ? -1 : hex_digit(b->p[i + 2]);
		b->p[n++] = low < 0 ? b->p[i] : (char)(high * 16 + low);
		i += low < 0 ? 0 : 2;
	}
	bool changed = n < b->n;
	b->n = n;
	return changed;
}
