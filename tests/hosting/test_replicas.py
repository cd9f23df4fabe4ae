"""Two replicas behind the proxy: who is where, what the death of one leaves, and what is written down."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from playwright.sync_api import expect

from orgmodel.scenarios import LONGEST_PACKED, scenario_from_json
from tests.browser.conftest import (  # noqa: F401  # fixtures
    DATA,
    Dashboard,
    browser_type_launch_args,
    opened_drawing,
    own_browser,
)
from tests.browser.test_keep_and_share import save, stored_link
from tests.hosting.replicas import ADDRESSES, CONFIGURATION, HEALTH, ROOT, running_replicas, why_not

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flaky(reruns=1),
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
]
KEPT = "Kept as a draft: a reload loses nothing."
_IS = "state => document.querySelector('[data-testid=stApp]').dataset.testConnectionState {} 'CONNECTED'"
_ANSWER = 30  # seconds


@pytest.fixture(scope="module")
def hosted():
    with running_replicas() as both:
        yield both


@pytest.fixture
def both(hosted):
    """Give the whole with both replicas alive, also after a test."""
    for replica in hosted.replicas:
        if not replica.is_alive:
            replica.start()
    return hosted


def replica_of(context, hosted):
    """Return the replica that a browser is at."""
    (number,) = [one["value"] for one in context.cookies() if one["name"] == "orgmodel_replica"]
    return hosted.replicas[int(number) - 1]


def new_visitors(hosted, many):
    """Return at which replicas new visitors come to be."""
    return [requests.get(hosted.address, timeout=_ANSWER).cookies["orgmodel_replica"] for _ in range(many)]


def answer(dashboard, question, word):
    choice = (
        dashboard.page.get_by_role("radiogroup").nth(question).get_by_role("radio", name=word, exact=True)
    )
    choice.click()
    expect(choice).to_be_checked()
    dashboard.rest()
    return choice


def kill_the_one_of(dashboard, hosted):
    """Kill the replica that a page is at, and wait until the page has another one; return the dead one."""
    replica = replica_of(dashboard.page.context, hosted)
    replica.kill()
    for sign in ("!=", "=="):
        dashboard.page.wait_for_function(_IS.format(sign))
    dashboard.rest()
    assert replica_of(dashboard.page.context, hosted) is not replica
    return replica


def test_new_visitors_are_shared_out_and_stay(both):
    assert sorted(new_visitors(both, 4)) == ["1", "1", "2", "2"]
    with requests.Session() as visitor:
        at = visitor.get(both.address, timeout=_ANSWER).cookies["orgmodel_replica"]
        for path in ("/", HEALTH, "/placement", "/_stcore/host-config"):
            again = visitor.get(both.address + path, timeout=_ANSWER)
            assert "orgmodel_replica" not in again.cookies  # is told once
        assert visitor.cookies["orgmodel_replica"] == at


@pytest.mark.parametrize("said", ["3", "replica-1:8501", "127.0.0.1:22", "1 1", "at-1"])
def test_what_is_written_into_the_cookie_leads_nowhere_else(both, said):
    found = requests.get(both.address, cookies={"orgmodel_replica": said}, timeout=_ANSWER)
    assert found.status_code == 200
    assert found.cookies["orgmodel_replica"] in {"1", "2"}


def test_a_browser_stays_where_it_is_and_work_outlives_the_replica(both, browser):
    with own_browser(browser) as context:
        dashboard = Dashboard(context.new_page(), both.address)
        at = replica_of(context, both)
        dashboard.upload(DATA / "golden_with_service.csv", "golden_with_service.csv")
        save(dashboard, "Before the death")
        dashboard.go("Goals")
        answer(dashboard, 0, "Yes")
        expect(dashboard.sidebar.get_by_text(KEPT)).to_be_visible()
        assert replica_of(context, both) is at

        dead = kill_the_one_of(dashboard, both)
        yes = dashboard.page.get_by_role("radiogroup").nth(0).get_by_role("radio", name="Yes", exact=True)
        expect(yes).to_be_checked()
        no = answer(dashboard, 1, "No")  # without loading the page anew
        expect(dashboard.sidebar).to_contain_text("2 questions answered")
        dashboard.page.reload()
        dashboard.rest()
        expect(yes).to_be_checked()
        expect(no).to_be_checked()
        dashboard.go("Scenarios")
        expect(dashboard.main.get_by_label("Name", exact=True)).to_have_value("Before the death")
        _name, content = dashboard.saved("Download the scenario")
        assert len(scenario_from_json(content).answers.replies) == 2

        dead.start()
        dashboard.go("Goals")
        answer(dashboard, 2, "Partly")
        dashboard.page.reload()
        dashboard.rest()
        assert replica_of(context, both) is not dead  # nobody is thrown off


def test_what_was_done_in_the_last_second_is_there(both, browser):
    with own_browser(browser) as context:
        dashboard = Dashboard(context.new_page(), both.address)
        dashboard.go("Goals")
        groups = dashboard.page.get_by_role("radiogroup")
        for question in range(4):
            answer(dashboard, question, "Yes")
        kill_the_one_of(dashboard, both)
        expect(dashboard.sidebar).to_contain_text("4 questions answered")
        for question in range(4):
            expect(groups.nth(question).get_by_role("radio", name="Yes", exact=True)).to_be_checked()


def test_a_drawing_is_gone_on_with(both, browser):
    with own_browser(browser) as context:
        canvas = opened_drawing(context, both.address, DATA / "golden_with_service.csv")
        canvas.drag("IT", "Fin")
        expect(canvas.dashboard.sidebar.get_by_text(KEPT)).to_be_visible()
        kill_the_one_of(canvas.dashboard, both)
        assert canvas.boss("IT") == "Fin"
        canvas.drag("HR", "Fin")  # without loading the page anew
        canvas.settle()
        assert canvas.boss("HR") == "Fin"
        expect(canvas.dashboard.sidebar.get_by_text(KEPT)).to_be_visible()
        canvas.page.reload()
        canvas.dashboard.rest()
        canvas.settle()
        assert (canvas.boss("IT"), canvas.boss("HR")) == ("Fin", "Fin")


def test_a_link_made_at_one_replica_opens_at_the_other(both, browser):
    with own_browser(browser) as maker, own_browser(browser) as reader:
        made = Dashboard(maker.new_page(), both.address)
        link = stored_link(made)
        other = next(replica for replica in both.replicas if replica is not replica_of(maker, both))
        number = str(both.replicas.index(other) + 1)
        reader.add_cookies([{"name": "orgmodel_replica", "value": number, "url": both.address}])
        opened = Dashboard(reader.new_page(), link)
        expect(opened.main).to_contain_text("To be read only")
        assert replica_of(reader, both) is other
        kill_the_one_of(opened, both)
        opened.page.reload()
        expect(opened.main).to_contain_text("To be read only")


def test_new_visitors_have_an_answer_while_a_replica_is_away_and_find_it_again(both):
    both.replicas[0].kill()
    assert set(new_visitors(both, 8)) == {"2"}
    with requests.Session() as visitor:  # who was there, too
        visitor.cookies["orgmodel_replica"] = "1"
        assert visitor.get(both.address, timeout=_ANSWER).cookies["orgmodel_replica"] == "2"
    both.replicas[0].start()
    assert set(new_visitors(both, 8)) == {"1", "2"}


def test_many_at_once_while_it_dies(both):
    def ask(_number):
        return requests.get(both.address + HEALTH, timeout=_ANSWER).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(ask, number) for number in range(200)]
        both.replicas[1].kill()
        assert {each.result() for each in answers} == {200}


def test_a_proxy_whose_second_replica_is_not_started_yet():
    with running_replicas(started=1) as one:
        assert set(new_visitors(one, 6)) == {"1"}
        one.replicas[0].kill()
        away = requests.get(one.address, timeout=_ANSWER)
        assert away.status_code == 503
        assert "your work is kept" in away.text


def test_the_browser_is_told_as_it_came(both):
    plain, encrypted = (
        requests.get(both.address, headers={"X-Forwarded-Proto": said}, timeout=_ANSWER).headers
        for said in ("gopher", "https")
    )
    assert re.search(r"orgmodel_replica=\d; Path=/; HttpOnly; SameSite=Lax", plain["Set-Cookie"])
    assert "Strict-Transport-Security" not in plain
    assert re.search(
        r"orgmodel_replica=\d; Path=/; HttpOnly; SameSite=None; Secure;", encrypted["Set-Cookie"]
    )
    assert "Strict-Transport-Security" in encrypted


def test_what_is_too_large_is_refused_and_what_is_long_is_not(both):
    address = f"{both.address}/_stcore/upload_file/a/b"
    too_large = requests.put(address, headers={"Content-Length": str(202 << 20)}, timeout=_ANSWER)
    assert too_large.status_code == 413
    cookies = {f"signed_in_{part}": "x" * 4_000 for part in range(8)}
    long_link = f"{both.address}/shared?s={'x' * LONGEST_PACKED}"
    assert requests.get(long_link, cookies=cookies, timeout=_ANSWER).status_code == 200


def test_the_log_names_nobody_and_no_secret(both):
    session = requests.Session()
    session.get(
        f"{both.address}/shared?link=a-secret-token", headers={"Referer": "http://x/?s=secret"}, timeout=9
    )
    session.get(f"{both.address}/_stcore/upload_file/a-secret-session/a-file", timeout=9)
    session.get(f"{both.address}/media/a-secret-file.csv", timeout=9)
    log = both.log()
    assert " GET /shared 200 " in log
    assert " GET /_stcore/upload_file " in log
    assert "secret" not in log
    ports = "|".join(str(replica.port) for replica in both.replicas)
    line = rf"[\dT:+-]+ [A-Z]+ \S* \d+ \d+ [\d.]+ (-|(127\.0\.0\.1:({ports})(, )?)+)"
    assert [each for each in log.splitlines() if not re.fullmatch(line, each)] == []


def test_addresses_are_those_of_the_containers():
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for name, address in ADDRESSES.items():
        assert f"{name}:{address}" in compose
        assert address.replace(".", r"\.") in CONFIGURATION.read_text(encoding="utf-8")
