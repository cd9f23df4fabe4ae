"""Print all tables: what the library takes, and what a user waits for in a browser."""

from benchmarks.change_orders import change_orders_table
from benchmarks.charts import charts
from benchmarks.computation import computation_table
from benchmarks.drawing import drawing_table
from benchmarks.hosting import hosting_table
from benchmarks.interaction import interaction_table
from benchmarks.neighbours import neighbours_table
from benchmarks.priorities import priorities_table
from benchmarks.reading import reading_table
from benchmarks.replicas import replicas_table
from benchmarks.scale import scale_table
from benchmarks.store import store_table
from benchmarks.upload import upload_table
from tests.real_data import REAL_DATA

if __name__ == "__main__":
    measured = charts()
    for chart in measured:
        print("\n".join(computation_table(chart)), end="\n\n", flush=True)
        print("\n".join(upload_table(chart)), end="\n\n", flush=True)
    if len(measured) == 1:
        print(f"The real chart was not measured: {REAL_DATA} is not there (set ORGMODEL_REAL_DATA).\n")
    for table in (
        scale_table,
        reading_table,
        priorities_table,
        change_orders_table,
        interaction_table,
        drawing_table,
        store_table,
        hosting_table,
        replicas_table,
        neighbours_table,
    ):
        print("\n".join(table()), end="\n\n", flush=True)
