/* http_supervisor_test.c -- real processes that crash, hang and are told to end. */
#include "http_supervisor.h"

TEST(workers_answer_until_told_to_stop)
{
	start_and_wait(usual(3));
	CHECK(who() > 0 && who() != master);
	CHECK_INT(stop(), 0);
	CHECK(!socket_exists());
	CHECK_INT(atomic_load(&shared->starts), 3);
}

/* Each right after the one before: who only looks every 200 ms would need most of that time. */
TEST(a_killed_worker_is_replaced_within_100_ms)
{
	int64_t total = 0;

	start_and_wait(usual(4));
	for (int i = 0; i < 4; i++) {
		int64_t began = clock_micros();
		kill(shared->pids[i], SIGKILL);
		EVENTUALLY(atomic_load(&shared->starts) == 5 + i);
		total += clock_micros() - began;
	}
	CHECK(total < 4 * SEC / 10);
	CHECK(who() > 0);
	CHECK_INT(stop(), 0);
}

TEST(a_crash_costs_one_request)
{
	start_and_wait(usual(1));
	pid_t before = who();
	CHECK_STR(get(S("/crash")), S(""));
	pid_t after = who();
	CHECK(after > 0 && after != before);
	CHECK_INT(stop(), 0);
}

/* Starts at 0, 0, 0.1, 0.3, 0.7 and 1.5 s, each up to 0.2 s late. */
TEST(workers_that_cannot_live_are_started_more_and_more_seldom)
{
	struct supervisor s = usual(1);

	s.work = die;
	master = start(s);
	EVENTUALLY(atomic_load(&shared->starts) >= 2);
	pause_ms(1300);
	int starts = atomic_load(&shared->starts);
	CHECK(starts >= 4 && starts <= 6);
	CHECK_INT(stop(), 0);
}

TEST(a_worker_that_is_busy_for_too_long_is_replaced)
{
	struct supervisor s = usual(1);

	s.busy_limit_ms = 300;
	start_and_wait(s);
	pid_t before = who();
	int64_t began = clock_micros();
	CHECK_STR(get(S("/hang")), S(""));
	CHECK(clock_micros() - began >= 3 * SEC / 10 && clock_micros() - began < 2 * SEC);
	pid_t after = who();
	CHECK(after > 0 && after != before);
	/* Also when the peer does not even finish its request. */
	int fd = fcgi_connect(socket_path.p);
	CHECK_INT(write(fd, "\1", 1), 1);
	CHECK_STR(fcgi_answer(a, fd), S(""));
	CHECK(who() > 0 && who() != after);
	CHECK_INT(stop(), 0);
}

TEST(a_worker_that_waits_is_not_busy)
{
	struct supervisor s = usual(1);

	s.busy_limit_ms = 100;
	start_and_wait(s);
	pid_t before = who();
	pause_ms(600);
	CHECK_INT(who(), before);
	CHECK_INT(stop(), 0);
}

TEST(sigterm_lets_running_requests_finish)
{
	start_and_wait(usual(2));
	int fd = begin(S("/slow"));
	kill(master, SIGTERM);
	CHECK(fcgi_body(fcgi_answer(a, fd)).n > 0);
	CHECK_INT(stop(), 0);
	CHECK(!socket_exists());
}

TEST(sigterm_does_not_wait_for_ever)
{
	struct supervisor s = usual(1);

	s.drain_ms = 200;
	start_and_wait(s);
	int fd = begin(S("/hang"));
	int64_t began = clock_micros();
	CHECK_INT(stop(), 0);
	CHECK(clock_micros() - began >= 2 * SEC / 10 && clock_micros() - began < 2 * SEC);
	CHECK_STR(fcgi_answer(a, fd), S(""));
}

TEST(sigint_ends_like_sigterm_and_spares_the_workers)
{
	start_and_wait(usual(1));
	int fd = begin(S("/slow"));
	kill(shared->pids[0], SIGINT); /* as Ctrl-C does: everybody gets it */
	kill(master, SIGINT);
	CHECK(fcgi_body(fcgi_answer(a, fd)).n > 0);
	CHECK_INT(ended(master), 0);
	master = 0;
}

TEST(sighup_replaces_all_workers_without_losing_a_request)
{
	int answered = 0, asked = 0;

	start_and_wait(usual(3));
	kill(master, SIGHUP);
	while (atomic_load(&shared->starts) < 6 && asked < 5000) {
		answered += who() > 0;
		asked++;
	}
	CHECK_INT(answered, asked);
	EVENTUALLY(atomic_load(&shared->starts) == 6);
	for (int i = 0; i < 3; i++)
		CHECK(kill(shared->pids[i], 0) != 0 && kill(shared->pids[3 + i], 0) == 0);
	pause_ms(250);
	CHECK_INT(atomic_load(&shared->starts), 6); /* once each */
	CHECK_INT(stop(), 0);
}

TEST(sighup_asks_one_worker_after_the_other)
{
	struct supervisor s = usual(3);

	s.work = leave_slowly;
	start_and_wait(s);
	for (int i = 0; i < 3; i++)
		kill(shared->pids[i], SIGINT); /* means nothing to a worker */
	pause_ms(50);
	CHECK_INT(atomic_load(&shared->starts), 3);
	kill(master, SIGHUP);
	EVENTUALLY(atomic_load(&shared->starts) == 6);
	CHECK_INT(atomic_load(&shared->crowded), 0);
	CHECK_INT(stop(), 0);
}

TEST(a_second_instance_is_refused_and_does_no_harm)
{
	start_and_wait(usual(1));
	pid_t before = who();
	CHECK_INT(ended(start((struct supervisor){
		      .socket_path = socket_path, .workers = 1, .work = serve})),
		  9);
	CHECK_INT(who(), before);
	CHECK_INT(stop(), 0);
}

TEST(impossible_settings_are_refused)
{
	struct supervisor s = usual(0);

	CHECK_INT(supervisor_run(&s), E_INTERNAL);
	s.workers = WORKERS_MAX + 1;
	CHECK_INT(supervisor_run(&s), E_INTERNAL);
	s.workers = 1;
	s.socket_path = S("/nowhere/socket");
	CHECK_INT(supervisor_run(&s), E_UNAVAILABLE);
}

/* One of the workers still has a request to finish: it does so, and keeps nobody from starting. */
TEST(workers_die_with_their_supervisor)
{
	start_and_wait(usual(3));
	pid_t orphans[3] = {shared->pids[0], shared->pids[1], shared->pids[2]};
	int fd = begin(S("/slow"));
	kill(master, SIGKILL);
	CHECK_INT(ended(master), -SIGKILL);
	start_and_wait(usual(1));
	CHECK(who() > 0);
	CHECK(fcgi_body(fcgi_answer(a, fd)).n > 0);
	for (int i = 0; i < 3; i++)
		CHECK_INT(ended(orphans[i]), 0);
	CHECK_INT(stop(), 0);
}

static void count_tick(void *context)
{
	(void)context;
	if (atomic_fetch_add(&shared->ticks, 1) == 1)
		pause_ms(60000); /* the second one hangs */
}

TEST(the_regular_job_runs_beside_and_a_stuck_one_is_ended)
{
	struct supervisor s = usual(1);

	s.tick = count_tick;
	s.tick_ms = 150;
	start_and_wait(s);
	CHECK_INT(atomic_load(&shared->ticks), 0);
	EVENTUALLY(atomic_load(&shared->ticks) == 2);
	CHECK(who() > 0);
	EVENTUALLY(atomic_load(&shared->ticks) >= 3);
	CHECK_INT(stop(), 0);
}

TESTS_MAIN_WITH(set_up, tear_down)
