-- name: event_by_code
SELECT event_id, code, title, timezone, first_day, last_day, url, doors_min, capacity
FROM event WHERE code = :code

-- name: event_by_number
SELECT event_id, code, title, timezone, first_day, last_day, url, doors_min, capacity
FROM event WHERE event_id = :event

-- name: event_list
SELECT event_id, code, title, timezone, first_day, last_day, url, doors_min, capacity
FROM event ORDER BY event_id

-- name: event_insert
INSERT INTO event (code, title, timezone, first_day, last_day, url, doors_min, capacity)
VALUES (:code, :title, :timezone, :first_day, :last_day, :url, :doors, :capacity)

-- name: event_update
UPDATE event SET title = :title, timezone = :timezone, first_day = :first_day,
	last_day = :last_day, url = :url, doors_min = :doors, capacity = :capacity
WHERE event_id = :event
