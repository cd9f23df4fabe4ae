"""What is stored, where, how long and who sees it, in a table; the cookie; what an operator should know."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import keeping
from components.browser_key import COOKIE
from components.text import plain

_ROWS: Final = (
    (
        "Draft",
        "What is open in this window, after every change: chart, changes, answers, assumptions, notes",
        "30 days after you touched it last",
        "You, in this browser",
    ),
    (
        "Saved scenario",
        "The same under a name, with all its versions",
        "Until you delete it, then 30 days in which it can be put back",
        "You, in this browser",
    ),
    (
        "Stored link",
        "A copy of what you chose for others; names, pay and notes only if you ticked them",
        "Until it expires or you revoke it: then its content is deleted",
        "Whoever has the link",
    ),
    (
        "Link that carries everything",
        "Nothing is stored: all of it is in the address",
        "For ever: it is in your mails and messages",
        "Whoever has the link",
    ),
    (
        "File you open",
        "Never the file itself: its rows as they were read, without what was left out while reading",
        "As long as the draft or scenario made of it",
        "You, in this browser",
    ),
)
_NEVER: Final = (
    (
        ":material/cloud_off:",
        "Nothing leaves",
        "No other machine is asked for anything, and none is told anything.",
    ),
    (
        ":material/visibility_off:",
        "Nobody watches",
        "No statistics, no account, no advertising, no tracking.",
    ),
    (":material/lock:", "Only yours", "What you keep is found again by this browser, and by no other."),
)


def show_promises() -> None:
    """Show in three cards what does not happen."""
    for column, (icon, title, text) in zip(st.columns(len(_NEVER)), _NEVER, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"{icon} **{title}**  \n{text}")


def show_what_where() -> None:
    """Show what is stored, how long, and who can see it."""
    what, holds, how_long, who = zip(*_ROWS, strict=True)
    st.table(
        {
            "": [f"**{name}**" for name in what],
            "What is in it": holds,
            "How long": how_long,
            "Who can see it": who,
        },
        border="horizontal",
        hide_index=True,
        alt="What is stored, how long, and who can see it",
    )


def show_cookie() -> None:
    """Say what the only cookie of this page is for."""
    st.markdown(
        f"**One cookie**, called `{COOKIE}`: a random number by which this browser finds its drafts "
        "again. It says nothing about you and goes to this server only. The server keeps no copy of it, only "
        "a fingerprint (SHA-256) to compare it with. Delete it in your browser, and nobody can find what was "
        "kept any more, you neither. (Streamlit, with which these pages are made, adds `_streamlit_xsrf`, "
        "which protects uploads and says nothing about you either.)"
    )


def show_place() -> None:
    """Say, for whoever runs this, where everything is."""
    found = keeping.store()
    with st.expander("For whoever runs this server", icon=":material/dns:"):
        if found is None:
            st.markdown(f"Nothing is stored now: {plain(keeping.why_nothing())}")
        elif found.kind == "SQLite":
            st.markdown("Everything is in one SQLite file, which only the account that runs this may read:")
            st.code(found.place, language=None, wrap_lines=True)
        else:
            st.markdown(f"Everything is in a {plain(found.kind)} database.")
        st.markdown(
            "`ORGMODEL_DATABASE_URL` says where, for example `sqlite:////srv/orgmodel/kept.sqlite3` or "
            "`postgresql://name:password@host/orgmodel`; without it, it is a file in the folder `.orgmodel` "
            "beside the program. Whoever can read the database can read what is in it: charts are not "
            "encrypted. A backup of the database is a backup of everything, also of what is deleted here "
            "later. Addresses of links may stand in the logs of proxies before this server, those that carry "
            "everything included."
        )
