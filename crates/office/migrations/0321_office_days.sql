-- The days, in Vietnam, by which documents are counted: when it stood in the book, when a leader's word on it or its end stood here,
-- when an outgoing one had its number.
ALTER TABLE incoming_document ADD COLUMN registered_on DATE;
ALTER TABLE incoming_document ADD COLUMN decided_on DATE;
ALTER TABLE outgoing_document ADD COLUMN numbered_on DATE;
CREATE INDEX incoming_document_registered ON incoming_document (commune_id, registered_on);
CREATE INDEX outgoing_document_numbered ON outgoing_document (commune_id, numbered_on);
