"""An organization -> a file that reads back to an equal one, in five kinds; a report -> a list of findings.

`kinds` says which there are; `text_writing`, `workbook_writing`, `graph_writing`, `own_json` and `node_link`
write one each.
"""
