"""Taking turns: never more than may, first come first served, what is looked at first before the rest."""

import threading
import time

import pytest

from hosting.turns import Turns

SOON = 5.0


class Page(threading.Thread):
    """A page: computes its headlines, lets them be drawn, computes the rest; each when it is told to."""

    def __init__(self, turns, name, seen):
        super().__init__(daemon=True)
        self.turns, self.label, self.seen = turns, name, seen
        self.headlines, self.rest = threading.Event(), threading.Event()
        self.start()

    def run(self):
        with self.turns.turn():
            self.seen.append(f"{self.label} headlines")
            self.headlines.wait(SOON)
            with self.turns.paused():
                pass
            self.seen.append(f"{self.label} rest")
            self.rest.wait(SOON)


def until(condition):
    """Wait for what other threads do."""
    end = time.monotonic() + SOON
    while not condition() and time.monotonic() < end:
        time.sleep(0.001)
    assert condition()


def pages(turns, number, seen):
    """Return pages that came one after the other."""
    made = []
    for place in range(number):
        made.append(Page(turns, str(place), seen))
        until(lambda: turns.waiting + len(seen) == len(made))
    return made


def test_headlines_of_all_come_before_the_rest_of_any():
    turns, seen = Turns(at_once=1, patience=SOON), []
    made = pages(turns, 3, seen)
    for page in made:
        page.headlines.set()
        page.rest.set()
    for page in made:
        page.join(SOON)
    assert seen == [f"{place} {part}" for part in ("headlines", "rest") for place in range(3)]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_never_more_at_once_than_may(at_once):
    turns, seen = Turns(at_once=at_once, patience=SOON), []
    made = pages(turns, 5, seen)
    assert len(seen) == at_once
    assert turns.waiting == 5 - at_once
    for page in made:
        page.headlines.set()
        page.rest.set()
    for page in made:
        page.join(SOON)
    assert sorted(seen) == sorted(f"{place} {part}" for part in ("headlines", "rest") for place in range(5))
    assert turns.waiting == 0


def test_a_long_one_does_not_keep_others_waiting():
    turns, seen = Turns(at_once=1, patience=0.02), []
    long, short = pages(turns, 2, seen)
    until(lambda: seen == ["0 headlines", "1 headlines"])
    for page in (long, short):
        page.headlines.set()
        page.rest.set()
        page.join(SOON)


def test_a_turn_ends_with_an_error_too():
    turns = Turns(at_once=1, patience=SOON)
    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError
    with turns.turn():
        pass


def test_where_nobody_has_a_turn_nobody_waits():
    """Pages are run without the frame too, in tests and by Streamlit."""
    with Turns(at_once=1).paused():
        pass


def test_a_thread_begins_its_next_turn_anew():
    turns = Turns(at_once=1, patience=SOON)
    for _ in range(3):
        with turns.turn(), turns.paused():
            pass
