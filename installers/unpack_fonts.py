"""Unpack the rare-character font and check every font against its recorded SHA-256."""

import hashlib
import lzma
import sys
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"


def main() -> int:
    """Unpack what is packed, compare all, print what differs; 0 when all is right, 3 otherwise."""
    for packed in FONTS.glob("*.xz"):
        target = packed.with_suffix("")
        if not target.exists():
            part = target.with_suffix(".part")
            part.write_bytes(lzma.decompress(packed.read_bytes()))
            part.replace(target)
    wrong = []
    for line in (FONTS / "SHA256SUMS").read_text("ascii").splitlines():
        digest, name = line.split()
        if hashlib.sha256((FONTS / name).read_bytes()).hexdigest() != digest:
            wrong.append(name)
    for name in wrong:
        print(f"字体文件不对：{name}")
    return 3 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
