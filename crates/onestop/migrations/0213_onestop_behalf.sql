-- Who filed a dossier for somebody else, and on what ground: team (the village's team, with consent), parent (of a minor), agreed
-- (somebody of the household, with consent). Written with the dossier and never changed.
CREATE TABLE dossier_behalf (
  commune_id UUID NOT NULL,
  dossier_id UUID NOT NULL,
  ground TEXT NOT NULL,
  account_id UUID NOT NULL,
  consented BOOLEAN NOT NULL,
  declared_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, dossier_id)
);
