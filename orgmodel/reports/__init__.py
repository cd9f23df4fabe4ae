"""Reports: what was found about a chart, as a file to hand on.

* `orgmodel.reports.content`: what a report consists of, whatever file it becomes;
* `orgmodel.reports.report`: `report_of`, a scenario -> a report; its `orgmodel.reports.sections` by topic;
* `orgmodel.reports.drawings`: its pictures;
* `orgmodel.reports.kinds`: `write_report`, a report -> HTML, PowerPoint, PDF, a workbook, tables as CSV.
"""
