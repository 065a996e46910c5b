"""Whatever a fiche that validates holds, it can be laid out, compared, merged, exported and read back equal."""

import json
from copy import deepcopy
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as markup
from markdown_it import MarkdownIt

from components.changes import change_html, name_of
from layouts import renderer, rewriting, sharing
from models import guide
from models.checks import findings
from models.comparison import compare, taken_back
from models.content import FicheContent
from models.merge import merge
from models.reading import read, value_at
from tests.strategies import CONTENTS, versions

# The same fiches each time: a failure of the integration must be a failure of the change.
quick = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
few = settings(quick, max_examples=4)
NOWHERE = Path("nowhere")
PUBLISHED = renderer.Setting(public_url="https://site.example/fiches/essai", updated=date(2026, 5, 1))

SAID_IN_WORDS = frozenset({"start", "end", "commune", "card.commune", "card.kind"})


@quick
@given(CONTENTS)
def test_a_fiche_exported_as_json_is_read_back_equal(content: FicheContent):
    assert FicheContent.model_validate_json(content.model_dump_json()) == content
    assert FicheContent.model_validate(json.loads(json.dumps(content.model_dump(mode="json")))) == content


@quick
@given(CONTENTS)
def test_a_fiche_is_laid_out_and_what_is_written_in_it_stays_text(content: FicheContent):
    html = renderer.article(content, renderer.Setting(placeholder=True))
    assert html.lstrip().startswith("<article")
    assert "<script" not in html
    shown = _letters(renderer.plain_text(content))
    pieces = (content.title, content.accroche, content.constat.text, content.response.text, content.summary)
    for text in (*pieces, content.changes.people, *(quote.text for quote in content.voices.quotes)):
        assert _letters(text) in shown


@few
@given(CONTENTS)
def test_a_fiche_becomes_a_pdf(content: FicheContent):
    made = renderer.pdf(content, renderer.Setting(), media=NOWHERE)
    assert made.data.startswith(b"%PDF")
    assert made.pages >= 1


@quick
@given(CONTENTS)
def test_a_fiche_is_exported_to_be_pasted_elsewhere_and_what_is_written_in_it_stays_text(
    content: FicheContent,
):
    told = sharing.story(content, PUBLISHED)
    said = [told.title, told.lead, *told.summary, told.quote, told.by, told.centre, told.place]
    said += [text for figure in told.figures for text in (figure.value, figure.label)]
    block = sharing.html_block(content, PUBLISHED)
    written = MarkdownIt("commonmark").render(sharing.markdown(content, PUBLISHED))
    for shown in (
        _letters(_text_of(block)),
        _letters(_text_of(written)),
        _letters(sharing.plain(content, PUBLISHED)),
    ):
        assert [text for text in said if _letters(text) not in shown] == []
    for shown in (_text_of(block), _text_of(written)):  # those that show the picture
        assert _letters(told.credit) in _letters(shown)
    for made in (block, written, sharing.page(content, PUBLISHED)):
        assert _dangers(made) == []


@quick
@given(CONTENTS)
def test_a_fiche_becomes_a_document_to_rework_with_all_its_texts(content: FicheContent):
    made = docx.Document(BytesIO(rewriting.document(content, PUBLISHED, media=NOWHERE)))
    shown = _letters("".join(paragraph.text for paragraph in made.paragraphs))
    for text in (content.title, content.constat.text, content.response.text, content.changes.people):
        assert _letters(text) in shown
    for photo in content.photos:
        assert _letters(photo.caption) in shown


@quick
@given(CONTENTS)
def test_a_fiche_is_checked(content: FicheContent):
    for found in findings(content):
        assert found.message


@quick
@given(versions(2))
def test_two_versions_are_compared_and_the_differences_lead_from_one_to_the_other(pair: list[FicheContent]):
    before, after = pair
    assert compare(before, before) == []
    rebuilt = before
    for change in compare(before, after):
        rebuilt = taken_back(rebuilt, after, change.path)
    assert rebuilt == after


