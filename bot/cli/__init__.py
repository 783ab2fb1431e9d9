"""`cpbot`, the operator's command: one file a family of subcommands."""
