"""What a void gives back, in the words of what the case took."""

import pytest

from counter_app.services.queries.case_view import _frees


def hold(kind: str) -> list[object]:
    return [kind, "k", "", {}, True]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"said": [{"years": [2027]}]}, ["登记的年度"]),
        ({"said": [], "holds": [hold("bill"), hold("bill")]}, ["2 张票据"]),
        ({"holds": [hold("filing")]}, ["这件备案"]),
        ({"holds": [hold("filing_end")]}, ["取消的备案"]),
        ({"said": [], "holds": []}, ["中心改过的"]),
    ],
)
def test_frees(body: dict[str, object], words: list[str]) -> None:
    assert [what for what, _ in _frees(body)] == words
