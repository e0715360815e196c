-- The turn of one role narrowed to one procedure: of a queue of thousands, a rare procedure would be looked for row by row.
CREATE INDEX dossier_queue_procedure ON dossier (commune_id, queue, procedure_code, turn_at, id);
