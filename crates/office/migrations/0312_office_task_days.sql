-- The days, in Vietnam, by which directives are counted: given, due, acknowledged by a recipient, done by a recipient.
ALTER TABLE task ADD COLUMN assigned_on DATE;
ALTER TABLE task ADD COLUMN due_on DATE;
ALTER TABLE task_part ADD COLUMN acknowledged_on DATE;
ALTER TABLE task_part ADD COLUMN done_on DATE;
CREATE INDEX task_assigned_on ON task (commune_id, assigned_on);
CREATE INDEX task_due_on ON task (commune_id, due_on);
