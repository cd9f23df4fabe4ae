"""All versions of a saved scenario: what was different in each, and the ways to go back to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from components import keeping
from components.scenario_open import is_done, note_seen
from components.scenario_roles import may_save, who
from components.scenario_when import ago
from components.text import plain
from orgmodel.differences import differences
from orgmodel.errors import OrgModelError
from orgmodel.scenarios import Scenario
from orgmodel.scenarios.wording import (
    answers_in_words,
    assumptions_in_words,
    chart_in_words,
    unit_in_words,
)
from orgmodel.store import Kept, Version

_AT_FIRST: Final = 5
_UNREADABLE: Final = "What is different cannot be told: "


def show_history(kept: Kept) -> None:
    """Show the versions, the newest first, each with what differs from the one before."""
    versions = keeping.attempt(lambda store: store.versions(keeping.owner(), kept.id)) or ()
    newest_first = sorted(versions, key=lambda version: -version.number)
    everything = len(newest_first) <= _AT_FIRST or st.toggle(
        f"All {len(newest_first)} versions", key=f"all-versions-{kept.id}"
    )
    shown = newest_first if everything else newest_first[:_AT_FIRST]
    with st.container(gap="medium"):
        several = kept.role != "owner" or len({version.saved_by for version in versions}) > 1
        for version, before in zip(shown, [*newest_first[1:], None], strict=False):
            _show_version(
                kept, version, before, by=f"by {who(version.saved_by) or 'somebody'}" if several else ""
            )


def _show_version(kept: Kept, version: Version, before: Version | None, *, by: str) -> None:
    words, buttons = st.columns([1.9, 1], vertical_alignment="top")
    with words, st.container(gap=None):
        parts = [f"**Version {version.number}**", *filter(None, (by,)), ago(version.saved_at)]
        parts += [plain(text) for text in (version.name, version.note) if text not in {"", kept.name}]
        st.markdown(" · ".join(parts))
        told = ("The first one.",) if before is None else _told(kept, before, version)
        st.caption("\n".join(f"- {plain(sentence)}" for sentence in told))
    with buttons, st.container(horizontal=True, gap="small"):
        key = f"{kept.id}-{version.number}"
        st.button(
            "Open",
            type="tertiary",
            icon=":material/folder_open:",
            on_click=_open,
            args=(kept, version),
            key=f"open-{key}",
        )
        if version.number < kept.versions and may_save(kept):
            st.button(
                "Restore",
                type="tertiary",
                icon=":material/history:",
                on_click=_restore,
                args=(kept, version),
                key=f"restore-{key}",
                help="Makes it the newest version again; those in between stay.",
            )


def _told(kept: Kept, before: Version, after: Version) -> Sequence[str]:
    """Return what is different in a version, which stays so for ever."""
    known = st.session_state.setdefault("_versions_told", {})
    key = (kept.id, before.number, after.number)
    if key not in known:
        try:
            one, other = _scenario(kept, before), _scenario(kept, after)
        except OrgModelError as error:
            return (f"{_UNREADABLE}{error}",)
        known[key] = said_between(one, other, str(after.summary.get("under", "")))
    return known[key]


def _scenario(kept: Kept, version: Version) -> Scenario:
    store = keeping.store()
    if store is None:
        raise OrgModelError(keeping.why_nothing())
    return keeping.scenario_of(store.content(keeping.owner(), kept.id, version.number))


def said_between(before: Scenario, after: Scenario, under: str = "") -> tuple[str, ...]:
    """Return in sentences what is different in a later state of a scenario.

    ``under`` says where customer service is in the later one.
    """
    charts = before.organization, after.organization
    found = [
        *chart_in_words(*charts, differences(*charts)),
        *unit_in_words(before, after),
        *answers_in_words(before.answers, after.answers),
        *assumptions_in_words(before.assumptions, after.assumptions),
    ]
    if before.placement != after.placement:
        found.append(
            "Placement: customer service stays where it is."
            if after.placement is None
            else f"Placement: customer service goes to {under or 'another place'}."
        )
    found += [
        f"{what} changed."
        for what, one, other in (
            ("Name", before.name, after.name),
            ("Notes", before.notes, after.notes),
            ("Placements to compare", before.added, after.added),
            ("Choices on pages", *_chosen_in_both(before, after)),
        )
        if one != other
    ]
    return tuple(found) or ("Nothing is different.",)


def _chosen_in_both(*scenarios: Scenario) -> list[dict[str, Any]]:
    """Return the choices on pages of each that all have: a page that was only visited is no change."""
    choices = [scenario.settings.get("choices") for scenario in scenarios]
    named = [found if isinstance(found, Mapping) else {} for found in choices]
    shared = set.intersection(*(set(found) for found in named))
    return [{key: found[key] for key in shared} for found in named]


def _open(kept: Kept, version: Version) -> None:
    content = keeping.attempt(lambda store: store.content(keeping.owner(), kept.id, version.number))
    if content is not None and is_done(
        lambda _store: keeping.open_content(content, scenario_id=kept.id, number=version.number)
    ):
        note_seen(kept.id, kept.versions)
        st.session_state.scenario_said = (
            f"Version {version.number} of **{plain(kept.name)}** is open now. What was open before is kept "
            "among the older drafts."
        )


def _restore(kept: Kept, version: Version) -> None:
    # The same click twice, before the page is drawn anew, restores it once.
    save_id = f"restore-{kept.id}-{version.number}-{kept.versions}"
    made = keeping.attempt(lambda store: store.restore(keeping.owner(), kept.id, version.number, save_id))
    if made is None:
        return
    said = f"Version {made.number} of **{plain(kept.name)}** is as version {version.number} was."
    here = keeping.saved_as()
    is_open = here is not None and here[0] == kept.id
    if is_open:
        note_seen(kept.id, made.number)
    if is_open and not keeping.changed_since_saved():  # who restores what is open wants to see it
        content = keeping.attempt(lambda store: store.content(keeping.owner(), kept.id, made.number))
        if content is not None:
            keeping.open_content(content, scenario_id=kept.id, number=made.number)
            st.session_state.scenario_said = f"{said} It is open now."
            return
    st.session_state.scenario_said = f"{said} Open it to work on it."
