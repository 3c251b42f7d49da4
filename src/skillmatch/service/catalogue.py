"""The catalogue as a part of the workspace: what is on offer, changed one at a time, and looked at as a whole."""

from __future__ import annotations

from skillmatch.domain.credential import Catalogue
from skillmatch.service.audit import AuditTrail
from skillmatch.service.cohort_changes import Offerings, Stacks
from skillmatch.service.context import WorkspaceContext
from skillmatch.service.credential_changes import Credentials
from skillmatch.service.curating import CatalogueReview
from skillmatch.service.filling import Imports


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
