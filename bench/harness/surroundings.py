"""What a count of instructions depends on besides the product's own code."""

import platform
import re
from pathlib import Path

from .machine import rustc, told

# What valgrind hides from programs on no processor that has it, and what libraries choose their code by. AVX-512 and
# instructions for hashes it hides on each, so that all processors of the last ten years look alike.
_FEATURES = ("ssse3", "sse4_2", "avx", "avx2", "bmi2", "asimd")


def processor() -> str:
    """The architecture, with the features that programs see below valgrind."""
    text = Path("/proc/cpuinfo").read_text()
    found = re.search(r"^(?:flags|Features)\s*:\s*(.+)$", text, re.MULTILINE)
    flags = found.group(1).split() if found else []
    return " ".join([platform.machine(), *(feature for feature in _FEATURES if feature in flags)])


def surroundings() -> dict[str, str]:
    """Compilers, the C library, valgrind and the processor: counts of equal surroundings are comparable to a percent."""
    return {
        "processor": processor(),
        "rustc": rustc(),
        # SQLite and the allocator are built by it.
        "cc": told("cc", "--version").partition("\n")[0],
        "libc": " ".join(platform.libc_ver()),
        "valgrind": told("valgrind", "--version"),
    }


def differences(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """A few words for each thing that is another one."""
    return [
        f"{name}: {before.get(name) or 'none'} then, {now.get(name) or 'none'} now"
        for name in sorted(before.keys() | now.keys())
        if before.get(name) != now.get(name)
    ]
