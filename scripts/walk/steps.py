"""The steps of docs/deployment.md, with what each has to show."""

import hashlib
import os
import re
import subprocess
import sys
import time

from walk.machines import PATIENCE
from walk.page import RUN, blocks
from walk.people import Load, Person
from walk.standins import BUCKET_HOST, SCRIPTS

RELEASE = "/root/release"
ADMIN = "you@example.org"
ADMIN_PASSWORD = "analytical-engine-of-1843"
PASSWORDS = {"Password: $": ADMIN_PASSWORD, "Once more: $": ADMIN_PASSWORD}
READY = "curl -fsS http://127.0.0.1:8000/health/ready"


def fail(text):
    sys.exit(f"deployment-walk: {text}")


def expect(text, *parts):
    for part in parts:
        if part not in text:
            fail(f"{part!r} is expected in:\n{text[-3000:]}")


class Walk:
    """What is there, and what was done so far."""

    def __init__(self, machines, people, keys, authority, old, new):
        self.machines, self.people, self.keys, self.authority = machines, people, keys, authority
        self.old, self.new = old, new
        self.blocks = blocks()
        self.done, self.times = set(), []
        self.failed = 0

    def __getattr__(self, name):
        """A machine by its name."""
        return self.machines[name]

    def timed(self, step, where, work):
        began = time.monotonic()
        result = work()
        seconds = time.monotonic() - began
        self.times.append((step, where, seconds))
        print(f"{step}, {where}: {seconds:.1f} s", flush=True)
        return result

    def text(self, heading, number, where, change=()):
        """A block of the page, with what the page asks to be changed."""
        if where not in RUN[heading, number].split():
            fail(f"{heading} #{number} is not for {where}")
        self.done.add((heading, number, where))
        text = self.blocks[heading, number]
        for before, after in change:
            if before not in text:
                fail(f"{heading} #{number} does not have {before!r}")
            text = text.replace(before, after)
        return text

    def block(self, heading, number, machine, change=(), answers=None, folder=None):
        """Runs a block on a machine, and returns what it shows."""
        text = self.text(heading, number, machine.name, change)
        if folder:
            machine.run(f"cd {folder}\n")
        return self.timed(f"{heading} #{number}", machine.name, lambda: machine.run(text, answers))

    def release(self, machine, programs, folder=RELEASE):
        """Puts the binaries and the folder `deploy` there, as a person copies them."""
        for name in ("vestibule", "migration"):
            machine.put(f"{folder}/{name}", (programs / name).read_bytes(), 0o755)
        for file in (SCRIPTS.parent / "deploy").rglob("*"):
            if file.is_file():
                machine.put(f"{folder}/{file.relative_to(SCRIPTS.parent)}", file.read_bytes())

    def count(self, load):
        """Adds the requests that failed, and shows what the nodes logged of trouble."""
        self.failed += load.failed
        for node in (self.node1, self.node2) if load.failed else ():
            for line in node.ask("journalctl", "--unit", "vestibule", "--no-pager", "--output", "cat").splitlines():
                if '"level":"ERROR"' in line or '"level":"WARN"' in line:
                    print(f"    {node.name}: {line}")

    def is_complete(self):
        wanted = {(*block, where) for block, names in RUN.items() for where in names.split()}
        if missing := wanted - self.done:
            fail(f"these were to be run: {sorted(missing)}")


def answer(machine, *options):
    """The status with which port 8000 of node1 answers a machine, or 0."""
    command = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--max-time", "3", *options]
    command += ["http://10.0.0.11:8000/metrics"]
    command = machine.inside(*command) if machine else command
    return subprocess.run(command, capture_output=True, text=True).stdout


def services(walk):
    for number in (1, 2, 3):
        walk.block("1. The services", number, walk.data)


def binaries(walk, *nodes):
    for node in nodes:
        walk.release(node, walk.old)
        walk.block("2. User, folders, binaries", 1, node, folder=RELEASE)
        # The mail server's and the bucket's, since no authority that browsers trust stands in.
        authority = walk.authority.certificate.read_bytes()
        node.put("/etc/vestibule/mail-ca.pem", authority)
        node.put("/usr/local/share/ca-certificates/walk.crt", authority)
        node.run("update-ca-certificates\n")


def settings(walk):
    mail, region = "VESTIBULE__MAIL__FROM=no-reply@example.org\n", "VESTIBULE__MEDIA__REGION=eu-central-1\n"
    service = f"VESTIBULE__MEDIA__ENDPOINT=https://{BUCKET_HOST}\nVESTIBULE__MEDIA__PATH_STYLE=true\n"
    change = [
        (mail, f"{mail}VESTIBULE__MAIL__CA_FILE=/etc/vestibule/mail-ca.pem\n"),
        (region, region + service),
        ("change-me-key", walk.keys[0]),
        ("change-me-secret", walk.keys[1]),
    ]
    walk.block("3. Settings", 1, walk.node1, change)
    written = (walk.node1.root / "etc/vestibule/vestibule.env").read_bytes()
    walk.node2.put("/etc/vestibule/vestibule.env", written, 0o600)
    certificate = (walk.data.root / "etc/postgresql/15/main/database.crt").read_bytes()
    for node in (walk.node1, walk.node2):
        node.put(f"{RELEASE}/database.crt", certificate)
        walk.block("3. Settings", 2, node, folder=RELEASE)
        shown = walk.block("3. Settings", 3, node)
        expect(shown, "environment: production, database: postgres", "The configuration is good.")
        if "warning:" in shown:
            fail(f"config check warns:\n{shown}")


