"""Several tables that belong together -> one table of nodes.

`joined` is the order of the work. `drawings` takes exports of drawing programs apart. `edges` and `folding`
make columns of a table of lines, `stacking` puts tables of nodes below each other, `lookups` adds columns,
`additions` is what all of them add to a table.
"""
