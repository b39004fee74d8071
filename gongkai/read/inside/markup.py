"""The XML parts of Word, PowerPoint, OpenDocument and OFD files → paragraphs and rows of tables. Start with `sweep`.

One reader for all of them: what counts is where a paragraph, a row and a cell end, and the formats agree on little else
but on that. A number may be cut into runs of different looks (138|1234|5678), so runs are put together first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.parsers import expat

from gongkai.read.inside.passage import Passage, Unread

_PARAGRAPHS = frozenset({"p", "h", "si", "comment", "TextCode"})
_TABLES, _ROWS, _CELLS = frozenset({"tbl", "table"}), frozenset({"tr", "table-row"}), frozenset({"tc", "table-cell"})
_INLINE = frozenset({"t", "r", "span", "a", "s", "delText", "fldSimple", "instrText", "text", "b", "i", "u", "tspan"})
_BLANKS = {"tab": "\t", "s": " ", "noBreakHyphen": "-", "br": "\n", "cr": "\n", "line-break": "\n"}


def sweep(data: bytes, place: str = "") -> Iterator[Passage]:
    """Every paragraph outside tables, every row inside them; raises `Unread` for what is no XML."""
    found: list[Passage] = []
    reader = _Reader(found.append, place)
    for _ in parse(data, reader.start, reader.end, reader.text) if data else ():
        yield from found
        found.clear()


def parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> Iterator[None]:
    """Runs expat over a document, names without their prefixes; raises `Unread` for what is no XML.

    Stops after every megabyte, so that what was found need not be kept until the end. A document type is refused:
    office formats have none, and only a trap declares entities.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(_local(name), attributes)
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for at in range(0, len(data), _STEP):
            parser.Parse(data[at : at + _STEP], False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise Unread("损坏了") from error


_STEP = 1_000_000


def _refuse(*_: object) -> None:
    raise Unread("损坏了")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Reader:
    """Collects text until the paragraph, the cell and the row that it belongs to end."""

    def __init__(self, tell: Callable[[Passage], None], place: str) -> None:
        self._tell, self._place = tell, place
        self._paragraphs: list[list[str]] = [[]]
        self._rows: list[list[str]] = []
        self._cells: list[list[str]] = []
        self._table = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Opens what `name` begins."""
        if name in _PARAGRAPHS:
            self._paragraphs.append([])
        elif name in _ROWS:
            self._rows.append([])
        elif name in _CELLS:
            self._cells.append([])
            if value := attributes.get("office:value"):
                self._cells[-1].append(f"{value}\n")
        elif name in _TABLES and not self._rows:
            self._table += 1
        elif name in _BLANKS:
            self.text(_BLANKS[name])

    def text(self, data: str) -> None:
        """Adds to the paragraph that is open."""
        self._paragraphs[-1].append(data)

    def end(self, name: str) -> None:
        """Closes what `name` began; text in elements that nothing is known of stands by itself."""
        if name in _PARAGRAPHS:
            self._say("".join(self._paragraphs.pop()))
        elif name in _CELLS and self._cells:
            cell = "".join(self._cells.pop()).strip()
            if self._rows:
                self._rows[-1].append(cell)
        elif name in _ROWS and self._rows:
            self._row(self._rows.pop())
        elif name not in _INLINE and len(self._paragraphs) == 1 and self._paragraphs[0]:
            self._say("".join(self._paragraphs[0]))
            self._paragraphs[0].clear()

    def _row(self, cells: list[str]) -> None:
        if self._cells:
            # A table inside a cell: its rows are lines of that cell.
            self._cells[-1].append("\n".join(cells) + "\n")
        elif any(cells):
            where = f"第 {self._table} 个表格"
            self._tell(Passage(f"{self._place} {where}".strip(), tuple(cells), self._table))

    def _say(self, text: str) -> None:
        if self._cells:
            self._cells[-1].append(f"{text}\n")
        elif text.strip():
            self._tell(Passage(self._place, (text,)))
