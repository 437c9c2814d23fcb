"""``python -m tests.fuzz TARGET --runs N [--seed S]``: feed a parser of ours what nobody would write.

Coverage leads the way where atheris is installed (it is no dependency); otherwise known good input is cut, joined and
overwritten at random. The input that breaks a target is printed and kept beside the folder it runs in.
"""

from __future__ import annotations

import argparse
import inspect
import logging
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.fuzz.targets import TARGETS

PIECES = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\xf0\x9f\x98\x80",
        b"%00",
        b"&#x0;",
        b"<![CDATA[",
        b"<!--",
        b"]]>",
        b"{{",
    ),
    *(
        b"9" * 40,
        b"-1",
        b"1e999",
        b"0001-01-01",
        b"9999-12-31",
        b"+99:99",
        b"Feb 30",
        b"(" * 40,
        b'"' * 40,
        b"\n",
        b" " * 40,
    ),
    *(
        b"://",
        b"[::",
        b"@",
        b"..",
        b"#",
        b"?",
        b";",
        b"&a=",
        b"http:",
        b"javascript:",
        b"&amp;",
        b"null",
        b"[[",
        b"!!python/",
    ),
)


def inputs(corpus: tuple[bytes, ...], runs: int, seed: int) -> Iterator[bytes]:
    """The corpus itself, then so many mutations of it; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    yield from corpus
    for _ in range(runs):
        data = bytearray(dice.choice(corpus))
        for _ in range(dice.randint(1, 6)):
            at = dice.randint(0, len(data))
            to = min(len(data), at + dice.randint(0, 8))
            match dice.randrange(5):
                case 0:
                    data[at:to] = dice.choice(PIECES)
                case 1:
                    del data[at:to]
                case 2:
                    data[at:at] = data[at:to] * dice.randint(1, 30)
                case 3:
                    data[at:to] = dice.randbytes(to - at)
                case _:
                    other = dice.choice(corpus)
                    data[at:] = other[dice.randint(0, len(other)) :]
        yield bytes(data[:4000])


def mutate(target: Callable[[bytes], None], corpus: tuple[bytes, ...], runs: int, seed: int) -> float:
    """Run the target over the mutations; return the seconds it took. What it raises says the input in a note."""
    begun = time.monotonic()
    for data in inputs(corpus, runs, seed):
        try:
            target(data)
        except Exception as error:
            error.add_note(f"input: {data!r}")
            raise
    return time.monotonic() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", choices=("atheris", "mutate"), default="mutate")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    target, corpus = TARGETS[given.target]
    if given.engine == "mutate":
        seconds = mutate(target, corpus, given.runs, given.seed)
        print(f"{given.target}: {given.runs} runs in {seconds:.0f} s, none broke it")
        return
    import atheris  # a fuzzer's environment has it

    for module in [m for name, m in sys.modules.items() if name.startswith(("pipeline.", "crawlers."))]:
        for name, function in vars(module).items():  # instrumenting all of Python takes minutes
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                setattr(module, name, atheris.instrument_func(function))
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{given.target}-"))
    for number, data in enumerate(corpus):
        (folder / f"seed{number}").write_bytes(data)
    given_on = [f"-runs={given.runs}", f"-seed={given.seed or 1}", "-max_len=4000", str(folder)]
    atheris.Setup([sys.argv[0], *given_on], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
