-- The words are indexed with the row that brings them (a second statement wrote each row anew), and at once (put on a heap
-- beside the index first, as is usual, they made every search read that heap).
-- only: postgres
ALTER TABLE search_entry DROP COLUMN tokens;
ALTER TABLE search_entry ADD COLUMN tokens tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, words)) STORED;
CREATE INDEX search_tokens ON search_entry USING gin (tokens) WITH (fastupdate = off);
-- end
