"""The problems that a site had when it began to be checked → only what came since. Start with `Baseline`.

For a site that moves here with its old content: the known problems stay in a file beside catalog.yaml, new ones fail
the check. Errors that stop a build are never in it: a build reads no baseline, so hiding them here would only make the
check agree with something that cannot be published, and personal data must not be hidden at all.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gongkai.base.problems import Problem
from gongkai.check.refused import Refused

VERSION = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """The fingerprints of known problems, and the text of each, for those who read the file."""

    known: Mapping[str, str]

    @classmethod
    def parse(cls, text: str) -> Baseline:
        """The baseline that `as_text` wrote. Raises `Refused`."""
        try:
            data = json.loads(text)
            if data["version"] == VERSION:
                return cls({row["fingerprint"]: row["problem"] for row in data["known"]})
        except (ValueError, TypeError, KeyError) as error:
            raise Refused("这个文件不是基线；用 --write-baseline 生成") from error
        raise Refused(f"基线的版本是 {data['version']}，这个程序只认识 {VERSION}；用 --write-baseline 重新生成")

    @classmethod
    def of(cls, prints: Mapping[Problem, str], stopping: Collection[Problem]) -> Baseline:
        """Every problem with its fingerprint, but those that stop a build."""
        return cls({print: _line(problem) for problem, print in prints.items() if problem not in stopping})

    def as_text(self) -> str:
        """One problem a line, in the order of files, so that a change of the file can be read."""
        rows = sorted(self.known.items(), key=lambda row: (row[1], row[0]))
        lines = [json.dumps({"problem": said, "fingerprint": print}, ensure_ascii=False) for print, said in rows]
        listed = ",\n".join(f"  {line}" for line in lines)
        return f'{{"version": {VERSION}, "known": [\n{listed}\n]}}\n'

    def knows(self, print: str) -> bool:
        """Whether a problem was there already."""
        return print in self.known

    def mended(self, prints: Collection[str]) -> int:
        """How many of the known problems are gone."""
        return len(self.known.keys() - set(prints))


def _line(problem: Problem) -> str:
    return f"{problem.path} {problem.code} {problem.message}"
