"""A person with a browser: cookies, forms with their hidden fields, and one try after another."""
import html
import http.client
import re
import time
import urllib.parse

UNANSWERED = 0  # nobody said whether it was saved


class Answer:
    def __init__(self, status, headers=None, body=b""):
        self.status, self.headers, self.body = status, headers or {}, body
        self.text = body.decode("utf-8", "replace")

    def header(self, name):
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)


def hidden_fields(page):
    """Of the form in <main>; the one of the head (log out) comes before it."""
    main = page[page.find("<main"):]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', main)
    return {name: html.unescape(value) for name, value in found}


class Client:
    def __init__(self, world, timeout=20):
        self.world, self.timeout = world, timeout
        self.cookies = {}
        self.connection = None

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def ask(self, method, path, body=None, headers=None):
        """One request, never repeated.  Status 0: the connection broke, or nginx says that the
        program gave no answer."""
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **(headers or {})}
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.world.port,
                                                             timeout=self.timeout)
            self.connection.request(method, path, body, sent)
            got = self.connection.getresponse()
            answer = Answer(got.status, got.getheaders(), got.read())
        except (OSError, http.client.HTTPException):
            self.close()
            return Answer(UNANSWERED)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return Answer(UNANSWERED) if answer.status in (502, 504) else answer

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields):
        return self.ask("POST", path, urllib.parse.urlencode(fields),
                        {"Origin": self.world.address,
                         "Content-Type": "application/x-www-form-urlencoded"})

    def form(self, path):
        """The hidden fields of the form at `path`; None when there is none to be had now."""
        page = self.get(path)
        return hidden_fields(page.text) if page.status == 200 else None

    def log_in(self, email):
        fields = self.form("/anmelden")
        if fields is None:
            return False
        fields.update(email=email, passwort=self.world.password)
        return self.post("/anmelden", fields).status == 303


def logged_in(world, email):
    """A new window of a browser in which this person has logged in once."""
    client = Client(world)
    if email not in world.sessions:
        for _ in range(20):  # at most two passwords are checked at the same time
            if client.log_in(email):
                break
            time.sleep(0.5)
        else:
            raise RuntimeError(f"{email} cannot log in")
        world.sessions[email] = client.cookies
        client.close()
    client.cookies = dict(world.sessions[email])
    return client
