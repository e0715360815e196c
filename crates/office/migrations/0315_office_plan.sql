-- Plans that were imported as a tree. An item without `task_id` is a heading; the task of an item has the plan as its source.
CREATE TABLE office_plan (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  title TEXT NOT NULL,
  symbol TEXT NOT NULL,
  issued_on DATE,
  first_year BIGINT,
  last_year BIGINT,
  made_by UUID NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);

CREATE TABLE office_plan_item (
  commune_id UUID NOT NULL,
  plan_id UUID NOT NULL,
  position BIGINT NOT NULL,
  depth BIGINT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  task_id UUID,
  PRIMARY KEY (commune_id, plan_id, position)
);
