-- name: decision_of
SELECT d.is_granted, d.credits_hundredths,
	(SELECT k.text FROM remark AS k WHERE k.log_id = d.log_id ORDER BY k.remark_id LIMIT 1)
FROM decision AS d
WHERE d.course_id = :course AND d.person_id = :person

-- name: decision_put
INSERT INTO decision (course_id, person_id, is_granted, credits_hundredths, decided_s, log_id)
VALUES (:course, :person, :granted, :credits, :now, :log)
ON CONFLICT (course_id, person_id) DO UPDATE SET is_granted = excluded.is_granted,
	credits_hundredths = excluded.credits_hundredths, decided_s = excluded.decided_s,
	log_id = excluded.log_id

-- name: decision_delete
DELETE FROM decision WHERE course_id = :course AND person_id = :person

-- name: decision_any
SELECT 1 FROM decision WHERE course_id = :course LIMIT 1
