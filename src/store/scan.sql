-- name: scan_insert
-- A nonce that the event knows already stores nothing and gives no row.
INSERT INTO scan (scan_id, event_id, registrant_id, session_id, token_id, direction, at_s,
	until_s, first_s, stored_s, source, station, nonce, result, reason, is_forced, void_of,
	import_id, actor)
VALUES (:scan, :event, :registrant, :session, :token, :direction, :at,
	:until, :first, :stored, :source, :station, :nonce, :result, :reason, :forced, :void_of,
	:import, :actor)
ON CONFLICT DO NOTHING
RETURNING scan_id

-- name: scan_last_number
SELECT max(scan_id) FROM scan
