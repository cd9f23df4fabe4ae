"""Run by Alembic with the connection, and in the transaction, that `orgmodel.store.upgrading` gives it."""

from alembic import context

from orgmodel.store.tables import metadata


def _migrate() -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name Alembic gives it; whoever else imports this file only looks at it
    _migrate()
