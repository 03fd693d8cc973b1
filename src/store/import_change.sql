-- What imports changed of registrants and people who were there before them.

-- name: import_change_insert
INSERT INTO import_change (import_id, registrant_id, field, question_id, old_value, new_value)
VALUES (:import, :registrant, :field, :question, :old, :new)

-- name: import_change_before
-- The newest of an import before a number; an answer's with its header.
SELECT c.change_id, c.import_id, c.registrant_id, c.field, c.question_id, c.old_value, c.new_value,
	coalesce(c.field, q.header)
FROM import_change AS c LEFT JOIN question AS q ON q.question_id = c.question_id
WHERE c.import_id = :import AND c.change_id < :before
ORDER BY c.change_id DESC
LIMIT 1

-- name: import_change_next
-- The next after it of the same thing: of the person, by any event's import, or of the
-- registrant alone.
SELECT c.change_id, c.import_id, c.registrant_id, c.field, c.question_id, c.old_value, c.new_value,
	''
FROM registrant AS r CROSS JOIN import_change AS c
WHERE r.person_id = :person AND c.registrant_id = r.registrant_id AND c.change_id > :change
	AND c.field IS :field AND c.question_id IS :question
	AND (:registrant IS NULL OR c.registrant_id = :registrant)
ORDER BY c.change_id
LIMIT 1

-- name: import_change_set
UPDATE import_change SET old_value = :old, new_value = :new WHERE change_id = :change

-- name: import_change_delete
DELETE FROM import_change WHERE change_id = :change

-- name: import_change_delete_all
DELETE FROM import_change WHERE import_id = :import

-- name: import_change_delete_field
DELETE FROM import_change WHERE registrant_id = :registrant AND field = :field
