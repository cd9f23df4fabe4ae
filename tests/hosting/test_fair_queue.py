"""Whose turn it is: the order of fair queuing, whatever happens, and what is left behind."""

import os
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hosting.fair_queue import FairQueue, giving_way
from orgmodel.change_orders import executors


@given(st.lists(st.sampled_from("ABC"), min_size=1, max_size=12), st.integers(1, 3), st.booleans())
def test_all_come_to_their_turn_and_never_more_at_once(owners, at_once, alone):
    queue = FairQueue(lambda: at_once, alone=alone)
    waiting = [queue.enter(owner) for owner in owners]
    served = []
    while waiting:
        begun = [turn for turn in waiting if queue.place(turn) == 0]
        assert 0 < len(begun) <= at_once
        if alone:
            assert len({turn.owner for turn in begun}) == len(begun)
        assert queue.running() == len(begun)
        for turn in begun:
            queue.leave(turn)
            waiting.remove(turn)
            served.append(turn.owner)
    assert sorted(served) == sorted(owners)
    assert queue.running() == queue.waiting() == 0
    if at_once == 1:  # one of everybody before a second of anybody
        rounds = [served[:at].count(owner) for at, owner in enumerate(served)]
        assert rounds == sorted(rounds)


def test_who_comes_later_is_before_the_second_of_who_came_first():
    queue = FairQueue(lambda: 1)
    first, *others = [queue.enter("Ann") for _ in range(5)]
    assert queue.place(first) == 0
    bob = queue.enter("Bob")
    queue.leave(first)
    assert queue.place(bob) == 0
    assert [queue.place(turn) for turn in others] == [1, 2, 3, 4]


def test_a_place_that_is_left_is_free():
    queue = FairQueue(lambda: 1)
    first = queue.enter("Ann")
    assert queue.place(first) == 0

    def leave(place):
        assert place == 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), queue.turn("Bob", leave):
        pytest.fail("it is not Bob's turn")
    assert queue.waiting() == 0
    queue.leave(first)
    with queue.turn("Cem", leave):
        assert queue.running() == 1
    assert queue.running() == 0


def test_a_turn_ends_with_an_error():
    queue = FairQueue(lambda: 1)
    with pytest.raises(ValueError, match="wrong"), queue.turn("Ann", print):
        raise ValueError("wrong")
    assert queue.running() == 0


def test_waiting_until_it_is_free():
    queue, told = FairQueue(lambda: 1), []
    first = queue.enter("Ann")
    assert queue.place(first) == 0
    threading.Timer(0.3, queue.leave, [first]).start()
    with queue.turn("Bob", told.append):
        assert set(told) == {1}


def test_others_come_between_more_often_only_meanwhile():
    usual = sys.getswitchinterval()
    with giving_way():
        with giving_way():
            pass
        assert sys.getswitchinterval() < usual / 5
    assert sys.getswitchinterval() == usual


def test_work_aside_gives_way_to_everything_else():
    assert executors.results(os.nice, [0] * 6, aside=True) == [19] * 6
    assert executors.results(os.nice, [0], workers=1) == [0]
