"""Records per second of clkhash on a CSV file: schema, file, rounds. Uses as many processes as there are cores."""

import json
import sys
import time

from clkhash import clk
from clkhash.schema import from_json_file

schema = from_json_file(open(sys.argv[1]))
rates = []
for _ in range(int(sys.argv[3])):
    with open(sys.argv[2]) as rows:
        start = time.perf_counter()
        made = clk.generate_clk_from_csv(rows, "secret", schema, progress_bar=False)
        rates.append(len(made) / (time.perf_counter() - start))
print(json.dumps({"rates": rates, "first": made[0].tobytes().hex(), "last": made[-1].tobytes().hex()}))
