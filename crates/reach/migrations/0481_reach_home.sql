-- The roll of a campaign: the households that it is for, as they were on the day of its start. `joined_on`: the start, or the day on
-- which a later household was added; `gone_on`: the first day on which the household no longer is. The other columns are made from its
-- notes: the first day on which it was reached, the last on which nobody was at home, who reached it, what came of it last.
CREATE TABLE reach_home (
  commune_id UUID NOT NULL,
  campaign_id UUID NOT NULL,
  household_id UUID NOT NULL,
  village_id UUID NOT NULL,
  joined_on DATE NOT NULL,
  gone_on DATE,
  reached_on DATE,
  tried_on DATE,
  by_person BOOLEAN NOT NULL,
  by_message BOOLEAN NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (commune_id, campaign_id, household_id)
);
CREATE INDEX reach_home_village ON reach_home (commune_id, campaign_id, village_id, reached_on, household_id);
CREATE INDEX reach_home_household ON reach_home (commune_id, household_id, campaign_id);

-- A household was spoken to, read a message, or nobody was at home: once a day and channel. `source_id`: the meeting or the message.
-- `batch_id`: one press of the button, by which it is taken back.
CREATE TABLE reach_note (
  commune_id UUID NOT NULL,
  campaign_id UUID NOT NULL,
  household_id UUID NOT NULL,
  channel TEXT NOT NULL,
  day DATE NOT NULL,
  village_id UUID NOT NULL,
  outcome TEXT NOT NULL,
  words TEXT NOT NULL,
  source TEXT NOT NULL,
  source_id UUID,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  batch_id UUID NOT NULL,
  PRIMARY KEY (commune_id, campaign_id, household_id, channel, day)
);
CREATE INDEX reach_note_channel ON reach_note (commune_id, campaign_id, village_id, channel, household_id);
CREATE INDEX reach_note_batch ON reach_note (commune_id, campaign_id, batch_id);
CREATE INDEX reach_note_source ON reach_note (commune_id, campaign_id, source_id);
CREATE INDEX reach_note_household ON reach_note (commune_id, household_id, campaign_id);
