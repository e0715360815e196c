-- Who the commune is on the interconnection axis: its code there, opaque.
CREATE TABLE exchange_office (
  commune_id UUID NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  in_charge TEXT NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id)
);

-- With whom documents are exchanged. `way` is https (another site of this program, at `address`, believed by its signature) or folder
-- (an adapter of an axis that takes and leaves files; `address` is the folder's name in the data folder, and everybody without a way of
-- their own is reached by it). `secret` is sealed with a key file of the installation.
CREATE TABLE exchange_peer (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  way TEXT NOT NULL,
  address TEXT NOT NULL,
  secret TEXT NOT NULL,
  account_id UUID,
  made_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);

-- What goes out, in the order of `id` for each peer. `item` is all that the package is made of but the files themselves, so that a
-- second try sends the same bytes. `standing` is what the receiver said became of it.
CREATE TABLE exchange_out (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  peer_id UUID,
  code TEXT NOT NULL,
  what TEXT NOT NULL,
  document_id UUID,
  serial BIGINT NOT NULL,
  external_id TEXT NOT NULL,
  item JSONB NOT NULL,
  state TEXT NOT NULL,
  tries BIGINT NOT NULL,
  next_at TIMESTAMPTZ NOT NULL,
  problem TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  sent_at TIMESTAMPTZ,
  standing TEXT,
  standing_at TIMESTAMPTZ,
  standing_note TEXT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX exchange_out_state ON exchange_out (commune_id, state, id);
CREATE INDEX exchange_out_peer ON exchange_out (commune_id, peer_id, state, id);
CREATE INDEX exchange_out_external ON exchange_out (commune_id, external_id, code);
CREATE INDEX exchange_out_document ON exchange_out (commune_id, document_id);

-- What came in, each once (`key`), with the package as it came (`file_id`). What is refused stands here with its reason, but for what
-- is secret: of that nothing is kept. `concerns` are the ids of the earlier documents that a request is about.
CREATE TABLE exchange_in (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  key TEXT NOT NULL,
  what TEXT NOT NULL,
  external_id TEXT NOT NULL,
  number TEXT NOT NULL,
  promulgated DATE,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  problem TEXT NOT NULL,
  note TEXT NOT NULL,
  concerns JSONB NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  file_id UUID NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX exchange_in_key ON exchange_in (commune_id, code, key);
CREATE INDEX exchange_in_external ON exchange_in (commune_id, code, external_id);
CREATE INDEX exchange_in_state ON exchange_in (commune_id, state, id);
