-- name: token_next_serial
SELECT coalesce(max(token_id), 0) + 1 FROM token

-- name: token_insert
INSERT INTO token (token_id, registrant_id, verifier, key_id, issued_s)
VALUES (:token, :registrant, :verifier, :key, :issued)

-- name: token_by_verifier
SELECT t.token_id, t.registrant_id, r.event_id, t.verifier, t.key_id, t.issued_s, t.revoked_s
FROM token AS t JOIN registrant AS r ON r.registrant_id = t.registrant_id
WHERE t.verifier = :verifier

-- name: token_current
SELECT t.token_id, t.registrant_id, r.event_id, t.verifier, t.key_id, t.issued_s, t.revoked_s
FROM token AS t JOIN registrant AS r ON r.registrant_id = t.registrant_id
WHERE t.registrant_id = :registrant AND t.revoked_s IS NULL
ORDER BY t.token_id DESC LIMIT 1

-- name: token_of_registrant
SELECT t.token_id, t.registrant_id, r.event_id, t.verifier, t.key_id, t.issued_s, t.revoked_s
FROM token AS t JOIN registrant AS r ON r.registrant_id = t.registrant_id
WHERE t.registrant_id = :registrant
ORDER BY t.token_id

-- name: token_list
-- The plus keeps the index by event away: by number each slice begins where the last ended.
SELECT t.token_id, r.registrant_id, r.event_id, t.verifier, t.key_id, t.issued_s, t.revoked_s,
	p.name, p.email, p.external_id, r.roles
FROM registrant AS r
JOIN person AS p ON p.person_id = r.person_id
LEFT JOIN token AS t ON t.token_id = (
	SELECT max(v.token_id) FROM token AS v
	WHERE v.registrant_id = r.registrant_id AND v.revoked_s IS NULL)
WHERE +r.event_id = :event AND r.registrant_id > :after AND p.erased_s IS NULL
	AND r.merged_into IS NULL
ORDER BY r.registrant_id

-- name: token_revoke
UPDATE token SET revoked_s = :now WHERE token_id = :token AND revoked_s IS NULL

-- name: token_revoke_all
UPDATE token SET revoked_s = :now WHERE registrant_id = :registrant AND revoked_s IS NULL

-- name: key_known
SELECT 1 FROM keyring WHERE key_id = :key

-- name: key_first
SELECT key_id FROM keyring ORDER BY added_s, key_id LIMIT 1

-- name: key_insert
INSERT INTO keyring (key_id, added_s) VALUES (:key, :now)
