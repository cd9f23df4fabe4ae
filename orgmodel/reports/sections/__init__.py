"""The sections of a report, a file for each topic; `orgmodel.reports.report` puts them in order."""
