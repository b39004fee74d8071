"""A site → what VS Code must know of it: which schema is for which files. Start with `settings`.

Its YAML extension takes a schema from the settings of the folder, and, wherever a file is opened, from the first line.
It looks at YAML files only, not at front matter (redhat-developer/vscode-yaml issue 207).
"""

from __future__ import annotations

from typing import Any

from gongkai.edit import schema
from gongkai.model.kinds import KINDS, place

FOLDER = "schemas"
"""The folder of a site, beside catalog.yaml, that its schemas are kept in."""


def settings() -> dict[str, Any]:
    """`.vscode/settings.json`: schemas by the places of files; UTF-8, line ends and blanks as we write them.

    The store of schemas is off: it is asked over the network, and knows other files called catalog.yaml.
    """
    places = {schema.SETTINGS: ["catalog.yaml"]}
    places |= {kind.name: schema.globs(kind) for kind in KINDS if kind.file.endswith(".yaml")}
    return {
        "yaml.schemas": {f"./{FOLDER}/{name}.json": globs for name, globs in places.items()},
        "yaml.schemaStore.enable": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
    }


def modeline(path: str) -> str:
    """The first line that tells the schema of a YAML file at `path` of a site; "" for any other file."""
    found = place(path)
    name = schema.SETTINGS if path == "catalog.yaml" else found[0].name if found else ""
    if not name or not path.endswith(".yaml"):
        return ""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{FOLDER}/{name}.json\n"
