"""Conformance of a whole installation, case by case, through its gateway with real certificates."""
