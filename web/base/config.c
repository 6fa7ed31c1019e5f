/* config.c -- reads the settings file. */
#include "base/config.h"

#include "base/file.h"
#include "base/log.h"

enum { CONFIG_MAX = 16 * 1024 };

static enum err refuse(const char *path, int64_t line, struct str key, const char *why)
{
	log_event(LOG_ERROR, "config", KV_C("file", path), KV_INT("line", line), KV("key", key),
		  KV_C("why", why));
	return E_INTERNAL;
}

static const char *set_switch(bool *place, struct str value)
{
	*place = str_eq(value, S("yes"));
	return *place || str_eq(value, S("no")) ? NULL : "must be yes or no";
}

/* Stores one setting; what is wrong with it, or NULL. */
static const char *set(struct config *c, struct str key, struct str value)
{
	const struct {
		struct str key;
		struct str *place;
	} texts[] = {
	    {S("base_url"), &c->base_url},
	    {S("cooperation"), &c->cooperation},
	    {S("data"), &c->data},
	    {S("views"), &c->views},
	    {S("pages"), &c->pages},
	    {S("socket"), &c->socket},
	    {S("register_key"), &c->register_key},
	    {S("factor_key"), &c->factor_key},
	    {S("smtp"), &c->smtp},
	    {S("smtp_user"), &c->smtp_user},
	    {S("smtp_password_file"), &c->smtp_password_file},
	    {S("mail_from"), &c->mail_from},
	    {S("smtp_ca"), &c->smtp_ca},
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (!str_eq(key, texts[i].key))
			continue;
		*texts[i].place = value;
		return value.n == 0 ? "is empty" : NULL;
	}
	if (str_eq(key, S("workers")))
		return str_to_int(value, &c->workers) && c->workers >= 1 && c->workers <= 64
			   ? NULL
			   : "must be a number from 1 to 64";
	if (str_eq(key, S("development")))
		return set_switch(&c->development, value);
	if (str_eq(key, S("second_factor")))
		return set_switch(&c->second_factor, value);
	return "is unknown";
}

static enum err check_mail(const char *path, const struct config *c)
{
	if (c->smtp.n == 0)
		return OK;
	if (!str_starts(c->smtp, S("smtp://")) && !str_starts(c->smtp, S("smtps://")))
		return refuse(path, 0, S("smtp"), "must begin with smtp:// or smtps://");
	size_t at = str_find_char(c->mail_from, '@');
	if (at == 0 || at + 1 >= c->mail_from.n)
		return refuse(path, 0, S("mail_from"), "must be an address, smtp needs it");
	if ((c->smtp_user.n == 0) != (c->smtp_password_file.n == 0))
		return refuse(path, 0, S("smtp_user, smtp_password_file"), "go together");
	return OK;
}

static enum err check(const char *path, const struct config *c)
{
	if (c->base_url.n == 0 || c->cooperation.n == 0 || c->data.n == 0 || c->views.n == 0 ||
	    c->pages.n == 0 || c->socket.n == 0)
		return refuse(path, 0, S("base_url, cooperation, data, views, pages, socket"),
			      "one of these is missing");
	bool https = str_starts(c->base_url, S("https://"));
	if (!https && !(c->development && str_starts(c->base_url, S("http://"))))
		return refuse(path, 0, S("base_url"), "must begin with https://");
	if (str_ends(c->base_url, S("/")))
		return refuse(path, 0, S("base_url"), "must not end with a slash");
	if (!c->second_factor && !c->development)
		return refuse(path, 0, S("second_factor"),
			      "may be switched off in development only");
	return check_mail(path, c);
}

enum err config_read(struct arena *a, const char *path, struct config *out)
{
	struct str rest, line;
	int64_t number = 0;

	*out = (struct config){.workers = 4, .second_factor = true};
	if (!file_read(a, path, CONFIG_MAX, &rest))
		return refuse(path, 0, S(""), "cannot be read");
	while (str_cut(&rest, '\n', &line)) {
		number++;
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		size_t equals = str_find_char(line, '=');
		struct str key = str_trim(str_head(line, equals));
		if (equals == line.n)
			return refuse(path, number, key, "has no value");
		const char *wrong = set(out, key, str_trim(str_from(line, equals + 1)));
		if (wrong != NULL)
			return refuse(path, number, key, wrong);
	}
	TRY(check(path, out));
	if (out->register_key.n == 0)
		out->register_key = arena_fmt(a, "%.*s/register.key", ARG(out->data));
	if (out->factor_key.n == 0)
		out->factor_key = arena_fmt(a, "%.*s/factor.key", ARG(out->data));
	return OK;
}
