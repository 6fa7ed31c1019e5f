"""A real mail server on loopback that answers as a test wants it to, and a city's own certificate."""
import email
import email.policy
import logging
import os
import ssl
import subprocess
import threading
import time
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from world import free_port

warnings.filterwarnings("ignore", message="Requiring AUTH", module="aiosmtpd")
logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # what we make fail on purpose


class Handler:
    def __init__(self):
        self.lock = threading.Lock()
        self.letters = []   # (recipient, message) in the order of their arrival
        self.at_rcpt = {}   # recipient: reply
        self.at_data = None
        self.slow = 0.0     # seconds between having a letter and saying so
        self.logins = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.at_rcpt:
            return self.at_rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.at_data:
            return self.at_data
        with self.lock:
            self.letters.append((envelope.rcpt_tos[0], envelope.content))
        if self.slow:
            time.sleep(self.slow)
        return "250 taken"

    def parsed(self):
        return [(to, email.message_from_bytes(text, policy=email.policy.default))
                for to, text in self.letters]


class _Controller(Controller):
    def __init__(self, handler, implicit=None, **settings):
        self.settings, self.implicit = settings, implicit
        super().__init__(handler, hostname="127.0.0.1", port=free_port(), ssl_context=implicit)

    def factory(self):
        return SMTP(self.handler, **self.settings)


class MailServer:
    """`with MailServer(...) as server:` -- server.port, server.handler."""

    def __init__(self, password=None, starttls=None, implicit=None):
        self.handler = Handler()
        settings = {"hostname": "mail.probe.example", "timeout": 20}
        if password:
            def check(server, session, envelope, mechanism, data):
                self.handler.logins.append((data.login, data.password))
                return AuthResult(success=data.password == password.encode(), handled=False)
            settings.update(authenticator=check, auth_required=True, auth_require_tls=False)
        if starttls:
            settings.update(tls_context=starttls, require_starttls=True)
        self.controller = _Controller(self.handler, implicit, **settings)

    def __enter__(self):
        self.controller.start()
        self.port = self.controller.port
        return self

    def __exit__(self, *_):
        self.controller.stop()


def certificate(folder, name):
    """A self-made one for `localhost`: the context of a server, and the file to trust."""
    key, cert = (os.path.join(folder, f"{name}.{kind}") for kind in ("key", "pem"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                    "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key,
                    "-out", cert], check=True, stderr=subprocess.DEVNULL)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context, cert