@quick
@given(versions(2))
def test_the_page_of_a_comparison_shows_each_difference_and_both_texts_can_be_read_in_it(
    pair: list[FicheContent],
):
    before, after = pair
    for change in compare(before, after):
        assert name_of(change.path)
        shown = markup.fragment_fromstring(change_html(change), create_parent="div")
        assert _dangers(markup.tostring(shown, encoding="unicode")) == []
        if (
            not change.pieces
            or change.path in SAID_IN_WORDS
            or shown.xpath("//*[contains(@class, 'muted') or @class='cut']")
        ):
            continue  # a list, only spaces, or a long text of which the middle is left out
        assert _letters(_read(shown, without="del")) == _letters(str(change.after))
        assert _letters(_read(shown, without="ins")) == _letters(str(change.before))


@quick
@given(versions(3))
def test_merging_keeps_what_each_side_changed(three: list[FicheContent]):
    base, mine, theirs = three
    assert merge(base, mine, base).content == mine
    assert merge(base, base, theirs).content == theirs
    assert merge(base, mine, mine).content == mine
    merged = merge(base, mine, theirs)
    for change in compare(base, mine):
        assert value_at(merged.content, change.path) == change.after or _kept(
            merged.content, change.path, merged.conflicts
        )
    for change in compare(base, theirs):
        if _touched(change.path, compare(base, mine)):
            continue
        assert value_at(merged.content, change.path) == change.after


@quick
@given(versions(3))
def test_what_both_changed_is_either_merged_or_offered(three: list[FicheContent]):
    base, mine, theirs = three
    merged = merge(base, mine, theirs)
    ours = {change.path: change for change in compare(base, mine)}
    for change in compare(base, theirs):
        if change.path not in ours or change.after == ours[change.path].after:
            continue
        offered = any(path == change.path or path.startswith(change.path + ".") for path in merged.conflicts)
        mixed = value_at(merged.content, change.path) != ours[change.path].after  # items merged one by one
        assert offered or mixed


@quick
@given(versions(2))
def test_a_fiche_written_in_the_editor_path_by_path_is_the_fiche(pair: list[FicheContent]):
    start, wanted = pair
    # The commune of the centre is not typed: it comes from the centre's own page.
    card = start.card.model_copy(update={"commune": wanted.card.commune})
    content, problems = start.model_copy(update={"card": card}), []
    for path, value in _values(wanted):
        content, wrong = read(content, path, value)
        problems += wrong
    assert problems == []
    assert content == wanted


@quick
@given(CONTENTS, st.sampled_from(sorted(path for step in guide.steps() for path in step.fields)), st.data())
def test_whatever_is_sent_for_a_field_the_rest_stays_as_it_was(
    content: FicheContent, path: str, data: st.DataObject
):
    raw = data.draw(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
            max_leaves=6,
        )
    )
    after, _ = read(content, path, raw)
    changed = {change.path for change in compare(content, after)}
    assert all(each.startswith(path) or path.startswith(each) for each in changed)


def _letters(text: str) -> str:
    """The letters and figures of a text, whatever typography does between them and to their case."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _text_of(html: str) -> str:
    return str(markup.fragment_fromstring(html, create_parent="div").text_content())


def _read(shown: Any, *, without: str) -> str:
    """A comparison as somebody sees it, without what is marked `ins` or `del`."""
    seen = deepcopy(shown)
    for each in seen.xpath(f".//{without} | .//*[@class='visually-hidden']"):
        each.drop_tree()
    return str(seen.text_content())


def _dangers(html: str) -> list[str]:
    """What no text of a fiche may ever bring into a page: a script, a handler, an address that is one."""
    tree = markup.document_fromstring(html)
    found = [each.tag for each in tree.iter("script", "style", "iframe", "object", "form", "base")]
    for each in tree.iter(markup.etree.Element):
        found += [name for name in each.attrib if name.startswith("on")]
        found += [
            each.attrib[name] for name in ("href", "src") if each.get(name, "").startswith("javascript:")
        ]
    return found


def _values(content: FicheContent) -> list[tuple[str, Any]]:
    """Every field of the guide that the form sends, with its JSON value."""
    data = content.model_dump(mode="json")
    return list(_leaves(data))


def _leaves(data: dict[str, Any], prefix: str = "") -> Any:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        elif key != "schema_version":
            yield prefix + key, value


def _touched(path: str, changes: list[Any]) -> bool:
    return any(change.path == path for change in changes)


def _kept(content: FicheContent, path: str, conflicts: dict[str, Any]) -> bool:
    """Whether a list was merged item by item: then it is neither side's, and it is a list."""
    return isinstance(value_at(content, path), list)
