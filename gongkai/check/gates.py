"""The families of duty that a build must pass, in the order of their codes."""

from __future__ import annotations

from gongkai.check import disclosure, organs, rows, rules

GATES = (disclosure.gate, organs.gate, rules.gate, rows.gate)
