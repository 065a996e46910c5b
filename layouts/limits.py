"""What a process that lays out or binds may take of its machine."""

import os
from contextlib import suppress

try:
    import resource
except ImportError:  # Windows has no such limits: those of time stay
    resource = None  # type: ignore[assignment]

OUT_OF_MEMORY = 77  # exit code


def be_modest(memory: int) -> None:
    """Give this process way to the others, and at most `memory` bytes of address space; it leaves no core file."""
    if hasattr(os, "nice"):
        os.nice(10)  # a page typed in must not wait for the PDFs made in the background
    if resource is not None:
        with suppress(OSError, ValueError):  # a system that knows no such limit
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
