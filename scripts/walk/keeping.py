"""The sections of docs/deployment.md about backups and secrets, and the node with files of secrets on SQLite."""

import json
import re
import shutil
import time

from walk.people import Load, Person
from walk.steps import ADMIN, ADMIN_PASSWORD, PASSWORDS, RELEASE, binaries, expect, fail, ready, restart, schema, server

# The backup that the page shows.
SHOWN = "20261129T031700Z"
BACKUPS = "var/backups/vestibule"
SETTINGS = "set -a; . /etc/vestibule/vestibule.env; set +a\n"
LISTS = ("users list --json", "audit list --limit 1", "points reconcile")


def accounts(machine, before=""):
    """What the commands print with which the page compares a copy with what runs."""
    lists = "".join(f"{before}vestibule {what} 2>/dev/null\n" for what in LISTS)
    return machine.run(lists)


def newest(machine, ending):
    """The stamp of the newest backup."""
    found = sorted((machine.root / BACKUPS).glob(f"*.{ending}"))
    if not found:
        fail(f"{machine.name} has no backup that ends with {ending}")
    return found[-1].name.removesuffix(f".{ending}")


def backup(walk):
    """The pictures, the accounts and the stamp of a backup of the two nodes."""
    person = Person(walk.people)
    person.sign_up()
    person.log_in()
    pictures = [person.add_picture() for _ in range(3)]
    walk.block("Backup and restore", 1, walk.node1, folder=RELEASE)
    walk.block("Backup and restore", 2, walk.node1, folder=RELEASE)
    stamp = newest(walk.node1, "dump")
    for path in pictures:
        if not (walk.node1.root / BACKUPS / path.removeprefix("/")).exists():
            fail(f"the backup does not have {path}")
    return person, pictures, stamp


def drill(walk, stamp):
    data = walk.data
    walk.release(data, walk.old)
    data.put(f"/root/drill/{stamp}.dump", (walk.node1.root / BACKUPS / f"{stamp}.dump").read_bytes())
    shutil.copytree(walk.node1.root / BACKUPS / "media", data.root / "root/drill/media")
    data.run(f"cd {RELEASE}\ninstall -m 755 vestibule migration /usr/local/bin/\n")
    shown = walk.block("A restore drill", 2, data, [(SHOWN, stamp)], folder="/root/drill")
    expect(shown, " applied, 0 pending")
    walk.node1.run(f"cd /var/lib/vestibule\n{SETTINGS}")
    runs, copy = accounts(walk.node1, "runuser -u vestibule -- "), accounts(data)
    if runs != copy:
        fail(f"what runs and the copy differ:\n{runs}\n{copy}")
    data.run("runuser -u postgres -- dropdb drill\n")
    data.log_out()


def earnest(walk, person, pictures, stamp):
    """What came after the backup is lost, and all else is back."""
    late = Person(walk.people)
    late.sign_up()
    nodes = (walk.node1, walk.node2)
    walk.data.put(f"/root/{stamp}.dump", (walk.node1.root / BACKUPS / f"{stamp}.dump").read_bytes())

    def restore():
        for node in nodes:
            node.run("systemctl stop vestibule\n")
        walk.data.run("cd /root\n")
        walk.data.run(walk.text("A restore in earnest", 1, "data", [(SHOWN, stamp)]))
        walk.node1.run(f"cd /var/lib/vestibule\n{SETTINGS}runuser -u vestibule -- migration up\n")
        walk.data.run("REDISCLI_AUTH=change-me-redis redis-cli -h 10.0.0.20 FLUSHDB\n")
        for node in nodes:
            node.run("echo VESTIBULE__MEDIA__SWEEP=report >> /etc/vestibule/vestibule.env\nsystemctl start vestibule\n")
        for node in nodes:
            ready(node)

    walk.timed("A restore in earnest", "node1 node2 data", restore)
    person.log_in()
    if len(person.contacts()) != len(pictures):
        fail("contacts are missing after the restore")
    for path in pictures:
        person.see(path)
    late.log_in(401)
    for node in nodes:
        node.run("sed -i /SWEEP=report/d /etc/vestibule/vestibule.env\nsystemctl restart vestibule\n")
        ready(node)
        # Until nginx asks it again: `fail_timeout`.
        time.sleep(5)


