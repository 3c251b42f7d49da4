"""Advice against planted truth: does what is recommended close the gap that is really there?"""
