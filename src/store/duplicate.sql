-- Records that may be one person. What they are compared by is set aside in temporary tables of
-- the connection, in a file of their own, and sorted there.

-- name: duplicate_make_keys
-- kind: by what; key: who share it may be one; part: divides those who do (affiliation);
-- detail: how alike they are.
CREATE TEMP TABLE IF NOT EXISTS duplicate_key (
	kind INTEGER NOT NULL,
	key TEXT NOT NULL,
	part TEXT NOT NULL,
	detail TEXT NOT NULL,
	registrant_id INTEGER NOT NULL
)

-- name: duplicate_make_pairs
CREATE TEMP TABLE IF NOT EXISTS duplicate_pair (
	registrant_id INTEGER NOT NULL,
	other_id INTEGER NOT NULL,
	reasons INTEGER NOT NULL,
	PRIMARY KEY (registrant_id, other_id)
) WITHOUT ROWID

-- name: duplicate_clear_keys
DELETE FROM temp.duplicate_key

-- name: duplicate_clear_pairs
DELETE FROM temp.duplicate_pair

-- name: duplicate_people
-- The plus keeps to the order of the numbers.
SELECT r.registrant_id, p.name, p.email, p.affiliation, p.external_id
FROM registrant AS r JOIN person AS p ON p.person_id = r.person_id
WHERE r.registrant_id > :after AND +r.event_id = :event
	AND r.merged_into IS NULL AND p.erased_s IS NULL
ORDER BY r.registrant_id

-- name: duplicate_add_key
INSERT INTO temp.duplicate_key (kind, key, part, detail, registrant_id)
VALUES (:kind, :key, :part, :detail, :registrant)

-- name: duplicate_keys
SELECT kind, key, part, detail, registrant_id FROM temp.duplicate_key
ORDER BY kind, key, part, registrant_id

-- name: duplicate_add_pair
INSERT INTO temp.duplicate_pair (registrant_id, other_id, reasons)
VALUES (:registrant, :other, :reasons)
ON CONFLICT (registrant_id, other_id) DO UPDATE SET reasons = reasons | excluded.reasons

-- name: duplicate_pairs
SELECT d.registrant_id, a.name, a.email, a.external_id, d.other_id, b.name, b.email, b.external_id,
	d.reasons
FROM temp.duplicate_pair AS d
	CROSS JOIN registrant AS r ON r.registrant_id = d.registrant_id
	CROSS JOIN person AS a ON a.person_id = r.person_id
	CROSS JOIN registrant AS o ON o.registrant_id = d.other_id
	CROSS JOIN person AS b ON b.person_id = o.person_id
WHERE (d.registrant_id, d.other_id) > (:after, :after_other)
ORDER BY d.registrant_id, d.other_id
