-- name: seats_capacity
SELECT capacity FROM event WHERE event_id = :event

-- name: seats_count
-- Who has a seat, who waits, and who of these waits without a place in the queue: since before
-- there was one.
SELECT count(*) FILTER (WHERE r.status = 'confirmed' OR r.status = 'pending'),
	count(*) FILTER (WHERE r.status = 'waitlisted'),
	count(*) FILTER (WHERE r.status = 'waitlisted' AND r.queue_number IS NULL)
FROM registrant AS r CROSS JOIN person AS p
WHERE r.event_id = :event AND r.merged_into IS NULL
	AND p.person_id = r.person_id AND p.erased_s IS NULL

-- name: seats_queue_old
-- They came before all who have a place, in the order of their numbers.
UPDATE registrant SET queue_number = o.first - o.place
FROM (SELECT r.registrant_id,
		row_number() OVER (ORDER BY r.registrant_id DESC) AS place,
		(SELECT coalesce(min(q.queue_number), 1) FROM registrant AS q
			WHERE q.event_id = :event AND q.queue_number IS NOT NULL) AS first
	FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id
	WHERE r.event_id = :event AND r.status = 'waitlisted' AND r.queue_number IS NULL
		AND r.merged_into IS NULL AND p.erased_s IS NULL) AS o
WHERE registrant.registrant_id = o.registrant_id

-- name: seats_next
-- The first of the queue but one.
SELECT r.registrant_id
FROM registrant AS r CROSS JOIN person AS p
WHERE r.event_id = :event AND r.queue_number IS NOT NULL AND r.status = 'waitlisted'
	AND r.registrant_id <> :except AND r.merged_into IS NULL
	AND p.person_id = r.person_id AND p.erased_s IS NULL
ORDER BY r.queue_number
LIMIT 1

-- name: seats_promote
-- Who was waitlisted by hand stays one of whom files do not decide.
UPDATE registrant SET status = 'confirmed', queue_number = NULL
WHERE registrant_id = :registrant

-- name: seats_place
-- How many of the queue are not behind the registrant.
SELECT count(*)
FROM registrant AS r JOIN registrant AS q
	ON q.event_id = r.event_id AND q.queue_number <= r.queue_number
WHERE r.registrant_id = :registrant AND q.queue_number IS NOT NULL
