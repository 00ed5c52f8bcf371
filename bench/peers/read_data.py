"""Reads one table of a hub in every format and by GraphQL, and holds them to each other; prints the sum as JSON."""
import io
import json
import sys
import urllib.request

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

base = sys.argv[1]


def fetch(path):
    return urllib.request.urlopen(base + path).read()


def ask(query):
    body = json.dumps({"query": query}).encode()
    question = urllib.request.Request(base + "/graphql", body, {"content-type": "application/json"})
    return json.load(urllib.request.urlopen(question))["data"]


csv = pd.read_csv(io.BytesIO(fetch("/data/identified.csv?by=county")), dtype={"county": str, "period": str})
rows = pd.DataFrame(json.loads(fetch("/data/identified.json?by=county"))["rows"])
parquet = pq.read_table(io.BytesIO(fetch("/data/identified.parquet?by=county")))
arrow = pa.ipc.open_stream(fetch("/data/identified.arrow?by=county")).read_all()
assert b"Made-up" in parquet.schema.metadata[b"note"]
assert b"Made-up" in arrow.schema.metadata[b"note"]
for one in (rows, parquet.to_pandas(), arrow.to_pandas()):
    assert list(one["county"]) == list(csv["county"])
    assert list(one["period"]) == list(csv["period"])
    pd.testing.assert_series_equal(one["value"].astype(float), csv["value"].astype(float))
query = '{ table(metric: "identified", by: [COUNTY]) { cells(first: 200) { nodes { period value } } } }'
cells = pd.DataFrame(ask(query)["table"]["cells"]["nodes"])
pd.testing.assert_series_equal(cells["value"].astype(float), csv["value"].astype(float))
print(json.dumps(csv["value"].sum()))
