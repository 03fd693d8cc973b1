-- Counts over a stretch of numbers, so that none of these takes long.

-- name: stats_last_registrant
SELECT max(registrant_id) FROM registrant

-- name: stats_last_token
SELECT max(token_id) FROM token

-- name: stats_registrants
-- Without those taken back and erased (see registrant_list).
SELECT r.status, r.roles, count(*), count(p.erased_s)
FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id
WHERE r.registrant_id > :after AND r.registrant_id <= :to AND +r.event_id = :event
	AND r.merged_into IS NULL
	AND (p.erased_s IS NULL OR EXISTS (SELECT 1 FROM scan AS s WHERE s.registrant_id = r.registrant_id)
		OR NOT EXISTS (SELECT 1 FROM import AS m
			WHERE m.import_id = r.import_id AND m.undone_s IS NOT NULL))
GROUP BY r.status, r.roles

-- name: stats_tokens
-- The plus: as in stats_arrivals.
SELECT count(*), count(t.revoked_s)
FROM token AS t JOIN registrant AS r ON r.registrant_id = t.registrant_id
WHERE t.token_id > :after AND t.token_id <= :to AND +r.event_id = :event

-- name: stats_scans
SELECT s.result, CASE WHEN s.result = 'refused' THEN s.reason END AS refusal, s.source, count(*),
	sum(EXISTS (SELECT 1 FROM scan AS v WHERE v.void_of = s.scan_id AND v.scan_id <= :last))
FROM scan AS s
WHERE s.scan_id > :after AND s.scan_id <= :to AND +s.event_id = :event
GROUP BY s.result, refusal, s.source

-- name: stats_arrivals
-- The plus keeps the index by event away: the scans of a stretch are read in their order.
SELECT s.registrant_id, s.at_s
FROM scan AS s
JOIN registrant AS r ON r.registrant_id = s.registrant_id
WHERE s.registrant_id > :after AND s.registrant_id <= :to AND +r.event_id = :event
	AND s.scan_id <= :last AND s.direction = 'in' AND s.result = 'admitted'
	AND s.source = 'door'
	AND NOT EXISTS (SELECT 1 FROM scan AS v WHERE v.void_of = s.scan_id AND v.scan_id <= :last)
ORDER BY s.registrant_id, s.at_s

-- name: stats_programme
SELECT count(*), (SELECT count(*) FROM item AS i WHERE i.event_id = :event)
FROM session WHERE event_id = :event

-- name: stats_courses
SELECT c.code, (SELECT count(*) FROM enrolment AS e WHERE e.course_id = c.course_id)
FROM course AS c WHERE c.event_id = :event ORDER BY c.code
