"""What the quiz in the terminal says, in both languages."""

from __future__ import annotations

from typing import Any

_WORDS: dict[str, tuple[str, str]] = {
    "card": ("[{number}/{total}] {subject}", "[{number}/{total}] {subject}"),
    "paper_card": (
        "[{number}/{total}] 残り{minutes}分{seconds:02d}秒",
        "[{number}/{total}] {minutes} min {seconds:02d} s left",
    ),
    "ask": (
        "答え（1～{last}、s＝この問題を休止、u＝直前の評価を取り消す、q＝終わる）: ",
        "Answer (1-{last}, s lay this card aside, u undo the last rating, q quit): ",
    ),
    "ask_paper": ("答え（1～{last}、空＝答えない、q＝提出）: ", "Answer (1-{last}, empty to skip, q hand in): "),
    "not_an_answer": (
        "「{given}」は答えになりません。1～{last}で答えてください。",
        "{given!r} is no answer; 1 to {last}.",
    ),
    "right": ("○ 正解です。", "Right."),
    "wrong": ("× 不正解です。正解は{number} {answer}", "Wrong. The answer is {number} {answer}"),
    "because": ("・{option}：{why}", "- {option}: {why}"),
    "source": ("根拠　{text}", "Clause: {text}"),
    "ask_rating": (
        "覚え具合（2＝難しい、3＝ふつう、4＝簡単、空＝3）: ",
        "How well did you know it (2 hard, 3 good, 4 easy, empty for 3)? ",
    ),
    "not_a_rating": ("「{given}」は選べません。2、3、4のどれかです。", "{given!r}: allowed are 2, 3 and 4."),
    "kept": ("記録しました（{number}）。次は{due}", "Kept ({number}). Next: {due}"),
    "undone": ("直前の評価（{number}）を取り消しました。", "The last rating ({number}) is taken back."),
    "nothing_to_undo": ("取り消せる評価がありません。", "There is no rating to take back."),
    "suspended": (
        "この問題を休止しました（戻すには --resume {item}）。",
        "Laid aside (bring it back with --resume {item}).",
    ),
    "resumed": ("問題を戻しました：{item}", "Brought back: {item}"),
    "done": (
        "今日の分は終わりです。{count}問に答え、{right}問正解でした。",
        "Done for today: {count} cards, {right} right.",
    ),
    "stopped": ("ここまで{count}問に答え、{right}問正解でした。", "So far: {count} cards, {right} right."),
    "none_today": ("今日の分はありません。", "There is nothing to do today."),
    "today": ("今日の分は{count}問です（{learner}）。", "{count} cards today ({learner})."),
    "exam": ("試験まで{days}日。", "{days} days to the exam."),
    "paper": (
        "練習問題{count}問、{minutes}分（番号{seed}）。実際の試験の形式・内容を再現したものではありません。",
        "Practice paper: {count} items, {minutes} minutes (seed {seed}). It is not the form of the real exam.",
    ),
    "time_up": ("時間になりました。", "Time is up."),
    "score": (
        "{score}／{total}問正解（{percent}%）、{minutes}分{seconds:02d}秒",
        "{score} of {total} right ({percent}%), {minutes} min {seconds:02d} s",
    ),
    "by_subject": ("・{subject}：{right}／{total}", "- {subject}: {right} of {total}"),
    "misses": ("間違えた問題", "What was missed"),
    "your_answer": ("あなたの答え：{answer}", "Your answer: {answer}"),
    "no_answer": ("（答えなし）", "(none)"),
    "exported": ("{count}問を{file}に書き出しました。", "{count} items are in {file}."),
    "saved": ("{learner}の記録を{file}に保存しました。", "Progress of {learner} is in {file}."),
    "loaded": ("{file}の記録を{learner}に読み込みました。", "Progress in {file} is now that of {learner}."),
    "chosen": ("試験日：{exam}、1日の上限：{cap}問", "Exam: {exam}; at most {cap} cards a day"),
    "no_exam": ("未定", "not set"),
    "subject_line": (
        "{subject}：{seen}／{items}問、最近の正解{right}／{recent}",
        "{subject}: {seen} of {items} seen, lately {right} of {recent} right",
    ),
    "streak": ("続けた日数：{days}日", "Days in a row: {days}"),
}


def tell(key: str, language: str, **parts: Any) -> str:
    """Return a sentence in a language with its parts filled in."""
    ja, en = _WORDS[key]
    return (en if language == "en" else ja).format(**parts)
