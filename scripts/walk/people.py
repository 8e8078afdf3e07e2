"""Those who use the service at its address in the Internet, while the walk is taken."""

import importlib.util
import itertools
import json
import ssl
import struct
import sys
import threading
import time
import uuid
import zlib
from http.client import HTTPSConnection
from importlib.machinery import SourceFileLoader

from walk.standins import SCRIPTS

SITE = "accounts.example.org"
# Each request is of another client, as limits count them.
NETWORK = "198.18.0.0/16"
# How many visit at a time, and how long they go on after each change.
VISITORS = 4
SECONDS = 6


def update_check():
    """The other check, whose clients make the load."""
    loader = SourceFileLoader("update_check", str(SCRIPTS / "update-check"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("update_check", loader))
    loader.exec_module(module)
    return module


def picture():
    """A small PNG of a colour that no other has."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    line = b"\0" + uuid.uuid4().bytes[:3] * 16
    head = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(line * 16)) + chunk(b"IEND", b"")


class People:
    """All of them."""

    def __init__(self, mails, certificate):
        self.mails = mails
        self.check = update_check()
        self.tls = ssl.create_default_context(cafile=certificate)
        self.addresses = (f"198.18.{of}.{at}" for of in itertools.cycle(range(256)) for at in range(1, 255))

    def connect(self):
        """A connection of a client who was not there before."""
        return HTTPSConnection(SITE, timeout=60, context=self.tls, source_address=(next(self.addresses), 0))

    def client(self, faults, stop):
        """Somebody who does the same things again and again."""
        return self.check.Client(self.connect, self.mails, faults, stop)


class Person:
    """One who does a step at a time. What fails ends the walk."""

    def __init__(self, people):
        self.people, self.faults = people, []
        self.client = people.client(self.faults, threading.Event())
        self.email, self.password = f"{uuid.uuid4().hex}@example.com", people.check.PASSWORD
        self.tokens = None

    def call(self, method, path, expected, **named):
        answer = self.client.call(method, path, (expected,), **named)
        if self.faults:
            sys.exit(self.faults[0][1])
        return answer

    def sign_up(self):
        body = {"email": self.email, "password": self.password}
        self.call("POST", "/api/v1/accounts/register/", 201, body=body)
        code = self.client.code(self.email)
        self.call("POST", "/api/v1/accounts/activate/", 200, body={"email": self.email, "token": code})

    def log_in(self, expected=200):
        login = {"username": self.email, "password": self.password}
        self.tokens = self.call("POST", "/api/auth/login", expected, form=login)

    def bearer(self, of="access_token"):
        return {"authorization": f"Bearer {self.tokens[of]}"}

    def contacts(self, expected=200):
        return self.call("GET", "/api/contacts/", expected, headers=self.bearer())

    def refresh(self):
        self.tokens = self.call("GET", "/api/auth/refresh_token", 200, headers=self.bearer("refresh_token"))

    def add_picture(self):
        """A contact with a picture; returns the path of the picture."""
        contact = {"fullname": "Grace", "email": f"{uuid.uuid4().hex}@example.com", "phone_number": 380501234567}
        contact |= {"birthday": "1906-12-09", "additional": "", "user_id": 0, "avatar": ""}
        added = self.call("POST", "/api/contacts/", 201, body=contact, headers=self.bearer())
        head = b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="grace.png"\r\n'
        body = head + b"Content-Type: image/png\r\n\r\n" + picture() + b"\r\n--xyz--\r\n"
        connection = self.people.connect()
        headers = self.bearer() | {"content-type": "multipart/form-data; boundary=xyz"}
        connection.request("PATCH", f"/api/contacts/{added['id']}/avatar", body, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status != 200:
            sys.exit(f"a picture is answered {answer.status}: {text!r}")
        return json.loads(text)["avatar"].removeprefix(f"https://{SITE}")

    def see(self, path):
        """Loads a picture."""
        connection = self.people.connect()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            sys.exit(f"{path} is answered {answer.status}")


class Load:
    """Visitors who come all the time, while something is changed."""

    def __init__(self, people):
        self.faults, self.stop = [], threading.Event()
        self.visitors = [people.client(self.faults, self.stop) for _ in range(VISITORS)]
        # What was told so far.
        self.requests = self.failed = 0

    def __enter__(self):
        for visitor in self.visitors:
            visitor.start()
        return self

    def __exit__(self, *_):
        began = time.monotonic()
        self.stop.set()
        for visitor in self.visitors:
            visitor.join()
        self.tell("the visitors leave", began)

    def tell(self, name, began):
        """Tells how many requests came since this was called before, and how many failed. Returns the first."""
        requests = sum(visitor.requests for visitor in self.visitors) - self.requests
        faults = self.faults[self.failed :]
        self.requests += requests
        self.failed += len(faults)
        print(f"    {name}: {requests} requests, {len(faults)} failed", flush=True)
        for at, fault in faults[:5]:
            print(f"        {at - began:5.1f} s  {fault}")
        return requests

    def during(self, name, work):
        """Does the work, goes on for a while, and tells of the requests since the step before."""
        began = time.monotonic()
        work()
        time.sleep(SECONDS)
        requests = self.tell(name, began)
        alive = sum(visitor.is_alive() for visitor in self.visitors)
        if alive < len(self.visitors) or not requests:
            sys.exit(f"{alive} of {len(self.visitors)} visitors are there, with {requests} requests")
