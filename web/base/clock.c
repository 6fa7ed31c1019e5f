/* clock.c -- the system's clocks and the one that tests hold still. */
#include "base/clock.h"

#include <time.h>

static int64_t held;

int64_t clock_now(void)
{
	return held != 0 ? held : (int64_t)time(NULL);
}

int64_t clock_micros(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void clock_set(int64_t seconds)
{
	held = seconds;
}
