"""The blocks of docs/deployment.md, and what the walk does with each."""

import pathlib
import re

PAGE = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/deployment.md"

# Block by block, in the order of the page: the machines on which it is run. What the walk leaves out stands in SKIPPED.
RUN = {
    ("1. The services", 1): "data",
    ("1. The services", 2): "data",
    ("1. The services", 3): "data",
    ("2. User, folders, binaries", 1): "node1 node2 single",
    ("3. Settings", 1): "node1",
    ("3. Settings", 2): "node1 node2",
    ("3. Settings", 3): "node1 node2",
    ("4. Schema, mail, first administrator", 1): "node1 single",
    ("5. The server", 1): "node1 node2 single",
    ("5. The server", 2): "node1 node2",
    ("6. nginx with TLS", 1): "proxy",
    ("7. Check", 1): "outside",
    ("Debian package", 1): "packaged",
    ("What production needs", 1): "single",
    ("What production needs", 2): "single",
    ("What production needs", 3): "single",
    ("Update and rollback", 1): "node1",
    ("Update and rollback", 2): "proxy",
    ("Update and rollback", 3): "node1 node2",
    ("Update and rollback", 4): "node1 node2",
    ("Update and rollback", 5): "proxy",
    ("Update and rollback", 6): "node1 node2",
    ("Backup and restore", 1): "node1",
    ("Backup and restore", 2): "node1 single",
    ("A restore drill", 1): "single",
    ("A restore drill", 2): "data",
    ("A restore in earnest", 1): "data",
    ("Changing secrets", 1): "single",
    ("Changing secrets", 2): "data",
}

SKIPPED = {
    ("Deployment", 1): "the binaries are those of OLD and NEW",
    ("PostgreSQL", 1): "the statements of step 1, which the walk runs there",
    ("PostgreSQL", 2): "a line of the settings of step 3",
    ("PgBouncer", 1): "tests/nodes/pooler.rs runs PgBouncer by it",
    ("PgBouncer", 2): "a line of settings for PgBouncer",
    ("MariaDB and MySQL", 1): "the walk is on PostgreSQL; tests/contract runs on MariaDB",
    ("MariaDB and MySQL", 2): "a line of settings for MariaDB and MySQL",
    ("Media", 1): "lines of settings; the walk adds those of an own service to the settings of step 3",
    ("Traces", 1): "needs a collector; tests/commands/traces.rs is one",
    ("Mail and SMS", 1): "a command of step 4, which the walk runs there",
    ("Mail and SMS", 2): "a request that a gateway gets",
    ("Containers", 1): "needs a container engine; ./scripts/container-build runs the build",
    ("Kubernetes", 1): "needs a cluster",
}


def blocks():
    """The blocks of the page in order, as {(heading, number under it): text}."""
    found, heading, lines = {}, None, None
    for line in PAGE.read_text().splitlines():
        fence = re.fullmatch(r"\s*```(\w*)", line)
        if fence and lines is None:
            lines = []
        elif fence:
            number = 1 + sum(of == heading for of, _ in found)
            found[heading, number] = "\n".join(lines) + "\n"
            lines = None
        elif lines is not None:
            lines.append(line)
        elif title := re.fullmatch(r"#+ (.*)", line):
            heading = title[1]
    return found


def drift(found):
    """What the page has and the walk does not know, and the other way round."""
    known = RUN.keys() | SKIPPED.keys()
    new = [f"{heading} #{number}: the walk does not know it" for heading, number in found if (heading, number) not in known]
    gone = [f"{heading} #{number}: the page does not have it" for heading, number in sorted(known - found.keys())]
    return new + gone


def listed(found):
    """A line for each block: heading and number, run or skipped, machines or reason."""
    for block in found:
        heading, number = block
        what = f"run\t{RUN[block]}" if block in RUN else f"skipped\t{SKIPPED[block]}"
        yield f"{heading} #{number}\t{what}"
