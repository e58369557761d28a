"""`counter-app scan FILE... | --text TEXT`: what codes a picture holds and what each of them is."""

import argparse
import json
import re
import sys
from pathlib import Path

from counter_app.devices.camera.camera_process import CameraProcess
from counter_app.devices.camera.choose_camera import CameraChoice
from counter_app.domain.scanning.classify import classify
from counter_app.domain.scanning.scanned import Kind
from counter_app.kernel import masking, resident_id

DONE, PROBLEMS, USAGE = 0, 1, 2
_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])|(?<![0-9])[0-9]{15}(?![0-9])")
_WHAT = "what"
"""Said to people, left out of the JSON."""
_WHY = {"unreadable": "打不开，看看文件在不在", "no_picture": "不是图片，或已经损坏"}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("scan", help="读图片里的码，说出是什么码")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="图片文件")
    parser.add_argument("--text", help="不读图，只说这段文字是什么")
    parser.add_argument("--json", action="store_true", help="每个文件一行 JSON")
    parser.add_argument("--reveal", action="store_true", help="证件号显示全部")


def run(args: argparse.Namespace) -> int:
    """Read and say; 1 a file holds no code or can't be read, 2 neither file nor text was given.

    Raises:
        EnvironmentFault: the process that reads pictures stopped.
    """
    if args.text is None and not args.files:
        sys.stderr.write("要给图片文件，或用 --text 给一段文字\n")
        return USAGE
    if args.text is not None:
        code = code_of(args.text, reveal=args.reveal)
        _say({"text": code["text"]}, [code], as_json=args.json)
    return _files(args) if args.files else DONE


def code_of(text: str, *, reveal: bool = False, ms: float = 0.0) -> dict[str, object]:
    """A code as it is printed: text, kind, fields, ms, and its kind in words; numbers masked."""
    found = classify(text)
    fields = dict(found.fields)
    if not reveal and "certno" in fields:
        fields["certno"] = masking.id_number(fields["certno"])
    shown = text if reveal else masked(text)
    kind, what = found.kind.value, found.what
    return {"text": shown, "kind": kind, "fields": fields, "ms": ms, _WHAT: what}


def masked(text: str) -> str:
    """The text with every whole identity number in it masked (FACTS §10)."""
    if classify(text).kind is Kind.RESIDENT_ID:
        return masking.id_number(resident_id.normalize(text))
    return _NUMBER.sub(_hidden, text)


def _hidden(match: re.Match[str]) -> str:
    found = resident_id.parse(match.group())
    return match.group() if found is None else masking.id_number(match.group())


def _files(args: argparse.Namespace) -> int:
    code = DONE
    process = CameraProcess(CameraChoice(still=True))
    process.start()
    try:
        for path in args.files:
            answer = process.read_file(path)
            if answer.why:
                sys.stderr.write(f"{path.name} {_WHY[answer.why]}\n")
            if not answer.codes:
                code = PROBLEMS
            codes = [code_of(c.text, reveal=args.reveal, ms=answer.ms) for c in answer.codes]
            _say({"file": str(path)}, codes, as_json=args.json)
    finally:
        process.stop()
    return code


def _say(head: dict[str, object], codes: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        plain = [{k: v for k, v in code.items() if k != _WHAT} for code in codes]
        sys.stdout.write(json.dumps({**head, "codes": plain}, ensure_ascii=False) + "\n")
        return
    if "file" in head:
        sys.stdout.write(f"{head['file']}：{len(codes)} 个码\n")
    for code in codes:
        sys.stdout.write(f"  {code[_WHAT]}（{code['kind']}） {code['text']}\n")
