/* inline.c -- links, images and raw HTML inside a line. */
#include "markup/render.h"

void render_tag(struct render *r, struct str s)
{
	if (r->images == 0)
		buf_add(&r->html, s);
}

void render_link(struct render *r, cmark_node *node, bool enter)
{
	struct str url = source_plain(r->arena, str_of(cmark_node_get_url(node)));
	struct str title = source_plain(r->arena, str_of(cmark_node_get_title(node)));

	if (r->images > 0)
		return;
	if (!enter) {
		render_tag(r, r->in_link ? S("</a>") : S(""));
		r->in_link = false;
		return;
	}
	if (!link_allowed(url)) {
		bool none = url.n == 0 || str_eq(url, S("#"));
		warn(r->warnings, r->line,
		     none ? "Dieser Link hat kein Ziel%.*s. Es bleibt nur sein Text."
			  : "Der Link auf „%.*s“ ist nicht erlaubt; es bleibt nur sein Text. "
			    "Erlaubt sind https://, http://, mailto:, / und #.",
		     ARG(none ? S("") : str_head(url, 80)));
		return;
	}
	r->link_bytes += url.n + title.n;
	render_tag(r,
		   link_is_external(url) ? S("<a class=\"hs-extern\" href=\"") : S("<a href=\""));
	link_write(&r->html, url);
	if (title.n > 0) {
		render_tag(r, S("\" title=\""));
		render_escaped(&r->html, title);
	}
	render_tag(r, S("\">"));
	r->in_link = true;
	if (cmark_node_first_child(node) == NULL)
		render_words(r, url);
}

void render_image(struct render *r, cmark_node *node, bool enter)
{
	struct str url = source_plain(r->arena, str_of(cmark_node_get_url(node)));
	struct str title = source_plain(r->arena, str_of(cmark_node_get_title(node)));

	if (enter) {
		if (r->images++ == 0)
			r->image_start = r->plain.n;
		return;
	}
	if (--r->images > 0)
		return;
	struct str alt = str_from(buf_str(&r->plain), r->image_start);
	r->link_bytes += url.n + title.n;
	if (!image_allowed(url)) {
		warn(r->warnings, r->line,
		     "Das Bild „%.*s“ ist nicht erlaubt; es bleibt nur "
		     "seine Beschreibung. Bilder liegen unter /medien/ oder /statisch/.",
		     ARG(str_head(url, 80)));
		render_escaped(&r->html, alt);
		return;
	}
	if (alt.n == 0)
		warn(r->warnings, r->line,
		     "Dem Bild „%.*s“ fehlt die Beschreibung: "
		     "![Beschreibung](Adresse).",
		     ARG(str_head(url, 80)));
	render_tag(r, S("<img src=\""));
	link_write(&r->html, url);
	render_tag(r, S("\" alt=\""));
	render_escaped(&r->html, alt);
	render_tag(r, S("\" loading=\"lazy\">"));
	bool figure = r->mode == RENDER_TEXT || r->mode == RENDER_FIGURE;
	if (title.n > 0 && figure && tree_is_figure(cmark_node_parent(node))) {
		render_tag(r, S("<figcaption>"));
		render_gap(r);
		render_words(r, title);
		render_tag(r, S("</figcaption>"));
	}
}

void render_warn_html(struct render *r)
{
	if (r->html_warned)
		return;
	r->html_warned = true;
	warn(r->warnings, r->line,
	     "HTML wird nicht übernommen, nur der Text darin. Für fett "
	     "schreibe **fett**, für eine Liste - am Zeilenanfang.");
}

static bool tag_is(struct str tag_text, struct str name)
{
	return tag_text.n > name.n && str_eq_nocase(str_head(tag_text, name.n), name) &&
	       str_find_char(S(" >/\t\n"), tag_text.p[name.n]) < 5;
}

void render_raw(struct render *r, struct str s)
{
	if (tag_is(s, S("<br"))) {
		render_tag(r, S("<br>"));
		render_gap(r);
		return;
	}
	if (tag_is(s, S("<script")) || tag_is(s, S("<style")))
		r->muted = true;
	if (tag_is(s, S("</script")) || tag_is(s, S("</style")))
		r->muted = false;
	if (tag_is(s, S("</p")) || tag_is(s, S("<li")) || tag_is(s, S("</div"))) {
		render_tag(r, S(" "));
		render_gap(r);
	}
	render_warn_html(r);
}
