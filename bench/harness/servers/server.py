"""What all measured servers have."""

from abc import ABC, abstractmethod
from pathlib import Path

from .. import rows
from ..paths import Path as Measured
from ..ports import free_port
from ..processes import Failed, Process, wait_until
from ..requests import Request, answers, ask


class Server(ABC):
    """`name` is that of the results, and is never changed; `label` that of tables."""

    name: str
    label: str
    # Processes that work for the server, whose processor time is counted apart.
    services: tuple[int, ...] = ()

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.process: Process | None = None
        # A token of an account for each surface: (account, surface) to (access token, refresh token).
        self._tokens: dict[tuple[int, str], tuple[str, str]] = {}

    @abstractmethod
    def command(self) -> tuple[list, Path, dict[str, str]]:
        """The command, its folder, and its environment."""

    @abstractmethod
    def request(self, path: Measured) -> Request | None:
        """The request of a path; none if the server has no such thing."""

    def identity(self, path: Measured, answer: object) -> object:
        """What an answer is about, to be compared between servers."""
        return path.identity(answer)

    def start(self, prefix: tuple = (), patience: float = 60) -> None:
        """Waits so many seconds for the first answer at the most."""
        command, folder, environment = self.command()
        self.process = Process([*prefix, *command], folder, environment, self.folder / f"{self.name}.log")
        live = Request(f"{self.base}/health/live")
        wait_until(self.label, lambda: answers(live), self.process, patience)

    def stop(self) -> None:
        if self.process:
            self.process.stop()
            self.process = None

    def post(self, address: str, body: str, content_type: str = "application/json") -> dict:
        status, answer = ask(Request(f"{self.base}{address}", "POST", body=body, content_type=content_type))
        if not 200 <= status < 300:
            raise Failed(f"{self.label}: POST {address} was answered {status}: {answer}\n{self.process.told()}")
        return answer

    def tokens(self, account: int, surface: str) -> tuple[str, str]:
        key = (account, surface)
        if key not in self._tokens:
            self._tokens[key] = self.log_in(account, surface)
        return self._tokens[key]

    def log_in(self, account: int, surface: str) -> tuple[str, str]:
        """An access token and a refresh token."""
        raise NotImplementedError

    def published(self, path: Measured) -> Request:
        """The request as the contracts have it."""
        token, body = "", path.body
        if path.surface:
            access, refresh = self.tokens(path.account, path.surface)
            token = access if path.sends_token else ""
            body = body.replace("{refresh}", refresh)
        address = path.address.replace("{uuid}", rows.account_uuid(path.account))
        return Request(f"{self.base}{address}", path.method, token, body, path.content_type)
