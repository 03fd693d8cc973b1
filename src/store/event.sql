-- name: event_by_code
SELECT event_id, code, title, timezone, first_day, last_day, url, doors_min
FROM event WHERE code = :code

-- name: event_list
SELECT event_id, code, title, timezone, first_day, last_day, url, doors_min
FROM event ORDER BY event_id

-- name: event_insert
INSERT INTO event (code, title, timezone, first_day, last_day, url, doors_min)
VALUES (:code, :title, :timezone, :first_day, :last_day, :url, :doors)

-- name: event_update
UPDATE event SET title = :title, timezone = :timezone, first_day = :first_day,
	last_day = :last_day, url = :url, doors_min = :doors
WHERE event_id = :event
