"""Answers every item has though no form asks for them: who was identified at the window, and by what."""

from counter_app.domain.person import identified
from counter_app.forms.answers import Answers
from counter_app.kernel import masking

ID_BY = "id_by"
"""A value of `domain.person.identified.IdBy`."""
ID_CERTNO = "id_certno"
"""Whose number it was."""


def note(answers: Answers, id_by: str, certno: str) -> Answers:
    """The answers with the identification."""
    return answers.put(ID_BY, id_by).put(ID_CERTNO, certno)


def keep(asked: Answers, whole: Answers) -> Answers:
    """What a form asks for, with the identification that stands beside it in the whole answers."""
    id_by, certno = whole.get(ID_BY), whole.get(ID_CERTNO)
    return note(asked, id_by, certno) if identified.words(id_by) and certno else asked


def words(answers: Answers, certno: str) -> str:
    """已刷码, 已读身份证, 已输证件号 of the person with this number, with the last four of another's.

    "" where nobody was identified.
    """
    said, whose = identified.words(answers.get(ID_BY)), answers.get(ID_CERTNO)
    return said if not said or whose == certno else f"尾号 {masking.tail(whose)} {said}"
