# SPDX-License-Identifier: BSD-2-Clause
"""Usage: import.py DB KEY FILE

What somebody who has no regtool would write to get a file of registrants into the same tables,
known people updated, with the same tokens: csv, sqlite3 and hashlib, in one transaction.
"""

import csv
import hashlib
import re
import sqlite3
import sys
import time


def derive(key, number, context, size):
    return hashlib.blake2b(digest_size=size, key=key, salt=number.to_bytes(16, "little"),
                           person=context).digest()


def verifier_of(token):
    proof = hashlib.blake2b(token, digest_size=32, person=b"regtool-proof-v1").digest()
    return hashlib.blake2b(proof, digest_size=32, person=b"regtool-store-v1").digest()


def main(db_path, key_path, path):
    with open(key_path, encoding="ascii") as file:
        master = bytes.fromhex(re.search("^key: (.*)$", file.read(), re.M).group(1))
    event_key = derive(master, 1, b"regevent", 32)
    with open(path, "rb") as file:
        digest = hashlib.blake2b(file.read(), digest_size=32).digest()
    now_s = int(time.time())
    db = sqlite3.connect(db_path, isolation_level=None)
    db.executescript("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA;"
                     "PRAGMA foreign_keys=ON")
    db.execute("BEGIN IMMEDIATE")
    key_id, = db.execute("SELECT key_id FROM keyring").fetchone()
    import_id = db.execute(
        "INSERT INTO import (event_id, name, digest, taken_s, actor, row_count, added, updated,"
        " unchanged, kept, rejected) VALUES (1, ?, ?, ?, 'script', 0, 0, 0, 0, 0, 0)",
        (path, digest, now_s)).lastrowid
    rows = 0
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows += 1
            email = row["email"].strip()
            person = (email, row["given_name"] + " " + row["family_name"], row["given_name"],
                      row["family_name"], row["affiliation"], row["external_id"])
            known = db.execute("SELECT person_id FROM person WHERE email_key = ?",
                               (email.casefold(),)).fetchone()
            if known:
                db.execute("UPDATE person SET email = ?, name = ?, given_name = ?,"
                           " family_name = ?, affiliation = ?, external_id = ?"
                           " WHERE person_id = ?", person + known)
                continue
            person_id = db.execute(
                "INSERT INTO person (email, name, given_name, family_name, affiliation,"
                " external_id, email_key) VALUES (?, ?, ?, ?, ?, ?, ?)",
                person + (email.casefold(),)).lastrowid
            registrant_id = db.execute(
                "INSERT INTO registrant (event_id, person_id, roles, status, category,"
                " registered_s, import_id) VALUES (1, ?, ?, 'confirmed', ?, ?, ?)",
                (person_id, row["roles"], row["category"], now_s, import_id)).lastrowid
            db.execute(
                "INSERT INTO token (token_id, registrant_id, verifier, key_id, issued_s)"
                " VALUES (?, ?, ?, ?, ?)",
                (registrant_id, registrant_id,
                 verifier_of(derive(event_key, registrant_id, b"regtoken", 16)), key_id, now_s))
    db.execute("UPDATE import SET row_count = ?1, added = ?1 WHERE import_id = ?2",
               (rows, import_id))
    db.execute("INSERT INTO log (log_id, at_s, actor, action, digest, hash)"
               " SELECT max(log_id) + 1, ?, 'script', 'import', ?, ? FROM log",
               (now_s, digest, digest))
    db.execute("COMMIT")
    print(rows)


main(*sys.argv[1:])
