-- All that is stored on a person, table by table; a new table that speaks of people joins it
-- (tests/unit/test_dossier.c reads the schema). First what is of the person, whichever of the
-- merged records is named.

-- part: all_records
-- All records q of the person who has the number, or whose record it was.
person AS p
CROSS JOIN person AS q ON q.person_id = coalesce(p.merged_into, p.person_id)
	OR q.merged_into = coalesce(p.merged_into, p.person_id)

-- name: dossier_places
SELECT r.registrant_id, e.code, r.merged_into
FROM {all_records}
CROSS JOIN registrant AS r ON r.person_id = q.person_id
JOIN event AS e ON e.event_id = r.event_id
WHERE p.person_id = :number
ORDER BY r.registrant_id

-- name: dossier_records
SELECT q.person_id, q.name, q.given_name, q.family_name, q.email, q.affiliation, q.external_id,
	q.erased_s, q.merged_into
FROM person AS p CROSS JOIN person AS q
WHERE p.person_id = :number AND (q.person_id = coalesce(p.merged_into, p.person_id)
	OR q.merged_into = coalesce(p.merged_into, p.person_id))
ORDER BY q.person_id

-- name: dossier_enrolments
SELECT c.code, e.code, n.enrolled_s
FROM {all_records}
CROSS JOIN enrolment AS n ON n.person_id = q.person_id
JOIN course AS c ON c.course_id = n.course_id
JOIN event AS e ON e.event_id = c.event_id
WHERE p.person_id = :number
ORDER BY c.course_id

-- name: dossier_marks
SELECT c.code, e.code, m.requirement, m.result, m.marked_s
FROM {all_records}
CROSS JOIN mark AS m ON m.person_id = q.person_id
JOIN course AS c ON c.course_id = m.course_id
JOIN event AS e ON e.event_id = c.event_id
WHERE p.person_id = :number
ORDER BY c.course_id, m.requirement

-- name: dossier_decisions
SELECT c.code, e.code, d.is_granted, d.credits_hundredths, d.decided_s,
	(SELECT k.text FROM remark AS k WHERE k.log_id = d.log_id ORDER BY k.remark_id LIMIT 1)
FROM {all_records}
CROSS JOIN decision AS d ON d.person_id = q.person_id
JOIN course AS c ON c.course_id = d.course_id
JOIN event AS e ON e.event_id = c.event_id
WHERE p.person_id = :number
ORDER BY c.course_id

-- name: dossier_erasures
SELECT u.erased_s, lower(hex(u.hash)), lower(hex(u.key_id))
FROM {all_records}
CROSS JOIN erasure AS u ON u.person_id = q.person_id
WHERE p.person_id = :number
ORDER BY u.hash

-- name: dossier_registration
-- From here on of a registrant.
SELECT r.registrant_id, e.code, r.person_id, r.merged_into, r.roles, r.status,
	r.is_status_manual, r.category, r.note, r.registered_s, r.queue_number, r.import_id
FROM registrant AS r JOIN event AS e ON e.event_id = r.event_id
WHERE r.registrant_id = :number

-- name: dossier_tokens
SELECT token_id, issued_s, revoked_s FROM token WHERE registrant_id = :number ORDER BY token_id

-- name: dossier_scans
SELECT s.scan_id, s.at_s, s.until_s, s.direction, s.result, s.reason, x.code, s.source, s.station,
	s.is_forced, s.first_s, s.stored_s, s.token_id, s.nonce, s.void_of, s.import_id, s.actor
FROM scan AS s LEFT JOIN session AS x ON x.session_id = s.session_id
WHERE s.registrant_id = :number
ORDER BY s.scan_id

-- name: dossier_imports
-- Files that brought or changed something.
SELECT m.import_id, m.name, m.kind, m.taken_s, m.actor, m.undone_s
FROM import AS m
WHERE m.import_id IN (
	SELECT r.import_id FROM registrant AS r WHERE r.registrant_id = :number
	UNION SELECT c.import_id FROM import_change AS c WHERE c.registrant_id = :number
	UNION SELECT s.import_id FROM scan AS s WHERE s.registrant_id = :number)
ORDER BY m.import_id

-- name: dossier_changes
SELECT c.import_id, coalesce(c.field, 'answer: ' || q.header), c.old_value, c.new_value
FROM import_change AS c LEFT JOIN question AS q ON q.question_id = c.question_id
WHERE c.registrant_id = :number
ORDER BY c.change_id

-- name: dossier_aliases
SELECT name, nullif(email_key, '') FROM alias WHERE registrant_id = :number ORDER BY alias_id

-- name: dossier_awards
SELECT c.code, w.number, w.awarded_s, a.certificate, a.decision, a.credits_hundredths,
	a.attended_s, a.total_s, a.sessions_attended, a.sessions_total, a.reasons
FROM award_row AS a
JOIN award AS w ON w.award_id = a.award_id
JOIN course AS c ON c.course_id = w.course_id
WHERE a.registrant_id = :number
ORDER BY a.award_id

-- name: dossier_remarks
SELECT k.log_id, l.at_s, l.action, k.scan_id, k.text
FROM remark AS k JOIN log AS l ON l.log_id = k.log_id
WHERE k.registrant_id = :number
ORDER BY k.remark_id
