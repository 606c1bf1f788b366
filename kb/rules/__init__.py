"""Judge designs by requirements: three-valued, over typed facts, with reasons."""

from kb.model.facts import DesignView, Facts, FactValue, PlaceInstance
from kb.model.finding import Change, Conflict, Finding, Flip, MissingFact, Reason, Shortfall
from kb.rules.conflicts import find_conflicts
from kb.rules.evaluate import Judge, complies, documents_in_force, evaluate, evaluate_all, summarize
from kb.rules.facts import read_fact
from kb.rules.record import record_finding, record_missing, record_reason
from kb.rules.view import View

__all__ = [
    "Change",
    "Conflict",
    "DesignView",
    "FactValue",
    "Facts",
    "Finding",
    "Flip",
    "Judge",
    "MissingFact",
    "PlaceInstance",
    "Reason",
    "Shortfall",
    "View",
    "complies",
    "documents_in_force",
    "evaluate",
    "evaluate_all",
    "find_conflicts",
    "read_fact",
    "record_finding",
    "record_missing",
    "record_reason",
    "summarize",
]
