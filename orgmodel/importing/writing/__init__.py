"""An organization -> a file that reads back to an equal one, in four kinds; a report -> a list of findings.

`kinds` says which there are; `text_writing`, `workbook_writing`, `graph_writing` and `own_json` write one
each, from `own_rows`.
"""
