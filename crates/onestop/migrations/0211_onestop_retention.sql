-- How long dossiers are kept. `erased_at`: files and personal answers were destroyed by a decision; code, procedure and days stay.
ALTER TABLE dossier ADD COLUMN erased_at TIMESTAMPTZ;
CREATE INDEX dossier_kept ON dossier (commune_id, status, field, erased_at, ended_at, id);

-- Decisions to destroy dossiers whose time is over. `state` is decided, done or dropped.
CREATE TABLE dossier_disposal (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  decision_no TEXT NOT NULL,
  decided_on DATE NOT NULL,
  signer TEXT NOT NULL,
  state TEXT NOT NULL,
  account_id UUID NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  ended_by UUID,
  ended_at TIMESTAMPTZ,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);

-- A dossier stands in one decision at most; a decision that is dropped lets its dossiers go.
CREATE TABLE dossier_disposal_item (
  commune_id UUID NOT NULL,
  disposal_id UUID NOT NULL,
  dossier_id UUID NOT NULL,
  PRIMARY KEY (commune_id, disposal_id, dossier_id)
);
CREATE UNIQUE INDEX dossier_disposal_item_dossier ON dossier_disposal_item (commune_id, dossier_id);
