"""A session without Streamlit, and a drawing without a browser that knows only what it is told."""

import base64
import json
import math
from contextlib import contextmanager
from types import SimpleNamespace

import numpy as np
import pytest
import streamlit as st

from components import drawing, session
from orgmodel import FurtherManager, Organization, Tie
from orgmodel.changes import change_from_json
from orgmodel.edits import operation_to_json

_COLUMNS = {
    "names": "name",
    "titles": "title",
    "units": "unit",
    "functions": "function",
    "locations": "location",
    "statuses": "status",
}


class Interrupted(BaseException):
    """What Streamlit raises where a newer run waits."""


class State(dict):
    """A stand-in for ``st.session_state``; like the real one it may end the run whenever it is touched."""

    ends_after = math.inf

    def _touched(self):
        State.ends_after -= 1
        if State.ends_after < 0:
            State.ends_after = math.inf
            raise Interrupted

    def __getitem__(self, key):
        self._touched()
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        self._touched()
        super().__setitem__(key, value)

    def __contains__(self, key):
        self._touched()
        return super().__contains__(key)

    def get(self, key, default=None):
        self._touched()
        return super().get(key, default)

    def __getattr__(self, key):
        try:
            return self[key]
        except KeyError:
            raise AttributeError(key) from None

    __setattr__ = __setitem__


@contextmanager
def new_session(chart=None):
    """Open a chart in a new session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", State())
        patch.setattr(drawing, "org_canvas", _Canvas())
        patch.setattr(st, "error", lambda _sentence: None)
        session.start()
        if chart is not None:
            session.open_report(report_of(chart))
        yield Browser()


class _Canvas:
    """A stand-in for the component: keeps what it is told and whom it tells."""

    def __call__(self, message, *, key, on_said):
        self.told, self.key, self.on_said = message, key, on_said


def told():
    """Return what the drawing is told now, as it travels."""
    drawing.show_canvas()
    return json.dumps(drawing.org_canvas.told, allow_nan=False)


def hear(said):
    """Let the drawing say something."""
    dict.__setitem__(st.session_state, drawing.org_canvas.key, SimpleNamespace(said=said))
    drawing.org_canvas.on_said()


def report_of(chart):
    """Return as much of how a chart was read as the session looks at."""
    return SimpleNamespace(organization=chart, filename="chart.csv")


class Browser:
    """What the browser knows: all that it is told, and nothing else."""

    def __init__(self):
        self.client, self.document, self.revision, self.number, self.message = "b", None, -1, 0, 0
        self.chart, self.codes, self.data = None, {}, {}
        self.refused = {}

    def say(self, *operations, **changed):
        """Say something; operations are numbered."""
        numbered = []
        for operation in operations:
            self.number += 1
            data = operation if isinstance(operation, dict) else operation_to_json(operation)
            numbered.append([self.number, data])
        self.message += 1
        said = {
            "client": self.client,
            "message": self.message,
            "document": self.document,
            "revision": self.revision,
            "operations": numbered,
            "want": {},
        }
        hear(json.loads(json.dumps({**said, **changed})))

    def listen(self):
        """Take in the message that is due now."""
        data = self.data = json.loads(told())
        if "chart" in data:
            self.chart, self.codes = chart_of(data["chart"]), {}
        else:
            assert data["document"] == self.document
            assert data["base"] <= self.revision
            for change in data["changes"][self.revision - data["base"] :]:
                self.chart = change_from_json(change).applied(self.chart)
        self.document, self.revision = data["document"], data["revision"]
        self._take_codes(data["functions"])
        self.refused.update(map(tuple, data["refused"]))
        return data

    def _take_codes(self, told):
        ids = self.chart.ids.tolist()
        if "all" in told:
            codes = np.frombuffer(base64.b64decode(told["all"]), dtype=np.uint8).tolist()
            self.codes = dict(zip(ids, codes, strict=True))
        changed = dict(told.get("changed", ()))
        self.codes = {node: changed.get(node, self.codes.get(node)) for node in ids}


def chart_of(data):
    """Return the chart whose columns the browser has."""
    ids, further, ties = data["ids"], data["further"], data["ties"]
    return Organization.from_columns(
        ids,
        [None if row < 0 else ids[row] for row in data["manager"]],
        headcount=data.get("headcount"),
        further_managers=[FurtherManager(ids[one], ids[other], *line) for one, other, *line in further],
        ties=[Tie(ids[one], ids[other], *tie) for one, other, *tie in ties],
        **{column: data.get(name) for column, name in _COLUMNS.items()},
    )
