"""Slack: arrivals in, messages out."""
