-- name: erasure_any
SELECT 1 FROM erasure LIMIT 1

-- name: erasure_other_key
SELECT key_id FROM erasure WHERE key_id <> :key LIMIT 1

-- name: erasure_by_hash
SELECT person_id FROM erasure WHERE hash = :hash

-- name: erasure_insert
-- Two people may have had one address: then the first of them has it.
INSERT INTO erasure (hash, key_id, person_id, erased_s) VALUES (:hash, :key, :person, :now)
ON CONFLICT (hash) DO NOTHING

-- name: erasure_delete
DELETE FROM erasure WHERE person_id = :person
