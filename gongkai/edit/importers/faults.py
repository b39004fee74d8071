"""What can be wrong with a table of rows → problems told by cell (`B7`), as a spreadsheet names it."""

from __future__ import annotations

from gongkai.base.problems import Code, Mark, Problem

UNREADABLE = Code(
    "GK-TABLE-001",
    "error",
    "表格文件打不开",
    "只能导入 .csv 和 .xlsx。旧的 .xls 用表格软件另存为 .xlsx；加了密码的先去掉密码；损坏的重新保存一次。",
)
NO_COLUMN = Code(
    "GK-TABLE-002",
    "error",
    "缺少必备的列，或列重复",
    "标准目录要有名称、内容、依据、时限、主体、渠道、对象和方式各列（国办发〔2019〕54号）。"
    "用 gongkai export --template 可以得到一份带表头的空表。",
)
SHIFTED = Code(
    "GK-TABLE-003",
    "error",
    "一行的格数和表头不一致",
    "这一行少了或多了一格，后面的内容错到了别的列。空着的格也要保留位置。",
)
FORMULA = Code(
    "GK-TABLE-004",
    "error",
    "单元格是公式",
    "导入只收文字：把公式的结果“选择性粘贴”为数值。CSV 里本来就是文字的，在前面加一个半角单引号 '。",
)
OUTSIDE = Code(
    "GK-TABLE-005",
    "error",
    "表格引用了别的文件",
    "断开到其他工作簿和本机文件的链接（数据—编辑链接—断开），网址不受影响。",
)
TICK = Code("GK-TABLE-006", "error", "看不懂的打钩", "打钩的格写 √（也可以写 ✓、是、1），不选的格空着。")
LIMIT = Code(
    "GK-TABLE-007",
    "error",
    "读不懂公开时限",
    "按提示里的例子改写，要说清楚从什么时候起、多长、是工作日还是日历日。",
)
BAD_ID = Code(
    "GK-TABLE-008",
    "error",
    "编号重复或不能用",
    "编号只用小写英文字母、数字和连字符，在全站不能重复，以后也不改变。没有“编号”这一列时由程序编号。",
)
BLANK = Code(
    "GK-TABLE-009",
    "error",
    "必备的格是空的",
    "写上内容；和上一行相同时写“同上”，或合并单元格。",
)
DITTO = Code(
    "GK-TABLE-010",
    "error",
    "不知道“同上”同哪一行",
    "“同上”上面要有内容；同“某事项”里的名称要和前面一行的事项名称或序号一致。",
)
VALUE = Code("GK-TABLE-011", "error", "单元格的内容不对", "按提示改写这一格。")

FORMULA_HINT = "改成公式的结果；本来就是文字的，前面加一个半角单引号 '"


def cell(row: int, column: int) -> str:
    """`(7, 2)` → `B7`, both counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def at(code: Code, path: str, place: tuple[int, int], message: str, hint: str) -> Problem:
    """The fault of a cell; `place` is its row and column, counted from 1."""
    row, column = place
    return code.at(Mark(path, row, column), f"{cell(row, column)}：{message}", hint)
