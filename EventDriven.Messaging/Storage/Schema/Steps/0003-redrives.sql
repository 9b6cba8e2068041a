-- Step 3: a dead letter knows the last change that asked to redrive it, so that how far a redrive is stands in the database alone, whoever restarts
-- meanwhile. The index has few rows, those of redrives, and is not touched when a dead letter is stored.
ALTER TABLE messaging.dead_letters ADD COLUMN IF NOT EXISTS redrive_id uuid;
CREATE INDEX IF NOT EXISTS ix_dead_letters_redrive ON messaging.dead_letters (redrive_id, "group", state) WHERE redrive_id IS NOT NULL;
