"""Orgmodel."""
