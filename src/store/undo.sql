-- Taking an import back.

-- name: undo_registrant
-- What there is to know of a registrant before what an import did is taken back: who it is,
-- and what hangs on it.
SELECT r.registrant_id, r.event_id, r.person_id, r.status, r.is_status_manual,
	coalesce(r.import_id, 0),
	m.undone_s IS NOT NULL,
	p.erased_s IS NOT NULL,
	r.merged_into IS NOT NULL OR p.merged_into IS NOT NULL,
	EXISTS (SELECT 1 FROM registrant AS o WHERE o.merged_into = r.registrant_id)
		OR EXISTS (SELECT 1 FROM person AS o WHERE o.merged_into = r.person_id),
	EXISTS (SELECT 1 FROM scan AS s WHERE s.registrant_id = r.registrant_id),
	-- Scans are another matter, and seats that got free are given by nobody.
	EXISTS (SELECT 1 FROM log AS l WHERE l.subject = 'registrant'
		AND l.subject_id = r.registrant_id AND l.first_scan IS NULL
		AND l.action <> 'registrant promote')
		OR EXISTS (SELECT 1 FROM alias AS a WHERE a.registrant_id = r.registrant_id)
		OR EXISTS (SELECT 1 FROM mark AS k JOIN course AS c ON c.course_id = k.course_id
			WHERE k.person_id = r.person_id AND c.event_id = r.event_id)
		OR EXISTS (SELECT 1 FROM decision AS d JOIN course AS c ON c.course_id = d.course_id
			WHERE d.person_id = r.person_id AND c.event_id = r.event_id),
	EXISTS (SELECT 1 FROM award_row AS w WHERE w.registrant_id = r.registrant_id),
	-- The last import that changed it and stands, and the last that may have named it.
	coalesce((SELECT max(c.import_id)
		FROM import_change AS c JOIN import AS i ON i.import_id = c.import_id
		WHERE c.registrant_id = r.registrant_id AND i.undone_s IS NULL), 0),
	coalesce((SELECT i.import_id FROM import AS i
		WHERE i.import_id > r.import_id AND i.event_id = r.event_id
			AND i.kind = 'registrants' AND i.undone_s IS NULL AND i.unchanged > 0
		ORDER BY i.import_id DESC LIMIT 1), 0)
FROM registrant AS r CROSS JOIN person AS p LEFT JOIN import AS m ON m.import_id = r.import_id
WHERE r.registrant_id = :registrant AND p.person_id = r.person_id

-- name: undo_queue_first
-- Before all others who wait.
UPDATE registrant SET queue_number = (
	SELECT min(q.queue_number) - 1 FROM registrant AS q
	WHERE q.event_id = registrant.event_id AND q.queue_number IS NOT NULL)
WHERE registrant_id = :registrant

-- name: undo_queue_place
-- Where the registrant stood, if nobody does now.
UPDATE registrant SET queue_number = :queue
WHERE registrant_id = :registrant AND NOT EXISTS (
	SELECT 1 FROM registrant AS q
	WHERE q.event_id = registrant.event_id AND q.queue_number = :queue)

-- name: undo_people
-- Whom imports added that were taken back since, but those erased.
SELECT r.registrant_id
FROM registrant AS r CROSS JOIN import AS m CROSS JOIN person AS p
WHERE r.registrant_id > :after AND +r.event_id = :event
	AND m.import_id = r.import_id AND m.undone_s IS NOT NULL
	AND p.person_id = r.person_id AND p.erased_s IS NULL
ORDER BY r.registrant_id

-- name: undo_log_entry
SELECT log_id FROM log
WHERE subject = 'import' AND subject_id = :import AND action = 'import'
ORDER BY log_id LIMIT 1

-- name: undo_enrolment
-- Since when the person is in the course.
SELECT e.enrolled_s FROM course AS c JOIN enrolment AS e ON e.course_id = c.course_id
WHERE c.code = :code AND e.person_id = :person AND {course_of_event}

-- name: undo_unenrol
DELETE FROM enrolment
WHERE person_id = :person AND course_id IN (
	SELECT c.course_id FROM course AS c WHERE c.code = :code AND {course_of_event})

-- name: undo_unenrol_all
-- From courses of other events only if the import enrolled there.
DELETE FROM enrolment
WHERE person_id = :person
	AND (course_id IN (SELECT course_id FROM course WHERE event_id = :event)
		OR (enrolled_s = :taken
			AND course_id IN (SELECT course_id FROM course_event WHERE event_id = :event)))

-- name: undo_empty_courses
SELECT c.code FROM course AS c
WHERE c.event_id = :event
	AND NOT EXISTS (SELECT 1 FROM enrolment AS e WHERE e.course_id = c.course_id)
ORDER BY CAST(c.code AS BLOB)

-- name: undo_log_of_courses
-- Whether somebody put the person in the course by hand after an entry, or said in which
-- courses they are.
SELECT 1 FROM log
WHERE subject = 'registrant' AND subject_id = :registrant AND log_id > :log
	AND ((action = 'course enrol' AND detail = :code COLLATE NOCASE)
		OR (action = 'registrant set' AND ';' || detail || ';' LIKE '%;courses;%'))
LIMIT 1

-- name: undo_questions
-- Nobody answers them any more.
DELETE FROM question
WHERE event_id = :event AND question_id NOT IN (SELECT question_id FROM answer)
	AND question_id NOT IN (
		SELECT question_id FROM import_change WHERE question_id IS NOT NULL)

-- name: undo_left_make
-- What is left of an import that was taken back, until it can be told.
CREATE TEMP TABLE IF NOT EXISTS undo_left (
	left_id INTEGER PRIMARY KEY,
	registrant_id INTEGER NOT NULL,
	thing TEXT NOT NULL,
	value TEXT NOT NULL,
	reasons TEXT NOT NULL)

-- name: undo_left_clear
DELETE FROM undo_left

-- name: undo_left_add
INSERT INTO undo_left (registrant_id, thing, value, reasons)
VALUES (:registrant, :thing, :value, :reasons)

-- name: undo_left_list
SELECT f.registrant_id, p.name, p.email, p.external_id, p.erased_s, f.thing, f.value, f.reasons
FROM undo_left AS f JOIN registrant AS r ON r.registrant_id = f.registrant_id
	JOIN person AS p ON p.person_id = r.person_id
ORDER BY f.registrant_id, f.left_id
