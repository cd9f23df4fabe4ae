"""What becomes of every row: a node, a copy of another one, a line, or nothing, with a reason.

`misplaced_rows` and `template_rows` mend the table first (`edited_rows`). `posts` and `vacancies` read what
a row says of its node, `identities` and `duplicates` which rows are nodes.
"""
