-- name: roll_people
-- The event is no search term here: registrants are read in the order of their numbers.
-- Without those taken back and erased (see registrant_list).
SELECT r.registrant_id, r.person_id, p.name, p.email, p.external_id, p.affiliation, r.roles,
	r.status, p.erased_s, e.course_id
FROM registrant AS r
	JOIN person AS p ON p.person_id = r.person_id
	LEFT JOIN enrolment AS e ON e.course_id = :course AND e.person_id = r.person_id
WHERE r.registrant_id > :after AND r.registrant_id <= :last AND +r.event_id = :event
	AND r.merged_into IS NULL
	AND (p.erased_s IS NULL OR :after + 1 = :last
		OR EXISTS (SELECT 1 FROM scan AS s WHERE s.registrant_id = r.registrant_id)
		OR NOT EXISTS (SELECT 1 FROM import AS m
			WHERE m.import_id = r.import_id AND m.undone_s IS NOT NULL))
ORDER BY r.registrant_id

-- name: roll_course_people
-- The people of a course that counts several events: of the registrants that a person has at
-- them and at the course's own event (:event) the one there, else that of the first event.
SELECT r.registrant_id, r.person_id, p.name, p.email, p.external_id, p.affiliation, r.roles,
	r.status, p.erased_s, e.course_id
FROM registrant AS r
	JOIN person AS p ON p.person_id = r.person_id
	LEFT JOIN enrolment AS e ON e.course_id = :course AND e.person_id = r.person_id
WHERE r.registrant_id > :after AND r.registrant_id <= :last
	AND (+r.event_id = :event OR EXISTS (SELECT 1 FROM course_event AS c
		WHERE c.course_id = :course AND c.event_id = r.event_id))
	AND r.merged_into IS NULL
	AND NOT EXISTS (SELECT 1 FROM registrant AS o
		WHERE o.person_id = r.person_id AND o.merged_into IS NULL AND r.event_id <> :event
			AND (+o.event_id = :event OR (o.event_id < r.event_id
				AND EXISTS (SELECT 1 FROM course_event AS c
					WHERE c.course_id = :course AND c.event_id = o.event_id))))
	AND (p.erased_s IS NULL OR :after + 1 = :last
		OR EXISTS (SELECT 1 FROM scan AS s WHERE s.registrant_id = r.registrant_id)
		OR NOT EXISTS (SELECT 1 FROM import AS m
			WHERE m.import_id = r.import_id AND m.undone_s IS NOT NULL))
ORDER BY r.registrant_id

-- name: roll_course_person
-- Which of them stands for the person of a registrant.
SELECT r.registrant_id
FROM registrant AS q JOIN registrant AS r ON r.person_id = q.person_id
WHERE q.registrant_id = :registrant AND r.merged_into IS NULL
	AND (+r.event_id = :event OR EXISTS (SELECT 1 FROM course_event AS c
		WHERE c.course_id = :course AND c.event_id = r.event_id))
ORDER BY r.event_id <> :event, r.event_id
LIMIT 1

-- name: roll_places
-- Where else the person is registered.
SELECT registrant_id, event_id, roles, status
FROM registrant WHERE person_id = :person AND merged_into IS NULL
ORDER BY event_id

-- name: roll_scans
-- From the index alone; rows taken back are left out. Nothing is looked up as
-- long as no row was ever taken back.
SELECT s.registrant_id, s.scan_id, s.at_s, s.session_id, s.direction, s.result, s.reason,
	s.source, s.until_s
FROM scan AS s
WHERE s.registrant_id > :after AND s.registrant_id <= :last
	AND s.scan_id <= :last_scan AND s.direction IS NOT NULL
	AND (:voids = 0 OR NOT EXISTS (SELECT 1 FROM scan AS v
		WHERE v.void_of = s.scan_id AND v.scan_id <= :last_scan))
ORDER BY s.registrant_id, s.at_s

-- name: roll_has_voids
SELECT 1 FROM scan WHERE void_of IS NOT NULL LIMIT 1
