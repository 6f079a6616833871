"""Makes a tagged PDF/A-3a file conform to PDF/UA-1 as well, object by object, before it is written.

What it adds: the PDF/UA identifier with its extension schema in plain XMP (ISO 14289-1 §5; ISO 19005-3 §6.6.2.3),
lists that hold only items and items that hold only labels and bodies (ISO 32000-1 §14.8.4.3.3), and the scope of every
header cell (§14.8.5.7).
"""

from collections.abc import Iterator
from typing import Any

import pydyf

_IDENTIFIER = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""

Element = dict[str, Any]


def conform(_document: object, pdf: Any, *, part: int = 0) -> None:
    """WeasyPrint's `finisher`: `pdf` is the finished `pydyf.PDF`, one of the parts that are to be joined."""
    _identify(pdf)
    _name_silent_glyphs(pdf)
    _store_records_plain(pdf)
    for element in list(_elements(pdf)):
        if element["S"] == "/LI":
            _regroup(pdf, element, allowed=("/Lbl", "/LBody"), tags=("/LBody",))
        elif element["S"] == "/L":
            _regroup(pdf, element, allowed=("/L", "/LI", "/Caption"), tags=("/LI", "/LBody"))
        elif element["S"] == "/TH":
            _scope(pdf, element)
            element["ID"].string = f"{part}-{element['ID'].string}"


def _identify(pdf: Any) -> None:
    metadata = _object(pdf, pdf.catalog["Metadata"])
    metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", _IDENTIFIER + b"</rdf:RDF>")
    metadata.compress = False


def _name_silent_glyphs(pdf: Any) -> None:
    """The second glyph of a stacked letter stands for no character of its own; a map to nothing is malformed.

    It maps to the zero width space (ISO 32000-1 §9.10.3; ISO 19005-3 §6.2.11.7).
    """
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and b"1 begincodespacerange" in thing.stream:
            thing.stream = [line[:-2] + b"<200b>" if line.endswith(b" <>") else line for line in thing.stream]


def _store_records_plain(pdf: Any) -> None:
    """Attached records are stored as they are, so that a reader of ten lines can check them against the name."""
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and thing.extra.get("Type") == "/EmbeddedFile":
            thing.compress = False


def _elements(pdf: Any) -> Iterator[Element]:
    for thing in pdf.objects:
        if isinstance(thing, dict) and thing.get("Type") == "/StructElem":
            yield thing


def _object(pdf: Any, reference: object) -> Any:
    """The object that `12 0 R` names."""
    text = reference if isinstance(reference, bytes) else str(reference).encode()
    return pdf.objects[int(text.split()[0])]


def _kind(pdf: Any, kid: object) -> str:
    """Structure type of a kid; empty for marked content and object references."""
    thing = _object(pdf, kid) if isinstance(kid, (bytes, str)) else None
    return str(thing.get("S", "")) if isinstance(thing, dict) else ""


def _regroup(pdf: Any, element: Element, *, allowed: tuple[str, ...], tags: tuple[str, ...]) -> None:
    """Kids that may not stand here are put, run by run, into new elements: `tags` from the outside in."""
    kids: list[object] = []
    run: list[object] = []
    for kid in [*element["K"], None]:
        kind = _kind(pdf, kid)
        if kind and kind not in allowed:
            run.append(kid)
            continue
        if run:
            kids.append(_wrapped(pdf, element, run, tags))
            run = []
        if kid is not None:
            kids.append(kid)
    element["K"] = pydyf.Array(kids)


def _wrapped(pdf: Any, parent: Element, kids: list[object], tags: tuple[str, ...]) -> bytes:
    """Reference of the outermost of the new elements around `kids`, the last of `tags` inside."""
    element = pydyf.Dictionary({"Type": "/StructElem", "S": tags[0], "P": _reference(parent)})
    if "Pg" in parent:
        element["Pg"] = parent["Pg"]
    pdf.add_object(element)
    if tags[1:]:
        kids = [_wrapped(pdf, element, kids, tags[1:])]
    for kid in kids:
        _object(pdf, kid)["P"] = _reference(element)
    element["K"] = pydyf.Array(kids)
    return _reference(element)


def _reference(element: Any) -> bytes:
    return bytes(element.reference)


def _scope(pdf: Any, cell: Element) -> None:
    group = _object(pdf, _object(pdf, cell["P"])["P"])
    cell["A"]["Scope"] = "/Column" if group.get("S") == "/THead" else "/Row"
