"""Reads the database of a hub's newest release; prints sums of one table, by figure and by its view, as JSON."""
import json
import os
import sys
import tempfile
import urllib.request

import duckdb

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "newest.duckdb")
    with open(path, "wb") as file:
        file.write(urllib.request.urlopen(sys.argv[1] + "/data/newest.duckdb").read())
    database = duckdb.connect(path, read_only=True)

    def one(query):
        return database.execute(query).fetchone()[0]

    assert "Made-up" in one("SELECT note FROM release")
    assert one("SELECT typeof(numerator) FROM figure LIMIT 1") == "BIGINT"
    print(
        json.dumps(
            {
                "sum": one("SELECT sum(value) FROM figure WHERE metric = 'identified' AND tbl = 'county'"),
                "by_table": one("SELECT sum(value) FROM identified_by_county"),
                "hidden_with_numbers": one(
                    "SELECT count(*) FROM figure WHERE status = 'hidden' AND coalesce(value, numerator, denominator) IS NOT NULL"
                ),
            }
        )
    )
