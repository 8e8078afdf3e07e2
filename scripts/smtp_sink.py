"""An SMTP server for tests: what it takes becomes a file, and some recipients it never takes.

Each message is one file in the folder, named in the order of arrival, with the envelope's recipients
in headers of its own (X-RcptTo). By the part of a recipient before the @:

    rejected@…   550, for good
    later@…      451, come back later
    dropped@…    the connection is closed in the middle of the conversation

STARTTLS is offered, and TLS from the first byte at a port of its own. Without --login AUTH is not: whom a server lets in is
not what the tests are about.
"""

import argparse
import asyncio
import itertools
import pathlib
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Sink:
    def __init__(self, folder):
        self.folder = folder
        self.numbers = itertools.count(1)

    async def handle_RCPT(self, server, session, envelope, address, options):
        match address.split("@")[0]:
            case "rejected":
                return "550 5.1.1 no such mailbox"
            case "later":
                return "451 4.3.0 come back later"
            case "dropped":
                server.transport.close()
                return "421 4.3.0 closing"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = f"{next(self.numbers):06}-{id(envelope)}"
        recipients = "".join(f"X-RcptTo: {address}\r\n" for address in envelope.rcpt_tos)
        unfinished = self.folder / f".{name}"
        unfinished.write_bytes(recipients.encode() + envelope.content)
        unfinished.rename(self.folder / f"{name}.eml")
        return "250 OK"


async def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--tls-port", type=int, required=True)
    arguments.add_argument("--login", help="user:password, without which nothing is taken")
    arguments.add_argument("--folder", type=pathlib.Path, required=True)
    arguments.add_argument("--certificate", required=True)
    arguments.add_argument("--key", required=True)
    chosen = arguments.parse_args()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(chosen.certificate, chosen.key)
    sink = Sink(chosen.folder)

    def let_in(server, session, envelope, mechanism, login):
        success = f"{login.login.decode()}:{login.password.decode()}" == chosen.login
        return AuthResult(success=success, handled=False)

    options = {"hostname": "localhost", "enable_SMTPUTF8": True}
    if chosen.login:
        options |= {"authenticator": let_in, "auth_required": True}
    # It does not see the TLS that is there from the first byte, and would let nobody in.
    unasked = {"auth_require_tls": False} if chosen.login else {}
    loop = asyncio.get_running_loop()
    plain = await loop.create_server(
        lambda: SMTP(sink, tls_context=tls, **options),
        chosen.host,
        chosen.port,
    )
    protected = await loop.create_server(
        lambda: SMTP(sink, **options, **unasked),
        chosen.host,
        chosen.tls_port,
        ssl=tls,
    )
    await asyncio.gather(plain.serve_forever(), protected.serve_forever())


asyncio.run(main())
