-- The picture of the commune's seal (PNG), locked as the key files are. Where there is one, papers are issued with the
-- signature of the agency behind the leader's.
CREATE TABLE signing_seal (
  commune_id UUID NOT NULL,
  file TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  millimetres BIGINT NOT NULL,
  kept_by UUID NOT NULL,
  added_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id)
);
