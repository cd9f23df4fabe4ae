"""All settings of a server, in one table: what is read, what the documentation lists, and the defaults.

A setting is an environment variable, or the content of a file that the variable with ``_FILE`` behind its
name names (the way containers hand over secrets). Demo mode has defaults of its own, made for strangers.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from orgmodel.errors import OrgModelError

_YES: Final = frozenset({"1", "true", "yes", "on"})
_NO: Final = frozenset({"0", "false", "no", "off", ""})
_SHORTEST_SECRET: Final = 32  # characters; of random ones, 192 bits
_CALLBACK: Final = "/oauth2callback"


class SettingError(OrgModelError, ValueError):
    """A setting that cannot be understood; the message names it and says what may stand there."""


class Row(NamedTuple):
    """A row of the table: the variable, what it means, its default, and that of demo mode."""

    variable: str
    meaning: str
    default: Any
    demo_default: Any
    least: int


def _setting(
    variable: str,
    meaning: str,
    *,
    default: Any,  # noqa: ANN401  # of any field
    demo: Any = None,  # noqa: ANN401
    least: int = 0,
) -> Any:  # noqa: ANN401
    row = Row(variable, meaning, default, default if demo is None else demo, least)
    return field(default=default, metadata={"row": row})


class SignIn(NamedTuple):
    """An OpenID Connect provider, and this server as its client."""

    metadata_url: str
    client_id: str
    client_secret: str
    redirect_uri: str
    cookie_secret: str
    trust_email: bool
    people: tuple[str, ...] = ()

    @property
    def origin(self) -> str:
        """Scheme and host under which people reach this server."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"

    def verified_email(self, said: Mapping[str, Any]) -> str:
        """Return the address in what a provider says of somebody; empty where it vouches for none."""
        email = said.get("email")
        verified = said.get("email_verified") is True or (self.trust_email and "email_verified" not in said)
        return email if isinstance(email, str) and verified else ""

    def lets_in(self, said: Mapping[str, Any]) -> bool:
        """Return whether somebody of whom the provider says this may come in."""
        email = self.verified_email(said).lower()
        return not self.people or (
            "@" in email and bool({email, f"@{email.rpartition('@')[2]}"} & {*self.people})
        )


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a server is told from outside; `settings` reads it."""

    demo: bool = _setting(
        "ORGMODEL_DEMO", "1: a demo for strangers. Nothing is kept on the server.", default=False
    )
    upload_mb: int = _setting(
        "ORGMODEL_UPLOAD_MB", "Largest file that is taken, in MB.", default=200, demo=20, least=1
    )
    boxes: int = _setting("ORGMODEL_BOXES", "Largest chart, in boxes; 0: no limit.", default=0, demo=2_000)
    study_runs: int = _setting(
        "ORGMODEL_STUDY_RUNS",
        "Largest study of change orders, in simulated runs; 0: no limit.",
        default=0,
        demo=2_000,
    )
    studies_at_once: int = _setting(
        "ORGMODEL_STUDIES_AT_ONCE",
        "Studies that run at the same time; others wait for their turn.",
        default=1,
        least=1,
    )
    tabs: int = _setting(
        "ORGMODEL_TABS",
        "Tabs that one visitor may have open on one server process; 0: no limit.",
        default=0,
        demo=10,
    )
    sessions: int = _setting(
        "ORGMODEL_SESSIONS",
        "Tabs of all visitors on one server process; 0: no limit.",
        default=0,
        demo=200,
    )
    links_per_hour: int = _setting(
        "ORGMODEL_LINKS_PER_HOUR",
        "Stored links that one visitor may make in an hour; 0: no limit.",
        default=60,
    )
    kept_mb: int = _setting(
        "ORGMODEL_KEPT_MB", "What one visitor may keep, in MB; 0: no limit.", default=1_000
    )
    database_url: str = _setting(
        "ORGMODEL_DATABASE_URL",
        "Where drafts, scenarios and links are kept: postgresql://user:password@host/name or "
        "sqlite:////folder/file. Empty: a file in the folder .orgmodel beside the program.",
        default="",
    )
    dask: str = _setting(
        "ORGMODEL_DASK",
        "Dask scheduler for long studies, such as tcp://scheduler:8786. Empty: they run here.",
        default="",
    )
    replica: str = _setting(
        "ORGMODEL_REPLICA", "Name of this server process. Empty: the host's name.", default=""
    )
    frame_ancestors: str = _setting(
        "ORGMODEL_FRAME_ANCESTORS",
        "Who may show the dashboard in a frame: sources of a Content-Security-Policy.",
        default="'self'",
    )
    operators: tuple[str, ...] = _setting(
        "ORGMODEL_OPERATORS",
        "With sign-in: e-mail addresses that may see the operator's page, with commas between them.",
        default=(),
    )
    operator_key: str = _setting(
        "ORGMODEL_OPERATOR_KEY",
        "Without sign-in: a password for the operator's page. Empty: nobody sees it.",
        default="",
    )
    oidc_metadata_url: str = _setting(
        "ORGMODEL_OIDC_METADATA_URL",
        "Sign-in: address of the provider's description, ending in /.well-known/openid-configuration.",
        default="",
    )
    oidc_client_id: str = _setting(
        "ORGMODEL_OIDC_CLIENT_ID", "Sign-in: what the provider calls this server.", default=""
    )
    oidc_client_secret: str = _setting(
        "ORGMODEL_OIDC_CLIENT_SECRET", "Sign-in: the password of this server at the provider.", default=""
    )
    oidc_redirect_uri: str = _setting(
        "ORGMODEL_OIDC_REDIRECT_URI",
        f"Sign-in: this server's own address and {_CALLBACK} behind it, as it is registered at the provider.",
        default="",
    )
    oidc_trust_email: bool = _setting(
        "ORGMODEL_OIDC_TRUST_EMAIL",
        "Sign-in: 1 where the provider does not say which addresses it has verified, and all of them are.",
        default=False,
    )
    people: tuple[str, ...] = _setting(
        "ORGMODEL_PEOPLE",
        "Sign-in: who is let in, as addresses or as @domains with commas between them. Empty: whoever the "
        "provider lets in.",
        default=(),
    )
    cookie_secret: str = _setting(
        "ORGMODEL_COOKIE_SECRET",
        f"Sign-in: {_SHORTEST_SECRET} random characters or more, to sign the cookie; alike on all replicas.",
        default="",
    )

    @property
    def sign_in(self) -> SignIn | None:
        """The provider people sign in at; None where nobody signs in."""
        if not self.oidc_metadata_url:
            return None
        return SignIn(
            self.oidc_metadata_url,
            self.oidc_client_id,
            self.oidc_client_secret,
            self.oidc_redirect_uri,
            self.cookie_secret,
            self.oidc_trust_email,
            self.people,
        )


#: Every setting, in the order of the documentation.
TABLE: Final[tuple[Row, ...]] = tuple(each.metadata["row"] for each in fields(Settings))


def database_url() -> str | None:
    """Return the address of the database as it is said just now; None for the file beside the program."""
    row = next(row for row in TABLE if row.variable == "ORGMODEL_DATABASE_URL")
    return _value(row, os.environ, "") or None


@cache
def settings() -> Settings:
    """Return the settings of this process; they are read once."""
    return read_settings(os.environ)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings that an environment holds.

    Raises
    ------
    SettingError
        If a value cannot be understood, or something is missing that another one needs.

    Examples
    --------
    >>> read_settings({}).upload_mb, read_settings({"ORGMODEL_DEMO": "1"}).upload_mb
    (200, 20)

    """
    demo = _value(TABLE[0], environment, TABLE[0].default)
    found = {
        each.name: _value(row, environment, row.demo_default if demo else row.default)
        for each, row in zip(fields(Settings), TABLE, strict=True)
    }
    found["replica"] = found["replica"] or socket.gethostname()
    made = Settings(**found)
    _check_sign_in(made)
    return made


