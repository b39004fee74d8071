"""A revision of git → the files that were changed since. Start with `since`.

The only module besides the index of the search that runs another program: git, which says what a pull request touched.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

from gongkai.check.refused import Refused


def since(root: Path, revision: str) -> frozenset[str]:
    """The files under `root` that differ from the point where work left `revision`, committed or not.

    Paths are relative to `root` and use `/`. A file that was removed stands for the organ whose folder lacks it now.
    Raises `Refused`.
    """
    if revision.startswith("-"):
        raise Refused(f"{revision} 不是版本：写分支、标签或提交，例如 origin/main")
    if revision == "HEAD" and not _born(root):
        return frozenset(filter(None, _git(root, "ls-files", "--cached", *_FRESH).split("\0")))
    lacking = f"git 里没有 {revision} 这个版本，或者历史没有取全（{_DEPTH}）"
    base = _git(root, "merge-base", revision, "HEAD", failed=lacking)
    changed = _git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", base.strip(), "--")
    fresh = _git(root, "ls-files", *_FRESH)
    return frozenset(_standing(root, (changed + fresh).split("\0")))


_FRESH = ("--others", "--exclude-standard", "-z")
_DEPTH = "actions/checkout 要写 fetch-depth: 0"


def _born(root: Path) -> bool:
    """Whether there is a first commit; before it everything is new."""
    try:
        return bool(_git(root, "rev-parse", "--verify", "--quiet", "HEAD"))
    except Refused:
        return False


def prefix(root: Path) -> str:
    """Where `root` lies in its repository, such as `site/`; "" when it is the top, or in none."""
    try:
        return _git(root, "rev-parse", "--show-prefix").strip("\n")
    except Refused:
        return ""


def _standing(root: Path, paths: list[str]) -> Iterator[str]:
    for path in filter(None, paths):
        yield path
        parts = path.split("/")
        if len(parts) > 2 and parts[0] == "content" and not (root / path).exists():
            yield f"content/{parts[1]}/organ.yaml"


def _git(root: Path, *words: str, failed: str = "") -> str:
    program = which("git")
    if program is None:
        raise Refused("这台机器上没有 git；装上 git，或去掉 --since 检查全部内容")
    command = [program, "-C", str(root), *words]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace")
        if "not a git repository" in reason:
            raise Refused("项目文件夹不在 git 仓库里；去掉 --since 检查全部内容")
        raise Refused(failed or f"git 没有完成：{' '.join(reason.split())[:200]}")
    return done.stdout.decode("utf-8", "surrogateescape")
