-- The whole rule, meeting reports, and what was awarded.

-- Credits by time or by sessions instead of a fixed number; at most one of the two is set.
-- What comes of it goes down to (or to the nearest) step; caps are hundredths, NULL: none.
ALTER TABLE course ADD COLUMN credit_minutes INTEGER CHECK (credit_minutes > 0);
ALTER TABLE course ADD COLUMN credit_sessions INTEGER CHECK (credit_sessions > 0);
ALTER TABLE course ADD COLUMN is_rounded_nearest INTEGER NOT NULL DEFAULT 0
	CHECK (is_rounded_nearest IN (0, 1));
ALTER TABLE course ADD COLUMN step_hundredths INTEGER NOT NULL DEFAULT 100
	CHECK (step_hundredths > 0);
ALTER TABLE course ADD COLUMN max_half_day_hundredths INTEGER CHECK (max_half_day_hundredths > 0);
ALTER TABLE course ADD COLUMN max_day_hundredths INTEGER CHECK (max_day_hundredths > 0);
ALTER TABLE course ADD COLUMN max_hundredths INTEGER CHECK (max_hundredths > 0);

-- A deliverable that a course asks for, in the order in which the rule names them.
CREATE TABLE requirement (
	course_id INTEGER NOT NULL REFERENCES course,
	position INTEGER NOT NULL,
	name TEXT NOT NULL COLLATE NOCASE CHECK (length(name) > 0),
	due_day INTEGER,                              -- to its end; NULL: no date was set
	PRIMARY KEY (course_id, position),
	UNIQUE (course_id, name)
) STRICT, WITHOUT ROWID;

-- What came of it for a person. It stays where the rule asks for it no more.
CREATE TABLE mark (
	course_id INTEGER NOT NULL REFERENCES course,
	person_id INTEGER NOT NULL REFERENCES person,
	requirement TEXT NOT NULL COLLATE NOCASE,     -- by name
	result TEXT NOT NULL CHECK (result IN ('pass', 'fail', 'excused', 'absent')),
	marked_s INTEGER NOT NULL,
	PRIMARY KEY (course_id, person_id, requirement)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_by_person ON mark (person_id);

-- A decision by hand, which beats the rule. Its reason is the remark of the log entry.
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

-- Decisions frozen at a time: what was told to the outside. A revision is an award of its own
-- that takes the place of an earlier one.
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

-- What an import took in: registrants, or attendance (a meeting report).
ALTER TABLE import ADD COLUMN kind TEXT NOT NULL DEFAULT 'registrants'
	CHECK (kind IN ('registrants', 'attendance'));

-- A name of a meeting report and whose it is, once somebody has said so.
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
