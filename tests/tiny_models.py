"""Tiny transformer models, made in a second and without a network: an embedder and a cross-encoder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_SIGNS = (
    "0123456789abcdefghijklmnopqrstuvwxyz :：。、？?"
    "あいうえおかがきくけこさしすせそただちってとなにのはひふへほまみむめもやゆよらりるれろわをんー"
)
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def _make_tokenizer() -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    signs = [*_SPECIAL, *dict.fromkeys(_SIGNS), *"照明度何使玄関窓扉錠防犯灯検索文書質問"]
    vocabulary = {sign: row for row, sign in enumerate(dict.fromkeys(signs))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    ends = [("[CLS]", 2), ("[SEP]", 3)]
    tokenizer.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", ends)
    names = dict(zip(("pad", "unk", "cls", "sep", "mask"), _SPECIAL, strict=True))
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=64, **{f"{name}_token": sign for name, sign in names.items()}
    )


def _configure(**more: Any) -> Any:
    from transformers import BertConfig

    return BertConfig(
        vocab_size=200,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        **more,
    )


def save_embedder(folder: Path, seed: int = 0, prompts: dict[str, str] | None = None) -> Path:
    """Write a sentence-transformers model with one tiny BERT layer into a folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules as models
    from transformers import BertModel

    torch.manual_seed(seed)
    plain = folder.parent / f"{folder.name}-plain"
    BertModel(_configure()).save_pretrained(plain)
    _make_tokenizer().save_pretrained(plain)
    transformer = models.Transformer(str(plain), max_seq_length=64)
    model = SentenceTransformer(modules=[transformer, models.Pooling(16)], device="cpu", prompts=prompts)
    model.save(str(folder), create_model_card=False)
    return folder


def save_reranker(folder: Path, seed: int = 0, outputs: int = 1) -> Path:
    """Write a cross-encoder with one tiny BERT layer into a folder."""
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(seed)
    BertForSequenceClassification(_configure(num_labels=outputs)).save_pretrained(folder)
    _make_tokenizer().save_pretrained(folder)
    return folder
