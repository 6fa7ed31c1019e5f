/* register_show.c -- the register as a page and as a download. */
#include "app/app.h"
#include "base/date.h"
#include "features/steering/register.h"
#include "features/steering/register_file.h"
#include "features/steering/witness.h"

/* GET /register */
static enum err register_show(struct request *rq)
{
	struct str public = secret_key_public(rq->app->register_key);
	struct register_entry head;

	TRY(register_head(rq->db, &head));
	view_int(rq->view, V_COUNT, head.n);
	view_text(rq->view, V_HASH, head.hash);
	view_text(rq->view, V_PUBLIC, public);
	view_text(rq->view, V_PEM, secret_public_pem(rq->arena, public));
	view_show_if(rq->view, S_NO_RECORD, head.n == 0);
	if (head.n > 0)
		view_text(view_row(rq->view, S_NEWEST), V_WHEN, date_time_long(rq->arena, head.at));
	TRY(witness_list(rq, rq->view));
	return reply_page(rq, 200, "steering/register_show.html");
}

/* GET /register/register.txt */
static enum err register_download(struct request *rq)
{
	struct str text;

	TRY(register_file_write(rq->db, rq->arena, &text));
	return reply_file(rq, S("text/plain; charset=utf-8"), S("register.txt"), text);
}

const struct route register_routes[] = {
    GET_SHARED("/register", PROJECT_SEE, register_show),
    GET("/register/register.txt", PROJECT_SEE, register_download),
    GET("/register/zeugen", PROJECT_SEE, witness_show),
    POST_PREPARED("/register/zeugen/schluessel", WITNESS_ACT, witness_key_prepare,
		  witness_key_create, 0),
    POST("/register/zeugen/gegenzeichnung", WITNESS_ACT, witness_create),
    ROUTES_END,
};
