"""The measurements of ./bench/run. Python 3.11 and its standard library alone; plots are made by matplotlib."""

import sys
import time

_begun = time.monotonic()


def say(text: str) -> None:
    """Tells whoever waits how far it is."""
    spent = int(time.monotonic() - _begun)
    print(f"[{spent // 60:2}:{spent % 60:02}] {text}", file=sys.stderr, flush=True)
