-- part: registrant_columns
-- Behind the numbers of registrant, event and person, in the order in which the rows are read.
p.name, p.given_name, p.family_name, p.email,
p.affiliation, p.external_id, r.roles, r.status, r.is_status_manual, r.category, r.note,
r.registered_s, p.erased_s

-- name: registrant_by_number
-- Of a merged record, the one that it was merged into.
SELECT r.registrant_id, r.event_id, r.person_id, {registrant_columns}
FROM registrant AS m CROSS JOIN registrant AS r CROSS JOIN person AS p
WHERE m.registrant_id = :registrant
	AND r.registrant_id = coalesce(m.merged_into, m.registrant_id)
	AND p.person_id = r.person_id

-- name: registrant_by_email
-- Who is meant by a merged record's address is the person it was merged into. CROSS: from
-- the person to the registrant, not through all of the event.
SELECT r.registrant_id, r.event_id, r.person_id, {registrant_columns}
FROM person AS p CROSS JOIN registrant AS r
WHERE p.person_id IN (
		SELECT coalesce(k.merged_into, k.person_id) FROM person AS k WHERE k.email_key = :email)
	AND r.event_id = :event AND r.person_id = p.person_id
ORDER BY r.registrant_id

-- name: registrant_by_external_id
SELECT r.registrant_id, r.event_id, r.person_id, {registrant_columns}
FROM person AS p CROSS JOIN registrant AS r
WHERE p.person_id IN (
		SELECT coalesce(k.merged_into, k.person_id) FROM person AS k
		WHERE k.external_id = :external_id)
	AND r.event_id = :event AND r.person_id = p.person_id
ORDER BY r.registrant_id

-- name: person_by_email
-- Whoever has the address, or a record merged into whom does, registered for the event or not.
SELECT r.registrant_id, :event, p.person_id, {registrant_columns}
FROM person AS p LEFT JOIN registrant AS r ON r.event_id = :event AND r.person_id = p.person_id
WHERE p.person_id IN (
	SELECT coalesce(k.merged_into, k.person_id) FROM person AS k WHERE k.email_key = :email)
ORDER BY p.person_id

-- name: person_has_email
-- From an index alone. Nearly all rows of a first import are of new people: for them nothing of
-- what follows is opened.
SELECT 1 FROM person WHERE email_key = :email LIMIT 1

-- name: person_has_external_id
SELECT 1 FROM person WHERE external_id = :external_id LIMIT 1

-- name: person_records_by_email
-- The records that have the address, each with the person and the registrant.
SELECT r.registrant_id, :event, p.person_id, {registrant_columns},
	k.merged_into, k.name, k.email, k.external_id
FROM person AS k CROSS JOIN person AS p
	LEFT JOIN registrant AS r ON r.event_id = :event AND r.person_id = p.person_id
WHERE k.email_key = :email AND p.person_id = coalesce(k.merged_into, k.person_id)
ORDER BY k.person_id

-- name: person_by_external_id
SELECT r.registrant_id, :event, p.person_id, {registrant_columns}
FROM person AS p LEFT JOIN registrant AS r ON r.event_id = :event AND r.person_id = p.person_id
WHERE p.person_id IN (
	SELECT coalesce(k.merged_into, k.person_id) FROM person AS k WHERE k.external_id = :external_id)
ORDER BY p.person_id

-- name: person_records_by_external_id
SELECT r.registrant_id, :event, p.person_id, {registrant_columns},
	k.merged_into, k.name, k.email, k.external_id
FROM person AS k CROSS JOIN person AS p
	LEFT JOIN registrant AS r ON r.event_id = :event AND r.person_id = p.person_id
WHERE k.external_id = :external_id AND p.person_id = coalesce(k.merged_into, k.person_id)
ORDER BY k.person_id

-- name: person_merged
-- The records that were merged into a person, each with its registrant of the event.
SELECT r.registrant_id, :event, p.person_id, {registrant_columns}
FROM person AS p LEFT JOIN registrant AS r ON r.event_id = :event AND r.person_id = p.person_id
WHERE p.merged_into = :person
ORDER BY p.person_id

-- name: registrant_merged
SELECT registrant_id FROM registrant WHERE merged_into = :registrant ORDER BY registrant_id

-- name: person_insert
INSERT INTO person (email, email_key, name, given_name, family_name, affiliation, external_id)
VALUES (:email, :email_key, :name, :given_name, :family_name, :affiliation, :external_id)

