-- What somebody said of a criterion of the smart village, with evidence. The newest counts; older ones are its history.
CREATE TABLE village_criterion (
  commune_id UUID NOT NULL,
  village_id UUID NOT NULL,
  code TEXT NOT NULL,
  id UUID NOT NULL,
  met BOOLEAN NOT NULL,
  note TEXT NOT NULL,
  day DATE NOT NULL,
  file_id UUID,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, village_id, code, id)
);
