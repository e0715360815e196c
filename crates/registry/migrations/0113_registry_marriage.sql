-- A marriage is an event with a day of its own and, sometimes, an end. Who lives elsewhere has a name here and no id.
-- `ended_reason` is divorce or death.
CREATE TABLE marriage (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  husband_id UUID,
  husband_name TEXT NOT NULL,
  wife_id UUID,
  wife_name TEXT NOT NULL,
  on_date DATE NOT NULL,
  act_number TEXT NOT NULL,
  ended_on DATE,
  ended_reason TEXT,
  source TEXT NOT NULL,
  ended_source TEXT NOT NULL,
  account_id UUID,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX marriage_husband ON marriage (commune_id, husband_id, on_date);
CREATE INDEX marriage_wife ON marriage (commune_id, wife_id, on_date);
-- Two officers at once cannot marry one person twice.
CREATE UNIQUE INDEX marriage_husband_stands ON marriage (commune_id, husband_id) WHERE ended_on IS NULL;
CREATE UNIQUE INDEX marriage_wife_stands ON marriage (commune_id, wife_id) WHERE ended_on IS NULL;
