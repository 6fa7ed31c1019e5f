/* config_test.c -- settings that are taken, and those that are refused. */
#include "base/config.h"
#include "base/log.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena *arena;

static enum err read_config(const char *text, struct config *out)
{
	char path[] = "/tmp/handschlag-config-XXXXXX";
	int fd = mkstemp(path);

	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
	enum err err = config_read(arena, path, out);
	unlink(path);
	return err;
}

#define REST "cooperation = Verbund\ndata=d\nviews=v\npages=p\nsocket=s\n"
TEST(config_reads_settings_and_refuses_what_is_wrong)
{
	struct config c;

	log_threshold(LOG_ERROR + 1);
	CHECK_INT(read_config("# so\nbase_url = https://a.example\n" REST, &c), OK);
	CHECK_STR(c.cooperation, S("Verbund"));
	CHECK_INT(c.workers, 4);
	CHECK(read_config("base_url = http://a.example\n" REST, &c) != OK);
	CHECK_INT(read_config("development=yes\nbase_url=http://a.example\n" REST, &c), OK);
	CHECK(read_config("base_url = https://a.example/\n" REST, &c) != OK);
	CHECK(read_config("base_url = https://a.example\nworkers = 0\n" REST, &c) != OK);
	CHECK(read_config("base_url = https://a.example\ncolour = red\n" REST, &c) != OK);
	CHECK(read_config("base_url = https://a.example\n", &c) != OK);
	CHECK(config_read(arena, "/nonexistent/handschlag.conf", &c) != OK);
	log_threshold(LOG_INFO);
}

#define SITE "base_url = https://a.example\n" REST
TEST(config_of_mail_and_second_factor_is_complete_or_refused)
{
	struct config c;

	log_threshold(LOG_ERROR + 1);
	CHECK_INT(read_config(SITE, &c), OK);
	CHECK(c.second_factor && c.smtp.n == 0);
	CHECK(read_config(SITE "second_factor = no\n", &c) != OK);
	CHECK_INT(read_config(SITE "second_factor = no\ndevelopment = yes\n", &c), OK);
	CHECK(!c.second_factor);
	CHECK(read_config(SITE "second_factor = maybe\n", &c) != OK);
	CHECK(read_config(SITE "smtp = smtps://mail.example:465\n", &c) != OK);
	CHECK(read_config(SITE "smtp = smtps://mail.example:465\nmail_from = @a\n", &c) != OK);
	CHECK(read_config(SITE "smtp = mail.example\nmail_from = h@a.example\n", &c) != OK);
	CHECK_INT(read_config(SITE "smtp=smtps://mail.example:465\nmail_from=h@a.example\n", &c),
		  OK);
	CHECK(read_config(SITE "smtp=smtp://m.example\nmail_from=h@a.example\nsmtp_user=h\n", &c) !=
	      OK);
	log_threshold(LOG_INFO);
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

TESTS_MAIN_WITH(set_up, tear_down)
