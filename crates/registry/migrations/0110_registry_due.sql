-- Who was told of what is due. `period` says which time: the age reached, the year, or the day on which the insurance
-- ends. `how` is print or spoken. `batch_id` is one press of the button, which can be taken back.
CREATE TABLE due_notice (
  commune_id UUID NOT NULL,
  rule TEXT NOT NULL,
  person_id UUID NOT NULL,
  period TEXT NOT NULL,
  due_on DATE NOT NULL,
  how TEXT NOT NULL,
  batch_id UUID NOT NULL,
  account_id UUID,
  invited_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, rule, person_id, period),
  FOREIGN KEY (commune_id, person_id) REFERENCES person (commune_id, id)
);
CREATE INDEX due_notice_person ON due_notice (commune_id, person_id);
CREATE INDEX due_notice_batch ON due_notice (commune_id, batch_id);
