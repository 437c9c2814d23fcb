"""``python -m pipeline.press``: the sample press alone, until interrupted."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from pipeline.press.server import Press


def moment(text: str) -> datetime:
    """A day or time from the command line; without an offset it is UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def main() -> None:
    """Serve, and print the setting that sends the crawlers here."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.press", description="Serve the sample press.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--as-of", type=moment, help="the press's time, as 2024-07-05 or 2024-07-05T12:00Z")
    options = parser.parse_args()
    press = Press(as_of=options.as_of, port=options.port)
    print(f"DATELINE_PRESS={press.address}", flush=True)
    try:
        press.serve()
    except KeyboardInterrupt:
        print("closed")


if __name__ == "__main__":
    main()
