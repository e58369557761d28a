"""What was typed travels unchanged."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.forms.answers import Answers, from_plain, path

words = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
rows = st.dictionaries(words, st.text(min_size=1), max_size=5)
answers = st.builds(
    Answers,
    values=rows,
    rows=st.dictionaries(words, st.lists(rows, max_size=4).map(tuple), max_size=3),
)


@given(answers)
def test_plain_and_back(made: Answers) -> None:
    assert from_plain(json.loads(json.dumps(made.to_plain()))) == made


@given(answers, words, st.text())
def test_put_changes_one_answer_and_no_other_object(made: Answers, name: str, text: str) -> None:
    before = made.to_plain()
    after = made.put(name, text)
    assert after.get(name) == text
    assert made.to_plain() == before
    assert {k: v for k, v in after.values.items() if k != name} == {
        k: v for k, v in made.values.items() if k != name
    }


@given(answers, words, rows, words, st.text())
def test_rows(made: Answers, section: str, row: dict[str, str], name: str, text: str) -> None:
    grown = made.add_row(section, row)
    last = len(grown.section(section)) - 1
    assert grown.section(section)[last] == row
    assert grown.put(path(section, last, name), text).get(path(section, last, name)) == text
    assert grown.remove_row(section, last).section(section) == made.section(section)
    assert grown.get(path(section, last + 1, name)) == ""
    with pytest.raises(IndexError):
        grown.put(path(section, last + 1, name), text)


def test_empty_answers_are_left_out() -> None:
    made = Answers({"a": "", "b": "1"}, {"m": ({"x": "", "y": "2"},)})
    assert made.to_plain() == {"values": {"b": "1"}, "rows": {"m": [{"y": "2"}]}}


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        {"values": []},
        {"values": {"a": 1}},
        {"values": {1: "a"}},
        {"rows": []},
        {"rows": {"m": "x"}},
        {"rows": {"m": ["x"]}},
        {"rows": {"m": [{"x": None}]}},
    ],
)
def test_another_shape_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match=r"no (table|list|text)"):
        from_plain(plain)
