#!/usr/bin/python3 -B
"""limits_test.py [--short] -- what strangers send, through the web server.

Every refusal is a page in German, and no worker dies or hangs of any of it.
"""
import os
import random
import re
import urllib.parse

from client import logged_in
from raw import (Reply, chunked, connect, exchange, get, post, receive, request, seconds_of,
                 send_all)
from report import check, run
from traffic import Question
from world import ROOT, World

FORM = "/task-forces/dateninventur/fragen"
SECURITY = ("content-security-policy", "x-content-type-options", "referrer-policy",
            "x-frame-options")


def check_page(reply, status, *words):
    """A German page with the headers that every answer carries."""
    check(reply.status == status, "want", status, "got", reply.status, reply.text[:200])
    check('lang="de"' in reply.text and "Fehler" in reply.text, status, reply.text[:300])
    for word in words:
        check(word in reply.text, word, "is not on the page", status)
    for name in SECURITY:
        check(name in reply.headers, status, "without", name)
    check("server" not in reply.headers, "server:", reply.headers.get("server"))
    check(re.search(r"Kennung [0-9a-f]{32}", reply.text), "no id on the page", status)


def a_body_of_300_kb_is_too_much():
    check_page(post(world, FORM, b"frage=" + b"x" * 300_000), 413, "256")


def a_body_announced_as_too_large_is_refused_before_it_is_sent():
    reply = exchange(world, request(f"POST {FORM} HTTP/1.1", "Content-Length: 99999999999"))
    check_page(reply, 413, "256")


def a_chunked_body_counts_as_well():
    head = request(f"POST {FORM} HTTP/1.1", "Transfer-Encoding: chunked",
                   "Content-Type: application/x-www-form-urlencoded", f"Origin: {world.address}")
    check_page(exchange(world, head + chunked(b"frage=" + b"x" * 300_000)), 413)


def a_chunked_form_arrives_whole():
    person = logged_in(world, world.logins[0])
    fields = {**Question("In Stücken gesendet", False).fields, **person.form(FORM)}
    body = urllib.parse.urlencode(fields).encode()
    cookie = "; ".join(f"{k}={v}" for k, v in person.cookies.items())
    head = request(f"POST {FORM} HTTP/1.1", "Transfer-Encoding: chunked", f"Cookie: {cookie}",
                   "Content-Type: application/x-www-form-urlencoded", f"Origin: {world.address}")
    check(exchange(world, head + chunked(body, 7)).status == 303, "refused")
    check("In Stücken gesendet" in person.get("/task-forces/dateninventur").text, "not there")


def two_lengths_or_a_length_and_chunks_are_refused():
    both = request(f"POST {FORM} HTTP/1.1", "Content-Length: 5", "Transfer-Encoding: chunked",
                   body=chunked(b"a=1&b=2"))
    two = request(f"POST {FORM} HTTP/1.1", "Content-Length: 5", "Content-Length: 7",
                  body=b"a=1&b=2")
    minus = request(f"POST {FORM} HTTP/1.1", "Content-Length: -1")
    for data in (both, two, minus):
        check_page(exchange(world, data), 400)


def nul_and_broken_utf8_are_refused_everywhere():
    broken = (b"%00", b"\0", b"%C3%28", b"\xff", b"%ED%A0%80", b"%C0%80", b"%F5%80%80%80", b"%1B")
    for bytes_ in broken:
        for body in (b"frage=a" + bytes_, b"fr" + bytes_ + b"age=a", bytes_):
            check_page(post(world, FORM, body), 400)
    for path in ("/%00", "/task-forces/%00", "/?a=%00", "/?a=%FF", "/%FF", "/a%C0%AF", "/?%1B"):
        check_page(get(world, path), 400)
    for header in (b"User-Agent: \xff\xfe", b"Origin: \x01", b"Cookie: a=\0"):
        data = request("GET / HTTP/1.1", "X: y").replace(b"X: y", header)
        check(exchange(world, data).status == 400, header)


def a_broken_cookie_of_somebody_else_is_left_out():
    data = request("GET /hilfe HTTP/1.1", "X: y").replace(b"X: y", b"Cookie: a=\xff; b=1")
    check(exchange(world, data).status == 200, "refused")


def paths_that_lead_out_lead_nowhere():
    for path in ("/../../etc/passwd", "/statisch/../../Makefile",
                 "/statisch/%2e%2e/%2e%2e/Makefile", "//evil.example/", "/./", "/a//b",
                 "/task-forces/..%2f..", "/fehler/404.html", "/task-forces\\neu", "/statisch/", "/statisch"):
        reply = get(world, path)
        check(reply.status in (400, 403, 404), path, reply.status)
        check_page(reply, reply.status)


