/* http_listener_test.c -- the socket file: made with care, taken over only from the dead. */
#include "base/arena.h"
#include "base/log.h"
#include "http/listener.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena *a;
static char directory[] = "/tmp/handschlag-listener-XXXXXX";
static struct str path;

static int set_up(void **state)
{
	(void)state;
	log_threshold(LOG_ERROR + 1);
	a = arena_new(1024 * 1024);
	if (mkdtemp(directory) == NULL)
		return -1;
	path = str_of(arena_fmt(a, "%s/socket", directory).p);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path.p);
	rmdir(directory);
	arena_free(a);
	return 0;
}

static int connect_to(struct str to)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	memcpy(address.sun_path, to.p, to.n);
	int rc = connect(fd, (const struct sockaddr *)&address, sizeof address);
	close(fd);
	return rc;
}

/* What a process leaves that was killed. */
static void leave_stale_socket(void)
{
	struct listener l;

	CHECK_INT(listener_open(path, &l), OK);
	close(l.fd);
	CHECK_INT(access(path.p, F_OK), 0);
}

TEST(the_socket_is_for_the_group_and_does_not_block)
{
	struct stat file;
	struct listener l;
	mode_t before = umask(0);

	CHECK_INT(listener_open(path, &l), OK);
	CHECK_INT(umask(before), 0); /* is as it was */
	CHECK_INT(stat(path.p, &file), 0);
	CHECK_INT(file.st_mode & 07777, 0660);
	CHECK(fcntl(l.fd, F_GETFL) & O_NONBLOCK);
	CHECK(fcntl(l.fd, F_GETFD) & FD_CLOEXEC);
	CHECK_INT(connect_to(path), 0);
	listener_close(&l);
	CHECK_INT(access(path.p, F_OK), -1);
}

TEST(many_may_wait)
{
	struct listener l;
	int fds[512];
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int accepted = 0;

	memcpy(address.sun_path, path.p, path.n);
	CHECK_INT(listener_open(path, &l), OK);
	for (int i = 0; i < 512; i++) {
		fds[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
		accepted += connect(fds[i], (const struct sockaddr *)&address, sizeof address) == 0;
	}
	for (int i = 0; i < 512; i++)
		close(fds[i]);
	CHECK_INT(accepted, 512); /* 511 and one */
	listener_close(&l);
}

TEST(the_socket_of_a_living_process_is_left_alone)
{
	struct listener mine, other;

	CHECK_INT(listener_open(path, &mine), OK);
	CHECK_INT(listener_open(path, &other), E_UNAVAILABLE);
	CHECK_INT(connect_to(path), 0);
	listener_close(&mine);
}

TEST(a_socket_that_nobody_serves_is_replaced)
{
	struct listener l;

	leave_stale_socket();
	CHECK_INT(listener_open(path, &l), OK);
	CHECK_INT(connect_to(path), 0);
	listener_close(&l);
}

/* The maker is dead, but a child of his still listens. */
TEST(a_socket_that_only_orphans_serve_is_replaced)
{
	struct listener orphaned, l;
	int end[2], status;

	CHECK_INT(pipe(end), 0);
	pid_t maker = fork();
	if (maker == 0) {
		enum err err = listener_open(path, &orphaned);
		if (fork() == 0) {
			char byte;
			close(end[1]);
			_exit(read(end[0], &byte, 1) != 0); /* until the test closes its end */
		}
		_exit(err == OK ? 0 : 1);
	}
	CHECK_INT(waitpid(maker, &status, 0), maker);
	CHECK_INT(status, 0);
	CHECK_INT(connect_to(path), 0);
	CHECK_INT(listener_open(path, &l), OK);
	close(end[0]);
	close(end[1]);
	listener_close(&l);
}

TEST(a_file_that_is_no_socket_is_left_alone)
{
	struct listener l;

	fclose(fopen(path.p, "w"));
	CHECK_INT(listener_open(path, &l), E_UNAVAILABLE);
	CHECK_INT(unlink(path.p), 0);
	CHECK_INT(symlink("/etc/passwd", path.p), 0);
	CHECK_INT(listener_open(path, &l), E_UNAVAILABLE);
	CHECK_INT(unlink(path.p), 0);
}

TEST(closing_does_not_remove_the_file_of_a_successor)
{
	struct listener first, second;

	CHECK_INT(listener_open(path, &first), OK);
	CHECK_INT(unlink(path.p), 0); /* somebody tidied up */
	CHECK_INT(listener_open(path, &second), OK);
	listener_close(&first);
	CHECK_INT(connect_to(path), 0);
	listener_close(&second);
	CHECK_INT(access(path.p, F_OK), -1);
}

TEST(impossible_paths_are_refused)
{
	struct listener l;
	char deep[108];

	CHECK_INT(listener_open(S(""), &l), E_UNAVAILABLE);
	CHECK_INT(listener_open((struct str){memset(deep, 'x', 108), 108}, &l), E_UNAVAILABLE);
	CHECK_INT(listener_open(S("/nowhere/socket"), &l), E_UNAVAILABLE);
	CHECK_INT(listener_open(S("/proc/socket"), &l), E_UNAVAILABLE);
}

TEST(a_path_without_a_directory_means_this_one)
{
	struct listener l;

	CHECK_INT(chdir(directory), 0);
	CHECK_INT(listener_open(S("here"), &l), OK);
	CHECK_INT(connect_to(S("here")), 0);
	listener_close(&l);
	CHECK_INT(access("here", F_OK), -1);
}

TESTS_MAIN_WITH(set_up, tear_down)
