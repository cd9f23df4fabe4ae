"""Reading a file of a million rows as a chart, beside pandas, which reads the same bytes as a table."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generated import generated_chart
from benchmarks.processes import measured_alone

_SIZE = 1_000_000
_MOST_TIME, _MOST_MEMORY = 2.5, 2.0


def reading_table(size: int = _SIZE) -> list[str]:
    """Return the lines of the table: time and peak memory, each in a process of its own."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "chart.csv"
        file.write_bytes(generated_chart(size).csv())
        megabytes = file.stat().st_size / 1e6
        ours, beside, theirs = (
            measured_alone(name, Path(folder)) for name in ("read_ours", "read_beside", "read_pandas")
        )
    assert ours["rows"] == theirs["rows"] == size
    return [
        f"A CSV file of {size:,} rows ({megabytes:,.0f} MB), each in a process of its own",
        f"  {'':<34}{'seconds':>12}{'peak MB':>12}",
        _line("read_organization(bytes)", ours["seconds"], ours["memory"], ",.1f"),
        _line("pandas.read_csv(dtype=str)", theirs["seconds"], theirs["memory"], ",.1f"),
        _line("ratio", ours["seconds"] / theirs["seconds"], ours["memory"] / theirs["memory"], ".2f")
        + f"   goal: at most {_MOST_TIME:g} and {_MOST_MEMORY:g}",
        (
            f"  meanwhile another thread had {beside['turns']:,} turns and waited {beside['longest']:.2f} s "
            f"at most; progress was told {beside['told']:,} times"
        ),
    ]


def _line(name: str, seconds: float, memory: float, form: str) -> str:
    return f"  {name:<34}{seconds:>12{form}}{memory:>12{form}}"
