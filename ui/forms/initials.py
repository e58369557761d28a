"""Pinyin initials of code tables: worked out once, off the GUI thread, when first asked for."""

from collections.abc import Callable, Mapping

from ui.ports import Tasks


def initials(words: str) -> str:
    """The first letters of the words' pinyin, lower case; what is no Chinese is left out."""
    from pypinyin import Style, lazy_pinyin

    letters = lazy_pinyin(words, style=Style.FIRST_LETTER, errors="ignore")
    return "".join(letters).lower()


def of_table(table: Mapping[str, str]) -> dict[str, str]:
    """Code -> initials."""
    return {code: initials(words) for code, words in table.items()}


class Initials:
    """Answers from what is worked out; a table never asked for costs nothing."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._known: dict[str, dict[str, str]] = {}
        self._asked: set[str] = set()

    def of(self, name: str, table: Mapping[str, str]) -> Mapping[str, str]:
        """The table's initials as far as they are there; the first call starts the work."""
        if name not in self._asked:
            self._asked.add(name)
            plain = dict(table)
            self._tasks.io(lambda: of_table(plain), self._keep(name))
        return self._known.get(name, {})

    def _keep(self, name: str) -> Callable[[dict[str, str]], None]:
        def keep(found: dict[str, str]) -> None:
            self._known[name] = found

        return keep
