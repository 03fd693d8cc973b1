-- What is erased of a person. A table or column that will say more of somebody joins this list,
-- and its test (tests/unit/test_erase.c reads the schema). Each statement changes only what is
-- left to erase, so that what it changed can be counted.

-- name: erase_person
UPDATE person SET email = NULL, email_key = NULL, name = '', given_name = '', family_name = '',
	affiliation = '', external_id = NULL, erased_s = coalesce(erased_s, :now)
WHERE person_id = :person AND (erased_s IS NULL OR email IS NOT NULL OR name <> ''
	OR given_name <> '' OR family_name <> '' OR affiliation <> '' OR external_id IS NOT NULL)

-- name: erase_registrant
-- The place on the waiting list goes too: nobody waits there any more.
UPDATE registrant SET category = '', note = '', queue_number = NULL
WHERE registrant_id = :registrant
	AND (category <> '' OR note <> '' OR queue_number IS NOT NULL)

-- name: erase_answers
DELETE FROM answer WHERE registrant_id = :registrant

-- name: erase_remarks
DELETE FROM remark WHERE registrant_id = :registrant

-- name: erase_import_changes
DELETE FROM import_change WHERE registrant_id = :registrant

-- name: erase_aliases
-- Names from meeting reports.
DELETE FROM alias WHERE registrant_id = :registrant

-- name: erase_aliases_of_nobody
-- What a report called the person, and somebody said that it was nobody.
DELETE FROM alias
WHERE registrant_id IS NULL AND EXISTS (SELECT 1 FROM person AS p
	WHERE p.person_id = :person AND (p.email_key = alias.email_key OR p.name = alias.name))

-- name: erase_records
-- The records of one human being: the person meant, and those that were merged into it.
SELECT q.person_id, q.name, q.email, q.external_id, q.erased_s
FROM person AS p CROSS JOIN person AS q
WHERE p.person_id = :person AND (q.person_id = coalesce(p.merged_into, p.person_id)
	OR q.merged_into = coalesce(p.merged_into, p.person_id))
ORDER BY q.person_id

-- name: erase_registrants
SELECT registrant_id, event_id FROM registrant WHERE person_id = :person ORDER BY registrant_id

-- name: erase_event_registrants
-- Merged records go with the one that they were merged into.
SELECT r.registrant_id, p.erased_s
FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id
WHERE r.registrant_id > :after AND +r.event_id = :event AND r.merged_into IS NULL
ORDER BY r.registrant_id
LIMIT :limit

-- name: erase_event_aliases
DELETE FROM alias WHERE event_id = :event

-- name: erase_counting_courses
-- Courses of other events that count sessions of this one.
SELECT c.code
FROM course_event AS e JOIN course AS c ON c.course_id = e.course_id
WHERE e.event_id = :event AND c.event_id <> :event
ORDER BY c.code

-- name: erase_stand_in
-- Somebody erased, for a registrant whose person stays.
INSERT INTO person (erased_s, merged_into) VALUES (:now, :merged_into)

-- name: erase_point
UPDATE registrant SET person_id = :stand_in WHERE registrant_id = :registrant

-- name: erase_move_enrolments
UPDATE enrolment SET person_id = :stand_in
WHERE person_id = :person
	AND course_id IN (SELECT c.course_id FROM course AS c WHERE c.event_id = :event)

-- name: erase_move_marks
UPDATE mark SET person_id = :stand_in
WHERE person_id = :person
	AND course_id IN (SELECT c.course_id FROM course AS c WHERE c.event_id = :event)

-- name: erase_move_decisions
UPDATE decision SET person_id = :stand_in
WHERE person_id = :person
	AND course_id IN (SELECT c.course_id FROM course AS c WHERE c.event_id = :event)

-- name: erase_named_in_programme
-- Whether a session or talk of any event names somebody: the programme is not theirs.
SELECT EXISTS (SELECT 1 FROM session WHERE instr(people, :name) > 0 OR instr(chair, :name) > 0)
	OR EXISTS (SELECT 1 FROM item WHERE instr(people, :name) > 0 OR instr(chair, :name) > 0)
	OR EXISTS (SELECT 1 FROM session_schedule WHERE instr(json, :name) > 0)
