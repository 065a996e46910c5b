"""The editor opens on an old telephone at the end of a slow line: what it costs has a limit."""

from benchmarks.weight import LIMIT, weigh


def test_the_editor_stays_under_its_weight_on_a_first_visit(demo_server, visit):
    page = visit(demo_server, "centre", "/aide")
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: message.type in ("error", "warning") and problems.append(message.text))
    weight = weigh(page, f"{demo_server.url}/ecrire/nouvelle")
    parts = sorted(weight.by_path.items(), key=lambda part: -part[1])
    assert any("vue" in path for path, _ in parts), "nothing was counted"
    assert weight.total <= LIMIT, parts[:12]
    assert not problems
