-- name: stage_make_rows
-- Rows of files that are being checked. They are this connection's own, in a temporary file.
CREATE TEMP TABLE IF NOT EXISTS staged_row (
	row_id INTEGER PRIMARY KEY,
	file INTEGER NOT NULL,
	line INTEGER NOT NULL,
	state INTEGER NOT NULL,
	identity TEXT,
	other TEXT,
	cells BLOB
)

-- name: stage_make_raw
CREATE TEMP TABLE IF NOT EXISTS staged_raw (
	row_id INTEGER PRIMARY KEY,
	cells BLOB NOT NULL
)

-- name: stage_make_errors
CREATE TEMP TABLE IF NOT EXISTS staged_error (
	error_id INTEGER PRIMARY KEY,
	file INTEGER NOT NULL,
	row_id INTEGER,
	line INTEGER NOT NULL,
	column_name TEXT,
	message TEXT NOT NULL
)

-- name: stage_make_people
-- Whom the rows of a file spoke of, where a file names people in two ways.
CREATE TEMP TABLE IF NOT EXISTS staged_person (
	file INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (file, person_id)
)

-- name: stage_make_error_index
CREATE INDEX IF NOT EXISTS temp.staged_error_by_row ON staged_error (row_id)

-- name: stage_make_other_index
CREATE INDEX IF NOT EXISTS temp.staged_row_by_other ON staged_row (other) WHERE other IS NOT NULL

-- name: stage_add_row
INSERT INTO temp.staged_row (row_id, file, line, state, identity, other, cells)
VALUES (:row, :file, :line, :state, :identity, :other, :cells)

-- name: stage_add_raw
INSERT INTO temp.staged_raw (row_id, cells) VALUES (:row, :cells)

-- name: stage_add_error
INSERT INTO temp.staged_error (file, row_id, line, column_name, message)
VALUES (:file, :row, :line, :column, :message)

-- name: stage_add_person
INSERT INTO temp.staged_person (file, person_id, line) VALUES (:file, :person, :line)
ON CONFLICT DO NOTHING

-- name: stage_person_line
SELECT line FROM temp.staged_person WHERE file = :file AND person_id = :person

-- name: stage_set_state
UPDATE temp.staged_row SET state = :state WHERE row_id = :row

-- name: stage_list
SELECT row_id, line, cells FROM temp.staged_row
WHERE row_id > :after AND file = :file AND state = 0
ORDER BY row_id

-- name: stage_cells
SELECT cells FROM temp.staged_row WHERE row_id = :row

-- name: stage_identities
SELECT row_id, line, identity FROM temp.staged_row
WHERE file = :file AND state = 0
ORDER BY identity, row_id

-- name: stage_others
-- Rows known by less that are the person of another row that says more.
SELECT a.row_id, a.line, min(b.line)
FROM temp.staged_row AS a CROSS JOIN temp.staged_row AS b
WHERE a.file = :file AND a.state = 0 AND a.other IS NULL
	AND b.other = a.identity AND b.file = a.file AND b.state = 0
GROUP BY a.row_id
ORDER BY a.row_id

-- name: stage_error_list
SELECT line, column_name, message FROM temp.staged_error
WHERE file = :file ORDER BY line, error_id

-- name: stage_error_of_row
SELECT line, column_name, message FROM temp.staged_error
WHERE row_id = :row ORDER BY error_id

-- name: stage_bad_list
SELECT r.row_id, r.line, w.cells
FROM temp.staged_row AS r JOIN temp.staged_raw AS w ON w.row_id = r.row_id
WHERE r.file = :file AND r.state = 1
ORDER BY r.row_id

-- name: stage_erased_list
SELECT row_id, line FROM temp.staged_row
WHERE file = :file AND state = 4
ORDER BY row_id

-- name: stage_clear_rows
DELETE FROM temp.staged_row

-- name: stage_clear_raw
DELETE FROM temp.staged_raw

-- name: stage_clear_errors
DELETE FROM temp.staged_error

-- name: stage_clear_people
DELETE FROM temp.staged_person
