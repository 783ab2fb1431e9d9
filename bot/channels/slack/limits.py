"""Block Kit's limits, from Slack's reference for blocks, views and messages."""

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
HEADER = 150
SECTION = 3000
BUTTONS_IN_A_ROW = 25
BUTTON_LABEL = 75
BUTTON_VALUE = 2000
CONFIRM_TITLE = 100
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
ALL_BLOCKS = 12_000
"""Undocumented: near 13,200 characters over all blocks Slack answers msg_blocks_too_long (bolt-js #2509)."""
REQUEST_BYTES = 1_000_000
SIGNATURE_SECONDS = 300
"""Slack's own window against replays."""
