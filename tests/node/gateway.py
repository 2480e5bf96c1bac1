"""`make gateway`: the service with its demo tenant in a graph of four subgraphs, behind two gateways, to try things."""

import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from tests.node.graph import graph, service
from tests.node.processes import obstacle
from tests.node.queries import QUERIES

PORTS = {"hive": 4000, "apollo": 4001}

out = Console(highlight=False, soft_wrap=True, markup=False)


def main() -> None:
    """Start everything, say what to ask, and wait until somebody has seen enough."""
    if reason := obstacle():
        sys.exit(reason)
    _ = signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with tempfile.TemporaryDirectory() as folder, service() as pages, graph(pages, Path(folder), PORTS) as running:
        for query in QUERIES:
            out.print(f"{query}\n")
        out.print(f"Hive Gateway, with GraphiQL: {running.gateways['hive'].url}")
        out.print(f"Apollo's gateway:            {running.gateways['apollo'].url}")
        out.print(f"This subgraph:               {pages.url}")
        out.print(f"The header of an admin:      Authorization: Bearer {pages.tokens['admin']}")
        out.print("Further headers: X-Locale, X-Channel, X-Stage. Ctrl-C ends it.")
        with suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
