"""The look of the slides: one master, three layouts, the dashboard's own light colours.

The presentation the library brings along is an old 4:3 one; its master is changed here, so that titles,
footers and slide numbers stay placeholders, which a reader can restyle in one place. Lengths are points; a
slide of 16:9 is 960 by 540 of them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final, NamedTuple

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.presentation import Presentation
from pptx.slide import SlideLayout
from pptx.util import Pt

#: Colours of the dashboard's light theme.
INK: Final = "0F1A24"
PAPER: Final = "FFFFFF"
PRIMARY: Final = "1B5E8C"
GROUND: Final = "F4F6F8"
BORDER: Final = "CBD3DB"
QUIET: Final = "4F5D6B"
SERIES: Final = ("1F6FB2", "D36A0C", "1D2F6F", "1E9483", "A0305E", "655200")
FONT: Final = "Arial"


class Area(NamedTuple):
    """A rectangle on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.top + self.height


SLIDE: Final = Area(0, 0, 960, 540)
#: What a slide consists of.
KICKER: Final = Area(36, 20, 888, 18)
TITLE: Final = Area(36, 38, 888, 60)
BODY: Final = Area(36, 106, 888, 388)
FOOTER: Final = Area(36, 508, 780, 18)
NUMBER: Final = Area(834, 508, 90, 18)
#: The first slide.
COVER_TITLE: Final = Area(72, 150, 816, 140)
COVER_SUBTITLE: Final = Area(72, 306, 816, 130)
#: Sizes of text; nothing is set smaller than the smallest.
TITLE_SIZES: Final = (24, 20)
BODY_SIZES: Final = (20, 18, 16)
SMALL: Final = 12
#: How far the points of a list stand to the right.
INDENT: Final = 20.0
#: Layouts of the presentation.
COVER_LAYOUT: Final = 0
TEXT_LAYOUT: Final = 1
TITLE_LAYOUT: Final = 2
#: Index of the small line above the title, the same on both layouts that have it.
KICKER_INDEX: Final = 13

_KEPT_LAYOUTS: Final = ("Title Slide", "Title and Content", "Title Only")
_FONTS: Final = '<a:latin typeface="+m{0}-lt"/><a:ea typeface="+m{0}-ea"/><a:cs typeface="+m{0}-cs"/>'
_TITLE_STYLE: Final = (
    f"<p:titleStyle {nsdecls('p', 'a')}>"
    '<a:lvl1pPr algn="l" rtl="0"><a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/>'
    f'<a:defRPr sz="{TITLE_SIZES[0]}00" b="1" kern="1200"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
    f"{_FONTS.format('j')}</a:defRPr></a:lvl1pPr></p:titleStyle>"
)
# The first level is a paragraph, the second a point of a list.
_BODY_STYLE: Final = (
    f"<p:bodyStyle {nsdecls('p', 'a')}>"
    + "".join(
        f'<a:lvl{level}pPr marL="{Pt(INDENT) * (level - 1)}" indent="{-Pt(INDENT) if level > 1 else 0}" '
        'algn="l" rtl="0"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        + ("<a:buNone/>" if level == 1 else '<a:buFont typeface="Arial"/><a:buChar char="•"/>')
        + f'<a:defRPr sz="{BODY_SIZES[0]}00" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        f"{_FONTS.format('n')}</a:defRPr></a:lvl{level}pPr>"
        for level in (1, 2, 3)
    )
    + "</p:bodyStyle>"
)
_EMPTY_APP: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Orgmodel</Application></Properties>"
)


def new_slides(title: str, made: date) -> Presentation:
    """Return an empty presentation in our look."""
    slides = pptx.Presentation()
    slides.slide_width, slides.slide_height = Pt(SLIDE.width), Pt(SLIDE.height)
    for layout in list(slides.slide_layouts):
        if layout.name not in _KEPT_LAYOUTS:
            slides.slide_layouts.remove(layout)
    _drop_leftovers(slides)
    _set_theme(slides)
    _set_master(slides)
    cover, text, title_only = slides.slide_layouts
    _set_cover(cover)
    _set_layout(text, [_kicker(), _placeholder(3, "Content", 'type="body" idx="1"', BODY)])
    _set_layout(title_only, [_kicker()])
    set_properties(slides, title, made)
    return slides


def set_properties(slides: Presentation, title: str, made: date) -> None:
    """Set what a file manager shows: the title, and the day of the report as its only date."""
    properties = slides.core_properties
    moment = datetime.combine(made, time(12))
    properties.title, properties.author, properties.last_modified_by = title[:255], "Orgmodel", "Orgmodel"
    properties.created = properties.modified = properties.last_printed = moment
    properties.revision = 1


def _drop_leftovers(slides: Presentation) -> None:
    """Drop what the old presentation has of its own maker: printer, thumbnail, counts of slides."""
    package = slides.part.package
    for rels in (package._rels, slides.part.rels):  # noqa: SLF001  # no public way to drop a relationship
        for key, rel in list(rels.items()):
            if rel.reltype in {RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.PRINTER_SETTINGS}:
                rels.pop(key)
            elif rel.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
                rel.target_part.blob = _EMPTY_APP.encode()


