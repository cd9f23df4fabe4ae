"""What is left out or replaced before anything is kept.

`private` is the promise and the order of the work, `sensitive_headers` the words for pay and persons,
`people` the persons and their pseudonyms, `pseudonyms` the cells in which they stand.
"""
