-- name: award_latest
SELECT award_id, course_id, number, awarded_s, as_of_s, actor, rule_version, rule, log_head,
	revises
FROM award WHERE course_id = :course ORDER BY number DESC LIMIT 1

-- name: award_by_number
SELECT award_id, course_id, number, awarded_s, as_of_s, actor, rule_version, rule, log_head,
	revises
FROM award WHERE course_id = :course AND number = :number

-- name: award_list
SELECT a.award_id, a.course_id, a.number, a.awarded_s, a.as_of_s, a.actor, a.rule_version, a.rule,
	a.log_head, a.revises,
	(SELECT count(*) FROM award_row AS r
		WHERE r.award_id = a.award_id AND r.decision = 'eligible'),
	(SELECT count(*) FROM award_row AS r
		WHERE r.award_id = a.award_id AND r.decision = 'not-eligible'),
	(SELECT count(*) FROM award_row AS r
		WHERE r.award_id = a.award_id AND r.decision = 'pending'),
	(SELECT b.number FROM award AS b WHERE b.award_id = a.revises),
	(SELECT b.number FROM award AS b WHERE b.revises = a.award_id)
FROM award AS a WHERE a.course_id = :course ORDER BY a.number

-- name: award_insert
INSERT INTO award (course_id, number, awarded_s, as_of_s, actor, rule_version, rule, log_head,
	revises)
VALUES (:course, :number, :awarded, :as_of, :actor, :rule_version, :rule, :log_head, :revises)

-- name: award_row_insert
INSERT INTO award_row (award_id, registrant_id, certificate, decision, credits_hundredths,
	attended_s, total_s, sessions_attended, sessions_total, reasons)
VALUES (:award, :registrant, :certificate, :decision, :credits, :attended, :total,
	:sessions_attended, :sessions_total, :reasons)

-- name: award_row_of
-- Of the person: where a course counts several events it may have been under another number.
SELECT registrant_id, certificate, decision, credits_hundredths, attended_s, total_s,
	sessions_attended, sessions_total, reasons
FROM award_row
WHERE award_id = :award AND registrant_id IN (
	SELECT o.registrant_id FROM registrant AS r JOIN registrant AS o ON o.person_id = r.person_id
	WHERE r.registrant_id = :registrant)

-- name: award_row_list
SELECT r.registrant_id, r.certificate, r.decision, r.credits_hundredths, r.attended_s, r.total_s,
	r.sessions_attended, r.sessions_total, r.reasons, p.name, p.email, p.external_id,
	p.erased_s
FROM award_row AS r
	JOIN registrant AS g ON g.registrant_id = r.registrant_id
	JOIN person AS p ON p.person_id = g.person_id
WHERE r.award_id = :award AND r.registrant_id > :after
ORDER BY r.registrant_id

-- name: award_row_between
-- Without who is listed under another number now, of another event of the course (see
-- roll_course_people).
SELECT r.registrant_id, r.certificate, r.decision, r.credits_hundredths, r.attended_s, r.total_s,
	r.sessions_attended, r.sessions_total, r.reasons, p.name, p.email, p.external_id,
	p.erased_s
FROM award_row AS r
	JOIN registrant AS g ON g.registrant_id = r.registrant_id
	JOIN person AS p ON p.person_id = g.person_id
WHERE r.award_id = :award AND r.registrant_id > :after AND r.registrant_id < :before
	AND NOT EXISTS (SELECT 1
		FROM award AS a JOIN course AS c ON c.course_id = a.course_id
			JOIN registrant AS o ON o.person_id = g.person_id
		WHERE a.award_id = r.award_id AND g.event_id <> c.event_id
			AND o.registrant_id <> g.registrant_id AND o.merged_into IS NULL
			AND (o.event_id = c.event_id OR (
				EXISTS (SELECT 1 FROM course_event AS k
					WHERE k.course_id = c.course_id AND k.event_id = o.event_id)
				AND (o.event_id < g.event_id OR NOT EXISTS (
					SELECT 1 FROM course_event AS k WHERE k.course_id = c.course_id
						AND k.event_id = g.event_id))))
			AND (c.enrolment = 'any' OR EXISTS (SELECT 1 FROM enrolment AS e
				WHERE e.course_id = c.course_id AND e.person_id = o.person_id)))
ORDER BY r.registrant_id

-- name: award_last_certificate
-- Of all awards of the course: a number is given once.
SELECT max(r.certificate)
FROM award AS a JOIN award_row AS r ON r.award_id = a.award_id
WHERE a.course_id = :course

-- name: award_certificate_of
-- The person who had one before, under whichever number, keeps its.
SELECT max(r.certificate)
FROM registrant AS g JOIN registrant AS o ON o.person_id = g.person_id
	JOIN award_row AS r ON r.registrant_id = o.registrant_id
	JOIN award AS a ON a.award_id = r.award_id
WHERE g.registrant_id = :registrant AND a.course_id = :course
