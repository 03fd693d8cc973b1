# SPDX-License-Identifier: BSD-2-Clause
#
# What c3voc's schema asks of a schedule.json, in words of our own: an array of what is wrong.
#
#	jq -f schema.jq schedule.json

def text: type == "string";
def text_or_null: text or . == null;
def whole: type == "number" and . == floor;
def guid: text and test("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$");
def date: text and test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
def time: text and test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})$");
def uri: text and test("^[a-zA-Z][a-zA-Z0-9+.-]*:[^ <>\"]*$");
def slug: text and test("^[a-z0-9_-]+[a-z0-9]$");
def only($names): (keys_unsorted - $names) == [];

# must(WHERE; WHAT; CONDITION): a fault, if it is not so
def must($where; $what; condition): if condition then empty else "\($where): \($what)" end;

def reference_faults($where):
    must($where; "reference"; only(["type", "url", "title"]) and (.url | uri) and
        ([.type] - [null, "slides", "paper", "web", "blog", "article", "media", "related",
        "activitypub"] == []));

# Of frab's and pretalx's shape exactly one.
def person_faults($where):
    must($where; "frab or pretalx"; has("name") != (has("public_name") and has("id"))),
    must($where; "name"; (.name // .public_name) | text),
    must($where; "guid"; .guid == null or (.guid | guid)),
    must($where; "id"; has("id") == false or (.id | whole)),
    must($where; "code"; has("code") == false or (.code | test("^[A-Z0-9]+$")));

def event_faults($where):
    must($where; "unknown member"; only(["guid", "code", "id", "logo", "date", "start", "end",
        "duration", "room", "slug", "url", "title", "subtitle", "track", "type", "language",
        "abstract", "description", "recording_license", "do_not_record", "do_not_stream",
        "persons", "links", "feedback_url", "origin_url", "attachments"])),
    must($where; "guid"; .guid | guid),
    must($where; "code"; has("code") == false or (.code | test("^[A-Z0-9]+$"))),
    must($where; "id"; (.id | whole) and .id >= 1),
    must($where; "date"; .date | time),
    must($where; "end"; has("end") == false or (.end | time)),
    must($where; "start"; .start | text and test("^([01][0-9]|2[0-3]):[0-5][0-9]$")),
    must($where; "duration"; .duration | text and test("^[0-9]+:[0-9]{2}$")),
    must($where; "room, title, type"; [.room, .title, .type] | all(text)),
    must($where; "slug"; .slug | slug),
    must($where; "url"; .url | uri),
    must($where; "text or null"; [.subtitle, .track, .language, .abstract, .description] |
        all(text_or_null)),
    must($where; "members that may be null"; has("subtitle") and has("track") and
        has("language") and has("abstract")),
    (.persons[] | person_faults("\($where), person")),
    ((.links[], .attachments[]?) | reference_faults("\($where), link"));

def day_faults($where):
    must($where; "members"; only(["index", "date", "day_start", "day_end", "rooms"])),
    must($where; "index"; .index | whole),
    must($where; "date"; .date | date),
    must($where; "day_start, day_end"; (.day_start | time) and (.day_end | time)),
    (.rooms | to_entries[] | .key as $room | .value[] |
        event_faults("\($where), room \($room), event \(.title)"));

def room_faults:
    must("room"; "members"; (.name | text) and (.guid | guid)),
    must("room"; "slug"; has("slug") == false or (.slug | slug));

def conference_faults:
    must("conference"; "unknown member"; only(["acronym", "title", "description", "start", "end",
        "daysCount", "timeslot_duration", "time_zone_name", "logo", "colors", "keywords", "url",
        "tracks", "rooms", "meta", "days"])),
    must("conference"; "acronym";
        .acronym | text and test("^[a-z0-9_-][a-z0-9_]{3,}(-2[0-9]{3}-[a-z]+)?$")),
    must("conference"; "texts"; [.title, .start, .end, .timeslot_duration] | all(text)),
    must("conference"; "daysCount"; .daysCount | whole),
    must("conference"; "time_zone_name"; has("time_zone_name") == false or
        (.time_zone_name | test("^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$"))),
    must("conference"; "url"; has("url") == false or (.url | uri)),
    (.rooms[]? | room_faults),
    (.days[] | day_faults("day \(.index)"));

[
    must("document"; "unknown member"; only(["$schema", "generator", "schedule"])),
    must("schedule"; "version"; .schedule.version | text),
    must("schedule"; "rooms"; .schedule | has("rooms") == false),
    must("schedule"; "base_url"; .schedule | has("base_url") == false or (.base_url | uri)),
    (.schedule.conference | conference_faults)
]
