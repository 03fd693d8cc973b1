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
