"""Paragraphs and lists on slides: as large as fits, and on a further slide where nothing more fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.oxml.text import CT_TextParagraphProperties
from pptx.text.text import TextFrame
from pptx.util import Pt

from orgmodel.reports.content import Paragraph, Points
from orgmodel.reports.pptx import measuring
from orgmodel.reports.pptx.master import BODY, BODY_SIZES, INDENT, INK, PRIMARY, QUIET
from orgmodel.reports.pptx.slides import Deck, on_one_line, rgb

#: Most lines one paragraph or point takes; the rest of it stands in the notes.
MOST_LINES: Final = 8

_NOTE_SIZE: Final = 14
_GAP: Final = 0.4  # above a paragraph, in sizes of its text
_PACKED_AT: Final = 18


class _Item(NamedTuple):
    """One paragraph of a slide; ``number`` is 0 for no number, and -1 for no sign at all."""

    text: str
    kind: str
    number: int = -1
    block: int = 0

    def size(self, size: float) -> float:
        return _NOTE_SIZE if self.kind == "note" else size

    @property
    def room(self) -> float:
        return BODY.width - (INDENT * (1.5 if self.number > 0 else 1.0) if self.number >= 0 else 0.0)

    def height(self, size: float) -> float:
        size = self.size(size)
        gap = _GAP * (2 if self.kind == "title" else 1)
        return measuring.height(self.text, self.room, size, bold=self.kind == "title") + gap * size


def add_texts(deck: Deck, heading: str, blocks: Sequence[Paragraph | Points]) -> None:
    """Add the slides of paragraphs and lists that follow each other.

    A headline becomes the title of its slide, and the title of a list does where nothing else stands there.
    """
    title = heading
    items: list[_Item] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.kind == "headline" and not items and title == heading:
            title = on_one_line(block.text)
        else:
            items += _items(block, number)
    if title != heading and not items:
        deck.add(title, heading)
        return
    pages = list(_pages(items))
    closing = ""
    if len(pages) > 1 and all(item.kind == "note" for item in pages[-1][0]):
        closing = "\n".join(item.text for item in pages.pop()[0])  # no slide for small print alone
    for page, (found, several) in enumerate(pages):
        shown = found
        first = heading if page else title
        blocks_here = {item.block for item in shown}
        if shown[0].kind == "title" and len(blocks_here) == 1 and first == heading:
            first, shown = shown[0].text, shown[1:]
        elif page and several and first == heading:
            first = f"{heading} (continued)"
        size = next((size for size in BODY_SIZES if _height(shown, size) <= BODY.height), BODY_SIZES[-1])
        cut = [_cut(item, size) for item in shown]
        notes = [item.text for item, short in zip(shown, cut, strict=True) if short.text != item.text]
        slide = deck.add(first, heading, notes="\n".join([*notes, closing]).strip(), text=True)
        _write(slide.placeholders[1].text_frame, cut, size)


def _items(block: Paragraph | Points, number: int) -> Iterator[_Item]:
    if isinstance(block, Paragraph):
        kind = "title" if block.kind == "headline" else block.kind
        yield _Item(on_one_line(block.text), kind, block=number)
        return
    if block.title:
        yield _Item(on_one_line(block.title), "title", block=number)
    for at, text in enumerate(block.texts, 1):
        yield _Item(on_one_line(text), "said", at if block.numbered else 0, number)


def _cut(item: _Item, size: float) -> _Item:
    short = measuring.cut(item.text, item.room, item.size(size), most=MOST_LINES, bold=item.kind == "title")
    return item._replace(text=short)


def _height(items: Sequence[_Item], size: float) -> float:
    return sum(_cut(item, size).height(size) for item in items)


def _pages(items: list[_Item]) -> Iterator[tuple[list[_Item], bool]]:
    """Return the items a slide each, and whether a slide goes on with what the one before began.

    A list stays together where it fits on a slide of its own, and the title of a list is never left alone.
    """
    page: list[_Item] = []
    blocks = [
        [item for item in items if item.block == at] for at in dict.fromkeys(item.block for item in items)
    ]
    for block in blocks:
        size = BODY_SIZES[-1] if block[0].kind == "note" else _PACKED_AT
        if page and _height([*page, *block], size) > BODY.height:
            yield page, False
            page = []
        for at, item in enumerate(block):
            if page and _height([*page, item], BODY_SIZES[-1]) > BODY.height:
                yield page, at > 0
                page = []
            page.append(item)
    if page:
        yield page, False


def _write(frame: TextFrame, items: Sequence[_Item], size: float) -> None:
    for at, item in enumerate(items):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = item.text
        run.font.size = Pt(item.size(size))
        gap = _GAP * (2 if item.kind == "title" else 1) * item.size(size)
        paragraph.space_before = Pt(gap if at else 0)
        if item.number >= 0:
            paragraph.level = 1
        if item.number > 0:
            _numbered(paragraph._p.get_or_add_pPr(), item.number)  # noqa: SLF001  # the library has no lists
        run.font.bold = item.kind == "title" or None
        colour = {"title": PRIMARY, "note": QUIET}.get(item.kind, INK)
        run.font.color.rgb = rgb(colour)


def _numbered(properties: CT_TextParagraphProperties, number: int) -> None:
    """Let a paragraph begin with its number, which an office program counts on itself."""
    hanging = int(Pt(1.5 * INDENT))
    properties.set("marL", str(hanging))
    properties.set("indent", str(-hanging))
    numbers = f'<a:buAutoNum {nsdecls("a")} type="arabicPeriod" startAt="{number}"/>'
    properties.append(parse_xml(numbers))
