-- Step 2: the inbox knows the major version of what it has applied. A producer that publishes a fact in two versions gives both the same id, so the
-- second one is a repetition with other content. Rows of before, and of instances of the former version, are taken for the first major version.
ALTER TABLE messaging.inbox ADD COLUMN IF NOT EXISTS major smallint NOT NULL DEFAULT 1;
