-- Money for dossiers. `method` is cash, transfer or portal. `problem` is '' when the money belongs to `dossier_id`, otherwise
-- why it was not matched: nobody guesses. `reference` is the bank's, or our own for cash: the same money comes once.
CREATE TABLE dossier_payment (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  dossier_id UUID,
  method TEXT NOT NULL,
  amount BIGINT NOT NULL,
  reference TEXT NOT NULL,
  note TEXT NOT NULL,
  paid_on DATE NOT NULL,
  receipt_no BIGINT,
  problem TEXT NOT NULL,
  account_id UUID,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX dossier_payment_reference ON dossier_payment (commune_id, reference);
CREATE INDEX dossier_payment_dossier ON dossier_payment (commune_id, dossier_id);
CREATE INDEX dossier_payment_problem ON dossier_payment (commune_id, problem, id);
