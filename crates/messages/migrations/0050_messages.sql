-- One letter in somebody's inbox. `text` is the key of a sentence, `args` its arguments: it is written in the reader's
-- language when it is read. `link` leads to what it is about.
CREATE TABLE message (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  text TEXT NOT NULL,
  args JSONB NOT NULL,
  link TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  read_at TIMESTAMPTZ,
  mailed_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX message_inbox ON message (commune_id, account_id, id);
CREATE INDEX message_unread ON message (commune_id, account_id, read_at);
