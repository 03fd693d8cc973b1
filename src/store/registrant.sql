-- name: registrant_by_number
SELECT r.registrant_id, r.event_id, r.person_id, p.name, p.given_name, p.family_name, p.email,
	p.affiliation, p.external_id, r.roles, r.status, r.is_status_manual, r.category, r.note,
	r.registered_s, p.erased_s
FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id
WHERE r.registrant_id = :registrant

-- name: registrant_by_email
SELECT r.registrant_id, r.event_id, r.person_id, p.name, p.given_name, p.family_name, p.email,
	p.affiliation, p.external_id, r.roles, r.status, r.is_status_manual, r.category, r.note,
	r.registered_s, p.erased_s
FROM person AS p JOIN registrant AS r ON r.event_id = :event AND r.person_id = p.person_id
WHERE p.email_key = :email
ORDER BY r.registrant_id

-- name: registrant_by_external_id
SELECT r.registrant_id, r.event_id, r.person_id, p.name, p.given_name, p.family_name, p.email,
	p.affiliation, p.external_id, r.roles, r.status, r.is_status_manual, r.category, r.note,
	r.registered_s, p.erased_s
FROM person AS p JOIN registrant AS r ON r.event_id = :event AND r.person_id = p.person_id
WHERE p.external_id = :external_id
ORDER BY r.registrant_id
