"""The short form of ``python -m tests.faults.kill``: one source, a kill a step, one full disk, two runs at once."""

from __future__ import annotations

from tests.faults.kill import differences, run


def test_a_killed_job_ends_where_a_quiet_one_does() -> None:
    assert "rows equal" in run(("wipo",), kills=1, seed=7, sizes=(60_000,), per_step=1)


def test_the_comparison_sees_what_is_lost_and_what_is_there_twice() -> None:
    assert list(differences({"a": ["x", "y"]}, {"a": ["x"]}))
    assert list(differences({"a": ["x"]}, {"a": ["x", "x"]}))
    assert not list(differences({"a": ["x"]}, {"a": ["x"]}))
