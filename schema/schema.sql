-- The schema that the migrations of this folder add up to, as a database says it.
-- To be read only: new databases run the migrations. Made by make schema-snapshot.

CREATE TABLE keyring (
	key_id BLOB NOT NULL PRIMARY KEY CHECK (length(key_id) = 8), -- as the key file names it
	added_s INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
	event_id INTEGER PRIMARY KEY,
	code TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(code) > 0),
	title TEXT NOT NULL DEFAULT '',
	timezone TEXT NOT NULL,                       -- IANA name
	first_day INTEGER,                            -- NULL: not said
	last_day INTEGER CHECK (last_day >= first_day),
	url TEXT NOT NULL DEFAULT '',
	doors_min INTEGER NOT NULL DEFAULT 30 CHECK (doors_min >= 0) -- minutes that doors open before a session
, capacity INTEGER CHECK (capacity >= 0)) STRICT;

CREATE TABLE import (
	import_id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	name TEXT NOT NULL,                           -- of the file, without its folder
	digest BLOB NOT NULL CHECK (length(digest) = 32), -- BLAKE2b-256 of its bytes
	taken_s INTEGER NOT NULL,
	actor TEXT NOT NULL,
	row_count INTEGER NOT NULL,
	added INTEGER NOT NULL,
	updated INTEGER NOT NULL,
	unchanged INTEGER NOT NULL,
	kept INTEGER NOT NULL,
	rejected INTEGER NOT NULL
, undone_s INTEGER, kind TEXT NOT NULL DEFAULT 'registrants'
	CHECK (kind IN ('registrants', 'attendance'))) STRICT;

CREATE TABLE person (
	person_id INTEGER PRIMARY KEY,
	email TEXT,                                   -- as given
	email_key TEXT,                               -- NFC and case-folded: what compares
	name TEXT NOT NULL DEFAULT '',                -- as shown; '' if never given
	given_name TEXT NOT NULL DEFAULT '',
	family_name TEXT NOT NULL DEFAULT '',
	affiliation TEXT NOT NULL DEFAULT '',
	external_id TEXT,                             -- at EPFL the SCIPER number
	erased_s INTEGER, merged_into INTEGER REFERENCES person,                             -- forgotten at that time; NULL: not
	CHECK ((email IS NULL) = (email_key IS NULL))
) STRICT;

CREATE INDEX person_by_email ON person (email_key) WHERE email_key IS NOT NULL;

CREATE INDEX person_by_external_id ON person (external_id) WHERE external_id IS NOT NULL;

CREATE TABLE registrant (
	registrant_id INTEGER PRIMARY KEY,            -- the number on lists
	event_id INTEGER NOT NULL REFERENCES event,
	person_id INTEGER NOT NULL REFERENCES person,
	roles TEXT NOT NULL DEFAULT 'attendee',       -- set
	status TEXT NOT NULL DEFAULT 'confirmed'
		-- (an IN of more than two words would cost a temporary table for each row written)
		CHECK (status = 'pending' OR status = 'confirmed' OR status = 'waitlisted'
			OR status = 'cancelled'),
	is_status_manual INTEGER NOT NULL DEFAULT 0 CHECK (is_status_manual IN (0, 1)), -- set by hand: imports keep it
	category TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT '',
	registered_s INTEGER NOT NULL,
	import_id INTEGER REFERENCES import, merged_into INTEGER REFERENCES registrant, queue_number INTEGER,          -- that added it; NULL: by hand
	UNIQUE (event_id, person_id)
) STRICT;

CREATE INDEX registrant_by_person ON registrant (person_id);

CREATE TABLE question (
	question_id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	header TEXT NOT NULL CHECK (length(header) > 0),
	UNIQUE (event_id, header)
) STRICT;

