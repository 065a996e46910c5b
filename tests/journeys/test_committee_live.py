"""Members of the committee see each other's work at once, and the centre gets its answer."""

import re

from playwright.sync_api import expect


def test_a_vote_shows_at_once_on_another_member_s_table(demo_server, visit):
    watching = visit(demo_server, "comite-2", "/comite")
    expect(watching.get_by_role("heading", name=re.compile("À lire"))).to_be_visible()
    voting = visit(demo_server, "comite-1", "/comite")
    # The two screens start from the same table: the first fiche that comite-1 has not voted on.
    card = voting.locator(".review-column").first.locator(".review-card").first
    title = card.locator("h3").inner_text()
    seen = watching.locator(".review-card", has_text=title)
    before = seen.inner_text()
    card.get_by_role("link").click()
    voting.get_by_label(re.compile(r"^Publier\s:")).check()
    voting.get_by_role("button", name="Voter", exact=True).click()
    expect(voting.get_by_role("button", name="Changer mon vote")).to_be_visible()
    expect(seen).not_to_have_text(before, timeout=3000)


def test_a_ballot_other_than_publier_asks_for_a_reason_and_keeps_what_was_chosen(demo_server, visit):
    page = visit(demo_server, "comite-2", "/comite")
    page.locator(".review-column").first.locator(".review-card a").first.click()
    page.get_by_role("button", name="Voter", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Choisissez d’abord un avis")).to_be_visible()
    page.get_by_label(re.compile("^Réorienter")).check()
    page.get_by_role("button", name="Voter", exact=True).click()
    expect(page.get_by_text("Dites pourquoi, en une phrase")).to_be_visible()
    expect(page.get_by_label(re.compile("^Réorienter"))).to_be_checked()


def test_a_remark_is_tied_to_a_step_and_seen_by_the_others(demo_server, visit):
    one = visit(demo_server, "comite-1", "/comite")
    one.locator(".review-card a").first.click()
    expect(one).to_have_url(re.compile(r"/comite/\d+"))
    two = visit(demo_server, "comite-2", one.url.removeprefix(demo_server.url))
    form = one.locator("details", has_text="Ajouter une remarque").first
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    one.get_by_label("Étape concernée").select_option(label="5. Ce que ça a changé")
    one.get_by_label("Votre remarque").fill("Comment le savez-vous ? <b>Un chiffre</b> suffirait.")
    one.get_by_role("button", name="Ajouter la remarque").click()
    expect(two.get_by_text("Comment le savez-vous ? <b>Un chiffre</b> suffirait.")).to_be_visible()


def test_a_contributor_is_kindly_kept_out(demo_server, visit):
    page = visit(demo_server, "centre", "/comite")
    expect(page.get_by_role("heading", name="Cette page ne vous est pas ouverte")).to_be_visible()


def test_nobody_comes_in_without_logging_in_and_one_lands_where_one_wanted(demo_server, visit):
    page = visit(demo_server, None, "/comite")
    expect(page).to_have_url(re.compile("/connexion"))
    page.get_by_role("button", name=re.compile("Une membre du comité")).click()
    expect(page).to_have_url(re.compile("/comite$"))
