"""Which column of a table plays which role, and why.

`headers` are the words of six languages, `roles` tells the roles, `manager_columns` which column holds the
managers and what it refers to, `hierarchies` (with `hierarchyids`) tells managers from paths and levels,
`pointed_numbers` mends ids that a program has made numbers. `mapping` is all of it as data, `evidence` the
reasons.
"""
