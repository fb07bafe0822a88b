"""A REFI-QDA project (standard 1.0, 2019; www.qdasoftware.org), which NVivo, ATLAS.ti, MAXQDA and others import."""

from __future__ import annotations

import io
import uuid
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from comments.clean import clean_text
from reports.rows import text_of

if TYPE_CHECKING:
    from reports.exports.read import RunFolder
    from reports.rows import Row

NAMESPACE = "urn:QDA-XML:project:1.0"
SPACE = uuid.UUID("6f1f0c52-4d0a-5c8e-9f43-2f6f3f0f5a11")  # our own name space for ids that are always the same
LOCATION = f"{NAMESPACE} http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"
KINDS = {"named": "Named themes", "discovered": "Discovered themes"}


def refi_files(run: RunFolder) -> dict[str, bytes]:
    """Return ``project.qdpx``: themes as codes, pages as text sources, comments as coded selections.

    A source holds the comments of one page, each under a line with its writer and date. A selection is one comment,
    coded with all of its themes. Pages without comments are left out. Positions count Unicode code points.

    Args:
        run: the run.
    """
    user = guid("user")
    project = ET.Element("Project", {
        "xmlns": NAMESPACE, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "xsi:schemaLocation": LOCATION,
        "name": xml_text(str(run.manifest.get("title") or "Reader comments")),
        "origin": f"Below the line {run.manifest.get('btl_version', '')}".strip(), "creatingUserGUID": user,
    })  # fmt: skip
    users = ET.SubElement(project, "Users")
    ET.SubElement(users, "User", {"guid": user, "name": "Below the line"})
    _codes(project, run.rows("themes"))
    files = _sources(project, run, user)
    ET.SubElement(project, "Description").text = xml_text(f"Run {run.manifest.get('run_id')} of Below the line.")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        qde = ET.tostring(project, encoding="utf-8", xml_declaration=True)
        for name, data in {"project.qde": qde, **files}.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, data)
    return {"project.qdpx": out.getvalue()}


def guid(*parts: str) -> str:
    """Return an id that is always the same for the same parts."""
    return str(uuid.uuid5(SPACE, "\n".join(parts)))


def xml_text(text: str) -> str:
    """Return a text without the signs that XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def _codes(project: ET.Element, themes: list[Row]) -> None:
    """Themes as codes below their kind; an import needs at least one."""
    codes = ET.SubElement(ET.SubElement(project, "CodeBook"), "Codes")
    for kind, title in KINDS.items():
        above = ET.SubElement(codes, "Code", {"guid": guid("kind", kind), "name": title, "isCodable": "false"})
        for row in themes:
            if row["kind"] == kind:
                name = xml_text(str(row["label"])) or str(row["theme_id"])
                code = ET.SubElement(
                    above, "Code", {"guid": guid("theme", row["theme_id"]), "name": name, "isCodable": "true"}
                )
                ET.SubElement(code, "Description").text = xml_text(
                    f"{row['theme_id']}. {text_of(row, 'description') or ''} {row['rule']}"
                )


def _sources(project: ET.Element, run: RunFolder, user: str) -> dict[str, bytes]:
    """Pages as text sources with their coded selections; the texts by their place in the archive."""
    themes: dict[str, list[str]] = {}
    for row in run.rows("assignments"):
        themes.setdefault(row["comment_id"], []).append(row["theme_id"])
    by_page: dict[str, list[Row]] = {}
    for row in run.rows("comments"):
        by_page.setdefault(row["page_id"], []).append(row)
    pages = {row["page_id"]: row for row in run.rows("pages")}
    files = {}
    sources = ET.SubElement(project, "Sources") if by_page else project  # an empty list is not allowed
    for page_id, comments in by_page.items():
        page = pages.get(page_id, {})
        own = guid("page", page_id)
        title = text_of(page, "title") or text_of(page, "address") or page_id
        source = ET.SubElement(sources, "TextSource", {
            "guid": own, "name": xml_text(title), "plainTextPath": f"internal://{own}.txt", "creatingUser": user,
        })  # fmt: skip
        if url := text_of(page, "url"):
            ET.SubElement(source, "Description").text = xml_text(url)
        pieces: list[str] = []
        at = 0
        for row in comments:
            head = f"{text_of(row, 'author') or 'name unknown'}, {text_of(row, 'posted_at') or 'date unknown'}\n"
            body = xml_text(clean_text(row["text"])) or "(empty)"
            pieces += [head := xml_text(head), body, "\n\n"]
            _selection(source, row, at + len(head), len(body), themes.get(row["comment_id"], []), user)
            at += len(head) + len(body) + 2
        files[f"Sources/{own}.txt"] = "".join(pieces).encode()
    return files


def _selection(source: ET.Element, row: Row, start: int, length: int, themes: list[str], user: str) -> None:
    own = row["comment_id"]
    selection = ET.SubElement(source, "PlainTextSelection", {
        "guid": guid("comment", own), "name": xml_text(own), "startPosition": str(start),
        "endPosition": str(start + length), "creatingUser": user,
    })  # fmt: skip
    for theme_id in themes:
        coding = ET.SubElement(selection, "Coding", {"guid": guid("coding", own, theme_id), "creatingUser": user})
        ET.SubElement(coding, "CodeRef", {"targetGUID": guid("theme", theme_id)})
