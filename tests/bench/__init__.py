"""Benchmarks: figures beside a baseline of the same run, never in a timed test."""
