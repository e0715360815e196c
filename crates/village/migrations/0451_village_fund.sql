-- Funds of a village. `balance` is the sum of its entries, kept so that two who spend at once are put in order.
CREATE TABLE village_fund (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  village_id UUID NOT NULL,
  name TEXT NOT NULL,
  purpose TEXT NOT NULL,
  opened_on DATE NOT NULL,
  balance BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX village_fund_village ON village_fund (commune_id, village_id, id);

-- A contribution that the village has set: `amount` for each household or person. `why`: the meeting or decision behind it.
CREATE TABLE village_fund_due (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  fund_id UUID NOT NULL,
  title TEXT NOT NULL,
  per TEXT NOT NULL,
  amount BIGINT NOT NULL,
  due_on DATE NOT NULL,
  why TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX village_fund_due_fund ON village_fund_due (commune_id, fund_id, id);

CREATE TABLE village_fund_exempt (
  commune_id UUID NOT NULL,
  due_id UUID NOT NULL,
  household_id UUID NOT NULL,
  reason TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, due_id, household_id)
);

-- The book. Nothing is deleted: a wrong entry is `reversed` by another with the opposite sign. `code` is from the number book of the
-- village and year. `below`: why the fund was overspent.
CREATE TABLE village_fund_entry (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  village_id UUID NOT NULL,
  fund_id UUID NOT NULL,
  due_id UUID,
  household_id UUID,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  payer TEXT NOT NULL,
  words TEXT NOT NULL,
  amount BIGINT NOT NULL,
  day DATE NOT NULL,
  approver TEXT NOT NULL,
  below TEXT NOT NULL,
  file_id UUID,
  reverses_id UUID,
  reversed BOOLEAN NOT NULL,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX village_fund_entry_code ON village_fund_entry (commune_id, village_id, code);
CREATE INDEX village_fund_entry_fund ON village_fund_entry (commune_id, fund_id, day, id);
CREATE INDEX village_fund_entry_due ON village_fund_entry (commune_id, due_id, household_id);
CREATE INDEX village_fund_entry_household ON village_fund_entry (commune_id, household_id, id);
