"""`kb judge` as a person runs it."""

import json
import sys
from pathlib import Path

import jsonschema
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "kb"))
from commands import run_kb  # noqa: E402

FALSE = "福岡県の大規模小売店舗の指針では、記録した画像は最低3日以上保存する。"


def test_json_follows_the_schema(home: Path):
    judged = run_kb("judge", FALSE, "--json", KB_HOME=home)
    schema = run_kb("schema", "judgement", KB_HOME=home)
    assert judged.code == schema.code == 0
    jsonschema.validate(judged.data, schema.data)
    assert (judged.data["verdict"], judged.data["fault"]) == ("incorrect", "figure")


def test_a_person_reads_the_verdict_first(home: Path):
    shown = run_kb("judge", FALSE, KB_HOME=home)
    assert shown.code == 0 and shown.out.startswith("誤り")
    assert "福岡県大型店指針" in shown.out


def test_lines_keep_their_ids(home: Path):
    lines = [{"id": 7, "statement": FALSE}, {"statement": "富士山の標高は3776mである。"}]
    judged = run_kb("judge", "--jsonl", stdin="\n".join(map(json.dumps, lines)) + "\n", KB_HOME=home)
    assert [line["id"] for line in judged.lines] == [7, None]
    assert [line["verdict"] for line in judged.lines] == ["incorrect", "not_covered"]


@pytest.mark.parametrize(
    ("args", "stdin", "code", "named"),
    [
        ((), "", 2, "STATEMENT"),
        (("",), "", 2, "empty"),
        (("文", "--guideline", "tokyo"), "", 2, "tokyo"),
        (("--jsonl",), "nonsense\n", 3, "line 1"),
        (("--jsonl",), '{"statement": "文", "facts": {}}\n', 3, "facts"),
        (("--jsonl",), '{"question": "文"}\n', 3, "statement"),
    ],
)
def test_wrong_use_ends_in_a_message(home: Path, args, stdin, code, named):
    done = run_kb("judge", *args, stdin=stdin, KB_HOME=home)
    assert done.code == code and named in done.err and "Traceback" not in done.err
