-- Two records of one person become one: what hangs on the first (:from) comes to the second
-- (:into). Scans are moved by core/merge, since they are only ever added to.

-- name: merge_registrant
-- A registrant as it is, merged or not, with the place in the queue.
SELECT r.registrant_id, r.event_id, r.person_id, {registrant_columns}, r.merged_into, r.queue_number
FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id
WHERE r.registrant_id = :registrant

-- name: merge_places
-- The registrants of one person, each with the other person's of the same event, if there is.
SELECT e.event_id, e.code, f.registrant_id, i.registrant_id
FROM registrant AS f JOIN event AS e ON e.event_id = f.event_id
	LEFT JOIN registrant AS i ON i.event_id = f.event_id AND i.person_id = :into
WHERE f.person_id = :from
ORDER BY f.registrant_id

-- What the one has and the other has not, or not the same: event, field, the other's (NULL:
-- nothing), the one's.

-- name: merge_note_answers
SELECT e.code, 'answer: ' || q.header, nullif(i.value, ''), f.value
FROM answer AS f JOIN question AS q ON q.question_id = f.question_id
	JOIN event AS e ON e.event_id = q.event_id
	LEFT JOIN answer AS i ON i.registrant_id = :into AND i.question_id = f.question_id
WHERE f.registrant_id = :from AND f.value <> '' AND f.value <> coalesce(i.value, '')
ORDER BY f.question_id

-- name: merge_note_courses
SELECT e.code, 'courses', NULL, c.code
FROM enrolment AS f JOIN course AS c ON c.course_id = f.course_id
	JOIN event AS e ON e.event_id = c.event_id
WHERE f.person_id = :from AND NOT EXISTS (
	SELECT 1 FROM enrolment AS i WHERE i.course_id = f.course_id AND i.person_id = :into)
ORDER BY e.event_id, c.course_id

-- name: merge_note_marks
SELECT e.code, 'mark: ' || c.code || ' ' || f.requirement, i.result, f.result
FROM mark AS f JOIN course AS c ON c.course_id = f.course_id
	JOIN event AS e ON e.event_id = c.event_id
	LEFT JOIN mark AS i ON i.course_id = f.course_id AND i.person_id = :into
		AND i.requirement = f.requirement
WHERE f.person_id = :from AND f.result <> coalesce(i.result, '')
ORDER BY e.event_id, c.course_id, f.requirement

-- name: merge_note_decisions
SELECT e.code, 'decision: ' || c.code,
	CASE WHEN i.person_id IS NULL THEN NULL WHEN i.is_granted = 0 THEN 'denied' WHEN i.credits_hundredths IS NULL THEN 'granted'
		ELSE 'granted ' || (i.credits_hundredths / 100) || '.'
			|| substr('0' || (i.credits_hundredths % 100), -2) END,
	CASE WHEN f.is_granted = 0 THEN 'denied' WHEN f.credits_hundredths IS NULL THEN 'granted'
		ELSE 'granted ' || (f.credits_hundredths / 100) || '.'
			|| substr('0' || (f.credits_hundredths % 100), -2) END
FROM decision AS f JOIN course AS c ON c.course_id = f.course_id
	JOIN event AS e ON e.event_id = c.event_id
	LEFT JOIN decision AS i ON i.course_id = f.course_id AND i.person_id = :into
WHERE f.person_id = :from AND (i.person_id IS NULL OR i.is_granted <> f.is_granted
	OR coalesce(i.credits_hundredths, -1) <> coalesce(f.credits_hundredths, -1))
ORDER BY e.event_id, c.course_id

-- name: merge_tokens
SELECT count(*) FROM token WHERE registrant_id = :from AND revoked_s IS NULL

-- name: merge_scans
-- What was not taken back.
SELECT s.scan_id FROM scan AS s
WHERE s.registrant_id = :from AND s.result <> 'void'
	AND NOT EXISTS (SELECT 1 FROM scan AS v WHERE v.void_of = s.scan_id)
ORDER BY s.scan_id

-- name: merge_take_answers
INSERT INTO answer (registrant_id, question_id, value)
SELECT :into, f.question_id, f.value FROM answer AS f
WHERE f.registrant_id = :from AND f.value <> ''
ON CONFLICT (registrant_id, question_id) DO UPDATE SET value = excluded.value WHERE value = ''

-- name: merge_take_tokens
UPDATE token SET registrant_id = :into WHERE registrant_id = :from

-- name: merge_take_aliases
UPDATE alias SET registrant_id = :into WHERE registrant_id = :from

-- name: merge_take_records
UPDATE registrant SET merged_into = :into WHERE merged_into = :from

-- name: merge_end_registrant
-- Cancelled, so that nobody counts a seat for it.
UPDATE registrant SET merged_into = :into, status = 'cancelled', queue_number = NULL
WHERE registrant_id = :from

-- name: merge_take_place_in_queue
-- Who waited longer keeps the place.
UPDATE registrant SET queue_number = :queue
WHERE registrant_id = :into AND status = 'waitlisted' AND queue_number > :queue

-- name: merge_join_registrant
-- At an event where only one of the records is.
UPDATE registrant SET person_id = :into WHERE registrant_id = :from

-- name: merge_take_courses
INSERT INTO enrolment (course_id, person_id, enrolled_s)
SELECT f.course_id, :into, f.enrolled_s FROM enrolment AS f WHERE f.person_id = :from
ON CONFLICT DO NOTHING

-- name: merge_end_courses
DELETE FROM enrolment WHERE person_id = :from AND person_id <> :into

-- name: merge_take_marks
INSERT INTO mark (course_id, person_id, requirement, result, marked_s)
SELECT f.course_id, :into, f.requirement, f.result, f.marked_s FROM mark AS f
WHERE f.person_id = :from
ON CONFLICT DO NOTHING

-- name: merge_end_marks
DELETE FROM mark WHERE person_id = :from AND person_id <> :into

-- name: merge_take_decisions
INSERT INTO decision (course_id, person_id, is_granted, credits_hundredths, decided_s, log_id)
SELECT f.course_id, :into, f.is_granted, f.credits_hundredths, f.decided_s, f.log_id
FROM decision AS f WHERE f.person_id = :from
ON CONFLICT DO NOTHING

-- name: merge_end_decisions
DELETE FROM decision WHERE person_id = :from AND person_id <> :into

-- name: merge_take_people
UPDATE person SET merged_into = :into WHERE merged_into = :from

-- name: merge_end_person
UPDATE person SET merged_into = :into WHERE person_id = :from
