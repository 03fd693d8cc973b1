-- part: ledger_columns
-- In the order in which the ledger's rows are read; behind them whether it was taken back.
s.scan_id, s.event_id, s.registrant_id, s.session_id, s.token_id, s.direction, s.at_s,
s.until_s, s.first_s, s.stored_s, s.source, s.station, s.nonce, s.result, s.reason,
s.is_forced, s.void_of, s.import_id, s.actor, x.code, p.name, p.email, p.external_id,
p.erased_s

-- name: scan_insert
-- A nonce that the event knows already stores nothing. (RETURNING would tell, but costs as much
-- again as the row.)
INSERT INTO scan (scan_id, event_id, registrant_id, session_id, token_id, direction, at_s,
	until_s, first_s, stored_s, source, station, nonce, result, reason, is_forced, void_of,
	import_id, actor)
VALUES (:scan, :event, :registrant, :session, :token, :direction, :at,
	:until, :first, :stored, :source, :station, :nonce, :result, :reason, :forced, :void_of,
	:import, :actor)
ON CONFLICT DO NOTHING

-- name: scan_last_number
SELECT max(scan_id) FROM scan

-- name: scan_by_nonce
SELECT scan_id, event_id, registrant_id, session_id, token_id, direction, at_s, until_s, first_s,
	stored_s, source, station, nonce, result, reason, is_forced, void_of, import_id, actor
FROM scan WHERE event_id = :event AND nonce = :nonce

-- name: scan_by_number
SELECT scan_id, event_id, registrant_id, session_id, token_id, direction, at_s, until_s, first_s,
	stored_s, source, station, nonce, result, reason, is_forced, void_of, import_id, actor
FROM scan WHERE scan_id = :scan

-- name: scan_void_of
SELECT scan_id FROM scan WHERE void_of = :scan

-- name: scan_seen
-- What was seen of one registrant and not taken back: all of it stands in an index.
SELECT s.registrant_id, s.scan_id, s.at_s, s.until_s, s.session_id, s.direction, s.result,
	s.reason, s.source
FROM scan AS s
WHERE s.registrant_id = :registrant AND s.at_s <= :until AND s.scan_id <= :last
	AND s.result <> 'void'
	AND NOT EXISTS (SELECT 1 FROM scan AS v WHERE v.void_of = s.scan_id AND v.scan_id <= :last)
ORDER BY s.at_s

-- name: scan_seen_last
-- The same, the last first.
SELECT s.registrant_id, s.scan_id, s.at_s, s.until_s, s.session_id, s.direction, s.result,
	s.reason, s.source
FROM scan AS s
WHERE s.registrant_id = :registrant AND s.at_s <= :until
	AND s.result <> 'void'
	AND NOT EXISTS (SELECT 1 FROM scan AS v WHERE v.void_of = s.scan_id)
ORDER BY s.at_s DESC

-- name: scan_people_in_session
SELECT DISTINCT registrant_id FROM scan
WHERE session_id = :session AND registrant_id IS NOT NULL

-- name: scan_list
-- A stretch of the ledger by number, of one session or all.
SELECT {ledger_columns},
	EXISTS (SELECT 1 FROM scan AS v WHERE v.void_of = s.scan_id AND v.scan_id <= :last)
FROM scan AS s
	LEFT JOIN session AS x ON x.session_id = s.session_id
	LEFT JOIN registrant AS r ON r.registrant_id = s.registrant_id
	LEFT JOIN person AS p ON p.person_id = r.person_id
WHERE s.scan_id > :after AND s.scan_id <= :to AND s.scan_id <= :last AND +s.event_id = :event
	AND (:session IS NULL OR +s.session_id = :session)
ORDER BY s.scan_id

-- name: scan_list_of_registrant
SELECT {ledger_columns},
	EXISTS (SELECT 1 FROM scan AS v WHERE v.void_of = s.scan_id AND v.scan_id <= :last)
FROM scan AS s
	LEFT JOIN session AS x ON x.session_id = s.session_id
	LEFT JOIN registrant AS r ON r.registrant_id = s.registrant_id
	LEFT JOIN person AS p ON p.person_id = r.person_id
WHERE s.registrant_id = :registrant AND s.scan_id <= :last
	AND (:session IS NULL OR +s.session_id = :session)
ORDER BY s.scan_id

-- name: scan_ledger_row
SELECT {ledger_columns},
	EXISTS (SELECT 1 FROM scan AS v WHERE v.void_of = s.scan_id)
FROM scan AS s
	LEFT JOIN session AS x ON x.session_id = s.session_id
	LEFT JOIN registrant AS r ON r.registrant_id = s.registrant_id
	LEFT JOIN person AS p ON p.person_id = r.person_id
WHERE s.scan_id = :scan

-- name: scan_of_import
-- The rows of an import that were not taken back.
SELECT s.scan_id FROM scan AS s
WHERE s.import_id = :import AND s.result <> 'void'
	AND NOT EXISTS (SELECT 1 FROM scan AS v WHERE v.void_of = s.scan_id)
ORDER BY s.scan_id
