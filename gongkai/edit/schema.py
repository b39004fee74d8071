"""Declarations of fields → JSON Schema (draft-07), for editors that complete and check while one types.

Start with `schemas`. Draft-07 is the one that VS Code's YAML extension reads; `enumDescriptions` and
`patternErrorMessage` are what it shows beside a value, and other readers pass them over.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from gongkai.base.fields import IDENTIFIER, Fields
from gongkai.base.settings import Settings
from gongkai.model.entries import shipped
from gongkai.model.kinds import KINDS, path_of
from gongkai.model.record import Kind, Many

DRAFT = "http://json-schema.org/draft-07/schema#"

SETTINGS = "catalog"
"""The name of the schema of catalog.yaml."""

Schema = dict[str, Any]


def schemas() -> dict[str, Schema]:
    """A schema for each kind and, as `catalog`, for the settings file: of a whole YAML file, or of front matter."""
    found = {kind.name: _of_many(kind, kind.many) if kind.many else _of_one(kind) for kind in KINDS}
    return {SETTINGS: _top(Settings, "网站设置", "放在 catalog.yaml，整个网站只有这一份。"), **found}


def write(folder: Path) -> list[Path]:
    """Writes every schema into `folder`, one file each, and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
        written.append(path)
    return written


def globs(kind: Kind) -> list[str]:
    """Where the files of a kind stand, from the folder of the site."""
    if kind.common:
        return [path_of(kind, "", "")]
    return ["/".join(part for part in ("content/*", folder, kind.file) if part) for folder in kind.folders]


def _of_one(kind: Kind) -> Schema:
    return _top(kind.fields, kind.label, _where(kind))


def _where(kind: Kind) -> str:
    places = "、".join(globs(kind)).replace("content/*", "content/机关")
    return f"放在 {places}。" + ("这里是两行 --- 之间的键。" if kind.file.endswith(".md") else "")


def _top(fields: type[Fields], title: str, description: str) -> Schema:
    refs, definitions = _definitions(fields)
    return _assemble(definitions.pop(refs[0]), title, description, definitions)


def _of_many(kind: Kind, many: Many) -> Schema:
    """The keys of the file, and the list of its records. What the file says once, no record need say."""
    (head, entry), definitions = _definitions(many.file, kind.fields)
    top, record = definitions.pop(head), definitions[entry]
    required = [key for key in record.get("required", ()) if key not in many.file.model_fields]
    record["required"] = [many.id]
    name = record["properties"][many.id]
    if not many.words:
        name |= {
            "type": "string",
            "pattern": f"^{IDENTIFIER.pattern}$",
            "patternErrorMessage": "只用小写英文字母、数字和连字符",
        }
    rest = [key for key in required if key != many.id]
    if many.shipped:
        _offer(record, kind, many.id, rest)
    else:
        record["required"] += rest
    hint = f"{kind.label}的各项，每一项前面加 - "
    listed = {"type": "array", "items": {"$ref": f"#/definitions/{entry}"}, "title": kind.label, "description": hint}
    top["properties"][many.key] = listed
    top["required"] = [*top.get("required", ()), many.key]
    return _assemble(top, kind.label, _where(kind), definitions)


def _offer(record: Schema, kind: Kind, id: str, rest: list[str]) -> None:
    """Offers the entries of the vocabulary that ships; only another one must say all that is required."""
    known = [(entry.item.id, entry.item.record.heading) for entry in shipped(kind, every=True)]
    keys, names = [key for key, _ in known], [name for _, name in known]
    own = record["properties"][id]
    record["properties"][id] = {
        "title": own.pop("title"),
        "description": own.pop("description"),
        "anyOf": [{"enum": keys, "enumDescriptions": names, "markdownEnumDescriptions": names}, own],
    }
    record["if"] = {"properties": {id: {"enum": keys}}}
    record["then"] = {}
    record["else"] = {"required": rest}


def _definitions(*models: type[Fields]) -> tuple[list[str], dict[str, Schema]]:
    """The names of the models among the definitions, and every definition that they need."""
    generator = _Draft7(ref_template="#/definitions/{model}")
    refs, made = generator.generate_definitions(
        [(model, "validation", model.__pydantic_core_schema__) for model in models]
    )
    names = [refs[model, "validation"]["$ref"].rpartition("/")[2] for model in models]
    for schema in made.values():
        # Names of classes and their docstrings are for programmers.
        schema.pop("title", None)
        schema.pop("description", None)
    return names, {name: _finish(schema) for name, schema in made.items()}


def _assemble(top: Schema, title: str, description: str, definitions: dict[str, Schema]) -> Schema:
    return {"$schema": DRAFT, "title": title, "description": description, **top, "definitions": definitions}


class _Draft7(GenerateJsonSchema):
    """Pydantic's generator, with the words that an editor sees, and without what only Python knows."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No titles made from names of keys."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        """A key is left out, never empty."""
        return self.generate_inner(schema["schema"])

    def str_schema(self, schema: core_schema.StringSchema) -> Schema:
        """Text: 2024 and 0505 are texts to us, and numbers to an editor."""
        return {"type": ["string", "number"]}

    def enum_schema(self, schema: core_schema.EnumSchema) -> Schema:
        """The words with their labels."""
        labels = [member.label for member in schema["members"]]
        values = [member.value for member in schema["members"]]
        return {"type": "string", "enum": values, "enumDescriptions": labels, "markdownEnumDescriptions": labels}

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """The keys, each with its word as title and its docstring as hint."""
        found = super().model_schema(schema)
        fields: type[Fields] = schema["cls"]
        for name, key in found.get("properties", {}).items():
            text = re.sub(r"\s*\n\s*", "", fields.model_fields[name].description or "")
            key |= {"title": re.split("[，。；：（]", text)[0], "description": text}
        return found


_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_MINUTE = r"([01]\d|2[0-3]):[0-5]\d"


def _finish(schema: Any) -> Any:
    """A schema as draft-07 has it: nothing beside a `$ref`, days as patterns, no default that says nothing."""
    if isinstance(schema, list):
        return [_finish(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _finish(value) for name, value in schema.items() if name != "properties"}
    if "properties" in schema:
        # A key may be called `format` or `pattern` itself.
        found["properties"] = {key: _finish(value) for key, value in schema["properties"].items()}
    if found.get("default", 0) in (None, [], ()):
        del found["default"]
    if "$ref" in found and len(found) > 1:
        found["allOf"] = [{"$ref": found.pop("$ref")}]
    if found.pop("format", None) == "date":
        found |= {"pattern": f"^{_DAY}$", "patternErrorMessage": "日期写成 2024-03-05"}
    elif str(found.get("pattern", "")).startswith(r"^\d{4}-\d{2}-\d{2}"):
        found |= {"pattern": f"^{_DAY}( {_MINUTE})?$", "patternErrorMessage": "写成 2024-03-05 或 2024-03-05 09:30"}
    return found
