-- Directives. `source` and `source_id` say what a task came from; `parent_id` and `position` make the tree of a plan. `state`: open,
-- reported (its main doer says that it is done), done, cancelled. `code` is its number of the year.
CREATE TABLE task (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  source TEXT NOT NULL,
  source_id UUID,
  parent_id UUID,
  position BIGINT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  urgency BIGINT NOT NULL,
  assigned_by UUID NOT NULL,
  assigned_at TIMESTAMPTZ NOT NULL,
  due_at TIMESTAMPTZ,
  state TEXT NOT NULL,
  ended_at TIMESTAMPTZ,
  escalated_at TIMESTAMPTZ,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX task_code ON task (commune_id, code);
CREATE INDEX task_source ON task (commune_id, source, source_id, id);
CREATE INDEX task_assigned ON task (commune_id, assigned_by, state, id);
CREATE INDEX task_state ON task (commune_id, state, id);
CREATE INDEX task_due ON task (commune_id, state, due_at, id);

-- What each recipient has of it. `open` is true while something is to be done by them; `progress` is 0 to 100.
CREATE TABLE task_part (
  commune_id UUID NOT NULL,
  task_id UUID NOT NULL,
  account_id UUID NOT NULL,
  duty TEXT NOT NULL,
  open BOOLEAN NOT NULL,
  delivered_at TIMESTAMPTZ NOT NULL,
  seen_at TIMESTAMPTZ,
  acknowledged_at TIMESTAMPTZ,
  progress BIGINT NOT NULL,
  done_at TIMESTAMPTZ,
  reminded_on DATE,
  PRIMARY KEY (commune_id, task_id, account_id)
);
CREATE INDEX task_part_account ON task_part (commune_id, account_id, open, task_id);

-- What happened; only added to. `about_id` is the recipient it is about where that is not who did it. `until` is the new deadline
-- that was asked for or given.
CREATE TABLE task_event (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  task_id UUID NOT NULL,
  what TEXT NOT NULL,
  words TEXT NOT NULL,
  by_id UUID,
  progress BIGINT,
  until TIMESTAMPTZ,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX task_event_task ON task_event (commune_id, task_id, id);

-- Evidence: what came with an event.
CREATE TABLE task_file (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  task_id UUID NOT NULL,
  event_id UUID NOT NULL,
  file_id UUID NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX task_file_task ON task_file (commune_id, task_id, id);

-- Extensions that were asked for and wait for an answer, or were answered.
CREATE TABLE task_extension (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  task_id UUID NOT NULL,
  asked_by UUID NOT NULL,
  asked_at TIMESTAMPTZ NOT NULL,
  until TIMESTAMPTZ NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  answer TEXT NOT NULL,
  answered_by UUID,
  answered_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX task_extension_task ON task_extension (commune_id, task_id, id);
