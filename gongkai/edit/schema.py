"""Declarations of fields → JSON Schema (draft 2020-12), for editors that complete and check while one types."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from gongkai.base.settings import Settings
from gongkai.model.kinds import KINDS


def schemas() -> dict[str, dict[str, Any]]:
    """A schema for each kind and, as `catalog`, for the settings file."""
    found = {kind.name: _schema(kind.fields, kind.label) for kind in KINDS}
    return {"catalog": _schema(Settings, "网站设置 catalog.yaml"), **found}


def _schema(fields: Any, title: str) -> dict[str, Any]:
    schema: dict[str, Any] = fields.model_json_schema()
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema, "title": title}