def passwords(walk):
    """The passwords of PostgreSQL and Redis are changed under load, and nobody is signed out."""
    person = Person(walk.people)
    person.sign_up()
    person.log_in()
    text = walk.text("Changing secrets", 2, "data", [("'…'", "'change-me-second'")])
    first, second = re.split("-- when all nodes.*\n", text)
    psql = "runuser -u postgres -- psql --set ON_ERROR_STOP=1 <<'SQL'\n{}SQL\n"
    redis = "REDISCLI_AUTH={} redis-cli -h 10.0.0.20 ACL SETUSER default '{}'\n"

    def begin():
        walk.data.run(psql.format(first) + redis.format("change-me-redis", ">change-me-second"))

    def change(node):
        node.run(
            "sed -i -e s/vestibule:change-me-database@/vestibule_2:change-me-second@/"
            " -e s/change-me-redis@/change-me-second@/ /etc/vestibule/vestibule.env\n"
        )
        restart(walk, node)

    def end():
        walk.data.run(psql.format(second) + redis.format("change-me-second", "<change-me-redis"))
        person.contacts()
        person.refresh()

    with Load(walk.people) as load:

        def step(name, where, work):
            load.during(name, lambda: walk.timed("Changing secrets #2, and the password of Redis", where, work))

        step("second passwords", "data", begin)
        step("node1 takes them", "node1", lambda: change(walk.node1))
        step("node2 takes them", "node2", lambda: change(walk.node2))
        step("the first ones are void", "data", end)
    walk.count(load)


def single(walk):
    """One node on SQLite, whose secrets are files."""
    node = walk.single
    binaries(walk, node)
    change = [("smtps://user:password@", "smtps://user:change-me-mail@")]
    walk.block("What production needs", 1, node, change, folder=RELEASE)
    node.run("echo VESTIBULE__MAIL__CA_FILE=/etc/vestibule/mail-ca.pem >> /etc/vestibule/vestibule.env\n")
    node.run("cd /var/lib/vestibule\n")
    walk.block("What production needs", 2, node)
    expect(node.run("runuser -u vestibule -- vestibule config check\n"), walk.text("What production needs", 3, "single"))
    schema(walk, node)
    server(walk, node)
    walk.block("Backup and restore", 2, node, folder=RELEASE)
    before = accounts(node, "runuser -u vestibule -- ")
    # The drill is for a machine without these settings.
    node.log_in()
    walk.block("A restore drill", 1, node, [(SHOWN, newest(node, "tar"))])
    copy = accounts(node)
    if copy != before or ADMIN not in copy:
        fail(f"what runs and the copy differ:\n{before}\n{copy}")
    node.run("rm -r /tmp/drill\n")
    node.log_in()
    token_secrets(walk, node)


def packaged(walk, package):
    """One node of the Debian package, on SQLite."""
    node = walk.packaged
    node.put(f"/root/target/debian/{package.name}", package.read_bytes())
    node.put("/root/mail-ca.pem", walk.authority.certificate.read_bytes())
    # What a person does in the editor.
    node.run(
        "apt-get update\n"
        "editor() {\n"
        "    install -m 640 -g vestibule /dev/null /etc/vestibule/mail_url\n"
        "    echo smtps://user:change-me-mail@mail.example.org > /etc/vestibule/mail_url\n"
        "    install -m 644 /root/mail-ca.pem /etc/vestibule/mail-ca.pem\n"
        '    echo VESTIBULE__MAIL__CA_FILE=/etc/vestibule/mail-ca.pem >> "$1"\n'
        "}\n"
    )
    shown = walk.block("Debian package", 1, node, [("./scripts/package\n", "")], PASSWORDS, "/root")
    expect(shown, "The configuration is good.", f"Created the administrator {ADMIN}")
    node.run("apt-get install curl\n")
    ready(node)
    node.run("systemctl start vestibule-backup\n")
    newest(node, "tar")


def token_secrets(walk, node):
    """Nobody is signed out while the secrets of tokens are changed, and by the third step old tokens are void."""
    body = json.dumps({"email": ADMIN, "password": ADMIN_PASSWORD})
    url = "http://127.0.0.1:8000/api/v1/auth"
    curl = "curl -s -H 'content-type: application/json'"

    def token():
        return re.search(r'"access_token":\s*"([^"]+)"', node.run(f"{curl} {url}/login -d '{body}'\n"))[1]

    def status(of):
        return node.run(f"{curl} -o /dev/null -w '%{{http_code}}' -H 'authorization: Bearer {of}' {url}/users\n")

    steps = re.split(r"(?=^# step 2)|(?=^# step 3)", walk.text("Changing secrets", 1, "single"), flags=re.MULTILINE)
    first = token()
    for number, lines in enumerate(steps, 1):

        def work():
            node.run(lines)
            ready(node)

        walk.timed(f"Changing secrets #1, step {number}", "single", work)
        expected = "401" if number == 3 else "200"
        if (got := status(first)) != expected:
            fail(f"after step {number} a token from before is answered {got}")
        if number == 2:
            second = token()
    if (got := status(second)) != "200":
        fail(f"a token of the new secret is answered {got}")
