"""Matching: from text to skills with a calibrated probability, alternatives, and an honest "no skill".

The walk: an ``Encoder`` turns text into vectors; ``build_index`` holds a taxonomy's names as letters and vectors;
a ``Linker`` gathers candidates, compares them and answers; ``infer_skills`` does so for long descriptions.
"""
