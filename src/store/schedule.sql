-- name: schedule_event_get
SELECT json FROM event_schedule WHERE event_id = :event

-- name: schedule_event_put
INSERT INTO event_schedule (event_id, json) VALUES (:event, :json)
ON CONFLICT (event_id) DO UPDATE SET json = excluded.json

-- name: schedule_session_list
SELECT s.session_id, k.json
FROM session AS s JOIN session_schedule AS k ON k.session_id = s.session_id
WHERE s.event_id = :event ORDER BY s.session_id

-- name: schedule_session_put
INSERT INTO session_schedule (session_id, json) VALUES (:session, :json)
ON CONFLICT (session_id) DO UPDATE SET json = excluded.json

-- name: schedule_session_delete
DELETE FROM session_schedule WHERE session_id = :session

-- name: schedule_changed
-- When the event or its programme last changed, and how often it has.
SELECT max(at_s), count(*) FROM log WHERE subject = 'event' AND subject_id = :event
