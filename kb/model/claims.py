"""What people say of a clause, rightly and wrongly (`claims.yaml`)."""

from __future__ import annotations

from pydantic import Field, model_validator

from kb.model.base import Frozen, Words
from kb.model.judgement import Fault


class Claims(Frozen):
    """Statements about one clause: right ones in other words, and wrong ones by the kind of fault."""

    document: str
    locator: str
    right: Words = Words()
    wrong: dict[Fault, Words] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_something(self) -> Claims:
        if not self.right.all and not any(words.all for words in self.wrong.values()):
            raise ValueError("a claim is `right` or `wrong`")
        return self
