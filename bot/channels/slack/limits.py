"""Block Kit's limits, from Slack's reference for blocks, views and messages."""

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
HEADER = 150
CONTEXT = 3000
RUN = 3000
"""Characters in one run of rich text. Slack names no limit; this is that of a text object."""
RUNS = 500
"""Runs in one block of rich text. Slack names no limit."""
BUTTONS_IN_A_ROW = 25
BUTTON_LABEL = 75
BUTTON_VALUE = 2000
ACTION_ID = 255
VIEW_TITLE = 24
VIEW_BUTTON = 24
PRIVATE_METADATA = 3000
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100
LABEL = 2000
PLACEHOLDER = 150
INPUT = 3000
MESSAGE_TEXT = 4000
"""What Slack advises for the top-level text; it accepts 40,000."""
MESSAGE_CHARACTERS = 10_000
"""Undocumented: between 11,300 and 13,200 characters over all blocks, by a count of its own that takes in
more than the words, Slack answers msg_blocks_too_long (bolt-js #2509 and #2867)."""
VIEW_CHARACTERS = 40_000
"""A view may have 250 kB as JSON."""
BLOCK_COST = 40
"""What a block or a run is counted as, beside its words."""
REQUEST_BYTES = 1_000_000
SIGNATURE_SECONDS = 300
"""Slack's own window against replays."""
