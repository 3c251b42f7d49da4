"""Matching as a part of the workspace: texts to skills, what people decided about texts, and learning from that."""

from __future__ import annotations

from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.matching.extraction import TextMatching
from skillmatch.service.matching.feedback import FeedbackLog
from skillmatch.service.matching.tuning import Tuning
from skillmatch.service.matching.waiting import WaitingReview


class Matching:
    """From words to skills; what people decided about texts (``feedback``) is heeded from the next answer on.

    ``waiting`` holds the words of lines about people that no skill was found for.
    """

    def __init__(self, context: WorkspaceContext) -> None:
        texts = TextMatching(context)
        self.link = texts.link
        self.extract = texts.extract
        self.feedback = FeedbackLog(context)
        self.waiting = WaitingReview(context)
        tuning = Tuning(context, self.feedback)
        self.tune = tuning.tune
        self.remove_tuning = tuning.remove_tuning
