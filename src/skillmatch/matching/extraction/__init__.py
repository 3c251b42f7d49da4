"""Extraction: skills from long text, with their places, what is demanded, and what was left out and why."""

from skillmatch.matching.extraction.extract import extract

__all__ = ["extract"]
