/* settings.c -- how somebody wants to be written to. */
#include "features/mail/pages.h"

#include "app/form.h"
#include "app/mail_topics.h"

static const struct {
	struct str word, label;
} choices[MAIL_MODES] = {
    [MAIL_AT_ONCE] = {S_INIT("sofort"), S_INIT("sofort")},
    [MAIL_DAILY] = {S_INIT("taeglich"), S_INIT("einmal am Tag")},
    [MAIL_WEEKLY] = {S_INIT("woechentlich"), S_INIT("einmal in der Woche")},
    [MAIL_OFF] = {S_INIT("nie"), S_INIT("nie")},
};

/* Topics to choose have a field of their name each; the others are skipped. */
struct choice {
	struct form_field field;
	enum mail_mode mode;
};
struct settings {
	struct choice of[MAIL_TOPICS];
};

static enum err load(struct request *rq, struct settings *s)
{
	static const char sql[] = "SELECT topic, mode FROM mail_setting WHERE person_id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id)));

	for (size_t i = 0; i < MAIL_TOPICS; i++)
		s->of[i] =
		    (struct choice){.field = {.name = mail_topics[i].name}, .mode = MAIL_AT_ONCE};
	while (rows_next(&r)) {
		const struct mail_topic *topic = mail_topic_named(col_text(&r, 0));
		if (topic != NULL && topic->chosen)
			s->of[topic - mail_topics].mode = mail_mode_named(col_text(&r, 1));
	}
	return r.err;
}

static void show_topic(struct view *v, const struct mail_topic *topic)
{
	view_text(v, V_TOPIC_LABEL, topic->label);
	view_text(v, V_TOPIC_WHAT, topic->what);
}

static void show_choice(const struct form *f, struct view *v, const struct choice *c)
{
	view_text(v, V_TOPIC_NAME, c->field.name);
	if (form_wrong_at(f, &c->field))
		view_text(view_row(v, S_WRONG), V_MELDUNG, message_text(f->rq->arena, M_CHOOSE, 0));
	for (int m = 0; m < MAIL_MODES; m++) {
		struct view *option = view_row(v, S_MODE);
		view_text(option, V_ID, choices[m].word);
		view_text(option, V_LABEL, choices[m].label);
		view_show_if(option, S_SELECTED, (enum mail_mode)m == c->mode);
	}
}

static enum err page(struct form *f, const struct settings *s, int status)
{
	struct view *v = f->rq->view;

	form_show_problems(f, v);
	view_show_if(v, S_MAIL_MISSING, f->rq->app->config.smtp.n == 0);
	for (size_t i = 0; i < MAIL_TOPICS; i++) {
		const struct mail_topic *topic = &mail_topics[i];
		struct view *row = view_row(v, topic->chosen ? S_TOPIC : S_ALWAYS);
		show_topic(row, topic);
		if (topic->chosen)
			show_choice(f, row, &s->of[i]);
	}
	return reply_page(f->rq, status, "mail/setting_edit.html");
}

/* GET /profil/benachrichtigungen */
enum err setting_edit(struct request *rq)
{
	struct settings s;
	struct form f;

	TRY(load(rq, &s));
	form_begin(&f, rq);
	return page(&f, &s, 200);
}

/* What cannot be read leaves the choice that counts. */
static void read(struct form *f, struct settings *s)
{
	struct str words[MAIL_MODES];

	for (int m = 0; m < MAIL_MODES; m++)
		words[m] = choices[m].word;
	for (size_t i = 0; i < MAIL_TOPICS; i++) {
		if (!mail_topics[i].chosen)
			continue;
		int m = form_choice(f, &s->of[i].field, REQUIRED, words, MAIL_MODES);
		if (m >= 0)
			s->of[i].mode = (enum mail_mode)m;
	}
}

static enum err write(struct request *rq, const struct settings *s)
{
	static const char forget[] = "DELETE FROM mail_setting WHERE person_id = $1";
	static const char sql[] =
	    "INSERT INTO mail_setting (person_id, topic, mode) VALUES ($1, $2, $3)";
	struct bind me = INT(rq->viewer.person_id);

	TRY(db_run(rq->db, forget, WITH(me), NULL));
	for (size_t i = 0; i < MAIL_TOPICS; i++)
		if (s->of[i].mode != MAIL_AT_ONCE)
			TRY(db_run(rq->db, sql,
				   WITH(me, TEXT(mail_topics[i].name),
					TEXT(mail_mode_name(s->of[i].mode))),
				   NULL));
	return OK;
}

/* POST /profil/benachrichtigungen */
enum err setting_save(struct request *rq)
{
	struct settings s;
	struct form f;

	TRY(load(rq, &s));
	form_begin(&f, rq);
	read(&f, &s);
	if (form_wrong(&f))
		return page(&f, &s, 422);
	TRY(write(rq, &s));
	return reply_redirect(rq, M_MAIL_SETTINGS_SAVED, "/profil");
}
