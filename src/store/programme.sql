-- name: session_list
SELECT session_id, code, title, start_s, end_s, people, chair, room, access, is_credit,
	capacity, is_stated
FROM session WHERE event_id = :event ORDER BY start_s, code

-- name: session_insert
INSERT INTO session (event_id, code, title, start_s, end_s, people, chair, room, access,
	is_credit, capacity, is_stated)
VALUES (:event, :code, :title, :start, :end, :people, :chair, :room, :access,
	:credit, :capacity, :stated)

-- name: session_update
UPDATE session SET code = :code, title = :title, start_s = :start, end_s = :end,
	people = :people, chair = :chair, room = :room, access = :access, is_credit = :credit,
	capacity = :capacity, is_stated = :stated
WHERE session_id = :session

-- name: session_delete
DELETE FROM session WHERE session_id = :session

-- name: session_scan_count
-- Rows that take back others are not counted.
SELECT count(*) FROM scan WHERE session_id = :session AND result <> 'void'

-- name: session_course
-- The courses whose rule names the session.
SELECT DISTINCT course.code
FROM course_session JOIN course USING (course_id)
WHERE course_session.session_id = :session ORDER BY course.code

-- name: item_list
SELECT item_id, session_id, kind, start_s, end_s, title, people, chair, room, access, is_credit
FROM item WHERE event_id = :event ORDER BY start_s, item_id

-- name: item_insert
INSERT INTO item (event_id, session_id, kind, start_s, end_s, title, people, chair, room,
	access, is_credit)
VALUES (:event, :session, :kind, :start, :end, :title, :people, :chair, :room,
	:access, :credit)

-- name: item_update
UPDATE item SET kind = :kind, end_s = :end, title = :title, people = :people,
	chair = :chair, room = :room, access = :access, is_credit = :credit
WHERE item_id = :item

-- name: item_delete
DELETE FROM item WHERE item_id = :item
