"""login.py -- logs people in as a browser would.  Whoever needs a second factor sets it up at the
first login and then trusts the device, so that every further login takes the password alone."""
import base64
import hashlib
import hmac
import html
import re
import struct
import time
import urllib.parse

FACTOR = "/profil/zwei-schritte"


class Browser:
    """The cookies of one person at one server; send(method, path, headers, body) asks it."""

    def __init__(self, send, origin):
        self.send, self.origin, self.jar = send, origin, {}

    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.jar.items())

    def ask(self, method, path, headers, body=None):
        answer, page = self.send(method, path, {"Cookie": self.cookie(), **headers}, body)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.jar.update([value.split(";")[0].split("=", 1)])
        return answer, page.decode()

    def open(self, path):
        self.page = self.ask("GET", path, {})[1]

    def post(self, path, **fields):
        """the first form of the open page that goes there; returns where it leads"""
        form = re.search(f'<form[^>]* action="{path}".*?</form>', self.page, re.S)[0]
        hidden = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)"', form)
        body = urllib.parse.urlencode({**{n: html.unescape(v) for n, v in hidden}, **fields})
        answer, self.page = self.ask(
            "POST", path, {"Origin": self.origin, "Content-Type": "application/x-www-form-urlencoded"}, body)
        return answer.getheader("Location", "")

    def log_in(self, email, password):
        self.jar = {n: v for n, v in self.jar.items() if "geraet" in n}  # a session of its own
        self.open("/anmelden")
        if self.post("/anmelden", email=email, passwort=password) == FACTOR:
            self.set_up_factor(email, password)

    def set_up_factor(self, email, password):
        self.open(FACTOR)
        self.post(f"{FACTOR}/neu")
        self.open(FACTOR)
        key = re.search(r'class="hs-schluessel">(.*?)<', self.page)[1]
        spare = re.search(r"<li><code>(.*?)</code>", self.page)[1]
        self.post(FACTOR, code=totp(key), passwort=password)
        self.jar.clear()
        self.open("/anmelden")
        self.post("/anmelden", email=email, passwort=password)
        self.post("/anmelden/code", code=spare, merken="ja")


def totp(key):
    """RFC 6238, six digits, 30 seconds"""
    secret = base64.b32decode(key.replace(" ", ""))
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    number = struct.unpack(">I", digest[digest[19] & 15:][:4])[0] & 0x7FFFFFFF
    return f"{number % 1000000:06}"
