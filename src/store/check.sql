-- Rules of the model that no constraint holds: each statement gives the number of what breaks
-- it and, where that has one, its code.

-- name: check_registrant_without_token
SELECT r.registrant_id, NULL
FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id
WHERE p.erased_s IS NULL AND r.merged_into IS NULL
	AND NOT EXISTS (SELECT 1 FROM token AS t WHERE t.registrant_id = r.registrant_id)
ORDER BY r.registrant_id

-- name: check_token_gap
-- Tokens are numbered 1, 2, 3 … and never deleted.
SELECT t.token_id, NULL
FROM token AS t
WHERE t.token_id > 1 AND NOT EXISTS (SELECT 1 FROM token AS b WHERE b.token_id = t.token_id - 1)
ORDER BY t.token_id

-- name: check_person_without_contact
SELECT person_id, NULL
FROM person
WHERE erased_s IS NULL AND coalesce(email, '') = '' AND coalesce(external_id, '') = ''
ORDER BY person_id

-- name: check_person_without_event
SELECT p.person_id, NULL
FROM person AS p
WHERE p.merged_into IS NULL
	AND NOT EXISTS (SELECT 1 FROM registrant AS r WHERE r.person_id = p.person_id)
ORDER BY p.person_id

-- name: check_person_merged
-- A merged record points at the person, who is merged into nobody, and has no courses left.
SELECT m.person_id, NULL
FROM person AS m JOIN person AS p ON p.person_id = m.merged_into
WHERE p.merged_into IS NOT NULL
	OR EXISTS (SELECT 1 FROM enrolment AS e WHERE e.person_id = m.person_id)
	OR EXISTS (SELECT 1 FROM mark AS k WHERE k.person_id = m.person_id)
	OR EXISTS (SELECT 1 FROM decision AS d WHERE d.person_id = m.person_id)
ORDER BY m.person_id

-- name: check_registrant_merged
-- The person and the registrant are merged together; nothing is left that a door or a report
-- would have to look for there.
SELECT m.registrant_id, NULL
FROM registrant AS m
	JOIN person AS p ON p.person_id = m.person_id
	LEFT JOIN registrant AS r ON r.registrant_id = m.merged_into
WHERE (m.merged_into IS NOT NULL OR p.merged_into IS NOT NULL)
	AND (r.registrant_id IS NULL OR r.merged_into IS NOT NULL OR r.event_id <> m.event_id
		OR p.merged_into IS NULL OR p.merged_into <> r.person_id
		OR m.status <> 'cancelled'
		OR EXISTS (SELECT 1 FROM token AS t WHERE t.registrant_id = m.registrant_id)
		OR EXISTS (SELECT 1 FROM scan AS s
			WHERE s.registrant_id = m.registrant_id AND s.result <> 'void'
				AND NOT EXISTS (SELECT 1 FROM scan AS v WHERE v.void_of = s.scan_id)))
ORDER BY m.registrant_id

-- name: check_person_not_erased
SELECT person_id, NULL
FROM person
WHERE erased_s IS NOT NULL AND (name <> '' OR given_name <> '' OR family_name <> ''
	OR affiliation <> '' OR email IS NOT NULL OR external_id IS NOT NULL)
ORDER BY person_id

-- name: check_registrant_not_erased
SELECT r.registrant_id, NULL
FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id
WHERE p.erased_s IS NOT NULL AND (r.category <> '' OR r.note <> ''
	OR EXISTS (SELECT 1 FROM answer AS a WHERE a.registrant_id = r.registrant_id)
	OR EXISTS (SELECT 1 FROM remark AS k WHERE k.registrant_id = r.registrant_id AND k.text <> '')
	OR EXISTS (SELECT 1 FROM import_change AS c WHERE c.registrant_id = r.registrant_id))
ORDER BY r.registrant_id

-- name: check_queue
-- Only who waits has a place in the queue. (Who waits since before there was one has none.)
SELECT r.registrant_id, NULL
FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id
WHERE r.queue_number IS NOT NULL AND (r.status <> 'waitlisted' OR r.merged_into IS NOT NULL
	OR p.erased_s IS NOT NULL)
ORDER BY r.registrant_id

-- name: check_erasure_of_known
-- Who asked to be forgotten, and is not erased.
SELECT DISTINCT p.person_id, NULL
FROM erasure AS e JOIN person AS p ON p.person_id = e.person_id
WHERE p.erased_s IS NULL
ORDER BY p.person_id

-- name: check_file_cleaned
-- After people were erased the file is cleaned, which is an entry of its own.
SELECT n.log_id, NULL
FROM (SELECT max(log_id) AS log_id FROM log WHERE action IN ('registrant forget', 'event purge')) AS n
WHERE NOT EXISTS (SELECT 1 FROM log AS l WHERE l.log_id > n.log_id AND l.action = 'file clean')
	AND n.log_id IS NOT NULL
ORDER BY n.log_id

-- name: check_answer_of_other_event
SELECT a.registrant_id, q.header
FROM answer AS a
JOIN question AS q ON q.question_id = a.question_id
JOIN registrant AS r ON r.registrant_id = a.registrant_id
WHERE q.event_id <> r.event_id
ORDER BY a.registrant_id

-- name: check_import_unlogged
-- Its log entry has the digest of the file, or covers its rows.
SELECT m.import_id, NULL
FROM import AS m
WHERE NOT EXISTS (SELECT 1 FROM log AS l WHERE l.subject = 'import' AND l.subject_id = m.import_id
	AND (l.digest = m.digest OR l.first_scan IS NOT NULL))
ORDER BY m.import_id