def _set_theme(slides: Presentation) -> None:
    part = slides.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode()
    colours = dict(zip(("dk1", "lt1", "dk2", "lt2"), (INK, PAPER, PRIMARY, GROUND), strict=True))
    colours |= {f"accent{number}": colour for number, colour in enumerate(SERIES, 1)}
    colours |= {"hlink": PRIMARY, "folHlink": PRIMARY}
    for name, colour in colours.items():
        theme = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)", rf'\1<a:srgbClr val="{colour}"/>\2', theme, flags=re.DOTALL
        )
    theme = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{FONT}"', theme)
    part.blob = theme.encode()


def _set_master(slides: Presentation) -> None:
    master = slides.slide_master
    places = {"title": TITLE, "body": BODY, "ftr": FOOTER, "sldNum": NUMBER}
    for shape in list(master.placeholders):
        kind = shape.element.ph.get("type")
        if kind not in places:
            shape.element.getparent().remove(shape.element)
            continue
        area = places[kind]
        shape.left, shape.top = Pt(area.left), Pt(area.top)
        shape.width, shape.height = Pt(area.width), Pt(area.height)
        body = shape.element.txBody.find(qn("a:bodyPr"))
        body.attrib.update(dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0"))
        body.set("anchor", "ctr" if kind in {"ftr", "sldNum"} else "t")
        for fit in list(body):
            body.remove(fit)  # nothing is shrunk: what is written here has been measured
        for style in shape.element.txBody.iter(qn("a:lvl1pPr")):
            style.set("algn", "r" if kind == "sldNum" else "l")
    master.shapes._spTree.append(_line(9, "Rule", Area(FOOTER.left, FOOTER.top - 4, BODY.width, 0)))  # noqa: SLF001  # a master has no way to add a shape
    styles = master.element.find(qn("p:txStyles"))
    styles.replace(styles.find(qn("p:titleStyle")), parse_xml(_TITLE_STYLE))
    styles.replace(styles.find(qn("p:bodyStyle")), parse_xml(_BODY_STYLE))


def _set_layout(layout: SlideLayout, placeholders: list[BaseOxmlElement]) -> None:
    """Leave a layout its title, footer and number, where the master has them, and add placeholders."""
    for shape in list(layout.placeholders):
        if shape.element.ph.get("type") in {"title", "ftr", "sldNum"}:
            for place in shape.element.spPr.findall(qn("a:xfrm")):
                shape.element.spPr.remove(place)
        else:
            shape.element.getparent().remove(shape.element)
    for element in placeholders:
        layout.shapes._spTree.append(element)  # noqa: SLF001  # a layout has no way to add a shape


def _set_cover(layout: SlideLayout) -> None:
    """Make the first slide: a broad stripe at the left, a large title, what it is about below it."""
    layout.element.set("showMasterSp", "0")
    for shape in list(layout.placeholders):
        shape.element.getparent().remove(shape.element)
    tree = layout.shapes._spTree  # noqa: SLF001  # a layout has no way to add a shape
    tree.append(_filled(10, "Stripe", Area(0, 0, 24, SLIDE.height)))
    title = 'type="ctrTitle"', COVER_TITLE, "b", 3600, PRIMARY
    subtitle = 'type="subTitle" idx="1"', COVER_SUBTITLE, "t", 2000, INK
    for number, (kind, area, anchor, size, colour) in enumerate((title, subtitle), 2):
        tree.append(_placeholder(number, "Title", kind, area, anchor=anchor, size=size, colour=colour))


def _kicker() -> BaseOxmlElement:
    kind = f'type="body" sz="quarter" idx="{KICKER_INDEX}"'
    return _placeholder(12, "Kicker", kind, KICKER, anchor="ctr", size=1300, colour=QUIET)


def _placeholder(
    number: int,
    name: str,
    kind: str,
    area: Area,
    *,
    anchor: str = "t",
    size: int = 0,
    colour: str = INK,
) -> BaseOxmlElement:
    style = (
        f'<a:lvl1pPr><a:defRPr sz="{size}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        "</a:defRPr></a:lvl1pPr>"
        if size
        else ""
    )
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_xfrm(area)}</p:spPr>"
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"/>'
        f'<a:lstStyle>{style}</a:lstStyle><a:p><a:r><a:rPr lang="en-GB"/><a:t>{name}</a:t></a:r></a:p>'
        "</p:txBody></p:sp>"
    )


def _filled(number: int, name: str, area: Area) -> BaseOxmlElement:
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_xfrm(area)}<a:prstGeom prst="rect"><a:avLst/>'
        f'</a:prstGeom><a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "</p:sp>"
    )


def _line(number: int, name: str, area: Area) -> BaseOxmlElement:
    return parse_xml(
        f'<p:cxnSp {nsdecls("p", "a")}><p:nvCxnSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvCxnSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr>{_xfrm(area)}'
        f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="12700"><a:solidFill>'
        f'<a:srgbClr val="{BORDER}"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
    )


def _xfrm(area: Area) -> str:
    left, top, width, height = (Pt(length) for length in area)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
