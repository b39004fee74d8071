"""Words that people use lead to the words of documents: what ships makes sense, and a site adds, changes and drops."""

from __future__ import annotations

from gongkai.base.text import plain
from gongkai.model.entries import shipped
from gongkai.model.kinds import BY_NAME
from tests.conftest import DAY

SHIPPED = {entry.item.id: entry.item.record for entry in shipped(BY_NAME["synonym"])}


def test_a_hundred_and_fifty_pairs_ship_and_each_can_be_searched_and_says_something_new():
    assert sum(len(entry.official) for entry in SHIPPED.values()) >= 150
    for entry in shipped(BY_NAME["synonym"]):
        assert entry.sound, entry.item.id
        assert [*BY_NAME["synonym"].rules[0](entry.typed)] == []
        assert entry.item.record.official, "a shipped word leads somewhere"
        assert len({plain(word) for word in entry.item.record.official}) == len(entry.item.record.official)


def test_no_two_shipped_pairs_say_the_same_both_ways():
    """With `both`, a pair written again the other way round would be offered twice."""
    ways = [(word, official) for word, entry in SHIPPED.items() for official in entry.official]
    ways += [(official, word) for word, entry in SHIPPED.items() if entry.both for official in entry.official]
    assert len(ways) == len(set(ways))


def test_a_word_stands_once_in_a_site_s_own_list(site):
    site.write("-- content/common/synonyms.yaml --\nsynonyms:\n  - {word: 甲乙, official: [丙丁]}\n")
    assert site.run("check", "--date", DAY, "--strict").code == 0
    site.write(
        "-- content/common/synonyms.yaml --\nsynonyms:\n  - {word: 甲乙, official: [丙丁]}\n"
        "  - {word: 甲乙, official: [戊己]}\n"
    )
    said = site.run("check", "--date", DAY)
    assert said.code == 1
    assert "content/common/synonyms.yaml:3:12  GK-FILE-010" in said.out
