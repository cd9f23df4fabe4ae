"""How sure a difference is: told on demand."""


def test_ties_are_named_with_what_turns_them(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement").choose_parent("CEO")
    (switch,) = [toggle for toggle in dashboard.app.toggle if toggle.key == "certainty"]
    switch.set_value(True).run()
    dashboard.check()
    assert "keep their direction whichever of" in dashboard.text
    assert "Incentive distortion: vanishes or turns round with: What each function is measured by" in (
        dashboard.text
    )


def test_nothing_to_compare(dashboard):
    dashboard.open_data("golden_with_service.csv").page("placement")
    assert not [toggle for toggle in dashboard.app.toggle if toggle.key == "certainty"]
