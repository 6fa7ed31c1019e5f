/* ask.c -- lines and passwords from standard input. */
#include "features/people/ask.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { LINE_ROOM = 2048 };

/* A line that does not fit or is no clean text is no answer. */
static bool read_line(struct arena *a, struct str *line)
{
	char *text = arena_alloc(a, LINE_ROOM);

	if (fgets(text, LINE_ROOM, stdin) == NULL)
		return false;
	struct str all = str_of(text);
	bool complete = all.n + 1 < LINE_ROOM;
	while (all.n > 0 && (all.p[all.n - 1] == '\n' || all.p[all.n - 1] == '\r'))
		all.n--;
	*line = all;
	return complete && utf8_clean(all, false);
}

bool ask_line(struct arena *a, const char *question, struct str *answer)
{
	if (!isatty(STDIN_FILENO))
		return false;
	fprintf(stderr, "%s: ", question);
	if (!read_line(a, answer))
		return false;
	*answer = str_trim(*answer);
	return answer->n > 0;
}

static bool ask_hidden(struct arena *a, const char *question, struct str *answer)
{
	struct termios shown, hidden;

	if (tcgetattr(STDIN_FILENO, &shown) != 0)
		return false;
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	fprintf(stderr, "%s: ", question);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	bool done = read_line(a, answer);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	fprintf(stderr, "\n");
	return done;
}

bool ask_password(struct arena *a, struct str *password)
{
	struct str again;

	if (!isatty(STDIN_FILENO)) {
		if (read_line(a, password))
			return true;
		fprintf(stderr, "No password on standard input.\n");
		return false;
	}
	if (!ask_hidden(a, "Password (12 to 256 characters)", password) ||
	    !ask_hidden(a, "The same once more", &again))
		return false;
	if (str_eq(*password, again))
		return true;
	fprintf(stderr, "These were two different passwords.\n");
	return false;
}
