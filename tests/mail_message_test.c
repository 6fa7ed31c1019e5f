/* mail_message_test.c -- what goes over the wire: headers, encoded words, quoted-printable. */
#include "base/arena.h"
#include "export/mail_message.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct arena *arena;

static struct mail_message message(void)
{
	return (struct mail_message){.from_name = S("Handschlag Vierland"),
				     .from = S("handschlag@stadt.example"),
				     .to_name = S("Cem Çınar"),
				     .to = S("cem@bergstedt.example"),
				     .id = S("17.1795165200@handschlag.example"),
				     .subject = S("Neues"),
				     .body = S("Hallo Cem,\n\nes gibt Neues.\n"),
				     .date = 1795165200};
}

static struct str written(const struct mail_message *m)
{
	struct str out = S("");

	CHECK(mail_message(arena, m, &out));
	return out;
}

static bool contains(struct str text, const char *what)
{
	return str_find(text, str_of(what)) < text.n;
}

static int begin(void **state)
{
	(void)state;
	arena = arena_new(4 * 1024 * 1024);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

TEST(a_letter_has_the_headers_that_servers_want)
{
	struct mail_message m = message();
	struct str text = written(&m);

	CHECK_STR(text, S("Date: Fri, 20 Nov 2026 09:00:00 +0000\r\n"
			  "From: Handschlag Vierland\r\n <handschlag@stadt.example>\r\n"
			  "To: =?UTF-8?Q?Cem_=C3=87=C4=B1nar?=\r\n <cem@bergstedt.example>\r\n"
			  "Subject: Neues\r\n"
			  "Message-ID: <17.1795165200@handschlag.example>\r\n"
			  "Auto-Submitted: auto-generated\r\n"
			  "MIME-Version: 1.0\r\n"
			  "Content-Type: text/plain; charset=UTF-8\r\n"
			  "Content-Transfer-Encoding: quoted-printable\r\n"
			  "Content-Language: de\r\n\r\n"
			  "Hallo Cem,\r\n\r\nes gibt Neues.\r\n"));
	m.to_name = S("");
	text = written(&m);
	CHECK(contains(text, "To: <cem@bergstedt.example>\r\n"));
}

/* Line lengths, line ends and bytes of any message. */
static void check_wire(struct str text)
{
	size_t begun = 0;

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		CHECK(c == '\r' || c == '\n' || c == '\t' || (c >= ' ' && c <= '~'));
		if (c == '\n') {
			CHECK(i > 0 && text.p[i - 1] == '\r');
			CHECK(i - 1 - begun <= 76);
			begun = i + 1;
		} else if (c == '\r') {
			CHECK(i + 1 < text.n && text.p[i + 1] == '\n');
		}
	}
	CHECK(str_ends(text, S("\r\n")));
}

/* What another program reads in it: subject, name of the recipient, body. */
static struct str read_by_python(struct str text)
{
	static const char program[] =
	    "import sys, email, email.policy\n"
	    "m = email.message_from_binary_file(open(sys.argv[1], 'rb'),"
	    " policy=email.policy.default)\n"
	    "assert not m.defects, m.defects\n"
	    "to = m['To'].addresses[0]\n"
	    "out = m['Subject'] + '|' + to.display_name + '|' + to.addr_spec + '|'"
	    " + m.get_content()\n"
	    "sys.stdout.buffer.write(out.encode())\n";
	char name[] = "/tmp/hs-mail-XXXXXX";
	int fd = mkstemp(name);
	char *got = arena_alloc(arena, 100000);

	CHECK(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n);
	close(fd);
	FILE *p = popen(
	    arena_cstr(arena, arena_fmt(arena, "/usr/bin/python3 -c \"%s\" %s", program, name)),
	    "r");
	CHECK(p != NULL);
	size_t n = fread(got, 1, 100000, p);
	CHECK_INT(pclose(p), 0);
	unlink(name);
	return (struct str){got, n};
}

static void check_round_trip(struct str subject, struct str body)
{
	struct mail_message m = message();

	m.subject = subject;
	m.body = body;
	struct str text = written(&m);
	check_wire(text);
	CHECK_STR(read_by_python(text),
		  arena_fmt(arena, "%.*s|Cem Çınar|cem@bergstedt.example|%.*s\n", ARG(subject),
			    ARG(body)));
}

static struct str often(const char *piece, size_t times)
{
	struct buf b = {.arena = arena};

	for (size_t i = 0; i < times; i++)
		buf_add(&b, str_of(piece));
	return buf_str(&b);
}

TEST(another_program_reads_what_was_written)
{
	check_round_trip(S("Rückmelderunde 3: bitte lies bis 1. März"), S("Grüße"));
	check_round_trip(often("ü", 200), often("ü", 500));
	check_round_trip(often("👩🏽‍💻", 20), often("👩🏽‍💻", 40));
	check_round_trip(S("=?UTF-8?Q?Bcc?= x_y"), S("=C3=BC bleibt = so"));
	check_round_trip(
	    S("ein langer Betreff aus lauter kurzen Worten, der in keine Zeile passt: a-b"),
	    often("lang", 300));
	check_round_trip(S("Punkte"), S(".\n..\nFrom hier\n-- \nx\t\n y"));
}

TEST(line_ends_of_all_kinds_become_those_of_the_wire)
{
	struct mail_message m = message();

	m.body = S("a\r\nb\rc\nd \n");
	CHECK(str_ends(written(&m), S("\r\n\r\na\r\nb\r\nc\r\nd\r\n")));
	m.body = S("a \nb");
	CHECK(str_ends(written(&m), S("\r\n\r\na=20\r\nb\r\n")));
}

TEST(an_address_that_is_none_gets_no_letter)
{
	static const struct str bad[] = {
	    S_INIT(""),
	    S_INIT("anna"),
	    S_INIT("@stadt.example"),
	    S_INIT("anna@"),
	    S_INIT("a@b@c"),
	    S_INIT("anna@stadt.example\r\nBcc: alle@x.example"),
	    S_INIT("anna@stadt.example\n"),
	    S_INIT("anna ahorn@stadt.example"),
	    S_INIT("<anna@stadt.example>"),
	    S_INIT("a,b@stadt.example"),
	    S_INIT("\"a\"@stadt.example"),
	    S_INIT("ännä@stadt.example"),
	    S_INIT("anna@stadt.example\0x"),
	};
	struct str out;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct mail_message to = message(), from = message(), id = message();
		to.to = from.from = id.id = bad[i];
		CHECK(!mail_address_valid(bad[i]));
		CHECK(!mail_message(arena, &to, &out));
		CHECK(!mail_message(arena, &from, &out));
		CHECK(!mail_message(arena, &id, &out));
	}
	CHECK(!mail_address_valid(arena_fmt(arena, "%.*s@x.example", ARG(often("a", 254)))));
	CHECK(mail_address_valid(S("o'neill+x_y-z.2@sub.stadt.example")));
}

TEST(a_line_end_in_subject_or_name_makes_no_header)
{
	struct mail_message m = message();
	struct str out;

	m.subject = S("Neues\r\nBcc: alle@x.example");
	CHECK(!mail_message(arena, &m, &out));
	m = message();
	m.to_name = S("Cem\nBcc: alle@x.example");
	CHECK(!mail_message(arena, &m, &out));
	m = message();
	m.from_name = S("Stadt\r");
	CHECK(!mail_message(arena, &m, &out));
	m = message();
	m.body = S("a\0b");
	CHECK(!mail_message(arena, &m, &out));
}

TESTS_MAIN_EACH(begin, end)