CREATE TABLE answer (
	registrant_id INTEGER NOT NULL REFERENCES registrant,
	question_id INTEGER NOT NULL REFERENCES question,
	value TEXT NOT NULL,
	PRIMARY KEY (registrant_id, question_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
	token_id INTEGER PRIMARY KEY,
	registrant_id INTEGER NOT NULL REFERENCES registrant,
	verifier BLOB NOT NULL UNIQUE CHECK (length(verifier) = 32),
	key_id BLOB NOT NULL REFERENCES keyring,
	issued_s INTEGER NOT NULL,
	revoked_s INTEGER                             -- NULL: valid
) STRICT;

CREATE INDEX token_by_registrant ON token (registrant_id);

CREATE TABLE session (
	session_id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	code TEXT NOT NULL COLLATE NOCASE CHECK (length(code) > 0),
	title TEXT NOT NULL DEFAULT '',
	start_s INTEGER NOT NULL,
	end_s INTEGER NOT NULL CHECK (end_s > start_s),
	people TEXT NOT NULL DEFAULT '',              -- 'Name (Affiliation); Name'
	chair TEXT NOT NULL DEFAULT '',               -- 'Name; Name'
	room TEXT NOT NULL DEFAULT '',
	access TEXT NOT NULL DEFAULT '',              -- set of roles; '': open to all
	is_credit INTEGER NOT NULL DEFAULT 1 CHECK (is_credit IN (0, 1)),
	capacity INTEGER CHECK (capacity >= 0),       -- NULL: no limit
	is_stated INTEGER NOT NULL CHECK (is_stated IN (0, 1)), -- by a row of its own; else it spans its items
	UNIQUE (event_id, code)
) STRICT;

CREATE INDEX session_by_start ON session (event_id, start_s, code);

CREATE TABLE item (
	item_id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	session_id INTEGER REFERENCES session,        -- NULL: of the day
	kind TEXT NOT NULL CHECK (kind IN ('talk', 'intro', 'discussion', 'break', 'other')),
	start_s INTEGER NOT NULL,
	end_s INTEGER NOT NULL CHECK (end_s > start_s),
	title TEXT NOT NULL DEFAULT '',
	people TEXT NOT NULL DEFAULT '',
	chair TEXT NOT NULL DEFAULT '',
	room TEXT NOT NULL DEFAULT '',
	access TEXT NOT NULL DEFAULT '',
	is_credit INTEGER NOT NULL DEFAULT 1 CHECK (is_credit IN (0, 1)),
	CHECK (kind <> 'break' OR is_credit = 0)
) STRICT;

CREATE UNIQUE INDEX item_by_session ON item (session_id, start_s) WHERE session_id IS NOT NULL;

CREATE UNIQUE INDEX item_by_day ON item (event_id, start_s) WHERE session_id IS NULL;

CREATE TABLE scan (
	scan_id INTEGER PRIMARY KEY,                  -- 1, 2, 3 … without a gap
	event_id INTEGER NOT NULL REFERENCES event,
	registrant_id INTEGER REFERENCES registrant,  -- NULL: an unknown token
	session_id INTEGER REFERENCES session,        -- NULL: the arrival at the event, or none found
	token_id INTEGER REFERENCES token,            -- NULL: without one
	direction TEXT CHECK (direction IN ('in', 'out')), -- NULL: a row taken back
	at_s INTEGER NOT NULL,                        -- when it happened
	until_s INTEGER CHECK (until_s >= at_s),      -- online and manual rows: when it ended; NULL: open
	first_s INTEGER,                              -- refused as already in: since when
	stored_s INTEGER NOT NULL,                    -- when it was written
	source TEXT NOT NULL CHECK (source = 'door' OR source = 'online' OR source = 'manual'),
	station TEXT NOT NULL DEFAULT '',
	nonce TEXT CHECK (length(nonce) BETWEEN 1 AND 64), -- the scan's own id
	result TEXT NOT NULL CHECK (result = 'admitted' OR result = 'refused' OR result = 'void'),
	reason TEXT,                                  -- code, of a refusal or of what was overridden
	is_forced INTEGER NOT NULL DEFAULT 0 CHECK (is_forced IN (0, 1)),
	void_of INTEGER REFERENCES scan,              -- the row that this one takes back
	import_id INTEGER REFERENCES import,
	actor TEXT NOT NULL,
	CHECK ((result = 'void') = (void_of IS NOT NULL)),
	CHECK ((result = 'void') = (direction IS NULL))
) STRICT;

CREATE INDEX scan_by_registrant ON scan
	(registrant_id, at_s, direction, session_id, result, reason, source, until_s);

CREATE INDEX scan_by_session ON scan (session_id, registrant_id) WHERE session_id IS NOT NULL;

CREATE UNIQUE INDEX scan_by_nonce ON scan (event_id, nonce) WHERE nonce IS NOT NULL;

CREATE UNIQUE INDEX scan_by_void ON scan (void_of) WHERE void_of IS NOT NULL;

CREATE INDEX scan_by_import ON scan (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE course (
	course_id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,   -- the event whose registrants it lists
	code TEXT NOT NULL COLLATE NOCASE CHECK (length(code) > 0),
	title TEXT NOT NULL DEFAULT '',
	credits_hundredths INTEGER NOT NULL DEFAULT 100 CHECK (credits_hundredths >= 0),
	enrolment TEXT NOT NULL DEFAULT 'required' CHECK (enrolment IN ('required', 'any')),
	roles TEXT NOT NULL DEFAULT '',               -- set, one of which is needed; '': any
	-- 1: the rule has named a condition on attendance, be it to drop it; 0: 80 % holds
	is_attendance_named INTEGER NOT NULL DEFAULT 0 CHECK (is_attendance_named IN (0, 1)),
	min_percent_permille INTEGER CHECK (min_percent_permille BETWEEN 1 AND 1000),
	min_minutes INTEGER CHECK (min_minutes > 0),
	min_sessions INTEGER CHECK (min_sessions > 0),
	session_percent_permille INTEGER NOT NULL DEFAULT 750
		CHECK (session_percent_permille BETWEEN 0 AND 1000), -- from which a session counts as attended
	is_each_day_required INTEGER NOT NULL DEFAULT 0 CHECK (is_each_day_required IN (0, 1)),
	is_exit_required INTEGER NOT NULL DEFAULT 0 CHECK (is_exit_required IN (0, 1)),
	rule_version INTEGER NOT NULL DEFAULT 1, credit_minutes INTEGER CHECK (credit_minutes > 0), credit_sessions INTEGER CHECK (credit_sessions > 0), is_rounded_nearest INTEGER NOT NULL DEFAULT 0
	CHECK (is_rounded_nearest IN (0, 1)), step_hundredths INTEGER NOT NULL DEFAULT 100
	CHECK (step_hundredths > 0), max_half_day_hundredths INTEGER CHECK (max_half_day_hundredths > 0), max_day_hundredths INTEGER CHECK (max_day_hundredths > 0), max_hundredths INTEGER CHECK (max_hundredths > 0),      -- one more at each change
	UNIQUE (event_id, code)
) STRICT;

CREATE TABLE course_event (
	course_id INTEGER NOT NULL REFERENCES course,
	event_id INTEGER NOT NULL REFERENCES event,
	PRIMARY KEY (course_id, event_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE course_session (
	course_id INTEGER NOT NULL REFERENCES course,
	purpose TEXT NOT NULL CHECK (purpose IN ('count', 'require')),
	session_id INTEGER NOT NULL REFERENCES session,
	PRIMARY KEY (course_id, purpose, session_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolment (
	course_id INTEGER NOT NULL REFERENCES course,
	person_id INTEGER NOT NULL REFERENCES person,
	enrolled_s INTEGER NOT NULL,
	PRIMARY KEY (course_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX enrolment_by_person ON enrolment (person_id);

CREATE TABLE log (
	log_id INTEGER PRIMARY KEY,                   -- 1, 2, 3 … without a gap
	at_s INTEGER NOT NULL,
	actor TEXT NOT NULL,
	action TEXT NOT NULL,
	subject TEXT NOT NULL DEFAULT '',             -- the kind of thing
	subject_id INTEGER,                           -- its number
	detail TEXT NOT NULL DEFAULT '',
	first_scan INTEGER,                           -- the scans it covers
	last_scan INTEGER CHECK (last_scan >= first_scan),
	digest BLOB,                                  -- of those scans, or of the file imported
	hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX log_by_subject ON log (subject, subject_id) WHERE subject_id IS NOT NULL;

CREATE INDEX log_of_changes ON log (log_id) WHERE first_scan IS NULL;

CREATE TABLE remark (
	remark_id INTEGER PRIMARY KEY,
	log_id INTEGER NOT NULL REFERENCES log,
	registrant_id INTEGER REFERENCES registrant,  -- whom it speaks of
	scan_id INTEGER REFERENCES scan,
	text TEXT NOT NULL
) STRICT;

CREATE INDEX remark_by_log ON remark (log_id);

CREATE INDEX remark_by_registrant ON remark (registrant_id) WHERE registrant_id IS NOT NULL;

CREATE TRIGGER scan_is_never_changed BEFORE UPDATE ON scan
BEGIN
	SELECT RAISE(ABORT, 'scans are never changed');
END;

CREATE TRIGGER scan_is_never_deleted BEFORE DELETE ON scan
BEGIN
	SELECT RAISE(ABORT, 'scans are never deleted');
END;

CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN
	SELECT RAISE(ABORT, 'the log is never changed');
END;

CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log
BEGIN
	SELECT RAISE(ABORT, 'the log is never cut');
END;

CREATE INDEX person_by_merged ON person (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX registrant_by_merged ON registrant (merged_into) WHERE merged_into IS NOT NULL;

CREATE UNIQUE INDEX registrant_by_queue ON registrant (event_id, queue_number)
	WHERE queue_number IS NOT NULL;

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

CREATE TABLE erasure (
	hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
	key_id BLOB NOT NULL REFERENCES keyring,
	person_id INTEGER NOT NULL REFERENCES person,
	erased_s INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX erasure_by_person ON erasure (person_id);

CREATE TABLE event_schedule (
	event_id INTEGER PRIMARY KEY REFERENCES event,
	json TEXT NOT NULL
) STRICT;

CREATE TABLE session_schedule (
	session_id INTEGER PRIMARY KEY REFERENCES session,
	json TEXT NOT NULL
) STRICT;

CREATE TABLE requirement (
	course_id INTEGER NOT NULL REFERENCES course,
	position INTEGER NOT NULL,
	name TEXT NOT NULL COLLATE NOCASE CHECK (length(name) > 0),
	due_day INTEGER,                              -- to its end; NULL: no date was set
	PRIMARY KEY (course_id, position),
	UNIQUE (course_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark (
	course_id INTEGER NOT NULL REFERENCES course,
	person_id INTEGER NOT NULL REFERENCES person,
	requirement TEXT NOT NULL COLLATE NOCASE,     -- by name
	result TEXT NOT NULL CHECK (result IN ('pass', 'fail', 'excused', 'absent')),
	marked_s INTEGER NOT NULL,
	PRIMARY KEY (course_id, person_id, requirement)
) STRICT, WITHOUT ROWID;

CREATE INDEX mark_by_person ON mark (person_id);

CREATE TABLE decision (
	course_id INTEGER NOT NULL REFERENCES course,
	person_id INTEGER NOT NULL REFERENCES person,
	is_granted INTEGER NOT NULL CHECK (is_granted IN (0, 1)), -- 0: denied
	credits_hundredths INTEGER CHECK (credits_hundredths >= 0), -- NULL: as the rule says
	decided_s INTEGER NOT NULL,
	log_id INTEGER NOT NULL REFERENCES log,
	PRIMARY KEY (course_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX decision_by_person ON decision (person_id);

CREATE TABLE award (
	award_id INTEGER PRIMARY KEY,
	course_id INTEGER NOT NULL REFERENCES course,
	number INTEGER NOT NULL CHECK (number > 0),   -- 1, 2, 3 … of the course
	awarded_s INTEGER NOT NULL,
	as_of_s INTEGER NOT NULL,
	actor TEXT NOT NULL,
	rule_version INTEGER NOT NULL,
	rule TEXT NOT NULL,                           -- in words, as it was
	log_head TEXT NOT NULL,                       -- N:HASH, before the award's own entry
	revises INTEGER REFERENCES award,             -- NULL: it revises none
	UNIQUE (course_id, number)
) STRICT;

CREATE UNIQUE INDEX award_by_revised ON award (revises) WHERE revises IS NOT NULL;

CREATE TABLE award_row (
	award_id INTEGER NOT NULL REFERENCES award,
	registrant_id INTEGER NOT NULL REFERENCES registrant,
	certificate INTEGER,                          -- its number in the course; NULL: not eligible
	decision TEXT NOT NULL CHECK (decision IN ('eligible', 'not-eligible', 'pending')),
	credits_hundredths INTEGER NOT NULL,
	attended_s INTEGER NOT NULL,
	total_s INTEGER NOT NULL,
	sessions_attended INTEGER NOT NULL,
	sessions_total INTEGER NOT NULL,
	reasons TEXT NOT NULL,                        -- codes, divided by ';'
	PRIMARY KEY (award_id, registrant_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX award_row_by_registrant ON award_row (registrant_id);

CREATE TABLE alias (
	alias_id INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL REFERENCES event,
	name TEXT NOT NULL,                           -- as the report had it
	name_key TEXT NOT NULL,                       -- folded: what compares
	email_key TEXT NOT NULL DEFAULT '',           -- folded, of the report's row; '': it had none
	registrant_id INTEGER REFERENCES registrant,  -- NULL: nobody of the event
	UNIQUE (event_id, name_key, email_key)
) STRICT;

CREATE INDEX alias_by_registrant ON alias (registrant_id) WHERE registrant_id IS NOT NULL;
