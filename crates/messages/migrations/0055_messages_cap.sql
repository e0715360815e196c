-- Whose warnings (CAP) are taken as those of a higher level: a name, and the certificate (DER in hexadecimal) with which it signs.
CREATE TABLE cap_sender (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  certificate TEXT NOT NULL,
  account_id UUID,
  added_at TIMESTAMPTZ NOT NULL,
  removed_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);

-- Every warning that came with a signature that was believed, as it came, and what was done with it: told, asked (a person decides), cancelled, kept.
CREATE TABLE cap_received (
  commune_id UUID NOT NULL,
  cap_id TEXT NOT NULL,
  sender_id UUID NOT NULL,
  done TEXT NOT NULL,
  why TEXT NOT NULL,
  emergency_id UUID,
  xml TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, cap_id)
);
CREATE INDEX cap_received_time ON cap_received (commune_id, at, cap_id);