-- name: check_import_undone
-- One that was taken back has an entry that says so, and changes nobody any more.
SELECT m.import_id, NULL
FROM import AS m
WHERE (m.undone_s IS NOT NULL) <> EXISTS (SELECT 1 FROM log AS l WHERE l.subject = 'import'
		AND l.subject_id = m.import_id AND l.action = 'import undo')
	OR (m.undone_s IS NOT NULL
		AND EXISTS (SELECT 1 FROM import_change AS c WHERE c.import_id = m.import_id))
ORDER BY m.import_id

-- name: check_item_outside
SELECT i.item_id, s.code
FROM item AS i JOIN session AS s ON s.session_id = i.session_id
WHERE i.start_s < s.start_s OR i.end_s > s.end_s OR i.event_id <> s.event_id
ORDER BY i.item_id

-- name: check_items_overlap
SELECT n.item_id, n.code
FROM (
	SELECT i.item_id, s.code, i.start_s,
		lag(i.end_s) OVER (PARTITION BY i.session_id ORDER BY i.start_s) AS before_end_s
	FROM item AS i JOIN session AS s ON s.session_id = i.session_id) AS n
WHERE n.start_s < n.before_end_s
ORDER BY n.item_id

-- name: check_session_span
-- A session without a row of its own spans its items.
SELECT s.session_id, s.code
FROM session AS s
WHERE s.is_stated = 0 AND (
	s.start_s <> coalesce((SELECT min(i.start_s) FROM item AS i WHERE i.session_id = s.session_id), 0)
	OR s.end_s <> coalesce((SELECT max(i.end_s) FROM item AS i WHERE i.session_id = s.session_id), 0))
ORDER BY s.session_id

-- name: check_schedule
-- What is kept of a schedule that was taken in.
SELECT n.number, n.code
FROM (
	SELECT s.session_id AS number, s.code, k.json
	FROM session_schedule AS k JOIN session AS s ON s.session_id = k.session_id
	UNION ALL
	SELECT e.event_id, e.code, k.json
	FROM event_schedule AS k JOIN event AS e ON e.event_id = k.event_id) AS n
WHERE coalesce(CASE WHEN json_valid(n.json) THEN json_type(n.json) END, '') <> 'object'
ORDER BY n.number

-- name: check_course_sessions
-- A rule names sessions only of events that it counts.
SELECT DISTINCT c.course_id, c.code
FROM course_session AS x JOIN course AS c ON c.course_id = x.course_id
	JOIN session AS s ON s.session_id = x.session_id
WHERE NOT EXISTS (SELECT 1 FROM course_event AS k
		WHERE k.course_id = c.course_id AND k.event_id = s.event_id)
	AND (s.event_id <> c.event_id
		OR EXISTS (SELECT 1 FROM course_event AS k WHERE k.course_id = c.course_id))
ORDER BY c.course_id

-- name: check_scan_relations
-- One pass: what a scan points at belongs together.
SELECT n.scan_id, n.fault
FROM (
	SELECT s.scan_id, CASE
		WHEN s.result = 'admitted' AND s.registrant_id IS NULL THEN 'nobody'
		WHEN r.event_id <> s.event_id THEN 'registrant'
		WHEN x.event_id <> s.event_id THEN 'session'
		WHEN t.registrant_id <> coalesce(r.merged_into, s.registrant_id, 0) THEN 'token'
		WHEN m.event_id <> s.event_id THEN 'import'
		WHEN v.result = 'void' THEN 'void'
		WHEN v.scan_id >= s.scan_id OR v.event_id <> s.event_id THEN 'void-order'
		END AS fault
	FROM scan AS s
	LEFT JOIN registrant AS r ON r.registrant_id = s.registrant_id
	LEFT JOIN session AS x ON x.session_id = s.session_id
	LEFT JOIN token AS t ON t.token_id = s.token_id
	LEFT JOIN import AS m ON m.import_id = s.import_id
	LEFT JOIN scan AS v ON v.scan_id = s.void_of) AS n
WHERE n.fault IS NOT NULL
ORDER BY n.scan_id

-- name: check_people
SELECT person_id, email, email_key FROM person WHERE email IS NOT NULL ORDER BY person_id

-- name: check_roles
SELECT registrant_id, roles FROM registrant ORDER BY registrant_id

-- name: check_scans
SELECT scan_id, event_id, registrant_id, session_id, token_id, direction, at_s, until_s, first_s,
	stored_s, source, station, nonce, result, reason, is_forced, void_of, import_id, actor
FROM scan WHERE scan_id > :after ORDER BY scan_id

-- name: check_texts_alias
-- This and the next: all columns, also those to come, for their texts.
SELECT * FROM alias

-- name: check_texts_answer
SELECT * FROM answer

-- name: check_texts_award
SELECT * FROM award

-- name: check_texts_award_row
SELECT * FROM award_row

-- name: check_texts_course
SELECT * FROM course

-- name: check_texts_event
SELECT * FROM event

-- name: check_texts_event_schedule
SELECT * FROM event_schedule

-- name: check_texts_import
SELECT * FROM import

-- name: check_texts_import_change
SELECT * FROM import_change

-- name: check_texts_item
SELECT * FROM item

-- name: check_texts_mark
SELECT * FROM mark

-- name: check_texts_person
SELECT * FROM person

-- name: check_texts_question
SELECT * FROM question

-- name: check_texts_registrant
SELECT * FROM registrant

-- name: check_texts_remark
SELECT * FROM remark

-- name: check_texts_requirement
SELECT * FROM requirement

-- name: check_texts_session
SELECT * FROM session

-- name: check_texts_session_schedule
SELECT * FROM session_schedule
