-- Step 4: the dead letters of a reason, oldest first, without reading those of the others, of which there may be a thousand for each; and their counts
-- by reason and state from the index alone.
CREATE INDEX IF NOT EXISTS ix_dead_letters_reason
    ON messaging.dead_letters ("group", reason, id) INCLUDE (state) WHERE state IN ('parked', 'redriving');
