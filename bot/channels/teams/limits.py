"""The limits of Teams, its cards and its app package, from Microsoft's reference."""

REQUEST_BYTES = 256_000
REQUEST_SECONDS = 10
CARD_BYTES = 25_000
"""Teams takes about 100 KB of UTF-16 a message; half of what is left after doubling, to be safe."""
FALLBACK_BYTES = 4_000
SUMMARY = 1_000
ACTIONS_IN_A_SET = 5
"""Teams shows six; Microsoft's own renderer takes five unless told otherwise."""
ACTIONS = 6
"""In a whole card. More become a list to choose from."""
ACTION_TITLE = 48
"""What a card on a phone shows of a button; the whole of it is its tooltip."""
TEXT = 6_000
"""The longest run of text that is shown whole in a card."""
INPUT = 4_000
TOOLTIP = 200
CHOICES = 60
CHOICE_TITLE = 120
SHORTEST_SEARCH = 3
COMMANDS = 10
COMMAND_TITLE = 32
COMMAND_DESCRIPTION = 128
