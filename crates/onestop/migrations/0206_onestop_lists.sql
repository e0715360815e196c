-- A state of one procedure in the work list: of what is returned, a rare procedure would be looked for row by row.
CREATE INDEX dossier_procedure_status ON dossier (commune_id, procedure_code, status, id);
