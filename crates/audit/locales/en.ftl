audit-title = System record
