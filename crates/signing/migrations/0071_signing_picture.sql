-- The picture of an official's own signature by hand (PNG), locked as the key files are: nobody else shall have it.
CREATE TABLE signing_picture (
  commune_id UUID NOT NULL,
  account_id UUID NOT NULL,
  file TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  added_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, account_id)
);
