"""The dashboard without a browser."""

from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session", autouse=True)
def _installed_components_are_looked_for_once():
    """Each app would look through all installed packages for components, which takes half its start."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


class Dashboard:
    """The running app, with the steps that tests take."""

    def __init__(self):
        self.app = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()
        self.check()

    def check(self):
        assert not self.app.exception
        return self

    def open(self, content, name="chart.csv"):
        """Open a file and go back to the start page."""
        return self.upload({name: content}).page("start")

    def upload(self, contents):
        """Open files, name -> content, as one chart; the dashboard stays on the page where that is done."""
        self.app.switch_page("pages/your_chart.py").run()
        files = [
            (name, content.encode() if isinstance(content, str) else content, "text/csv")
            for name, content in contents.items()
        ]
        self.app.file_uploader[0].set_value(files).run()
        return self.check()

    def open_data(self, name):
        return self.open((ROOT / "data" / name).read_bytes(), name)

    def page(self, name):
        self.app.switch_page(f"pages/{name}.py").run()
        return self.check()

    def choose_parent(self, node):
        (field,) = [box for box in self.app.selectbox if box.label == "Move customer service under"]
        field.set_value(node).run()
        return self.check()

    @property
    def texts(self):
        """Everything written on the page and in the sidebar, as markdown."""
        kinds = ("markdown", "caption", "info", "error", "warning", "title", "header", "subheader")
        blocks = (self.app, self.app.sidebar)
        return [str(element.value) for block in blocks for kind in kinds for element in getattr(block, kind)]

    @property
    def text(self):
        return "\n".join(self.texts)

    def progress(self):
        return [bar.proto.value for bar in self.app.get("progress")]


@pytest.fixture
def dashboard():
    return Dashboard()
