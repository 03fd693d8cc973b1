-- name: requirement_list
SELECT name, due_day FROM requirement WHERE course_id = :course ORDER BY position

-- name: requirement_insert
INSERT INTO requirement (course_id, position, name, due_day)
VALUES (:course, :position, :name, :due)

-- name: requirement_clear
DELETE FROM requirement WHERE course_id = :course

-- name: mark_list
SELECT requirement, result FROM mark WHERE course_id = :course AND person_id = :person

-- name: mark_put
INSERT INTO mark (course_id, person_id, requirement, result, marked_s)
VALUES (:course, :person, :requirement, :result, :now)
ON CONFLICT (course_id, person_id, requirement)
	DO UPDATE SET result = excluded.result, marked_s = excluded.marked_s
	WHERE result <> excluded.result

-- name: mark_delete
DELETE FROM mark
WHERE course_id = :course AND person_id = :person AND requirement = :requirement
