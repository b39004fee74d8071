"""The smallest files of office programs that are sound, for tests that need a real one."""

from __future__ import annotations

import io
import zipfile


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body, and other parts by name (with `_` for `/`)."""
    main = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return zipped({
        "[Content_Types].xml": _TYPES.format(part="/word/document.xml", kind="wordprocessingml.document.main"),
        "_rels/.rels": _RELS.format(part="word/document.xml"),
        "word/document.xml": f"{main}{body}</w:body></w:document>",
        **{name.replace("_", "/") + ".xml": text for name, text in parts.items()},
    })  # fmt: skip


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return out.getvalue()


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="{part}"/></Relationships>'
)
