"""Reads a bundle that was unpacked, as its loader, pandas, pyarrow and DuckDB do, and holds them to each other; prints the sums as JSON."""
import importlib.util
import json
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

folder = Path(sys.argv[1])
loader = importlib.util.spec_from_file_location("load", folder / "load.py")
module = importlib.util.module_from_spec(loader)
loader.loader.exec_module(module)
csv = module.cells()
package = json.loads((folder / "datapackage.json").read_text())
fields = next(one for one in package["resources"] if one["name"] == "data")["schema"]["fields"]
texts = [field["name"] for field in fields if field["type"] == "string"]
numbers = [field["name"] for field in fields if field["type"] == "number"]
parquet = pq.read_table(folder / "data.parquet")
with pa.OSFile(str(folder / "data.arrow")) as source:
    arrow = pa.ipc.open_stream(source).read_all()
about = package["tessera"]["fingerprint"].encode()
assert parquet.schema.metadata[b"fingerprint"] == about and arrow.schema.metadata[b"fingerprint"] == about
assert list(csv.columns) == parquet.column_names == arrow.column_names == [field["name"] for field in fields]
for table in (parquet, arrow):
    for name in texts:
        kind = table.schema.field(name).type
        assert pa.types.is_string(kind) or (pa.types.is_dictionary(kind) and pa.types.is_string(kind.value_type)), name
    for name in numbers:
        assert pa.types.is_float64(table.schema.field(name).type), name
    frame = table.to_pandas()
    for name in texts:
        assert list(frame[name].astype(str)) == list(csv[name]), name
    for name in numbers:
        pd.testing.assert_series_equal(frame[name], csv[name], check_names=False)
quoted = [f'"{name}"' for name in numbers]
summed = ", ".join(f"sum({name})" for name in quoted)
typed = ", ".join(f"'{name}': '{'DOUBLE' if name in numbers else 'VARCHAR'}'" for name in csv.columns)
for source in (
    f"read_parquet('{folder}/data.parquet')",
    f"read_csv('{folder}/data.csv', header = true, columns = {{{typed}}})",
    "arrow",
):
    relation = duckdb.sql(f"SELECT * FROM {source}")
    kinds = dict(zip(relation.columns, [str(kind) for kind in relation.types]))
    assert all(kinds[name] == "DOUBLE" for name in numbers), kinds
    assert all(kinds[name] == "VARCHAR" or kinds[name].startswith("ENUM") for name in texts), kinds
    [found] = duckdb.sql(f"SELECT count(*), {summed} FROM {source}").fetchall()
    assert found[0] == len(csv)
    for name, sum_of in zip(numbers, found[1:]):
        assert abs((sum_of or 0) - csv[name].sum()) <= 1e-9 * max(1, abs(csv[name].sum())), name
print(json.dumps({"cells": len(csv), "sums": {name: csv[name].sum() for name in numbers}}))
