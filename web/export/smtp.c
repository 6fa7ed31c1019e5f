/* smtp.c -- one letter, one transaction of SMTP. */
#include "export/smtp.h"

#include "base/log.h"
#include "export/mail_message.h"

#include <curl/curl.h>
#include <string.h>

/* Shorter than the lease of a letter, so that it is never with two servers at once. */
enum { CONNECT_SECONDS = 15, TOTAL_SECONDS = 50, REPLY_MAX = 300 };

enum stage { GREETING, RECIPIENT, CONTENT };

struct smtp {
	CURL *curl;
	struct str rest; /* of the message that is being sent */
	enum stage stage;
	bool leaving;
	int code; /* of the last reply that counts; 0: none */
	char reply[REPLY_MAX + 1];
	char error[CURL_ERROR_SIZE];
};

/* ---- What is being said ---- */

static size_t read_message(char *to, size_t size, size_t count, void *context)
{
	struct smtp *s = context;
	size_t n = size * count < s->rest.n ? size * count : s->rest.n;

	if (n > 0)
		memcpy(to, s->rest.p, n);
	s->rest = str_from(s->rest, n);
	return n;
}

static size_t drop(char *data, size_t size, size_t count, void *context)
{
	(void)data;
	(void)context;
	return size * count;
}

static void note_command(struct smtp *s, struct str line)
{
	s->leaving = str_starts(line, S("QUIT"));
	if (s->leaving)
		return;
	s->code = 0;
	s->stage = GREETING;
	if (str_starts(line, S("RCPT ")))
		s->stage = RECIPIENT;
	else if (str_starts(line, S("DATA")))
		s->stage = CONTENT;
}

/* The reply to our good-bye says nothing about the letter. */
static void note_reply(struct smtp *s, struct str line)
{
	int64_t code = 0;

	if (s->leaving || !str_to_int(str_head(line, 3), &code) || code > 599)
		return;
	struct str text = str_head(str_trim(line), REPLY_MAX);
	s->code = (int)code;
	memcpy(s->reply, text.p, text.n);
	s->reply[text.n] = '\0';
}

/* Looks at the beginning of each line alone: behind it may be a password. */
static int listen_in(CURL *curl, curl_infotype type, char *data, size_t n, void *context)
{
	struct str line = {data, n};

	(void)curl;
	if (type == CURLINFO_HEADER_OUT)
		note_command(context, line);
	else if (type == CURLINFO_HEADER_IN)
		note_reply(context, line);
	return 0;
}

/* ---- Settings ---- */

static bool is_this_machine(struct str host)
{
	if (str_eq(host, S("localhost")) || str_eq(host, S("[::1]")))
		return true;
	for (size_t i = 0; i < host.n; i++)
		if (host.p[i] != '.' && (host.p[i] < '0' || host.p[i] > '9'))
			return false;
	return str_starts(host, S("127."));
}

static enum err read_host(struct arena *a, const char *url, struct str *host)
{
	CURLU *parsed = curl_url();
	char *part = NULL, *user = NULL;
	enum err err = E_INTERNAL;

	if (parsed != NULL && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(parsed, CURLUPART_USER, &user, 0) != CURLUE_OK &&
	    curl_url_get(parsed, CURLUPART_HOST, &part, 0) == CURLUE_OK) {
		*host = arena_str(a, str_of(part));
		err = OK;
	} else {
		log_event(LOG_ERROR, "smtp", KV_C("url", url),
			  KV_C("why", "is not smtp://HOST:PORT or smtps://HOST:PORT"));
	}
	curl_free(part);
	curl_free(user);
	curl_url_cleanup(parsed);
	return err;
}

static void set_transport(CURL *c, struct smtp *s)
{
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)TOTAL_SECONDS);
	curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, read_message);
	curl_easy_setopt(c, CURLOPT_READDATA, s);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop);
	curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, listen_in);
	curl_easy_setopt(c, CURLOPT_DEBUGDATA, s);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, s->error);
}

/* libcurl copies every text. */
static void set_server(CURL *c, struct arena *a, const struct smtp_settings *s, struct str host)
{
	bool tls = s->ca_file.n > 0 || !is_this_machine(host);

	curl_easy_setopt(c, CURLOPT_URL,
			 arena_cstr(a, arena_fmt(a, "%.*s/%.*s", ARG(s->url), ARG(s->hello))));
	curl_easy_setopt(c, CURLOPT_USE_SSL, (long)(tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
	if (s->ca_file.n > 0) {
		curl_easy_setopt(c, CURLOPT_CAINFO, arena_cstr(a, s->ca_file));
		curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
	}
	if (s->user.n > 0) {
		curl_easy_setopt(c, CURLOPT_USERNAME, arena_cstr(a, s->user));
		curl_easy_setopt(c, CURLOPT_PASSWORD, arena_cstr(a, s->password));
	}
}

enum err smtp_open(struct arena *a, const struct smtp_settings *settings, struct smtp **out)
{
	struct smtp *s = ARENA_NEW(a, struct smtp);
	struct str host;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return E_UNAVAILABLE;
	TRY(read_host(a, arena_cstr(a, settings->url), &host));
	s->curl = curl_easy_init();
	if (s->curl == NULL)
		return E_UNAVAILABLE;
	set_transport(s->curl, s);
	set_server(s->curl, a, settings, host);
	*out = s;
	return OK;
}

void smtp_close(struct smtp *s)
{
	if (s == NULL)
		return;
	curl_easy_cleanup(s->curl);
	curl_global_cleanup();
}

/* ---- Sending ---- */

static enum smtp_outcome judge(const struct smtp *s, CURLcode code)
{
	enum { CLOSING_DOWN = 421 };

	if (code == CURLE_OK)
		return SMTP_TAKEN;
	if (s->stage == GREETING || s->code < 400 || s->code == CLOSING_DOWN)
		return SMTP_DOWN;
	return s->code >= 500 ? SMTP_REFUSED : SMTP_LATER;
}

enum smtp_outcome smtp_send(struct smtp *s, struct arena *a, struct str from, struct str to,
			    struct str message, struct str *why)
{
	if (!mail_address_valid(from) || !mail_address_valid(to)) {
		*why = S("address cannot be used");
		return SMTP_REFUSED;
	}
	struct curl_slist *recipients =
	    curl_slist_append(NULL, arena_cstr(a, arena_fmt(a, "<%.*s>", ARG(to))));
	s->rest = message;
	s->stage = GREETING;
	s->leaving = false;
	s->code = 0;
	s->error[0] = '\0';
	curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM,
			 arena_cstr(a, arena_fmt(a, "<%.*s>", ARG(from))));
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, recipients);
	CURLcode code = recipients == NULL ? CURLE_OUT_OF_MEMORY : curl_easy_perform(s->curl);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(recipients);
	enum smtp_outcome outcome = judge(s, code);
	if (outcome == SMTP_TAKEN)
		*why = S("");
	else if (s->code >= 400)
		*why = arena_str(a, str_of(s->reply));
	else
		*why =
		    arena_str(a, str_of(s->error[0] != '\0' ? s->error : curl_easy_strerror(code)));
	return outcome;
}
