"""Microsoft Teams: arrivals in, cards out."""
