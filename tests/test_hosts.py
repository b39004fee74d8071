"""What `init` writes for code hosts: valid by their schemas, with commands that work, and nothing overwritten."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.resources import files

import jsonschema
import pytest
import yaml

import gongkai
from tests.conftest import CHECKOUT, DAY, SmallSite
from tests.test_selection import git

WORKFLOWS = {
    ".github/workflows/gongkai.yml": "github-workflows",
    ".gitea/workflows/gongkai.yml": "github-workflows",
    ".gitlab-ci.yml": "gitlab-ci",
}
OWNERS = (".github/CODEOWNERS", ".gitlab/CODEOWNERS", ".gitea/CODEOWNERS")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A new site, as `init` leaves it, on the main branch of a repository."""
    root = tmp_path_factory.mktemp("made") / "gov"
    result = SmallSite(root.parent).run("init", str(root), "--date", DAY, "--team", "shili")
    assert result.code == 0, result.err
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "开始")
    return SmallSite(root)


def workflow(made, name):
    return yaml.safe_load((made.root / name).read_text("utf-8"))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_is_valid_by_the_schema_of_its_host(made, name):
    vendor = files("check_jsonschema") / f"builtin_schemas/vendor/{WORKFLOWS[name]}.json"
    schema = json.loads(vendor.read_text("utf-8"))
    # YAML 1.1 reads the key `on` as true; the hosts read YAML 1.2.
    data = {("on" if key is True else key): value for key, value in workflow(made, name).items()}
    jsonschema.validators.validator_for(schema)(schema).validate(data)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_a_workflow_runs_can_be_run(made, name):
    """Every gongkai command of every job, by the shell, as on a branch with one more document."""
    text = (made.root / name).read_text("utf-8")
    commands = re.findall(r"(?:run: |- )(gongkai .*)", text)
    assert len(commands) == 4
    git(made.root, "switch", "-qc", f"work-{WORKFLOWS[name]}-{len(name)}", "main")
    made.rule("a-1", organ="benjiguan")
    git(made.root, "update-ref", "refs/remotes/origin/main", "main")
    base = git(made.root, "rev-parse", "main").strip()
    environment = {
        **os.environ,
        "PYTHONPATH": str(CHECKOUT),
        "GITHUB_BASE_REF": "main",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "SOURCE_DATE_EPOCH": "1795132800",
    }
    for command in commands:
        line = command.replace("gongkai ", f"{sys.executable} -m gongkai ", 1)
        done = subprocess.run(line, shell=True, cwd=made.root, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    (made.root / "content/benjiguan/rules/a-1.md").unlink()


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_pull_request_is_checked_and_previewed_and_only_the_main_branch_and_the_night_publish(made, name):
    data = workflow(made, name)
    if name == ".gitlab-ci.yml":
        merge, main = '$CI_PIPELINE_SOURCE == "merge_request_event"', "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"
        rules = {job: [rule["if"] for rule in data[job]["rules"]] for job in ("check", "preview", "pages", "report")}
        assert rules == {"check": [merge], "preview": [merge], "pages": [main], "report": [main]}
        return
    assert {"pull_request", "push", "schedule"} <= data[True].keys()
    assert data["jobs"]["check"]["if"] == "github.event_name == 'pull_request'"
    assert data["jobs"]["publish"]["if"] == "github.event_name != 'pull_request'"
    assert "secrets." not in str(data["jobs"]["check"])


def test_an_overdue_duty_does_not_keep_the_night_from_publishing(made):
    """The whole check comes after publishing, and may fail: what expires today must go today."""
    steps = [
        step.get("run", step.get("uses", ""))
        for step in workflow(made, ".github/workflows/gongkai.yml")["jobs"]["publish"]["steps"]
    ]
    assert steps.index("gongkai build") < steps.index("actions/deploy-pages@v4")
    assert steps.index("actions/deploy-pages@v4") < steps.index("gongkai check --format html --out report.html")
    assert workflow(made, ".gitlab-ci.yml")["report"]["allow_failure"] is True


def test_the_hook_checks_before_a_commit_what_is_about_to_be_committed(made):
    config = yaml.safe_load((made.root / ".pre-commit-config.yaml").read_text("utf-8"))
    hook = config["repos"][0]["hooks"][0]
    pattern = re.compile(hook["files"])
    assert pattern.search("content/benjiguan/organ.yaml")
    assert pattern.search("catalog.yaml")
    assert not pattern.search("README.md")
    made.rule("bad-1", organ="benjiguan", disclosure="公开")
    result = made.run(*hook["entry"].split()[1:], "--date", DAY)
    assert result.code == 1
    assert "GK-FIELD-005" in result.out
    (made.root / "content/benjiguan/rules/bad-1.md").unlink()
    assert made.run(*hook["entry"].split()[1:], "--date", DAY).code == 0


def test_a_repository_without_a_commit_can_be_checked_before_the_first(site):
    git(site.root, "init", "-q")
    site.rule("a-1", disclosure="公开")
    result = site.run("check", "--since", "HEAD", "--date", DAY)
    assert (result.code, "GK-FIELD-005" in result.out) == (1, True)


def test_the_generator_is_installed_in_the_version_that_made_the_site(made):
    assert f"gongkai=={gongkai.__version__}" in (made.root / "requirements.txt").read_text("utf-8").splitlines()


def test_every_organ_has_a_line_in_the_list_of_owners_of_each_host(made):
    texts = {name: (made.root / name).read_text("utf-8") for name in OWNERS}
    for name in OWNERS[:2]:
        assert "\n/content/benjiguan/ @shili/benjiguan\n" in texts[name]
        assert "\n* @shili/benjiguan\n" in texts[name]
    lines = [line.split(" ") for line in texts[OWNERS[2]].splitlines() if not line.startswith("#")]
    asked = [
        team
        for path in ("content/benjiguan/organ.yaml", "catalog.yaml", "content/jiaoyu/organ.yaml")
        for pattern, team in lines
        if re.fullmatch(pattern, path)
    ]
    assert asked == ["@shili/benjiguan", "@shili/benjiguan"], "Gitea asks all who match"


def test_an_existing_site_gets_what_it_lacks_and_is_told_what_its_own_files_lack(site):
    site.write("-- content/jiaoyu/organ.yaml --\nname: 测试市教育局\n")
    site.write("-- .github/CODEOWNERS --\n/content/shifu/ @x/y\n/content/old/ @x/z\n/content/common/ @x/y\n")
    site.write("-- .gitlab-ci.yml --\nmine: true\n")
    before = site.bytes(".")
    result = site.run("init", "--ci", str(site.root), "--team", "shili")
    assert result.code == 0
    after = site.bytes(".")
    assert {path: after[path] for path in before} == before
    written = {line.removeprefix(f"{site.root.as_posix()}/") for line in result.out.splitlines()}
    assert written == after.keys() - before.keys()
    assert written == {
        ".gitea/CODEOWNERS",
        ".gitea/workflows/gongkai.yml",
        ".github/workflows/gongkai.yml",
        ".gitlab/CODEOWNERS",
        ".pre-commit-config.yaml",
        "requirements.txt",
    }
    assert result.err == (
        ".gitlab-ci.yml 已经存在，没有改动它\n"
        ".github/CODEOWNERS 已经存在，没有改动它\n"
        "  缺少这一行：/content/jiaoyu/ @shili/jiaoyu\n"
        "  没有这个文件夹了：content/old/\n"
    )
    assert "# 测试市教育局\n/content/jiaoyu/ @shili/jiaoyu\n" in (site.root / ".gitlab/CODEOWNERS").read_text("utf-8")


def test_only_a_site_can_be_given_workflows(tmp_path):
    result = SmallSite(tmp_path).run("init", "--ci", str(tmp_path))
    assert result.code == 2
    assert "没有 catalog.yaml" in result.err
    assert list(tmp_path.iterdir()) == []