def other_methods_are_refused():
    for method in ("TRACE", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "CONNECT", "FOO"):
        reply = get(world, "/", method=method)
        check_page(reply, 405)
    for line in ("get / HTTP/1.1", "G\x01T / HTTP/1.1", "GET  HTTP/1.1", "GET / HTTP/9.9",
                 "GET / HTCPCP/1.0", "\x16\x03\x01\x02"):
        reply = exchange(world, request(line))
        check(reply.status in (400, 405, 505), line, reply.status)


def post_where_only_get_is_and_the_other_way_round():
    check_page(get(world, "/abmelden"), 405)
    person = logged_in(world, world.logins[0])
    check(person.post("/task-forces", {"a": "1"}).status == 405, "POST on a list")


def a_flood_of_headers_is_refused():
    many = [f"X-{i}: {'y' * 500}" for i in range(200)]
    check_page(exchange(world, request("GET / HTTP/1.1", *many)), 400)
    check_page(get(world, "/", "X-Long: " + "y" * 20_000), 400)
    check(get(world, "/" + "a" * 20_000).status in (400, 414), "long address")
    reply = exchange(world, request("GET /hilfe HTTP/1.1", *[f"X{i}: y" for i in range(500)]))
    check(reply.status == 200, "many short ones", reply.status)


def a_flood_of_fields_and_cookies_is_refused():
    check_page(post(world, FORM, b"&".join(b"a%d=1" % i for i in range(20_000))), 413)
    check_page(get(world, "/?" + "a" * 5000), 413)
    cookies = "; ".join(f"c{i}=1" for i in range(900))
    check(get(world, "/hilfe", f"Cookie: {cookies}").status in (200, 400, 413), "cookies")


