"""The catalogue as a part of the workspace: what is on offer, changed one at a time, and looked at as a whole."""

from __future__ import annotations

from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.service.audit.audit import AuditTrail
from skillmatch.service.catalogue.credentials import Credentials
from skillmatch.service.catalogue.offerings import Offerings, Stacks
from skillmatch.service.catalogue.review import CatalogueReview
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.imports.imports import Imports


class WorkspaceCatalogue:
    """Credentials, their offerings (cohorts with seats) and stacks; each has its own ``get``, ``write``, ``remove``."""

    def __init__(self, context: WorkspaceContext, audit: AuditTrail, imports: Imports) -> None:
        self._context = context
        self.credentials = Credentials(context, audit)
        self.offerings = Offerings(context, audit)
        self.stacks = Stacks(context, audit)
        review = CatalogueReview(context)
        self.survey = review.survey
        self.texts_to_review = review.texts_to_review
        self.import_from = imports.catalogue

    def all(self) -> Catalogue:
        """The credentials and stacks on offer.

        >>> workspace.catalogue.all().stacks[0].id
        'own/A-S1'
        """
        return self._context.snapshot().catalogue
