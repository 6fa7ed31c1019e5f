/*
 * app.h -- what a handler works with: the request, the routes, the ways to answer.
 *
 * The request is the transaction.  dispatch.c opens it (a GET cannot write, a POST begins
 * IMMEDIATE), calls the handler, and commits only if the handler returned OK with an answer below
 * 400 and every submitted field was read (an unknown one is a 400).  So a handler owns nothing and
 * every early return is safe.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "app/message.h"
#include "app/rights.h"
#include "base/config.h"
#include "base/secret.h"
#include "db/db.h"
#include "gen/views.h"
#include "http/request.h"
#include "http/response.h"
#include "view/view.h"

/* Who is asking.  person_id 0: nobody is logged in. */
struct viewer {
	int64_t person_id;
	int64_t municipality_id; /* 0: none */
	unsigned roles;          /* bits of enum role */
	bool must_enrol;         /* has no roles until a second factor is set up */
	struct str name, municipality, theme;
};

/* What a page says, without the frame around it. */
struct page_body {
	struct str title, html;
	bool landscape; /* print it on A4 landscape */
};

/* For whom the body of a page is kept: app/shelf.h. */
enum keeping { KEEP_NOT, KEEP_SHARED, KEEP_PERSONAL };

struct request {
	struct http_request http;
	const struct app *app;
	struct arena *arena;
	struct db *db;
	struct viewer viewer;
	struct view *view; /* of the page that will be shown */
	struct response *out;
	struct str slug;    /* ":slug" of the route: [a-z0-9-], at most 60 bytes */
	int64_t id;         /* ":id" of the route: from 1 */
	struct str token;   /* ":token" of the route: a secret, so it goes into no log */
	struct str session; /* the session's token, empty for guests */
	struct str csrf_secret;
	void *prepared;        /* what route.prepare found out */
	void *handbook_values; /* read once: features/handbook/placeholders.h */
	struct page_body page;
	enum keeping keeping; /* while a handler runs whose page will be kept */
	bool open; /* of a GET_PUBLIC or GET_TOKEN: nobody is logged in here, whoever asks */
	bool bare; /* no menu and no database behind the page: errors */
	/* An answer of 4xx is rolled back; the login sets this to count its failures all the same.
	 */
	bool keep_refusal;
};

typedef enum err handler(struct request *rq);

/* A line of the sitemap.  Preconditions are columns. */
struct route {
	enum method method;
	const char *path; /* "/task-forces/:slug/fragen/:id" */
	enum action action;
	handler *handle;
	/* Runs before the write transaction, reading only: for work that must not hold the lock. */
	handler *prepare;
	enum keeping keeping;
	bool open;
	const char *unless; /* a field of the query that makes a shared page personal */
	size_t upload_max;  /* bytes of a POST as multipart/form-data; 0: refused */
	const char *name, *file;
	int line;
};
#define ROUTE_(method, path, action, handle, prepare, keeping, open, unless, upload_max)           \
	{                                                                                          \
		method, path, action, handle, prepare, keeping, open, unless, upload_max, #handle, \
		    __FILE__, __LINE__                                                             \
	}
#define GET(path, action, handle)                                                                  \
	ROUTE_(METHOD_GET, path, action, handle, NULL, KEEP_NOT, false, NULL, 0)
/*
 * A page that is the same for everybody with the same roles in the same municipality: its body is
 * kept and shown again until the database or the date changes (app/shelf.h).  The handler gets a
 * viewer with roles and municipality alone and a template without CSRF and KEY, so what it writes
 * cannot belong to one person.  With the query field `unless` the page is made for one person as
 * any other: the same page with a form in it.
 */
#define GET_SHARED(path, action, handle)                                                           \
	ROUTE_(METHOD_GET, path, action, handle, NULL, KEEP_SHARED, false, NULL, 0)
#define GET_SHARED_UNLESS(path, action, handle, unless)                                            \
	ROUTE_(METHOD_GET, path, action, handle, NULL, KEEP_SHARED, false, unless, 0)
/*
 * A page of one person that often is asked for again: its body is kept for this person alone, until
 * the database changes or the minute is over.  Forms in it have new tokens each time it is shown.
 * What it says must follow from the address, the viewer, the database and the minute.
 */
