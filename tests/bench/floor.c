/*
 * floor.c -- the least a FastCGI program can do: the floor that pages are measured against.
 *
 * floor SOCKET DIRECTORY: two workers answer /NAME with the bytes of DIRECTORY/NAME, read at the
 * start.  A plain libfcgi loop on purpose, without a line of the program's own: it shows what the
 * library and nginx cost, so what our loop adds counts against us.
 */
#include <dirent.h>
#include <fcgiapp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 2, PAGES_MAX = 32, PAGE_MAX = 1024 * 1024, BACKLOG = 511 };

struct page {
	char name[64];
	char *bytes;
	int n;
};

static struct page pages[PAGES_MAX];
static size_t page_count;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void read_page(const char *directory, const char *name)
{
	char path[1024];
	struct page *p = &pages[page_count];

	if (page_count == PAGES_MAX)
		return;
	snprintf(path, sizeof path, "%s/%s", directory, name);
	snprintf(p->name, sizeof p->name, "/%s", name);
	FILE *f = fopen(path, "rb");
	p->bytes = malloc(PAGE_MAX);
	if (f == NULL || p->bytes == NULL)
		fail(path);
	p->n = (int)fread(p->bytes, 1, PAGE_MAX, f);
	fclose(f);
	page_count++;
}

static void read_pages(const char *directory)
{
	DIR *d = opendir(directory);

	if (d == NULL)
		fail(directory);
	for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d))
		if (e->d_name[0] != '.')
			read_page(directory, e->d_name);
	closedir(d);
}

/* Other addresses get an empty page, so that a health check is content. */
static void answer(const FCGX_Request *q)
{
	static const struct page none = {.bytes = NULL, .n = 0};
	const char *uri = FCGX_GetParam("REQUEST_URI", q->envp);
	const struct page *p = &none;

	for (size_t i = 0; uri != NULL && i < page_count; i++)
		if (strcmp(pages[i].name, uri) == 0)
			p = &pages[i];
	FCGX_FPrintF(q->out, "Content-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n",
		     p->n);
	FCGX_PutStr(p->bytes, p->n, q->out);
}

static void work(int listen_fd)
{
	FCGX_Request q;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (FCGX_InitRequest(&q, listen_fd, 0) != 0)
		fail("FCGX_InitRequest");
	while (FCGX_Accept_r(&q) == 0) {
		answer(&q);
		FCGX_Finish_r(&q);
	}
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: floor SOCKET DIRECTORY\n");
		return 2;
	}
	read_pages(argv[2]);
	if (FCGX_Init() != 0)
		fail("FCGX_Init");
	signal(SIGTERM, SIG_DFL); /* libfcgi takes it for itself */
	int listen_fd = FCGX_OpenSocket(argv[1], BACKLOG);
	if (listen_fd < 0)
		fail(argv[1]);
	for (int i = 0; i < WORKERS; i++) {
		pid_t pid = fork();
		if (pid < 0)
			fail("fork");
		if (pid == 0) {
			work(listen_fd);
			return 1;
		}
	}
	wait(NULL); /* a worker never ends by itself */
	return 1;
}
