# views.awk -- reads templates tag by tag and reports what ctemplate would not escape safely, or
# what our pages must not contain.  Called by views.sh.
#   root: directory that file names are relative to    allow: "file NAME" pairs that may say :none
#   names: file that receives "kind NAME file:line"; kinds are V, S and I (partials)

function report(line, message)
{
	print FILENAME ":" line ": " message
}

# Takes n characters off the front of the text, counting lines.
function take(n,    head)
{
	head = substr(text, 1, n)
	text = substr(text, n + 1)
	line_now += gsub(/\n/, "", head)
}

# Length of the marker at the front of s.
function marker_length(s,    close_at)
{
	close_at = index(s, "}}")
	return close_at ? close_at + 1 : length(s)
}

function check_marker(marker, line, in_tag,    inner, kind, name, modifiers, at)
{
	inner = substr(marker, 3, length(marker) - 4)
	kind = substr(inner, 1, 1)
	if (kind == "!" || kind == "%")
		return
	if (index("#/>", kind))
		inner = substr(inner, 2)
	else
		kind = "V"
	at = index(inner, ":")
	name = at ? substr(inner, 1, at - 1) : inner
	modifiers = at ? substr(inner, at) : ""
	if (name !~ /^[A-Z][A-Z0-9_]*(_separator)?$/) {
		report(line, "not a marker name: " marker)
		return
	}
	if (modifiers ~ /:none/ && !((file " " name) in allowed))
		report(line, "unescaped by :none, not on the allow list: " marker)
	if (modifiers ~ /:x-/)
		report(line, "unknown modifier: " marker)
	if (kind == ">" && in_tag)
		report(line, "partial inside a tag: " marker)
	if (kind == "V" && in_tag == "name")
		report(line, "marker as attribute name: " marker)
	if (name !~ /^BI_|_separator$/ && kind != "/")
		print (kind == "#" ? "S" : kind == ">" ? "I" : "V"), name, FILENAME ":" line >names
}

# Checks each marker of an attribute's value, and what stands around it.
function check_value(attribute, value, line,    url, before, n, marker, bare)
{
	url = attribute ~ /^(href|src|action|data|cite|background|longdesc|usemap|manifest|formaction|xlink:href)$/
	before = ""
	while ((n = index(value, "{{")) > 0) {
		bare = substr(value, 1, n - 1)
		before = before bare
		line += gsub(/\n/, "", bare)
		marker = substr(value, n, marker_length(substr(value, n)))
		value = substr(value, n + length(marker))
		check_marker(marker, line, "value")
		if (marker !~ /^[{][{][A-Z]/)
			continue
		if (url && before !~ /^[ \t\r\n]*$/ && marker !~ /:u(:|[}])/)
			report(line, "marker inside an address needs :u: " marker)
		before = before "x"
	}
	if (url && (before value) ~ /^[ \t\r\n]/)
		report(line, "blank at the start of " attribute)
}

function check_attribute(attribute, quote, value, line)
{
	if (attribute ~ /^on[a-z]+$/)
		report(line, "inline handler: " attribute)
	if (attribute == "style")
		report(line, "style attribute")
	if (quote == "" && index(value, "{{"))
		report(line, "marker in an unquoted attribute: " attribute)
	if (attribute ~ /^(formaction|xlink:href|srcset|imagesrcset|poster|srcdoc|ping)$/ && index(value, "{{"))
		report(line, "marker in " attribute)
	check_value(attribute, value, line)
}

# The text begins behind an attribute's name; takes its value, if it has one.
function read_attribute(attribute, line,    quote, n)
{
	if (!match(text, /^[ \t\r\n]*=[ \t\r\n]*/)) {
		check_attribute(attribute, "\"", "", line)
		return
	}
	take(RLENGTH)
	quote = substr(text, 1, 1)
	if (quote == "\"" || quote == "'") {
		take(1)
		n = index(text, quote)
		n = n ? n - 1 : length(text)
	} else {
		quote = ""
		n = match(text, /[ \t\r\n>]/) ? RSTART - 1 : length(text)
	}
	line = line_now
	value_read = substr(text, 1, n)
	take(n + (quote != ""))
	check_attribute(attribute, quote, value_read, line)
}

# The text begins with "<" and a letter or slash.
function read_tag(    tag, line, attribute, n, has_src)
{
	match(text, /^<\/?[A-Za-z0-9:-]*/)
	tag = tolower(substr(text, 1, RLENGTH))
	line = line_now
	has_src = 0
	take(RLENGTH)
	while (text != "" && substr(text, 1, 1) != ">") {
		if (substr(text, 1, 2) == "{{") {
			n = marker_length(text)
			check_marker(substr(text, 1, n), line_now, "name")
			take(n)
		} else if (match(text, /^[^ \t\r\n=>"'\/{]+/)) {
			attribute = tolower(substr(text, 1, RLENGTH))
			has_src = has_src || attribute == "src"
			take(RLENGTH)
			read_attribute(attribute, line_now)
		} else {
			take(1)
		}
	}
	if (tag == "<style" || (tag == "<script" && !has_src))
		report(line, "inline " substr(tag, 2))
}

function read_page(    n)
{
	while (text != "") {
		if (substr(text, 1, 2) == "{{") {
			n = marker_length(text)
			check_marker(substr(text, 1, n), line_now, "")
			take(n)
		} else if (text ~ /^<\/?[{][{]/) {
			report(line_now, "marker as tag name")
			take(1)
		} else if (text ~ /^<!--/) {
			report(line_now, "HTML comment, use {{! ... }}")
			take(4)
		} else if (text ~ /^<[A-Za-z\/]/) {
			read_tag()
		} else {
			n = match(substr(text, 2), /<|[{][{]/) ? RSTART : length(text)
			take(n)
		}
	}
}

function read_mail(    n)
{
	while ((n = index(text, "{{")) > 0) {
		take(n - 1)
		n = marker_length(text)
		check_marker(substr(text, 1, n), line_now, "")
		take(n)
	}
}

function check_file(    page)
{
	file = substr(FILENAME, length(root) + 2)
	page = file ~ /\.html$/
	if (page && first !~ /^[{][{]%AUTOESCAPE context="HTML"[}][}]$/)
		report(1, "the pragma is not line 1")
	if (!page && index(text, "{{%"))
		report(1, "pragma in a mail")
	line_now = 1
	if (page)
		read_page()
	else
		read_mail()
}

BEGIN {
	n = split(allow, pairs, "\n")
	for (i = 1; i <= n; i++)
		allowed[pairs[i]] = 1
}
FNR == 1 { first = $0 }
tolower($0) ~ /javascript:/ { report(FNR, "javascript: address") }
{ text = text $0 "\n" }
END { check_file() }
