"""How large the package may be: the gates, with the aim beside each. A gate is what was reached, and only falls."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Gate:
    """A size that is measured at every build."""

    what: str
    gate_mb: float
    aim_mb: float

    def line(self, mb: float) -> str:
        """The figure beside its gate and its aim."""
        verdict = "在关口内" if self.kept(mb) else "超过关口"
        return f"{self.what} {mb:.1f} MB（关口 {self.gate_mb:g}，目标 {self.aim_mb:g}）：{verdict}"

    def kept(self, mb: float) -> bool:
        """Whether the figure is no larger than the gate."""
        return mb <= self.gate_mb


INSTALLED = Gate("安装后", 456, 300)
PACKAGE = Gate("安装包", 133, 95)


def megabytes(folder: Path) -> float:
    """What the files of a folder take, or a file; links count for nothing."""
    files = [folder] if folder.is_file() else [p for p in folder.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in files if not p.is_symlink()) / 1e6


def largest(folder: Path, count: int = 12) -> list[tuple[str, float]]:
    """The largest parts of a folder."""
    parts = [(p.name, megabytes(p)) for p in folder.iterdir() if not p.is_symlink()]
    return sorted(parts, key=lambda part: -part[1])[:count]
