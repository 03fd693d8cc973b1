-- What a season of registrations needs: seats and their queue, imports that can be taken
-- back, two records of one person made one, people forgotten, schedules of other systems.

-- Seats of the event; NULL: no limit. Who is confirmed or pending takes one.
ALTER TABLE event ADD COLUMN capacity INTEGER CHECK (capacity >= 0);

-- Two records of one person: this one's is kept, with its address and id, only so that they
-- are recognised; who is meant is that person, who is merged into nobody.
ALTER TABLE person ADD COLUMN merged_into INTEGER REFERENCES person;
CREATE INDEX person_by_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
-- The same of a registrant, whose scans were taken back and entered anew for that one.
ALTER TABLE registrant ADD COLUMN merged_into INTEGER REFERENCES registrant;
CREATE INDEX registrant_by_merged ON registrant (merged_into) WHERE merged_into IS NOT NULL;

-- The waiting list: smaller numbers come first. Only who is waitlisted has one.
ALTER TABLE registrant ADD COLUMN queue_number INTEGER;
CREATE UNIQUE INDEX registrant_by_queue ON registrant (event_id, queue_number)
	WHERE queue_number IS NOT NULL;

-- When an import was taken back; NULL: it stands.
ALTER TABLE import ADD COLUMN undone_s INTEGER;

-- What an import changed of registrants and people who were there before it.
CREATE TABLE import_change (
	change_id INTEGER PRIMARY KEY,
	import_id INTEGER NOT NULL REFERENCES import,
	registrant_id INTEGER NOT NULL REFERENCES registrant,
	field TEXT,                                   -- by name; NULL: an answer
	question_id INTEGER REFERENCES question,      -- of the answer
	old_value TEXT NOT NULL,                      -- as fields are written: sets, states, …
	new_value TEXT NOT NULL,
	CHECK ((field IS NULL) = (question_id IS NOT NULL))
) STRICT;
CREATE INDEX import_change_by_import ON import_change (import_id, change_id);
CREATE INDEX import_change_by_registrant ON import_change (registrant_id);

-- Who asked to be forgotten: keyed hashes (with a key derived from the key file's) of the
-- folded e-mail address and of the external id, so that imports leave such rows out.
CREATE TABLE erasure (
	hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
	key_id BLOB NOT NULL REFERENCES keyring,
	person_id INTEGER NOT NULL REFERENCES person,
	erased_s INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_by_person ON erasure (person_id);

-- What a schedule.json (c3voc) says beyond the programme, as its JSON object without what the
-- programme says: of the conference, and of a session.
CREATE TABLE event_schedule (
	event_id INTEGER PRIMARY KEY REFERENCES event,
	json TEXT NOT NULL
) STRICT;
CREATE TABLE session_schedule (
	session_id INTEGER PRIMARY KEY REFERENCES session,
	json TEXT NOT NULL
) STRICT;