-- name: person_update
UPDATE person SET email = :email, email_key = :email_key, name = :name,
	given_name = :given_name, family_name = :family_name, affiliation = :affiliation,
	external_id = :external_id
WHERE person_id = :person

-- name: registrant_insert
-- Who waits goes to the end of the queue.
INSERT INTO registrant (event_id, person_id, roles, status, is_status_manual, category, note,
	registered_s, import_id, queue_number)
VALUES (:event, :person, :roles, :status, :manual, :category, :note, :registered, :import,
	CASE WHEN :status = 'waitlisted' THEN
		(SELECT coalesce(max(q.queue_number), 0) + 1 FROM registrant AS q
			WHERE q.event_id = :event AND q.queue_number IS NOT NULL)
	END)

-- name: registrant_update
-- Who waits already keeps the place; who waits no more leaves the queue.
UPDATE registrant SET roles = :roles, status = :status, is_status_manual = :manual,
	category = :category, note = :note,
	queue_number = CASE
		WHEN :status <> 'waitlisted' THEN NULL
		WHEN status = 'waitlisted' THEN queue_number
		ELSE (SELECT coalesce(max(q.queue_number), 0) + 1 FROM registrant AS q
			WHERE q.event_id = registrant.event_id AND q.queue_number IS NOT NULL)
	END
WHERE registrant_id = :registrant

-- name: registrant_queue_number
SELECT coalesce(queue_number, 0) FROM registrant WHERE registrant_id = :registrant

-- name: registrant_is_taken_back
SELECT 1 FROM registrant AS r JOIN import AS m ON m.import_id = r.import_id
WHERE r.registrant_id = :registrant AND m.undone_s IS NOT NULL

-- name: registrant_come_back
UPDATE registrant SET import_id = :import WHERE registrant_id = :registrant

-- name: registrant_list
-- The registrants by number, each with courses and first check-in. The plus keeps to the
-- order of the numbers. Who was added by an import that was taken back, and erased with it, is
-- on no list, unless there are scans; but is shown where only that number is asked for.
SELECT r.registrant_id, r.event_id, r.person_id, {registrant_columns},
	(SELECT group_concat(c.code, ';')
		FROM enrolment AS e JOIN course AS c ON c.course_id = e.course_id
		WHERE e.person_id = r.person_id AND {course_of_event}),
	(SELECT min(s.at_s) FROM scan AS s
		WHERE s.registrant_id = r.registrant_id AND s.direction = 'in'
			AND s.result = 'admitted' AND s.source = 'door' AND s.scan_id <= :last_scan
			AND NOT EXISTS (SELECT 1 FROM scan AS v
				WHERE v.void_of = s.scan_id AND v.scan_id <= :last_scan)),
	r.queue_number
FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id
WHERE r.registrant_id > :after AND r.registrant_id <= :last AND +r.event_id = :event
	AND r.merged_into IS NULL
	AND (p.erased_s IS NULL OR :after + 1 = :last
		OR EXISTS (SELECT 1 FROM scan AS s WHERE s.registrant_id = r.registrant_id)
		OR NOT EXISTS (SELECT 1 FROM import AS m
			WHERE m.import_id = r.import_id AND m.undone_s IS NOT NULL))
ORDER BY r.registrant_id

-- name: registrant_queue
-- The same of those who wait for a seat, in the order of the queue.
SELECT r.registrant_id, r.event_id, r.person_id, {registrant_columns},
	(SELECT group_concat(c.code, ';')
		FROM enrolment AS e JOIN course AS c ON c.course_id = e.course_id
		WHERE e.person_id = r.person_id AND {course_of_event}),
	(SELECT min(s.at_s) FROM scan AS s
		WHERE s.registrant_id = r.registrant_id AND s.direction = 'in'
			AND s.result = 'admitted' AND s.source = 'door' AND s.scan_id <= :last_scan
			AND NOT EXISTS (SELECT 1 FROM scan AS v
				WHERE v.void_of = s.scan_id AND v.scan_id <= :last_scan)),
	r.queue_number
FROM registrant AS r CROSS JOIN person AS p
WHERE r.event_id = :event AND r.queue_number > :after AND r.queue_number IS NOT NULL
	AND p.person_id = r.person_id
ORDER BY r.queue_number

-- name: registrant_names
-- Who has a name, by number; a merged record's is one more of the person's. The plus keeps to
-- the order of the numbers.
SELECT r.registrant_id, coalesce(r.merged_into, r.registrant_id), p.name
FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id
WHERE r.registrant_id > :after AND +r.event_id = :event AND p.name <> ''
ORDER BY r.registrant_id
