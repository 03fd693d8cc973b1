#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Plays the example from the empty folder to the credit report, each step shown as one would
# type it, and checks what comes out. Exit 0: all as it should be; 1: something was not.
#
#	play.sh FOLDER		FOLDER is made, or is empty; what was played stays there
#
# The program is $REGTOOL, by default the regtool of the PATH.

set -eu

usage() {
	echo "usage: play.sh FOLDER (new or empty)" >&2
	exit 2
}

[ $# -eq 1 ] || usage
folder=$1
example=$(cd "$(dirname "$0")" && pwd)
program=${REGTOOL:-regtool}
case $program in
/*) ;;
*/*) program=$(pwd)/$program ;;
esac
unset REGTOOL_DB REGTOOL_KEY REGTOOL_EVENT REGTOOL_STATION REGTOOL_ACTOR

mkdir -p -- "$folder"
[ -z "$(ls -A -- "$folder")" ] || {
	echo "play.sh: folder '$folder' is not empty" >&2
	exit 2
}
for file in programme.csv attendees.csv day1.jsonl day2.jsonl day2-zoom.csv \
	expected-credits.csv; do
	cp -- "$example/$file" "$folder/"
done
cd -- "$folder"

regtool() {
	command "$program" "$@"
}

heading() {
	printf '\n== %s\n' "$1"
}

# step COMMAND [STATUS]: shows the command line, runs it, and wants it to end so (0).
step() {
	printf '\n$ %s\n' "$1"
	status=0
	eval "$1" || status=$?
	verify "exit status of that" "$status" "${2:-0}"
}

# verify WHAT IS SHOULD_BE: quiet where it holds.
verify() {
	[ "$2" = "$3" ] && return
	printf 'play.sh: %s: %s, should be %s\n' "$1" "'$2'" "'$3'" >&2
	exit 1
}

# answers FILE RESULT[,REASON]: how many scans were answered so.
answers() {
	cut -d, -f1,2 -- "$1" | grep -c -e "^$2" || true
}

# columns FILE NAME...: these columns of a CSV file, by their headers, divided by commas; for
# cells that need no quotes themselves.
columns() {
	file=$1
	shift
	awk -v wanted="$*" '
	function split_row(line, cell,    count, at, letter, quoted) {
		count = 1
		cell[1] = ""
		for (at = 1; at <= length(line); at++) {
			letter = substr(line, at, 1)
			if (letter == "\"")
				quoted = !quoted
			else if (letter == "," && !quoted)
				cell[++count] = ""
			else
				cell[count] = cell[count] letter
		}
		return count
	}
	BEGIN { wanted_count = split(wanted, name, " ") }
	{
		count = split_row($0, cell)
		if (NR == 1)
			for (i = 1; i <= count; i++)
				place[cell[i]] = i
		for (i = 1; i <= wanted_count; i++)
			printf "%s%s", cell[place[name[i]]], i < wanted_count ? "," : "\n"
	}' "$file"
}

heading "An event, its programme, its course"
step "regtool init --event loss-landscape-2022 \\
    --title 'Loss Landscape of Neural Networks: theoretical insights and practical implications' \\
    --timezone Europe/Zurich --start 2022-02-15 --end 2022-02-16"
step "regtool programme import programme.csv"
step "regtool programme show"
step "regtool course add BIO-642 --credits 1 \\
    --title 'State of the Art Topics in Neuroscience XIII'"

heading "The same programme on the US East Coast: 14:30 is 08:30"
step "regtool programme show --timezone America/New_York > new-york.txt"
step "grep -F 'Joan Bruna' new-york.txt"
verify "the first talk in New York" "$(sed -n '/Joan Bruna/s/[^0-9:].*//p' new-york.txt)" 08:30

heading "Those who registered"
step "regtool import attendees.csv"
step "regtool registrant list --role organizer"
step "regtool registrant list --role chair"
step "regtool registrant list --role speaker"
regtool -f csv registrant list >registrants.csv
verify "registrants" "$(($(wc -l <registrants.csv) - 1))" 80
regtool -f csv registrant list --course BIO-642 >enrolled.csv
verify "enrolled in BIO-642" "$(($(wc -l <enrolled.csv) - 1))" 25

heading "At the door: a badge, and a badge left at home"
step "regtool -f csv token show mira.okafor@example.org | sed -n '2s/.*,//p' |
    regtool -f csv checkin - --at 2022-02-15T14:05 --station hall-a > badge.csv"
