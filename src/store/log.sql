-- name: log_head
SELECT log_id, hash FROM log WHERE log_id = (SELECT max(log_id) FROM log)

-- name: log_insert
INSERT INTO log (log_id, at_s, actor, action, subject, subject_id, detail,
	first_scan, last_scan, digest, hash)
VALUES (:log, :at, :actor, :action, :subject, :subject_id, :detail,
	:first_scan, :last_scan, :digest, :hash)

-- name: log_remark_insert
INSERT INTO remark (log_id, registrant_id, scan_id, text)
VALUES (:log, :registrant, :scan, :text)

-- name: log_changed_since
SELECT 1 FROM log WHERE first_scan IS NULL AND log_id > :log LIMIT 1

-- name: log_list
SELECT l.log_id, l.at_s, l.actor, l.action, l.subject, l.subject_id, l.detail, l.first_scan,
	l.last_scan, l.digest, l.hash,
	(SELECT k.text FROM remark AS k WHERE k.log_id = l.log_id ORDER BY k.remark_id LIMIT 1)
FROM log AS l
WHERE l.log_id > :after AND l.log_id <= :last
ORDER BY l.log_id

-- name: log_hash
SELECT hash FROM log WHERE log_id = :log

-- name: log_last_scan_before
SELECT last_scan FROM log WHERE log_id <= :log AND first_scan IS NOT NULL
ORDER BY log_id DESC LIMIT 1

-- name: log_scans_of_registrant
SELECT scan_id FROM scan WHERE registrant_id = :registrant AND scan_id <= :last ORDER BY scan_id
