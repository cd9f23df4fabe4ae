"""Settings: one table, read from the environment; what cannot be understood is named."""

from dataclasses import fields

import pytest

from hosting.settings import TABLE, SettingError, Settings, read_settings

SIGN_IN = {
    "ORGMODEL_OIDC_METADATA_URL": "https://login.example.org/.well-known/openid-configuration",
    "ORGMODEL_OIDC_CLIENT_ID": "orgmodel",
    "ORGMODEL_OIDC_CLIENT_SECRET": "secret",
    "ORGMODEL_OIDC_REDIRECT_URI": "https://org.example.org/oauth2callback",
    "ORGMODEL_COOKIE_SECRET": "x" * 32,
}


def test_nothing_said_is_one_s_own_machine():
    found = read_settings({})
    assert not found.demo
    assert found.sign_in is None
    assert found.replica  # the host's name
    for row, each in zip(TABLE, fields(Settings), strict=True):
        if each.name != "replica":
            assert getattr(found, each.name) == row.default, each.name


def test_a_demo_has_its_own_defaults_and_keeps_what_is_said():
    found = read_settings({"ORGMODEL_DEMO": "1"})
    for row, each in zip(TABLE, fields(Settings), strict=True):
        if each.name not in {"demo", "replica"}:
            assert getattr(found, each.name) == row.demo_default, each.name
    assert read_settings({"ORGMODEL_DEMO": "1", "ORGMODEL_UPLOAD_MB": "5"}).upload_mb == 5


@pytest.mark.parametrize("row", TABLE, ids=[row.variable for row in TABLE])
def test_every_setting_may_stand_in_a_file(row, tmp_path):
    said = {bool: "1", int: "7", tuple: "A@x.org, b@x.org,", str: "text"}[type(row.default)]
    if row.variable.startswith(("ORGMODEL_OIDC", "ORGMODEL_COOKIE")) and row.variable in SIGN_IN:
        said = SIGN_IN[row.variable]
    rest = SIGN_IN if row.variable in SIGN_IN else {}
    file = tmp_path / "said"
    file.write_text(said + "\n")
    rest = {name: value for name, value in rest.items() if name != row.variable}
    assert read_settings(rest | {f"{row.variable}_FILE": str(file)}) == read_settings(
        rest | {row.variable: said}
    )
    with pytest.raises(SettingError, match=f"{row.variable}_FILE"):
        read_settings(rest | {f"{row.variable}_FILE": str(tmp_path / "nowhere")})


@pytest.mark.parametrize("row", [row for row in TABLE if type(row.default) in {int, bool}])
def test_what_is_no_such_value_is_named(row):
    for text in ("many", "-1", "1.5", "\u0665", "1e3"):
        with pytest.raises(SettingError, match=row.variable):
            read_settings({row.variable: text})


@pytest.mark.parametrize("row", [row for row in TABLE if type(row.default) is int])
def test_a_number_begins_where_its_row_says(row):
    assert read_settings({row.variable: str(row.least)})
    if row.least:
        with pytest.raises(SettingError, match=f"{row.variable}.*from {row.least}"):
            read_settings({row.variable: str(row.least - 1)})


def test_addresses_of_operators_are_compared_in_small_letters():
    assert read_settings({"ORGMODEL_OPERATORS": " Anna@Example.org ,b@x.org"}).operators == (
        "anna@example.org",
        "b@x.org",
    )


@pytest.mark.parametrize("missing", SIGN_IN)
def test_half_a_sign_in_is_none_at_all(missing):
    """A server that was meant to ask who is there must not stand open because of a slip."""
    said = {name: value for name, value in SIGN_IN.items() if name != missing}
    with pytest.raises(SettingError, match=missing):
        read_settings(said)
    with pytest.raises(SettingError, match="must be set too"):
        read_settings({missing: SIGN_IN[missing]})


def test_the_provider_s_settings_are_checked():
    assert read_settings(SIGN_IN).sign_in.origin == "https://org.example.org"
    for variable, value, said in (
        ("ORGMODEL_OIDC_REDIRECT_URI", "https://org.example.org/", "must end in /oauth2callback"),
        ("ORGMODEL_OIDC_METADATA_URL", "login.example.org", "begin with https://"),
        ("ORGMODEL_COOKIE_SECRET", "x" * 31, "fewer than 32"),
    ):
        with pytest.raises(SettingError, match=said):
            read_settings(SIGN_IN | {variable: value})


def test_no_message_repeats_a_secret():
    secret = "geheim" * 4
    for said in (
        SIGN_IN | {"ORGMODEL_COOKIE_SECRET": secret},
        {"ORGMODEL_OIDC_CLIENT_SECRET": secret},
        {"ORGMODEL_COOKIE_SECRET": secret},
    ):
        with pytest.raises(SettingError) as caught:
            read_settings(said)
        assert secret not in str(caught.value)
