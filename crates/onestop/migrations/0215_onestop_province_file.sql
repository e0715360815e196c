-- Files that the province has: the id there, so that none is sent twice, and when it was told to which dossier it belongs.
CREATE TABLE province_file (
  commune_id UUID NOT NULL,
  dossier_id UUID NOT NULL,
  paper_id UUID NOT NULL,
  file TEXT NOT NULL,
  told_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, dossier_id, paper_id)
);
