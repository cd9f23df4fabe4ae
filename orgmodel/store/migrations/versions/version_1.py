"""The first tables. The large columns stand last: SQLite reads a row from its beginning."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "blobs",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_blobs"),
    )
    op.create_table(
        "scenarios",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("owner", sa.LargeBinary, nullable=False),
        sa.Column("newest", sa.Integer, nullable=False),
        sa.Column("deleted_at", _MOMENT),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scenarios"),
    )
    _index("scenarios", "owner")
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("owner", sa.LargeBinary, nullable=False),
        sa.Column("saved_at", _MOMENT, nullable=False),
        *_content("drafts"),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    _index("drafts", "owner", "chart", "source")
    op.create_table(
        "versions",
        sa.Column("scenario", sa.String(200), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("saved_at", _MOMENT, nullable=False),
        sa.Column("save_id", sa.LargeBinary, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        *_content("versions"),
        sa.ForeignKeyConstraint(["scenario"], ["scenarios.id"], name="fk_versions_scenario"),
        sa.PrimaryKeyConstraint("scenario", "number", name="pk_versions"),
        sa.UniqueConstraint("save_id", name="uq_versions_save_id"),
    )
    _index("versions", "chart", "source")
    op.create_table(
        "links",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("owner", sa.LargeBinary, nullable=False),
        sa.Column("token", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("copyable", sa.Boolean, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT),
        sa.Column("revoked", _MOMENT),
        sa.Column("opened", sa.Integer, nullable=False),
        sa.Column("opened_at", _MOMENT),
        *_content("links"),
        sa.PrimaryKeyConstraint("id", name="pk_links"),
        sa.UniqueConstraint("token", name="uq_links_token"),
    )
    _index("links", "owner", "chart", "source")
    op.create_table(
        "tidied",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tidied"),
    )


def _content(table: str) -> tuple[sa.Column[object] | sa.ForeignKeyConstraint, ...]:
    return (
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("chart", sa.LargeBinary),
        sa.Column("source", sa.LargeBinary),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["chart"], ["blobs.digest"], name=f"fk_{table}_chart"),
        sa.ForeignKeyConstraint(["source"], ["blobs.digest"], name=f"fk_{table}_source"),
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])