def a_foreign_host_gets_no_answer():
    for host in ("evil.example", "127.0.0.1.evil.example", "", f"localhost.evil:{world.port}"):
        reply = exchange(world, request("GET / HTTP/1.1", host=host))
        check(reply.status in ((0,) if host else (0, 400)), host, reply.status)
    check(exchange(world, b"GET / HTTP/1.0\r\n\r\n").status == 0, "HTTP/1.0 without a host")
    check(exchange(world, b"GET / HTTP/1.1\r\n\r\n").status == 400, "HTTP/1.1 without a host")
    two = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n"
    check(exchange(world, two).status == 400, "two hosts")
    reply = exchange(world, b"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 3)
    check(reply.status == 0, "absolute address", reply.status)


def a_foreign_host_is_never_repeated():
    reply = get(world, "/task-forces", "X-Forwarded-Host: evil.example", "Forwarded: host=evil")
    check(reply.status == 303 and "evil" not in str(reply.headers), reply.headers)


def http_1_0_is_answered_and_closed():
    with connect(world) as s:
        send_all(s, b"GET /hilfe HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        reply = Reply(receive(s))
    check(reply.status == 200 and "</html>" in reply.text, reply.status)


def a_connection_serves_many_requests():
    with connect(world) as s:
        for path, status in (("/hilfe", 200), ("/gibt-es-nicht", 404), ("/hilfe", 200)) * 5:
            send_all(s, f"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            data = b""
            while b"\r\n\r\n" not in data:
                data += s.recv(65536)
            check(Reply(data).status == status, path, data[:100])
            check(data.endswith(b"\r\n\r\n"), "a HEAD answer with a body")


def two_requests_in_one_packet_get_two_answers():
    one = b"HEAD /hilfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    last = request("GET /impressum HTTP/1.1")
    with connect(world) as s:
        send_all(s, one + one + last)
        data = receive(s)
    check(data.count(b"HTTP/1.1 200 OK\r\n") == 3, data[:300])


def head_says_what_get_would():
    for path in ("/hilfe", "/gibt-es-nicht", "/anmelden"):
        whole, head = get(world, path), get(world, path, method="HEAD")
        check(head.body == b"" and head.status == whole.status, path)
        names = set(whole.headers) - {"transfer-encoding"}
        check(set(head.headers) >= names - {"content-length"}, names - set(head.headers))
        check(int(head.headers["content-length"]) == len(whole.body), path)


def an_unchanged_file_is_not_sent_again():
    files = os.listdir(f"{ROOT}/build/static/statisch")
    name = next(n for n in files if re.search(r"app.*css$", n))
    first = get(world, f"/statisch/{name}")
    check(first.status == 200 and "immutable" in first.headers["cache-control"], first.headers)
    again = get(world, f"/statisch/{name}", f"If-None-Match: {first.headers['etag']}")
    check(again.status == 304 and again.body == b"", again.status)
    packed = get(world, f"/statisch/{name}", "Accept-Encoding: gzip")
    check(packed.headers.get("content-encoding") == "gzip", packed.headers)
    check(len(packed.body) < len(first.body) / 2, "not smaller")


def pages_of_people_are_not_kept_by_strangers():
    reply = get(world, "/anmelden")
    check(re.search("no-store|private", reply.headers.get("cache-control", "")), reply.headers)


def slow_clients_hold_nobody_up():
    """More of each kind than there are workers, all open at the same time."""
    half = request(f"POST {FORM} HTTP/1.1", "Content-Length: 5000", body=b"frage=")
    slow = []
    for data in (b"GET / HT", b"GET /hilfe HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ", half,
                 request("GET /hilfe HTTP/1.1")):  # the last reads nothing
        for _ in range(8):
            slow.append(connect(world))
            send_all(slow[-1], data)
    try:
        for _ in range(5):
            took = seconds_of(lambda: check(get(world, "/hilfe").status == 200, "no answer"))
            check(took < 4, "waited", took)  # whoever is held up waits for a timeout of nginx
    finally:
        for s in slow:
            s.close()


def clients_that_leave_early_disturb_nobody():
    for _ in range(60):
        s = connect(world)
        send_all(s, request(chance.choice(("GET /hilfe HTTP/1.1", "GET /handbuch HTTP/1.1")))
                 [:chance.randrange(10, 90)])
        s.close()
    check(get(world, "/hilfe").status == 200, "no answer")


def noise_is_survived():
    seedling = post_bytes = request(f"POST {FORM} HTTP/1.1", "Content-Length: 40",
                                    "Content-Type: application/x-www-form-urlencoded",
                                    f"Origin: {world.address}", "Cookie: a=b; handschlag=c",
                                    body=b"csrf=1&key=2&frage=%C3%A4&wer=pmo&bis=1.1")
    for _ in range(300):
        data = bytearray(seedling)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        exchange(world, bytes(data) + b"\r\n" * 50, 0.3)
    check(exchange(world, post_bytes).status in (400, 403), "no answer afterwards")


def too_many_logins_at_once_are_slowed_down():
    answers = [post(world, "/anmelden", b"a=b") for _ in range(45)]
    check({r.status for r in answers} >= {429}, {r.status for r in answers})
    check_page(next(r for r in answers if r.status == 429), 429)


def a_secret_in_an_address_reaches_no_log():
    secret = "s3cret" + "x" * 37
    for page in ("passwort", "einladung", "adresse"):
        answers = [post(world, f"/{page}/{secret}", b"a=b").status for _ in range(45)]
        check(429 in answers, page, set(answers))
    answers = [get(world, f"/kalender/{secret}/termine.ics").status for _ in range(150)]
    check(429 in answers, "kalender", set(answers))
    check(not world.log_lines(secret), world.log_lines(secret)[:1])
    for name in ("nginx.log", "access.log"):
        with open(f"{world.var}/log/{name}", errors="replace") as f:
            lines = [line for line in f if secret in line]
        check(not lines, name, lines[:1])
    for page in ("passwort", "einladung", "adresse"):
        policy = get(world, f"/{page}/{secret}").headers.get("referrer-policy")
        check(policy == "strict-origin", page, policy)


def no_worker_has_died_and_nothing_was_our_fault():
    check(set(world.children()) == set(workers), world.log_lines("worker_ended"))
    for word in ("answer_500", "db_bug", "header_refused", "runtime error", "Sanitizer"):
        check(not world.log_lines(word), world.log_lines(word)[:3])
    with open(f"{world.var}/log/access.log", errors="replace") as f:
        broken = [line for line in f if re.search(r'"status":"5(?!05)', line)]
    check(not broken, "in the access log:", broken[:3])
    with open(f"{world.var}/log/nginx.log", errors="replace") as f:
        alarms = [line for line in f if re.search(r"\[(crit|alert|emerg)\]|upstream", line)]
    check(not alarms, alarms[:3])


chance = random.Random(4)
with World() as world:
    workers = world.children()
    run([a_body_of_300_kb_is_too_much, a_body_announced_as_too_large_is_refused_before_it_is_sent,
         a_chunked_body_counts_as_well, a_chunked_form_arrives_whole,
         two_lengths_or_a_length_and_chunks_are_refused, nul_and_broken_utf8_are_refused_everywhere,
         a_broken_cookie_of_somebody_else_is_left_out, paths_that_lead_out_lead_nowhere,
         other_methods_are_refused,
         post_where_only_get_is_and_the_other_way_round, a_flood_of_headers_is_refused,
         a_flood_of_fields_and_cookies_is_refused, a_foreign_host_gets_no_answer,
         a_foreign_host_is_never_repeated, http_1_0_is_answered_and_closed,
         a_connection_serves_many_requests, two_requests_in_one_packet_get_two_answers,
         head_says_what_get_would, an_unchanged_file_is_not_sent_again,
         pages_of_people_are_not_kept_by_strangers, slow_clients_hold_nobody_up,
         clients_that_leave_early_disturb_nobody, noise_is_survived,
         too_many_logins_at_once_are_slowed_down, a_secret_in_an_address_reaches_no_log,
         no_worker_has_died_and_nothing_was_our_fault])
