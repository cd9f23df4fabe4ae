"""The slides of a report: title, footer, number, notes, and shapes that say what they show."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from datetime import date
from typing import Final

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide, SlideLayout
from pptx.text.text import TextFrame
from pptx.util import Pt

from orgmodel.reports.pptx import measuring
from orgmodel.reports.pptx.master import (
    BODY,
    COVER_LAYOUT,
    COVER_SUBTITLE,
    COVER_TITLE,
    FOOTER,
    INK,
    KICKER,
    KICKER_INDEX,
    QUIET,
    SMALL,
    TEXT_LAYOUT,
    TITLE,
    TITLE_LAYOUT,
    TITLE_SIZES,
    Area,
    new_slides,
)

#: Longest text in the notes of a slide, and in what is read aloud of a picture.
LONGEST_NOTES: Final = 40_000
LONGEST_ALT: Final = 1_000

# What XML cannot hold, and what turns the text around it about.
_NOT_WRITTEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)


def plain(text: str) -> str:
    r"""Return a text as a file of XML can hold it: what it cannot hold becomes a sign for that.

    >>> plain("a\x00b\r\n\tc")
    'a�b\n c'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _NOT_WRITTEN.sub("\ufffd", text)


def on_one_line(text: str) -> str:
    """Return a text as a file can hold it, without line breaks."""
    return " ".join(plain(text).split())


class Deck:
    """Slides under way."""

    def __init__(self, title: str, subtitle: str, made: date) -> None:
        """Begin with the slide that says what this is about."""
        title, subtitle = on_one_line(title) or "Report", plain(subtitle)
        self._presentation = new_slides(title, made)
        self._footer = measuring.cut(f"{title} · {made.day} {made:%B %Y}", FOOTER.width, SMALL)
        cover = self._slide(COVER_LAYOUT)
        size = 36 if measuring.height(title, COVER_TITLE.width, 36, bold=True) <= COVER_TITLE.height else 24
        shown = measuring.cut(
            title, COVER_TITLE.width, size, most=int(COVER_TITLE.height / size / 1.2), bold=True
        )
        write(cover.shapes.title.text_frame, shown, size, bold=True, colour="")
        below = measuring.cut(subtitle, COVER_SUBTITLE.width, 20, most=4)
        write(cover.placeholders[1].text_frame, f"{below}\n{made.day} {made:%B %Y}", 20)
        self._say(cover, title if shown != title else "", subtitle if below != subtitle else "")

    def add(self, title: str, kicker: str = "", *, notes: str = "", text: bool = False) -> Slide:
        """Add a slide; what does not fit into its title stands in its notes."""
        slide = self._slide(TEXT_LAYOUT if text else TITLE_LAYOUT)
        title, kicker = on_one_line(title) or on_one_line(kicker) or "…", on_one_line(kicker)
        fitting = (
            size
            for size in TITLE_SIZES
            if measuring.height(title, TITLE.width, size, bold=True) <= TITLE.height
        )
        size = next(fitting, TITLE_SIZES[-1])
        shown = measuring.cut(title, TITLE.width, size, most=2, bold=True)
        write(slide.shapes.title.text_frame, shown, size, bold=True, colour="")
        above = slide.placeholders[KICKER_INDEX]
        if kicker and kicker != title:
            write(above.text_frame, measuring.cut(kicker, KICKER.width, 13), 13, colour="")
        else:
            above.element.getparent().remove(above.element)
        self._number(slide)
        self._say(slide, title if shown != title else "", notes)
        slide.shapes.turbo_add_enabled = True
        return slide

    def written(self) -> bytes:
        """Return the file, the same bytes for the same slides."""
        first, file = io.BytesIO(), io.BytesIO()
        self._presentation.save(first)
        with zipfile.ZipFile(first) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name, _ZIP_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(entry, old.read(name))
        return file.getvalue()

    def __len__(self) -> int:
        """Return the number of slides so far."""
        return len(self._presentation.slides)

    def _slide(self, layout: int) -> Slide:
        return self._presentation.slides.add_slide(self._presentation.slide_layouts[layout])

    def _number(self, slide: Slide) -> None:
        """Give a slide its footer and number, which the library leaves out of new slides."""
        for holder in _footers(slide.slide_layout):
            element = copy.deepcopy(holder.element)
            element.nvSpPr.cNvPr.set("id", str(slide.shapes._next_shape_id))  # noqa: SLF001  # unique on the slide
            slide.shapes._spTree.append(element)  # noqa: SLF001  # there is no public way to add a placeholder
            if holder.element.ph.get("type") == "ftr":
                write(slide.shapes[-1].text_frame, self._footer, SMALL, colour="")

    def _say(self, slide: Slide, *texts: str) -> None:
        """Put texts into the notes of the speaker."""
        said = "\n".join(filter(None, map(plain, texts)))
        if said:
            slide.notes_slide.notes_text_frame.text = said[:LONGEST_NOTES]


def _footers(layout: SlideLayout) -> list[BaseShape]:
    return [shape for shape in layout.placeholders if shape.element.ph.get("type") in {"ftr", "sldNum"}]


def describe(shape: BaseShape, name: str, alt: str) -> None:
    """Give a shape its name and the text that is read aloud instead of it."""
    properties = shape._element._nvXxPr.cNvPr  # noqa: SLF001  # the library has no alternative texts
    properties.set("name", on_one_line(name)[:80])
    properties.set("descr", on_one_line(alt)[:LONGEST_ALT])


def rgb(colour: str) -> RGBColor:
    """Return a colour written as six digits, with or without a sign before them.

    >>> str(rgb("#1b5e8c"))
    '1B5E8C'
    """
    found: RGBColor = RGBColor.from_string(colour.lstrip("#").upper())
    return found


def plain_look(shape: BaseShape) -> None:
    """Take from a shape the theme's own look, which has shadows."""
    element = shape._element  # noqa: SLF001  # the library always gives a style
    element.remove(element.find(qn("p:style")))


def write(frame: TextFrame, text: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
    """Write a text into a shape, a paragraph a line; the colour of its placeholder where none is given."""
    for number, line in enumerate(plain(text).split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line or "\u00a0"  # an empty line would have another height
        run.font.size, run.font.bold = Pt(size), bold or None
        if colour:
            run.font.color.rgb = rgb(colour)


def text_box(  # noqa: PLR0913  # how a text looks
    slide: Slide,
    area: Area,
    text: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = INK,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> Shape:
    """Add a text that has been measured: without margins, wrapped where it was."""
    box = slide.shapes.add_textbox(*(Pt(length) for length in area))
    bare(box, anchor)
    write(box.text_frame, text, size, bold=bold, colour=colour)
    for paragraph in box.text_frame.paragraphs:
        paragraph.alignment = align
    return box


def bare(shape: Shape, anchor: MSO_ANCHOR = MSO_ANCHOR.MIDDLE, margin: float = 0.0) -> None:
    """Let a shape wrap its text within margins, and never change its own size."""
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = Pt(margin)
    frame.margin_top = frame.margin_bottom = 0


def caption(slide: Slide, text: str, bottom: float, width: float, most: int = 2) -> None:
    """Write small print that ends at the bottom."""
    shown = measuring.cut(on_one_line(text), width, SMALL, most=most)
    if shown:
        high = measuring.height(shown, width, SMALL)
        text_box(slide, Area(BODY.left, bottom - high, width, high), shown, SMALL, colour=QUIET)
