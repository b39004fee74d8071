"""Steps of an import → a report of what was written, passed over and guessed, for people and for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from dataclasses import dataclass, field


@dataclass
class Report:
    """What was written, passed over and guessed: rows of `(place, what, detail)`.

    `unit` counts what is imported (份 files, 行 rows); `target` is the file written, where there is only one.
    """

    rows: list[tuple[str, str, str]] = field(default_factory=list)
    written: int = 0
    same: int = 0
    failed: int = 0
    unit: str = "份"
    target: str = ""

    def note(self, name: str, what: str, detail: str = "") -> None:
        """Adds a line."""
        self.rows.append((name, what, detail))

    def summary(self) -> str:
        """The counts, with examples of each kind of guess."""
        counts = Counter(what for _, what, _ in self.rows)
        examples: dict[str, list[str]] = defaultdict(list)
        for name, what, detail in self.rows:
            if len(examples[what]) < 3:
                examples[what].append(f"{name}（{detail}）" if detail else name)
        lines = [self._head()]
        for what, count in counts.most_common():
            more = " 等" if count > 3 else ""
            unit = "份" if self.unit == "份" else "处"
            lines.append(f"{what}：{count} {unit}，例如 {'、'.join(examples[what])}{more}")
        return "\n".join(lines) + "\n"

    def _head(self) -> str:
        if self.target:
            return f"写入 {self.written} {self.unit} → {self.target}"
        return f"写入 {self.written} 份，已有而相同 {self.same} 份，没有导入 {self.failed} 份"

    def as_csv(self) -> str:
        """Every row, for a spreadsheet."""
        buffer = io.StringIO()
        csv.writer(buffer).writerows([("文件", "事项", "说明"), *self.rows])
        return buffer.getvalue()