def _value(row: Row, environment: Mapping[str, str], default: Any) -> Any:  # noqa: ANN401  # of any row
    text = _text(row.variable, environment)
    if text is None:
        return default
    match row.default:
        case bool():
            if text.lower() not in _YES | _NO:
                raise SettingError(f'{row.variable} is "{text}"; it may be 1 or 0.')
            return text.lower() in _YES
        case int():
            if not (text.isascii() and text.isdigit()) or int(text) < row.least:
                raise SettingError(
                    f'{row.variable} is "{text}"; it must be a whole number from {row.least} on.'
                )
            return int(text)
        case tuple():
            return tuple(part.strip().lower() for part in text.split(",") if part.strip())
    return text


def _text(variable: str, environment: Mapping[str, str]) -> str | None:
    """Return what is said for a variable, or stands in the file named for it; None where nothing is."""
    if variable in environment:
        return environment[variable].strip()
    file = environment.get(f"{variable}_FILE")
    if file is None:
        return None
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"{variable}_FILE names {file}, which cannot be read ({type(error).__name__})."
        ) from None


def _check_sign_in(made: Settings) -> None:
    """Refuse half a sign-in: a server that was meant to ask for one must not stand open."""
    needed = {
        "ORGMODEL_OIDC_METADATA_URL": made.oidc_metadata_url,
        "ORGMODEL_OIDC_CLIENT_ID": made.oidc_client_id,
        "ORGMODEL_OIDC_CLIENT_SECRET": made.oidc_client_secret,
        "ORGMODEL_OIDC_REDIRECT_URI": made.oidc_redirect_uri,
        "ORGMODEL_COOKIE_SECRET": made.cookie_secret,
    }
    missing = [variable for variable, value in needed.items() if not value]
    if len(missing) == len(needed):
        return
    if missing:
        raise SettingError(f"For sign-in {', '.join(missing)} must be set too; all of them, or none.")
    for variable in ("ORGMODEL_OIDC_METADATA_URL", "ORGMODEL_OIDC_REDIRECT_URI"):
        if urlsplit(needed[variable]).scheme not in {"http", "https"}:
            raise SettingError(
                f'{variable} is "{needed[variable]}"; it must begin with https:// (or http://).'
            )
    if not needed["ORGMODEL_OIDC_REDIRECT_URI"].endswith(_CALLBACK):
        raise SettingError(
            f'ORGMODEL_OIDC_REDIRECT_URI is "{made.oidc_redirect_uri}"; it must end in {_CALLBACK}.'
        )
    if len(made.cookie_secret) < _SHORTEST_SECRET:
        raise SettingError(f"ORGMODEL_COOKIE_SECRET has fewer than {_SHORTEST_SECRET} characters.")
