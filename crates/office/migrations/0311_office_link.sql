-- The address of a directive in a group (Zalo). It says nothing of the directive and opens nothing by itself.
CREATE TABLE task_share (
  commune_id UUID NOT NULL,
  task_id UUID NOT NULL,
  code TEXT NOT NULL,
  made_by UUID NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, task_id)
);
CREATE UNIQUE INDEX task_share_code ON task_share (commune_id, code);

-- A personal link and the phone that used it first. `link_sealed` is shown to whoever gave the directive until the link is used, then
-- it is emptied; `phone_hash` is the hash of the phone's cookie. `task_id` is the directive for which it was given out.
CREATE TABLE task_phone (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  task_id UUID NOT NULL,
  link_hash TEXT NOT NULL,
  link_sealed TEXT NOT NULL,
  issued_by UUID NOT NULL,
  issued_at TIMESTAMPTZ NOT NULL,
  link_until TIMESTAMPTZ NOT NULL,
  phone_hash TEXT,
  device TEXT NOT NULL,
  bound_at TIMESTAMPTZ,
  bound_until TIMESTAMPTZ,
  used_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ,
  ended_by UUID,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX task_phone_link ON task_phone (commune_id, link_hash);
CREATE UNIQUE INDEX task_phone_phone ON task_phone (commune_id, phone_hash);
CREATE INDEX task_phone_account ON task_phone (commune_id, account_id, ended_at, id);
CREATE INDEX task_phone_ended ON task_phone (commune_id, ended_at, id);

-- `link` where a bound phone did it, `app` where somebody had signed in.
ALTER TABLE task_part ADD COLUMN seen_via TEXT;
ALTER TABLE task_part ADD COLUMN link_asked_at TIMESTAMPTZ;
ALTER TABLE task_event ADD COLUMN via TEXT;
