-- name: alias_find
SELECT registrant_id FROM alias
WHERE event_id = :event AND name_key = :name AND email_key = :email

-- name: alias_put
INSERT INTO alias (event_id, name, name_key, email_key, registrant_id)
VALUES (:event, :shown, :name, :email, :registrant)
ON CONFLICT (event_id, name_key, email_key)
	DO UPDATE SET registrant_id = excluded.registrant_id
	WHERE registrant_id IS NOT excluded.registrant_id