#define GET_KEPT(path, action, handle)                                                             \
	ROUTE_(METHOD_GET, path, action, handle, NULL, KEEP_PERSONAL, false, NULL, 0)
/*
 * A page for the whole world, byte for byte the same for everybody: no cookie is read or set, there
 * is no viewer, not even in the frame, and the answer may be kept by any cache that asks again
 * (ETag).  It may also be a 410.
 */
#define GET_PUBLIC(path, handle)                                                                   \
	ROUTE_(METHOD_GET, path, EVERYONE, handle, NULL, KEEP_SHARED, true, NULL, 0)
/*
 * A file whose address is the key to it (":token"), for programs that cannot log in: no cookie is
 * read or set, and the handler finds out who is meant and answers by itself.
 */
#define GET_TOKEN(path, handle)                                                                    \
	ROUTE_(METHOD_GET, path, EVERYONE, handle, NULL, KEEP_NOT, true, NULL, 0)
#define POST(path, action, handle)                                                                 \
	ROUTE_(METHOD_POST, path, action, handle, NULL, KEEP_NOT, false, NULL, 0)
/* A form with a file or a long text in it: enctype="multipart/form-data". */
#define POST_UPLOAD(path, action, handle)                                                          \
	ROUTE_(METHOD_POST, path, action, handle, NULL, KEEP_NOT, false, NULL, UPLOAD_MAX)
/* With work before the transaction. */
#define POST_PREPARED(path, action, prepare, handle, upload_max)                                   \
	ROUTE_(METHOD_POST, path, action, handle, prepare, KEEP_NOT, false, NULL, upload_max)
#define ROUTES_END                                                                                 \
	{                                                                                          \
		METHOD_OTHER, NULL, EVERYONE, NULL, NULL, KEEP_NOT, false, NULL, 0, NULL, NULL, 0  \
	}

/* One per process. */
struct app {
	struct config config;
	/* Seals the decision register; loaded before the fork, outlives the process's requests. */
	const struct secret_key *register_key;
	struct str factor_key;             /* boxes second factors: 64 hexadecimal digits */
	const struct route *const *routes; /* tables of the features; ends with NULL */
	handler *login_show;               /* shown when a POST finds its session ended */
	handler *form_stale;               /* shown when a form's token is not of this session */
	/* In the write transaction, after a person was added or renamed: what is public may name
	 * them. */
	enum err (*names_changed)(struct request *rq);
	/* In the transaction that makes an adopted vote on that decision void. */
	enum err (*vote_voided)(struct request *rq, int64_t decision_id, struct str reason);
	/* How many things wait for the viewer: the number in the navigation. */
	enum err (*waiting)(struct request *rq, int64_t *count);
};

/* The route for a request, with rq->slug, rq->id and rq->token; E_NOT_FOUND, or E_METHOD when only
 * another method fits. */
MUST enum err route_find(const struct app *app, struct request *rq, const struct route **out);

/* The path of a request as it may be written down: a secret in it is replaced by ":token". */
struct str path_for_log(const struct request *rq);

/* Answers one request completely; never fails: errors become error pages. */
void app_answer(const struct app *app, struct db *db, struct arena *a, const struct http_input *in,
		struct response *out, bool *head);

/* Ways to answer.  A template is a file below views/ that begins with its <title>. */
MUST enum err reply_page(struct request *rq, int status, const char *template_file);
/* rq->page in its frame; used by dispatch. */
MUST enum err reply_frame(struct request *rq, int status);
/* 303.  The message (M_NONE for none) is shown on the page that follows. */
MUST enum err reply_redirect(struct request *rq, enum message done, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A download. */
MUST enum err reply_file(struct request *rq, struct str content_type, struct str file_name,
			 struct str body);
/* The error page for `err`; used by dispatch. */
void reply_error(struct request *rq, enum err err);

/* A path of our own to go back to after the login; "/" when `wanted` is anything else.  Written as
 * in a request: visible ASCII, short enough for a header. */
enum { TARGET_MAX = 1000 };
struct str local_path(struct str wanted);

#endif
