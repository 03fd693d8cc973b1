-- name: question_list
SELECT question_id, header FROM question WHERE event_id = :event ORDER BY question_id

-- name: question_insert
INSERT INTO question (event_id, header) VALUES (:event, :header)

-- name: answer_value
SELECT value FROM answer WHERE registrant_id = :registrant AND question_id = :question

-- name: answer_list
SELECT a.question_id, q.header, a.value
FROM answer AS a JOIN question AS q ON q.question_id = a.question_id
WHERE a.registrant_id = :registrant
ORDER BY a.question_id

-- name: answer_put
INSERT INTO answer (registrant_id, question_id, value) VALUES (:registrant, :question, :value)
ON CONFLICT (registrant_id, question_id) DO UPDATE SET value = excluded.value

-- name: answer_delete
DELETE FROM answer WHERE registrant_id = :registrant AND question_id = :question
