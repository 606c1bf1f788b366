"""Write the card of the shipped model from the record of its training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.held_asks import name_channel

_HEAD = """---
license: apache-2.0
language: [ja, en]
library_name: sentence-transformers
tags: [sentence-similarity, static-embedding, crime-prevention]
---
# bouhan-static

A static embedding model for Japanese and English questions about crime-prevention guidelines: one vector per term, a text
is their sum, scaled to length 1. Terms are those of `indexer.tokens.list_terms`: MeCab lemmas (unidic-lite), the English of
loan words, English stems, numbers, and bigrams of Japanese characters. Terms that it lacks count for nothing.

It is made by `{command}`, and this card with it.

## Use

Without torch:

```python
from indexer.vectors import load_static

model = load_static(Path("models/bouhan-static"))
model.encode_queries(["エレベーターホールの明るさ"])
```

With sentence-transformers (the same vectors within 1e-5; terms are handed over with spaces between them):

```python
from indexer.export import join_terms
from sentence_transformers import SentenceTransformer

model = SentenceTransformer("models/bouhan-static", device="cpu").float()
model.encode([join_terms("エレベーターホールの明るさ")])
```
"""

_DATA = """
## Data

| pairs | number | what |
| --- | ---: | --- |
{rows}

- Statutes: one object a line with `law`, `caption` and `body` of an article (`statute-pairs.jsonl.gz`). The file is not in
  this repository. Law texts are outside copyright (Copyright Act, Article 13); e-Gov publishes them all as XML
  (<https://laws.e-gov.go.jp/>), and `ArticleCaption` and the sentences of each `Article` are the pairs. Boilerplate captions
  and those of many laws are dropped; one law in twenty is kept for measuring.
- Synonyms: the Sudachi synonym dictionary, Apache-2.0 (<https://github.com/WorksApplications/SudachiDict>, `synonyms.txt`,
  here `sudachi-synonyms.txt.gz`). Words marked as never to be expanded and company names are left out; words that do not
  start an expansion are only ever the second of a pair.
- All other pairs come from `corpus/` (`kb pairs OUT` writes them).
- No question of `evals/` is among them.
"""

_KINDS = {
    "ask": "question and clause, both languages, another clause under the same heading as negative",
    "ask_swapped": "the same with the name of a concept replaced by another name of it",
    "ask_ask": "two questions that one clause answers, or a question and a statement about it",
    "said": "a true statement and its clause, both languages, another clause under the same heading as negative",
    "told": "two ways of telling one side of a fact, one of telling the other side as negative",
    "translation": "Japanese and English restatement of a clause",
    "path": "heading path and clause",
    "concept": "names of a place and a topic, and a clause on them",
    "vocabulary": "two names of one concept, within and across languages",
    "synonym": "two words of a group of the Sudachi synonym dictionary",
    "statute": "caption and body of a statute's article",
}

_TRAINING = """
## Training

InfoNCE over the batch in both directions (MultipleNegativesRankingLoss), pairs of one group never each other's negatives,
the given negative added; cosine × {scale:g}; batches of one kind of pair; a share of {drop:g} of the terms left out at
random in each step; sparse Adam, one-cycle learning rate. First vectors are random in direction and as long as the term is
rare. {stages}. Seed {seed}. It took {seconds} s, finding the terms included.

{terms} terms × {dim} dimensions, float16: {megabytes:.1f} MB in all. Statutes kept out: nDCG@10 of finding the body
by its caption among {laws} is {law:.3f}.
"""

_RESULTS = """
## Results

Questions of the corpus, kept out ({questions}). *Before*: the model that the index trains on the passages by itself (latent
semantic analysis). *Fused*: {share:g} dense, {rest:g} lexical (BM25), the smallest share
whose mean nDCG@10 is within 0.005 of the best.

| kept out | ranking | ja R@1 | ja R@5 | ja nDCG@10 | en R@1 | en R@5 | en nDCG@10 |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
{rows}

nDCG@10 by share of the dense side:

| kept out | language | {shares} |
| --- | --- | {rule} |
{by_share}

A model of this kind knows no word order and no word outside its vocabulary, and its general vocabulary comes from statutes
and a synonym list: it is made for this field and poor outside it.
"""


def write_card(record: Mapping[str, Any]) -> str:
    """Return the card as Markdown; `record` is what `training.json` holds."""
    counts = record["pairs"]
    rows = "\n".join(f"| {kind} | {counts[kind]:,} | {what} |" for kind, what in _KINDS.items() if kind in counts)
    settings = record["settings"]
    stages = "; ".join(f"{s['steps']} steps of {s['batch']} pairs, rate {s['rate']:g}" for s in settings["stages"])
    card = _HEAD.format(command=record["command"]) + _DATA.format(rows=rows)
    card += _TRAINING.format(**{**settings, **record, "stages": stages})
    return card + (_write_results(record) if record["experiments"] else "")


def _write_results(record: Mapping[str, Any]) -> str:
    share = record["dense_share"]
    rows, by_share = [], []
    for name, experiment in record["experiments"].items():
        after, before = experiment["after"], experiment["before"]
        fused = name_channel(share)
        for label, table, channel in (
            ("lexical", after, "lexical"),
            ("dense, before", before, "dense"),
            ("dense", after, "dense"),
            ("fused, before", before, fused),
            ("**fused**", after, fused),
        ):
            cells = [
                table[channel][language][m] for language in ("ja", "en") for m in ("recall@1", "recall@5", "ndcg@10")
            ]
            rows.append(f"| {name} | {label} | {' | '.join(f'{cell:.3f}' for cell in cells)} |")
        for language in ("ja", "en"):
            values = [after[name_channel(s)][language]["ndcg@10"] for s in record["shares"]]
            by_share.append(f"| {name} | {language} | {' | '.join(f'{value:.3f}' for value in values)} |")
    questions = "; ".join(f"{name}: {e['questions']:,}" for name, e in record["experiments"].items())
    return _RESULTS.format(
        questions=questions,
        share=share,
        rest=round(1 - share, 2),
        rows="\n".join(rows),
        shares=" | ".join(f"{s:g}" for s in record["shares"]),
        rule=" | ".join("---:" for _ in record["shares"]),
        by_share="\n".join(by_share),
    )
