-- part: course_columns
-- In the order in which the rows are read.
course_id, event_id, code, title, credits_hundredths, enrolment, roles,
is_attendance_named, min_percent_permille, min_minutes, min_sessions,
session_percent_permille, is_each_day_required, is_exit_required, rule_version,
credit_minutes, credit_sessions, is_rounded_nearest, step_hundredths,
max_half_day_hundredths, max_day_hundredths, max_hundredths

-- part: course_of_event
-- A course c of the event, or of another that counts it, under a code that the event has not.
(c.event_id = :event
OR (EXISTS (SELECT 1 FROM course_event AS k
	WHERE k.course_id = c.course_id AND k.event_id = :event)
AND NOT EXISTS (SELECT 1 FROM course AS o WHERE o.event_id = :event AND o.code = c.code)))

-- name: course_by_code
SELECT {course_columns}
FROM course WHERE event_id = :event AND code = :code

-- name: course_list
SELECT {course_columns}
FROM course WHERE event_id = :event ORDER BY code

-- name: course_list_counting
SELECT {course_columns}
FROM course AS c WHERE c.event_id <> :event AND {course_of_event}
ORDER BY c.code, c.event_id

-- name: course_insert
INSERT INTO course (event_id, code, title, credits_hundredths, enrolment, roles,
	is_attendance_named, min_percent_permille, min_minutes, min_sessions,
	session_percent_permille, is_each_day_required, is_exit_required, credit_minutes,
	credit_sessions, is_rounded_nearest, step_hundredths, max_half_day_hundredths,
	max_day_hundredths, max_hundredths)
VALUES (:event, :code, :title, :credits, :enrolment, :roles,
	:attendance_named, :min_percent, :min_minutes, :min_sessions,
	:session_percent, :each_day, :exit, :credit_minutes,
	:credit_sessions, :nearest, :step, :max_half_day,
	:max_day, :max)

-- name: course_update
UPDATE course SET title = :title, credits_hundredths = :credits, enrolment = :enrolment,
	roles = :roles, is_attendance_named = :attendance_named,
	min_percent_permille = :min_percent, min_minutes = :min_minutes,
	min_sessions = :min_sessions, session_percent_permille = :session_percent,
	is_each_day_required = :each_day, is_exit_required = :exit,
	credit_minutes = :credit_minutes, credit_sessions = :credit_sessions,
	is_rounded_nearest = :nearest, step_hundredths = :step,
	max_half_day_hundredths = :max_half_day, max_day_hundredths = :max_day,
	max_hundredths = :max,
	rule_version = rule_version + 1
WHERE course_id = :course

-- name: course_session_list
SELECT s.session_id, s.code, e.code
FROM course_session AS c JOIN session AS s ON s.session_id = c.session_id
	JOIN event AS e ON e.event_id = s.event_id
WHERE c.course_id = :course AND c.purpose = :purpose
ORDER BY s.start_s, s.event_id, s.code

-- name: course_session_insert
INSERT INTO course_session (course_id, purpose, session_id)
VALUES (:course, :purpose, :session)

-- name: course_session_clear
DELETE FROM course_session WHERE course_id = :course AND purpose = :purpose

-- name: course_event_list
SELECT e.event_id, e.code
FROM course_event AS c JOIN event AS e ON e.event_id = c.event_id
WHERE c.course_id = :course
ORDER BY e.event_id

-- name: course_event_insert
INSERT INTO course_event (course_id, event_id) VALUES (:course, :event)

-- name: course_event_clear
DELETE FROM course_event WHERE course_id = :course

-- name: enrolment_insert
INSERT INTO enrolment (course_id, person_id, enrolled_s)
VALUES (:course, :person, :now)
ON CONFLICT DO NOTHING

-- name: enrolment_delete
DELETE FROM enrolment WHERE course_id = :course AND person_id = :person

-- name: enrolment_known
SELECT 1 FROM enrolment WHERE course_id = :course AND person_id = :person

-- name: enrolment_count
SELECT count(*) FROM enrolment WHERE course_id = :course

-- name: enrolment_codes
SELECT c.code FROM enrolment AS e JOIN course AS c ON c.course_id = e.course_id
WHERE e.person_id = :person AND {course_of_event}
ORDER BY CAST(c.code AS BLOB)
