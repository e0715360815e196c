-- The quality index asks for what was received and what ended in a month.
CREATE INDEX dossier_received ON dossier (commune_id, received_at);
CREATE INDEX dossier_ended ON dossier (commune_id, ended_at);
