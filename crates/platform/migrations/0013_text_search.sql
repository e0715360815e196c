-- The words of long texts, such as the files of a document: an index of their own, so that the search over names and titles stays small.
CREATE TABLE text_entry (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
-- only: sqlite
CREATE VIRTUAL TABLE text_index USING fts5(words, content='', contentless_delete=1, tokenize='ascii');
-- end
-- only: postgres
ALTER TABLE text_entry ADD COLUMN tokens tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, words)) STORED;
CREATE INDEX text_tokens ON text_entry USING gin (tokens) WITH (fastupdate = off);
-- end
