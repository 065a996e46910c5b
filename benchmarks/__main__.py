"""Runs every benchmark, prints a table and writes `build/bench.json`."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import binding, checks, fitting, memory, pdf, preview, reading, saving, weight
from benchmarks.figure import Figure
from tests.journeys.server import Server

OUTPUT = Path("build/bench.json")


@contextmanager
def demo_server() -> Iterator[Server]:
    """A server with the demonstration, in a folder that disappears."""
    with TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        server.command("demo")
        server.command("render")  # what is laid out in the background would share the processor
        server.start()
        try:
            yield server
        finally:
            server.stop()


def main() -> int:
    """Run all; the exit code tells only whether they could be run."""
    figures: list[Figure] = []
    with demo_server() as server:
        suites: list[Callable[[Server], list[Figure]]] = [
            checks.run,
            reading.run,
            preview.run,
            saving.run,
            weight.run,
            memory.run,
            fitting.run,
            pdf.run,
            binding.run,
        ]
        for suite in suites:
            figures += suite(server)
    width = max(len(figure.name) for figure in figures)
    print(f"{'mesure':{width}}  {'valeur':>10}  {'unité':12}  {'but':>8}  atteint")
    for figure in figures:
        reached = {True: "oui", False: "NON", None: "–"}[figure.reached]
        print(f"{figure.name:{width}}  {figure.value:>10.3g}  {figure.unit:12}  {figure.goal:>8}  {reached}")
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps([figure.to_dict() for figure in figures], ensure_ascii=False, indent=2))
    print(f"→ {OUTPUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
