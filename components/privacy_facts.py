"""What is stored, where, how long and who sees it, in a table; the cookie; what an operator should know."""

from __future__ import annotations

from typing import Final, NamedTuple

import streamlit as st

from components import keeping
from components.browser_key import COOKIE
from components.privacy_file import DRAFT_DAYS, MINUTES_AFTER_CLOSING
from components.text import plain
from hosting.settings import settings
from orgmodel.explanations import listed


class _Row(NamedTuple):
    """A row of the table."""

    what: str
    holds: str
    how_long: str
    who: str


_IN_ADDRESS: Final = _Row(
    "Link that carries everything",
    "Nothing is stored: all of it is in the address",
    "For ever: it is in your mails and messages",
    "Whoever has the link",
)
_OF_DEMO: Final = (
    _Row(
        "What is open",
        "Chart, changes, answers, assumptions, notes: in the memory of this server, never on its disk",
        f"Until you close the tab or load it anew, then {MINUTES_AFTER_CLOSING} minutes at most",
        "You, in this tab",
    ),
    _Row("File you open", "Its rows, in memory like all that is open", "As long", "You, in this tab"),
    _IN_ADDRESS,
)
_ACCOUNT: Final = _Row(
    "Account",
    "Your e-mail address, so that others can share with you, and a fingerprint of who you are",
    "A year after you signed in last, or until you delete everything",
    "Those you share with or who share with you",
)
_BROWSER_COOKIE: Final = (
    f"**One cookie**, called `{COOKIE}`: a random number by which this browser finds its drafts again. It "
    "says nothing about you and goes to this server only. The server keeps no copy of it, only a fingerprint "
    "(SHA-256) to compare it with. Delete it in your browser, and nobody can find what was kept any more, "
    "you neither."
)
_SIGN_IN_COOKIES: Final = (
    "**Cookies**: `_streamlit_user` says who signed in (what your provider tells: name, e-mail address and "
    "the like), signed by this server and kept by your browser for 30 days or until you sign out; "
    "`orgmodel_wanted` remembers for ten minutes which page you asked for before you signed in."
)
_NO_COOKIE: Final = "**No cookie of ours.**"
_XSRF_COOKIE: Final = (
    "(Streamlit, with which these pages are made, adds `_streamlit_xsrf`, which protects uploads and says "
    "nothing about you.)"
)


def _kept_rows(*, with_sign_in: bool) -> tuple[_Row, ...]:
    you = "You, signed in" if with_sign_in else "You, in this browser"
    shared = (
        "; whom you share it with: viewers see it, editors save versions too, only you share and delete it"
        if with_sign_in
        else ""
    )
    found = (
        _Row(
            "Draft",
            "What is open in this window, after every change: chart, changes, answers, assumptions, notes",
            f"{DRAFT_DAYS} days after you touched it last",
            you,
        ),
        _Row(
            "Saved scenario",
            "The same under a name, with all its versions",
            "Until you delete it, then 30 days in which it can be put back",
            f"{you}{shared}",
        ),
        _Row(
            "Stored link",
            "A copy of what you chose for others; names, pay and notes only if you ticked them",
            "Until it expires or you revoke it: then its content is deleted",
            "Whoever has the link" + (" and is signed in" if with_sign_in else ""),
        ),
        _IN_ADDRESS,
        _Row(
            "File you open",
            "Never the file itself: its rows as they were read, without what was left out while reading",
            "As long as the draft or scenario made of it",
            you,
        ),
    )
    return (_ACCOUNT, *found) if with_sign_in else found


def _promises() -> tuple[tuple[str, str, str], ...]:
    """Return what does not happen: an icon, a title and a sentence each."""
    known = settings()
    leaves = "No other machine is asked for anything, and none is told anything."
    watches = "No statistics about you, no account, no advertising, no tracking."
    yours = "What you keep is found again by this browser, and by no other."
    if known.sign_in is not None:
        leaves = "But for signing in, no other machine is asked for anything, and none is told anything."
        watches = (
            "No statistics about you, no advertising, no tracking. The account is the one you sign in with."
        )
        yours = "What you keep is found again when you sign in, and by those you share it with."
    if known.demo:
        yours = "What you open here is seen in this tab, and in no other. Nothing of it is kept."
    return (
        (":material/cloud_off:", "Nothing leaves", leaves),
        (":material/visibility_off:", "Nobody watches", watches),
        (":material/lock:", "Only yours", yours),
    )


def show_promises() -> None:
    """Show in three cards what does not happen."""
    promises = _promises()
    for column, (icon, title, text) in zip(st.columns(len(promises)), promises, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"{icon} **{title}**  \n{text}")


def show_what_where() -> None:
    """Show what is stored, how long, and who can see it."""
    known = settings()
    rows = _OF_DEMO if known.demo else _kept_rows(with_sign_in=known.sign_in is not None)
    what, holds, how_long, who = zip(*rows, strict=True)
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


def show_limits() -> None:
    """Show what one visitor may do at most here, if anything is limited."""
    known = settings()
    limits = (
        (known.upload_mb, f"Files of up to **{known.upload_mb:,} MB**"),
        (known.boxes, f"charts of up to **{known.boxes:,} boxes**"),
        (known.study_runs, f"studies of change orders of up to **{known.study_runs:,} runs**"),
        (known.kept_mb * (not known.demo), f"**{known.kept_mb:,} MB** kept for each visitor"),
        (known.links_per_hour * (not known.demo), f"**{known.links_per_hour:,} stored links** an hour"),
        (known.tabs, f"**{known.tabs:,} tabs** open at once"),
    )
    st.markdown(f"{listed([text for limit, text in limits if limit])}.")


def show_cookie() -> None:
    """Say what the cookies of this page are for."""
    known = settings()
    ours = _SIGN_IN_COOKIES if known.sign_in is not None else _NO_COOKIE if known.demo else _BROWSER_COOKIE
    st.markdown(f"{ours} {_XSRF_COOKIE}")


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
