"""`check:` of catalog.yaml → what this site sets for the checks. One class for each family, declared once, here.

Each has a default for everything, so that a check reads `catalog.settings.check.time.…` and never asks whether the
site said anything. A family that needs nothing from the site has no class.
"""

from __future__ import annotations

from gongkai.base.fields import Fields


class Duties(Fields):
    """The settings of the checks, a key for each family that has any."""
