"""Advice on real data: people as they write, a real taxonomy, a thousand real courses, and lists that were judged."""
