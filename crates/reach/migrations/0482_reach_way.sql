-- Read over the loudspeaker of a village: nobody knows which households heard it, so it counts for none.
CREATE TABLE reach_heard (
  commune_id UUID NOT NULL,
  campaign_id UUID NOT NULL,
  village_id UUID NOT NULL,
  day DATE NOT NULL,
  id UUID NOT NULL,
  times BIGINT NOT NULL,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, campaign_id, village_id, day, id)
);

-- A meeting of a village at which the campaign was spoken of: the households that came are reached.
CREATE TABLE reach_meeting (
  commune_id UUID NOT NULL,
  campaign_id UUID NOT NULL,
  meeting_id UUID NOT NULL,
  village_id UUID NOT NULL,
  title TEXT NOT NULL,
  held_on DATE NOT NULL,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, campaign_id, meeting_id)
);
CREATE INDEX reach_meeting_of ON reach_meeting (commune_id, meeting_id, campaign_id);

-- A message of the messages area that went to accounts of households not reached yet: whose account stands for which household.
CREATE TABLE reach_letter (
  commune_id UUID NOT NULL,
  campaign_id UUID NOT NULL,
  bulletin_id UUID NOT NULL,
  account_id UUID NOT NULL,
  household_id UUID NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, campaign_id, bulletin_id, account_id)
);
CREATE INDEX reach_letter_of ON reach_letter (commune_id, bulletin_id, account_id);
