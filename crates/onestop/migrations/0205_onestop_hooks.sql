-- Programs that want to know what happens to dossiers. `events` is a list of the words of dossier_event.kind. The secret stands in
-- no row: it is made from a key file of the installation, the id and `turn`, so a new turn is a new secret.
CREATE TABLE hook (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  events JSONB NOT NULL,
  turn BIGINT NOT NULL,
  account_id UUID,
  made_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);

-- What such a program is told: no names, no answers. `answer` is what came of the last try.
CREATE TABLE hook_notice (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  hook_id UUID NOT NULL,
  dossier_id UUID NOT NULL,
  code TEXT NOT NULL,
  event TEXT NOT NULL,
  status BIGINT NOT NULL,
  due_at TIMESTAMPTZ,
  at TIMESTAMPTZ NOT NULL,
  tries BIGINT NOT NULL,
  answer TEXT NOT NULL,
  delivered_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX hook_notice_hook ON hook_notice (commune_id, hook_id, delivered_at);
