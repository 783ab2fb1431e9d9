"""A chat bot for a council's corporate parenting panel, in Slack and Microsoft Teams."""

__version__ = "0.1.0"
