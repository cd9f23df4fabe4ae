"""The lines: which manager every node has, and what to do where the file is wrong.

`directory` finds the node a text means, `reporting_lines` asks it for every node. `authority` makes the
lines sound (`forest`): `missing_managers` with `nearest` and `outsiders`, `plausibility`, `roots`. `lines`
are the further managers and ties.
"""
