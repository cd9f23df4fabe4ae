"""Bytes -> tables: which format a file has, where its rows and its header are.

`sources` takes what is handed over and tells the format by its content; `texts`, `workbooks` (with
`old_workbooks`, `workbook_sizes`, `workbook_texts`), `json_files` and `graph_files` read one each; `cells`
holds rows and columns of any size; `tables` finds the header.
"""
