"""Real charts that nobody on this project wrote; they lie outside it and are never copied into it."""

import os
from pathlib import Path

import pytest

#: `ORGMODEL_REAL_DATA`, else beside the project.
REAL_DATA = Path(os.environ.get("ORGMODEL_REAL_DATA", Path(__file__).parents[1] / "../shared/data/real"))
needs_real_data = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the folder of real charts is not there: {REAL_DATA}"
)