def schema(walk, node):
    shown = walk.block("4. Schema, mail, first administrator", 1, node, answers=PASSWORDS)
    expect(shown, f"Created the administrator {ADMIN}")
    until = time.monotonic() + 10
    while not any(f"X-RcptTo: {ADMIN}" in mail.read_text(errors="replace") for mail in walk.people.mails.glob("*.eml")):
        if time.monotonic() > until:
            fail("the test mail did not come")
        time.sleep(0.1)


def server(walk, node):
    shown = walk.block("5. The server", 1, node, folder=RELEASE)
    expect(shown, '"posture":"hardened"', '"environment":"production"', '"doors":""')


def firewall(walk):
    for node in (walk.node1, walk.node2):
        walk.block("5. The server", 2, node)
    got = {"Prometheus": answer(None, "--interface", "10.0.0.30"), "node2": answer(walk.node2)}
    if got != {"Prometheus": "200", "node2": "000"}:
        fail(f"the firewall of node1: {got}")


def proxy(walk):
    walk.release(walk.proxy, walk.old)
    certificate, key = walk.authority.sign("accounts.example.org")
    walk.proxy.put("/root/fullchain.pem", certificate.read_bytes())
    walk.proxy.put("/root/privkey.pem", key.read_bytes(), 0o600)
    # Instead of the authority that nobody reaches from here.
    walk.proxy.run(
        "certbot() {\n"
        "    mkdir -p /etc/letsencrypt/live/accounts.example.org\n"
        "    cp -p /root/*.pem /etc/letsencrypt/live/accounts.example.org/\n"
        "}\n"
    )
    walk.block("6. nginx with TLS", 1, walk.proxy, folder=RELEASE)


def check(walk):
    text = walk.text("7. Check", 1, "outside", [('"…"', f'"{ADMIN_PASSWORD}"')])
    environment = {**os.environ, "CURL_CA_BUNDLE": str(walk.authority.certificate)}
    command = ["bash", "-euo", "pipefail", "-c", text]
    run = lambda: subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE)
    done = walk.timed("7. Check #1", "outside", run)
    if done.returncode:
        fail(f"7. Check: exit {done.returncode}\n{done.stdout}{done.stderr}")
    if not re.search(r"404\n(403|404)\n.*token", done.stdout):
        fail(f"7. Check shows:\n{done.stdout}")
    logs = "".join(node.ask("journalctl", "--unit", "vestibule", "--no-pager") for node in (walk.node1, walk.node2))
    if not re.search(r'auth/login.*"client":"203\.0\.113\.1"|"client":"203\.0\.113\.1".*auth/login', logs):
        fail("the log does not have the client's own address")
    person = Person(walk.people)
    person.sign_up()
    person.log_in()

    def one_node():
        walk.node1.run("systemctl stop vestibule\n")
        for _ in range(10):
            person.contacts()
        person.refresh()
        walk.node1.run("systemctl start vestibule\n")
        ready(walk.node1)
        # Until nginx asks it again: `fail_timeout`.
        time.sleep(5)
        person.contacts()

    walk.timed("7. Check: one node is stopped, the other serves", "node1", one_node)


def ready(node):
    node.run(f"{READY} --retry 60 --retry-delay 1 --retry-connrefused\n")


def runs(node, programs):
    """Ends the walk if the server on a node is not of this release."""
    process = node.ask("systemctl", "show", "--property=MainPID", "--value", "vestibule").strip()
    found = node.ask("sha256sum", f"/proc/{process}/exe").split()[0]
    if found != hashlib.sha256((programs / "vestibule").read_bytes()).hexdigest():
        fail(f"{node.name} runs another release than {programs}")


def restart(walk, node, install=lambda: None):
    """Takes a node out of the proxy, installs what it shall run, restarts it and puts it back."""
    address = [("10.0.0.11:", "{}:".format(node.addresses[0].split("/")[0]))]
    walk.block("Update and rollback", 2, walk.proxy, address)
    install()
    walk.block("Update and rollback", 4, node)
    walk.block("Update and rollback", 5, walk.proxy, address)


def update(walk):
    nodes = (walk.node1, walk.node2)
    for node in nodes:
        walk.release(node, walk.new, "/root/new")
    with Load(walk.people) as load:
        load.during("two nodes of the old release", lambda: None)
        migrate = lambda: walk.block("Update and rollback", 1, walk.node1, folder="/root/new")
        load.during("the schema of the new release", migrate)
        for node in nodes:
            # Whoever reboots before it is this node's turn has the old release.
            runs(node, walk.old)
            install = lambda: walk.block("Update and rollback", 3, node, folder="/root/new")
            load.during(f"{node.name} is new", lambda: restart(walk, node, install))
            runs(node, walk.new)
        for node in nodes:
            install = lambda: walk.block("Update and rollback", 6, node)
            load.during(f"{node.name} is old again", lambda: restart(walk, node, install))
            runs(node, walk.old)
    walk.count(load)


def two_nodes(walk):
    services(walk)
    binaries(walk, walk.node1, walk.node2)
    settings(walk)
    schema(walk, walk.node1)
    for node in (walk.node1, walk.node2):
        server(walk, node)
    firewall(walk)
    proxy(walk)
    check(walk)
