"""Bytes to the web server as nobody's browser would send them, and what comes back."""
import socket
import time


def connect(world, seconds=10):
    s = socket.create_connection(("127.0.0.1", world.port), seconds)
    s.settimeout(seconds)
    return s


def send_all(s, data):
    """The server may close before it has read everything; its answer waits all the same."""
    try:
        s.sendall(data)
    except (BrokenPipeError, ConnectionResetError):
        pass


def receive(s, limit=1 << 22):
    parts, size = [], 0
    try:
        while size < limit and (part := s.recv(65536)):
            parts.append(part)
            size += len(part)
    except (ConnectionResetError, socket.timeout):
        pass
    return b"".join(parts)


class Reply:
    """The first answer in some bytes; status 0: none."""

    def __init__(self, data):
        head, _, self.body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        words = lines[0].split(" ")
        self.status = int(words[1]) if len(words) > 1 and words[0].startswith("HTTP/") else 0
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers.setdefault(name.lower(), value.strip())
        self.text = self.body.decode("utf-8", "replace")


def exchange(world, data, seconds=10):
    with connect(world, seconds) as s:
        send_all(s, data)
        return Reply(receive(s))


def request(line, *headers, body=b"", host="127.0.0.1"):
    lines = [line, f"Host: {host}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def get(world, path, *headers, method="GET"):
    return exchange(world, request(f"{method} {path} HTTP/1.1", *headers))


def post(world, path, body, *headers):
    return exchange(world, request(
        f"POST {path} HTTP/1.1", f"Origin: {world.address}", f"Content-Length: {len(body)}",
        "Content-Type: application/x-www-form-urlencoded", *headers, body=body))


def chunked(body, size=4000):
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def seconds_of(work):
    begun = time.monotonic()
    work()
    return time.monotonic() - begun
