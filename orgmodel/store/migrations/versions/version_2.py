"""Roles and limits: who signed in, with whom a scenario is shared, who saved a version, how much is kept."""

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them; of the versions there are nobody knows who saved them."""
    op.create_table(
        "people",
        sa.Column("owner", sa.LargeBinary, nullable=False),
        sa.Column("email_digest", sa.LargeBinary),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("seen", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_people"),
        sa.UniqueConstraint("email_digest", name="uq_people_email_digest"),
    )
    op.create_table(
        "members",
        sa.Column("scenario", sa.String(200), nullable=False),
        sa.Column("email_digest", sa.LargeBinary, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario"], ["scenarios.id"], name="fk_members_scenario", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scenario", "email_digest", name="pk_members"),
    )
    op.create_index("ix_members_email_digest", "members", ["email_digest"])
    op.create_table(
        "tallies",
        sa.Column("owner", sa.LargeBinary, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_tallies"),
    )
    op.add_column("versions", sa.Column("saved_by", sa.LargeBinary))
    op.create_index("ix_versions_saved_by", "versions", ["saved_by"])
