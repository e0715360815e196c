figures-group-feedback = Reports and suggestions
figure-reports-in-time-pct = Reports answered in time
figure-reports-in-time-pct-how = Of the reports that by that day had been answered or should have been, those whose answer came by the last day. Denunciations and complaints are not counted.
