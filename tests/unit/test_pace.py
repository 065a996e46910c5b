"""Turns shared among the pages that ask for them."""

import asyncio

import pytest

from app.pages import pace
from app.pages.pace import Pace


async def test_few_pages_have_their_turns_as_often_as_they_may():
    turns = Pace(every=0.05, few=3, budget=10)
    assert [turns.interval(page) for page in "abcab"] == [0.05] * 5


async def test_more_of_them_share_a_number_of_turns_a_second():
    turns = Pace(every=0.05, few=3, budget=10)
    for page in range(20):
        wait = turns.interval(page)
    assert wait == 2.0


async def test_who_has_stopped_leaves_its_share_to_the_others(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pace, "WRITING", 0.05)
    turns = Pace(every=0.05, few=3, budget=10)
    for page in range(20):
        turns.interval(page)
    await asyncio.sleep(0.1)
    assert turns.interval("alone") == 0.05
