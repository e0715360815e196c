-- A message to many people. `link` leads to what it is about, if to anything.
CREATE TABLE bulletin (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  link TEXT NOT NULL,
  sent_by UUID,
  sent_at TIMESTAMPTZ NOT NULL,
  people BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);

-- One for each person and channel; the copy of the Facebook page belongs to nobody (`account_id` is the nil UUID). `state`: waiting,
-- sent, delivered, read, failed, none (the person cannot be reached this way). `external_id` is the other firm's number of it,
-- `problem` a key of the locales with a detail.
CREATE TABLE bulletin_copy (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  bulletin_id UUID NOT NULL,
  account_id UUID NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  problem TEXT NOT NULL,
  external_id TEXT,
  tries BIGINT NOT NULL,
  next_at TIMESTAMPTZ NOT NULL,
  sent_at TIMESTAMPTZ,
  delivered_at TIMESTAMPTZ,
  read_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX bulletin_copy_of ON bulletin_copy (commune_id, bulletin_id, account_id, channel);
CREATE INDEX bulletin_copy_state ON bulletin_copy (commune_id, state, id);
CREATE INDEX bulletin_copy_external ON bulletin_copy (commune_id, external_id);

-- How a channel is set up; `sealed` is locked under `keys/channel.key`.
CREATE TABLE channel_setting (
  commune_id UUID NOT NULL,
  channel TEXT NOT NULL,
  sealed TEXT NOT NULL,
  set_by UUID,
  set_at TIMESTAMPTZ NOT NULL,
  worked_at TIMESTAMPTZ,
  failed_at TIMESTAMPTZ,
  problem TEXT NOT NULL,
  PRIMARY KEY (commune_id, channel)
);

-- Under which name somebody is known in a channel. While `code` stands, the person has not proved it yet.
CREATE TABLE channel_contact (
  commune_id UUID NOT NULL,
  account_id UUID NOT NULL,
  channel TEXT NOT NULL,
  address TEXT,
  code TEXT,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, account_id, channel)
);
CREATE INDEX channel_contact_address ON channel_contact (commune_id, channel, address);
CREATE INDEX channel_contact_code ON channel_contact (commune_id, channel, code);

-- Browsers that show messages while no page is open.
CREATE TABLE push_subscription (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  endpoint TEXT NOT NULL,
  endpoint_hash TEXT NOT NULL,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  device TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX push_subscription_endpoint ON push_subscription (commune_id, endpoint_hash);
CREATE INDEX push_subscription_account ON push_subscription (commune_id, account_id, id);
