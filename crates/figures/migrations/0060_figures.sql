-- What was reported: the values of a period as they were on the day they were frozen, never computed again.
-- `period` is 2023, 2023-Q4 or 2023-12; `value` is empty when it was not known.
CREATE TABLE figure_frozen (
  commune_id UUID NOT NULL,
  period TEXT NOT NULL,
  key TEXT NOT NULL,
  as_of DATE NOT NULL,
  value TEXT NOT NULL,
  unit TEXT NOT NULL,
  numerator TEXT NOT NULL,
  denominator TEXT NOT NULL,
  basis TEXT NOT NULL,
  frozen_at TIMESTAMPTZ NOT NULL,
  account_id UUID,
  PRIMARY KEY (commune_id, period, key)
);
