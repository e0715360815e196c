-- What the commune makes public by law (công khai thông tin). `topic` is a column of data/public-information; `period_end` the last day of
-- the period that it is about, where the column has periods; `open_until` the last day on which a draft waits for words.
-- `withdrawn_at`: taken down with a reason; the row stays.
CREATE TABLE disclosure (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  topic TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  symbol TEXT NOT NULL,
  issued_on DATE,
  period_end DATE,
  open_until DATE,
  published_at TIMESTAMPTZ NOT NULL,
  published_on DATE NOT NULL,
  published_by UUID NOT NULL,
  withdrawn_at TIMESTAMPTZ,
  withdrawn_why TEXT NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX disclosure_topic ON disclosure (commune_id, topic, period_end);

CREATE TABLE disclosure_file (
  commune_id UUID NOT NULL,
  disclosure_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  PRIMARY KEY (commune_id, disclosure_id, id)
);
