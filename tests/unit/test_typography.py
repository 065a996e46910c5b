"""French typography: what a printer would do to a text typed on a keyboard."""

import re

import pytest

from layouts import typography

NB, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Vraiment ?", f"Vraiment{THIN}?"),
        ("Vraiment?", f"Vraiment{THIN}?"),
        ("Oui ! Non; peut-être", f"Oui{THIN}! Non{THIN}; peut-être"),
        ("Quoi ?!", f"Quoi{THIN}?!"),
        ("Deux choses : parler, agir", f"Deux choses{NB}: parler, agir"),
        ("Deux choses: parler", f"Deux choses{NB}: parler"),
        ("à 14:30", "à 14:30"),
        ("à 18h30", f"à 18{NB}h{NB}30"),
        ("de 10 h à 13 h.", f"de 10{NB}h à 13{NB}h."),
        ("« Bonjour »", f"«{NB}Bonjour{NB}»"),
        ("«Bonjour»", f"«{NB}Bonjour{NB}»"),
        ('Elle dit "bonjour" à tous.', f"Elle dit «{NB}bonjour{NB}» à tous."),
        ("l'école d'à côté", "l’école d’à côté"),
        ("3 830 490 €", f"3{THIN}830{THIN}490{NB}€"),
        ("50€", f"50{NB}€"),
        ("92 % des voisins", f"92{NB}% des voisins"),
        ("12 ans", f"12{NB}ans"),
        ("en 2024 150 personnes", "en 2024 150 personnes"),
        ("01 53 09 96 05", "01 53 09 96 05"),
        ("M. Martin et Mme Diallo", f"M.{NB}Martin et Mme{NB}Diallo"),
        ("le 12 mars 2024", f"le 12{NB}mars 2024"),
        ("kit pédagogique...", "kit pédagogique…"),
        ("un pas - deux pas", f"un pas{NB}– deux pas"),
        ("rendez-vous", "rendez-vous"),
        ("", ""),
    ],
)
def test_spaces_and_signs(typed: str, printed: str) -> None:
    assert typography.french(typed) == printed


def test_typesetting_twice_changes_nothing() -> None:
    once = typography.french('Vous dites : « c\'est possible ! » à 18h30, pour 1 200 €… "vraiment ?"')
    assert typography.french(once) == once


def test_addresses_are_left_alone() -> None:
    text = "Voyez https://exemple.fr/a?b=1;c=2! ou ecrire@l-exemple.fr."
    assert "https://exemple.fr/a?b=1;c=2" in typography.french(text)
    assert "ecrire@l-exemple.fr" in typography.french(text)


def test_bold_links_and_line_breaks() -> None:
    html = str(typography.inline("**Deux** lignes\nici : https://exemple.fr/x.", hyphens=False))
    assert html == (
        f'<strong>Deux</strong> lignes<br>ici{NB}: <a href="https://exemple.fr/x">https://exemple.fr/x</a>.'
    )


def test_blank_lines_make_paragraphs() -> None:
    assert str(typography.paragraphs("Un.\n\n \nDeux.")) == "<p>Un.</p><p>Deux.</p>"
    assert str(typography.paragraphs("  \n ")) == ""


def test_hostile_text_is_escaped_in_bold_and_links_too() -> None:
    html = str(typography.paragraphs('<script>x</script> **<b onclick=x>** https://a.fr/"><img>'))
    assert re.findall(r"<(\w+)", html) == ["p", "strong", "a"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " ", "mot"]
)
def test_only_web_and_mail_addresses_become_links(address: str) -> None:
    assert typography.href(address) == ""


def test_bare_web_and_mail_addresses_get_their_scheme() -> None:
    assert typography.href("www.exemple.fr") == "https://www.exemple.fr"
    assert typography.href("a@exemple.fr") == "mailto:a@exemple.fr"


def test_long_words_get_soft_hyphens_and_short_ones_none() -> None:
    assert "\u00ad" in typography.hyphenated("accompagnement")
    assert typography.hyphenated("maison") == "maison"
    for part in typography.hyphenated("développement").split("\u00ad")[:1]:
        assert len(part) >= 4


def test_a_token_without_end_can_break() -> None:
    assert max(map(len, typography.breakable("x" * 400).split("\u200b"))) <= 20
    assert typography.breakable("x" * 400).replace("\u200b", "") == "x" * 400


def test_a_title_leaves_no_word_alone() -> None:
    assert typography.title("Des voisins avancent l'argent des coups durs").endswith(f"coups{NB}durs")


def test_a_text_that_was_just_typeset_is_known():
    text = "Un matin, une habitante a rallumé le feu du four. "
    for typeset in (typography.french, typography.inline, typography.title, typography.breakable):
        assert typeset(text * 3) is typeset(text * 3)
    assert typography.inline(text, hyphens=False) != typography.inline(text)


def test_very_long_texts_are_not_kept_in_memory():
    text = "Un matin, une habitante a rallumé le feu du four. " * 100
    assert typography.inline(text) is not typography.inline(text)
    assert typography.inline(text) == typography.inline(text)
