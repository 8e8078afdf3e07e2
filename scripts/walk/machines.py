"""Machines with an empty Debian, booted by systemd-nspawn."""

import contextlib
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import time

RELEASE = "bookworm"
MIRROR = "http://deb.debian.org"
# What apt of a machine asks: the machines reach no other network.
PACKAGES = ("10.0.0.1", 3142)
BRIDGE = "walk"
# Nobody answers a block for longer: it hangs.
PATIENCE = 900

# Runs a command whose mounts and processes end with it, however it ends, and with this process.
APART = ["setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
APART += ["--propagation", "private"]

# The commands of a block are those of one shell, as the page has them, and the first that fails ends it.
SHELL = """
cd /root
while IFS= read -r block <&3; do
    set -e
    . "$block" 3<&- 4>&-
    set +e
    echo done >&4
done
"""


def base(cache):
    """The folder of an empty Debian, which every machine begins with."""
    folder = cache / RELEASE
    if folder.exists():
        return folder
    unfinished = cache / f"{RELEASE}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    command = [*APART, "debootstrap", RELEASE, unfinished, f"{MIRROR}/debian"]
    subprocess.run(command, check=True, stdout=sys.stderr)
    (unfinished / "etc/apt/sources.list").write_text(
        f"deb {MIRROR}/debian {RELEASE} main\n"
        f"deb {MIRROR}/debian {RELEASE}-updates main\n"
        f"deb {MIRROR}/debian-security {RELEASE}-security main\n"
    )
    # Machines check the age of package lists as the host does.
    ages = subprocess.run(["apt-config", "dump"], check=True, capture_output=True, text=True).stdout
    ages = "".join(f"{line}\n" for line in ages.splitlines() if line.startswith("Acquire::Check-"))
    host, port = PACKAGES
    (unfinished / "etc/apt/apt.conf.d/90walk").write_text(f'Acquire::http::Proxy "http://{host}:{port}";\n{ages}')
    (unfinished / "etc/machine-id").write_text("")
    for left in [*unfinished.glob("var/cache/apt/archives/*.deb"), *unfinished.glob("var/lib/apt/lists/*_*")]:
        left.unlink()
    unfinished.rename(folder)
    return folder


class Machine:
    """One of them."""

    def __init__(self, name, addresses, routes=()):
        self.name, self.addresses, self.routes = name, addresses, routes
        self.root = self.process = self.shell = None
        self.transcript = None

    def boot(self, below, folder, cgroup, hosts):
        """Boots it from the folder `below`, which stays as it is."""
        place = folder / self.name
        for part in ("upper", "work", "root"):
            (place / part).mkdir(parents=True)
        self.root = place / "root"
        layers = f"lowerdir={below},upperdir={place}/upper,workdir={place}/work"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, self.root], check=True)
        self.put("/etc/hostname", f"{self.name}\n")
        self.put("/etc/hosts", hosts)
        network = "[Match]\nName=host0\n[Network]\nIPv6AcceptRA=no\nLinkLocalAddressing=no\n"
        network += "".join(f"Address={address}\n" for address in self.addresses)
        network += "".join(f"[Route]\nDestination={to}\nGateway={by}\n" for to, by in self.routes)
        self.put("/etc/systemd/network/10-host0.network", network)
        wanted = self.root / "etc/systemd/system/multi-user.target.wants/systemd-networkd.service"
        wanted.symlink_to("/lib/systemd/system/systemd-networkd.service")
        own = cgroup / self.name
        own.mkdir()
        self.transcript = (folder / "transcript").open("ab")
        command = ["systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit", "--settings=no"]
        command += ["--link-journal=no", "--resolv-conf=off", "--timezone=off", "--console=read-only"]
        command += [f"--machine={self.name}", f"--directory={self.root}", f"--network-bridge={BRIDGE}"]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=(place / "console").open("wb"),
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: (own / "cgroup.procs").write_text(str(os.getpid())),
        )
        until = time.monotonic() + 120
        while self.state() not in ("running", "degraded"):
            if self.process.poll() is not None or time.monotonic() > until:
                console = (place / "console").read_text(errors="replace")
                sys.exit(f"{self.name} does not boot:\n{console[-3000:]}")
            time.sleep(0.2)

    def leader(self):
        """The process that is number one in the machine, or None."""
        with contextlib.suppress(OSError):
            children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
            for child in children.split():
                status = pathlib.Path(f"/proc/{child}/status").read_text()
                if re.search(r"^NSpid:.*\t1$", status, re.MULTILINE):
                    return child
        return None

    def inside(self, *command):
        """A command line that runs a command in the machine, with the environment of a root who has just logged in."""
        environment = ["HOME=/root", "USER=root", "LOGNAME=root", "LANG=C.UTF-8", "TERM=dumb", "SHELL=/bin/bash"]
        path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        enter = ["nsenter", "--target", self.leader(), "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup"]
        return [*enter, "--root", "--wd", "env", "-i", path, *environment, *command]

    def state(self):
        """What systemd of the machine says of its start."""
        if not self.leader():
            return None
        asked = subprocess.run(self.inside("systemctl", "is-system-running"), capture_output=True, text=True)
        return asked.stdout.strip()

    def put(self, path, content, mode=0o644):
        """Writes a file of root's."""
        file = self.root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        file.chmod(mode)

    def ask(self, *command):
        """Runs a command outside of the shell, and returns what it prints."""
        asked = subprocess.run(self.inside(*command), capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if asked.returncode:
            sys.exit(f"{self.name}: {' '.join(command)}: exit {asked.returncode}\n{asked.stdout}{asked.stderr}")
        return asked.stdout

    def log_in(self):
        """Begins a new shell of root's."""
        self.log_out()
        self.shell = Shell(self.inside("bash", "-c", SHELL))

    def log_out(self):
        """Ends the shell, if there is one."""
        if self.shell:
            self.shell.end()
        self.shell = None

    def run(self, text, answers=None):
        """Runs the lines in the shell, and returns what the terminal shows. Questions are answered as a person would."""
        if not self.shell:
            self.log_in()
        self.put("/root/.block", text)
        self.transcript.write(f"\n=== {self.name}\n{text}---\n".encode())
        shown, done = self.shell.run("/root/.block", answers or {})
        self.transcript.write(shown.encode())
        self.transcript.flush()
        if not done:
            sys.exit(f"{self.name} failed at:\n{text}\nThe terminal shows:\n{shown[-4000:]}")
        return shown


class Shell:
    """A shell at a terminal, which runs blocks one after the other."""

    def __init__(self, command):
        commands, self.commands = os.pipe()
        self.ends, ends = os.pipe()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            # Beyond those that are replaced: either may be 3 or 4 already.
            commands, ends = (os.dup2(of, at) for of, at in ((commands, 100), (ends, 101)))
            os.dup2(commands, 3)
            os.dup2(ends, 4)
            os.closerange(5, 200)
            os.execvp(command[0], command)
        os.close(commands)
        os.close(ends)
        # Answers are not shown, as if nobody had typed them.
        modes = termios.tcgetattr(self.terminal)
        modes[3] &= ~termios.ECHO
        termios.tcsetattr(self.terminal, termios.TCSANOW, modes)

    def run(self, path, answers):
        """What the terminal shows meanwhile, and whether all went well."""
        answers = {r"\[Y/n\] $": "Y", **answers}
        os.write(self.commands, f"{path}\n".encode())
        shown, asked, until = "", 0, time.monotonic() + PATIENCE
        while time.monotonic() < until:
            ready, _, _ = select.select([self.terminal, self.ends], [], [], 1)
            if self.terminal in ready:
                try:
                    shown += os.read(self.terminal, 65536).decode(errors="replace").replace("\r\n", "\n")
                except OSError:
                    return shown, False
                for question, answer in answers.items():
                    if re.search(question, shown[asked:]):
                        os.write(self.terminal, f"{answer}\n".encode())
                        asked = len(shown)
                        break
            elif self.ends in ready:
                return shown, bool(os.read(self.ends, 64))
        return f"{shown}\n(no end after {PATIENCE} seconds)", False

    def end(self):
        """Ends it as the end of a terminal does."""
        for file in (self.commands, self.ends, self.terminal):
            os.close(file)
        os.waitpid(self.process, 0)
