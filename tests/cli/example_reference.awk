# SPDX-License-Identifier: BSD-2-Clause
#
# The example's rules a second time, plainly and slowly: who was in which session is marked
# second by second, and the marks are counted. Knows nothing of regtool; tests/cli/example.bats
# compares the two.
#
#	awk -f example_reference.awk -v show=credits|seconds \
#	    kind=programme programme.csv kind=attendees attendees.csv \
#	    kind=people people.csv kind=door scans.jsonl kind=zoom day2-zoom.csv
#
# people.csv says by hand whose the names without address are: name,registrant. scans.jsonl
# are the lines of all doors in the order of their times. kind=stays takes registrant, session,
# from and to instead of the last three. Times are Swiss ones of February 2022 throughout.
#
# seconds: registrant,session,seconds for each session that counts
# credits: the columns of expected-credits.csv, for who is enrolled

BEGIN {
	doors = 30 * 60
	asked_permille = 800
}

# "2022-02-15T14:25", with or without seconds: seconds since the month began
function time_of(text) {
	return substr(text, 9, 2) * 86400 + substr(text, 12, 2) * 3600 + substr(text, 15, 2) * 60 + \
		substr(text, 18, 2)
}

# "02/16/2022 02:06:56 PM"
function zoom_time_of(text,    hour) {
	hour = substr(text, 12, 2) % 12 + (text ~ /PM$/ ? 12 : 0)
	return substr(text, 4, 2) * 86400 + hour * 3600 + substr(text, 15, 2) * 60 + \
		substr(text, 18, 2)
}

# The row's cells, into `cell`; no quote stands inside a cell here.
function split_row(line,    at, letter, quoted, count) {
	split("", cell)
	count = 1
	for (at = 1; at <= length(line); at++) {
		letter = substr(line, at, 1)
		if (letter == "\"")
			quoted = !quoted
		else if (letter == "," && !quoted)
			count++
		else
			cell[count] = cell[count] letter
	}
}

function member(line, key) {
	if (!match(line, "\"" key "\":\"[^\"]*\""))
		return ""
	return substr(line, RSTART + length(key) + 4, RLENGTH - length(key) - 5)
}

function add_stay(who, session, from, to) {
	stay_count[who]++
	stay[who, stay_count[who]] = session " " from " " to
}

kind == "programme" && FNR > 1 {
	split_row($0)
	if (cell[2] != "session")
		next
	session_count++
	code[session_count] = cell[1]
	begins[cell[1]] = time_of(cell[3])
	ends[cell[1]] = time_of(cell[4])
	access[cell[1]] = cell[9]
	counts[cell[1]] = cell[10] == "yes"
	if (counts[cell[1]])
		total += ends[cell[1]] - begins[cell[1]]
}

kind == "attendees" && FNR > 1 {
	split_row($0)
	people++
	name[people] = cell[1] (cell[1] != "" && cell[2] != "" ? " " : "") cell[2]
	if (cell[3] != "")
		registrant[tolower(cell[3])] = people
	if (cell[6] != "")
		registrant[cell[6]] = people
	roles[people] = ";" cell[5] ";"
	enrolled[people] = cell[7] == "BIO-642"
	withdrawn[people] = cell[8] == "Withdrawn"
	confirmed[people] = cell[8] == "Complete"
}

kind == "people" {
	split_row($0)
	called[cell[1]] = cell[2]
}

# --- Doors ---

function may_enter(who, session,    parts, count, i) {
	if (access[session] == "open")
		return 1
	count = split(access[session], parts, "+")
	for (i = 1; i <= count; i++)
		if (index(roles[who], ";" parts[i] ";"))
			return 1
	return 0
}

# Of a scan that names none: the session in progress, else the next one whose doors are open.
function session_at(who, at,    i, next_one) {
	for (i = session_count; i >= 1; i--) {
		if (!may_enter(who, code[i]))
			continue
		if (at >= begins[code[i]] && at < ends[code[i]])
			return code[i]
		if (at >= begins[code[i]] - doors && at < begins[code[i]])
			next_one = code[i]
	}
	return next_one
}

function leave(who, at) {
	if (inside[who] != "")
		add_stay(who, inside[who], since[who], at)
	inside[who] = ""
}

kind == "door" && !(member($0, "nonce") in seen) {
	seen[member($0, "nonce")] = 1
	who = registrant[tolower(member($0, "who"))]
	at = time_of(member($0, "at"))
	if (member($0, "direction") == "out") {
		leave(who, at)
		next
	}
	session = member($0, "session")
	if (session == "")
		session = session_at(who, at)
	if (!confirmed[who] || session == "" || !may_enter(who, session) || inside[who] == session)
		next
	leave(who, at)
	inside[who] = session
	since[who] = at
}

# --- The meeting ---

kind == "zoom" && /^Name \(Original Name\)/ {
	is_list = 1
	next
}

kind == "zoom" && is_list {
	split_row($0)
	who = cell[2] != "" ? registrant[tolower(cell[2])] : called[cell[1]]
	if (who == "" || cell[8] == "Yes")
		next
	for (i = 1; i <= session_count; i++)
		if (counts[code[i]])
			add_stay(who, code[i], zoom_time_of(cell[3]), zoom_time_of(cell[4]))
}

kind == "stays" {
	split_row($0)
	add_stay(cell[1], cell[2], time_of(cell[3]), cell[4] != "" ? time_of(cell[4]) : ends[cell[2]])
}

# --- Counting ---

function seconds_in(who, session,    i, second, last, parts, marked, count) {
	split("", marked)
	for (i = 1; i <= stay_count[who]; i++) {
		split(stay[who, i], parts, " ")
		if (parts[1] != session)
			continue
		last = parts[3] + 0 < ends[session] ? parts[3] : ends[session]
		for (second = parts[2] + 0; second < last; second++)
			if (second >= begins[session] && !(second in marked)) {
				marked[second] = 1
				count++
			}
	}
	return count + 0
}

function show_credit(who, attended,    permille, missing, reasons) {
	permille = int(attended * 1000 / total)
	missing = total * asked_permille / 1000 - attended
	if (withdrawn[who])
		reasons = "cancelled"
	if (missing > 0)
		reasons = reasons (reasons != "" ? ";" : "") "percent-short:" int((missing + 59) / 60)
	printf "%d,%s,%d,%d.%d,%s,%s\n", who, name[who], int(attended / 60), int(permille / 10),
		permille % 10, reasons == "" ? "eligible" : "not-eligible", reasons
}

END {
	if (show == "credits")
		print "registrant,name,minutes_attended,percent,decision,reasons"
	for (who = 1; who <= people; who++) {
		leave(who, 1e9)
		attended = 0
		for (i = 1; i <= session_count; i++) {
			if (!counts[code[i]])
				continue
			seconds = seconds_in(who, code[i])
			attended += seconds
			if (show == "seconds")
				print who "," code[i] "," seconds
		}
		if (show == "credits" && enrolled[who])
			show_credit(who, attended)
	}
}
