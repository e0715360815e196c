-- Invitations that were sent. With how = sent, `to_account_id` reads it (a child's goes to a parent). With how = by_head
-- the village head was asked to tell the person; nobody has until `told_at`. `told_batch` is one press of the button.
ALTER TABLE due_notice ADD COLUMN to_account_id UUID;
ALTER TABLE due_notice ADD COLUMN told_at TIMESTAMPTZ;
ALTER TABLE due_notice ADD COLUMN told_by UUID;
ALTER TABLE due_notice ADD COLUMN told_batch UUID;
CREATE INDEX due_notice_told_batch ON due_notice (commune_id, told_batch);

-- One sending: when and where people are to come. `id` is the batch of its notices.
CREATE TABLE due_sending (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  rule TEXT NOT NULL,
  meet_on DATE,
  meet_hour TEXT NOT NULL,
  meet_place TEXT NOT NULL,
  account_id UUID,
  sent_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);

-- The letters of a sending, so that taking it back finds those which nobody has opened.
CREATE TABLE due_letter (
  commune_id UUID NOT NULL,
  batch_id UUID NOT NULL,
  message_id UUID NOT NULL,
  PRIMARY KEY (commune_id, batch_id, message_id)
);