step "cut -d, -f1,3,5 badge.csv"
verify "check-ins by badge" "$(answers badge.csv admitted,)" 1
step "regtool checkin --who hamish.macleod@example.org --at 2022-02-15T14:06 --station desk"

heading "Both days at the doors (exit status 1: some were refused)"
step "regtool -f csv checkin - < day1.jsonl > day1.csv" 1
step "sed 1d day1.csv | cut -d, -f1,2 | sort | uniq -c"
verify "day 1, admitted" "$(answers day1.csv admitted,)" 204
verify "day 1, refused" "$(answers day1.csv refused,)" 4
for reason in no-session already-in cancelled pending; do
	verify "day 1, $reason" "$(answers day1.csv "refused,$reason\$")" 1
done
step "regtool -f csv checkin - < day2.jsonl > day2.csv" 1
step "sed 1d day2.csv | cut -d, -f1,2 | sort | uniq -c"
verify "day 2, admitted" "$(answers day2.csv admitted,)" 31
verify "day 2, refused" "$(answers day2.csv refused,)" 3
verify "day 2, not-in" "$(answers day2.csv "refused,not-in\$")" 1
verify "day 2, not-admitted" "$(answers day2.csv "refused,not-admitted\$")" 2

heading "The closed discussion: speakers and session chairs only"
columns day2.csv session direction result reason | grep '^S4C,in,' >closed.csv
verify "admitted to S4C" "$(grep -c 'admitted,$' closed.csv)" 11
verify "refused at S4C" "$(grep -c 'refused,not-admitted$' closed.csv)" 2
step "regtool checkin --who noemie.dubois-keller@example.com --session S4C \\
    --at 2022-02-16T18:36" 1
step "regtool checkin --who nicolas.flammarion@example.org --session S4C \\
    --at 2022-02-16T18:37"
step "regtool checkin --who hanie.sedghi@example.org --session S4C \\
    --at 2022-02-16T18:38"

# counts FILE: of what `attendance import' says
counts() {
	columns "$1" rows matched unmatched ignored added unchanged | sed 1d
}

# credit WHO STATUS: the answer for one person
credit() {
	step "regtool credit-report --course BIO-642 --as-of 2022-02-17T09:00 --for $1" "$2"
}

heading "The second day on the screen: Zoom's report, of S3 and S4"
step "sed 6q day2-zoom.csv"
step "regtool -f csv attendance import day2-zoom.csv --session S3 --session S4 \\
    --unmatched review.csv > zoom.csv"
verify "rows of the report" "$(counts zoom.csv)" 106,97,6,3,105,0

heading "Who they are is not guessed: the office fills in the last column"
step "cat review.csv"
columns review.csv name candidates | sed 1d >unmatched.txt
verify "who was left to the office" "$(cat unmatched.txt)" \
	'Amelie Rochat,17 Baptiste Rochat; 39 Amélie Favre
Eva Brenner,
Lan,70 Nguyễn Thị Lan
Wulandari,49 Wulandari'
credit nguyen.thi.lan@example.com 1
step "sed -e '/^Amelie Rochat,/s/\$/-/' -e '/^Lan,/s/\$/70/' -e '/^Wulandari,/s/\$/49/' \\
    review.csv > answers.csv"
step "regtool -f csv attendance import day2-zoom.csv --session S3 --session S4 \\
    --matches answers.csv > zoom.csv"
verify "rows of the report, with answers" "$(counts zoom.csv)" 106,101,1,4,5,105
credit nguyen.thi.lan@example.com 0

heading "The answers are remembered, and the same report again adds nothing"
step "regtool -f csv attendance import day2-zoom.csv --session S3 --session S4 > zoom.csv"
verify "rows of the report, again" "$(counts zoom.csv)" 106,101,1,4,0,110

heading "In the hall and on the screen at once; on two devices at once"
step "regtool attendance show --who ipek.yildiz@example.edu"
credit "siobhan.oconnor@example.edu --explain" 1

heading "Who gets the credit"
step "regtool -f csv credit-report --course BIO-642 --as-of 2022-02-17T09:00 > credits.csv"
verify "minutes that count" "$(columns credits.csv minutes_total | sed 1d | sort -u)" 465
columns credits.csv registrant name minutes_attended percent decision reasons >credits-short.csv
diff expected-credits.csv credits-short.csv >&2 ||
	verify "credits" "differ" "those of expected-credits.csv"
step "regtool check"
step "regtool credit-report --course BIO-642 --as-of 2022-02-17T09:00"

printf '\nAll as expected. The event is in %s\n' "$(pwd)"
