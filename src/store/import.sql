-- name: import_insert
-- The counts are known at the end: see import_finish.
INSERT INTO import (event_id, name, digest, taken_s, actor, row_count, added, updated,
	unchanged, kept, rejected, kind)
VALUES (:event, :name, :digest, :taken, :actor, 0, 0, 0, 0, 0, 0, :kind)

-- name: import_finish
UPDATE import SET row_count = :rows, added = :added, updated = :updated,
	unchanged = :unchanged, kept = :kept, rejected = :rejected
WHERE import_id = :import

-- name: import_list
SELECT import_id, event_id, name, taken_s, actor, row_count, added, updated, unchanged, kept,
	rejected, undone_s, kind
FROM import WHERE import_id > :after AND event_id = :event ORDER BY import_id

-- name: import_by_number
SELECT import_id, event_id, name, taken_s, actor, row_count, added, updated, unchanged, kept,
	rejected, undone_s, kind
FROM import WHERE import_id = :import

-- name: import_undo
UPDATE import SET undone_s = :now WHERE import_id = :import

-- name: import_delete
-- Of one that wrote nothing.
DELETE FROM import WHERE import_id = :import

-- name: import_of_event
SELECT kind FROM import WHERE import_id = :import AND event_id = :event
