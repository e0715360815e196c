-- One row for each thing that can be found. `words` is the folded text plus the tokens of the places whose readers
-- may find it; the engine's own text index stands beside it.
CREATE TABLE search_entry (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  title_folded TEXT NOT NULL,
  subtitle TEXT NOT NULL,
  url TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
-- only: sqlite
CREATE VIRTUAL TABLE search_index USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');
-- end
-- only: postgres
ALTER TABLE search_entry ADD COLUMN tokens tsvector;
CREATE INDEX search_tokens ON search_entry USING gin (tokens);
-- end
