-- What an approval wrote over, and the revisions that it left: enough to take it back. Null when nothing was approved.
ALTER TABLE change_proposal ADD COLUMN before JSONB;
