"""Identified young people per 1,000, by county, three years pooled, from a running hub.

    pip install pandas
    python examples/rates_by_county.py [http://localhost:4000]
"""
import sys

import pandas as pd

hub = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:4000"
metric = "identified_per_1000_enrolled"
link = f"{hub}/data/{metric}.csv?by=county&kind=three_years&from=2021&to=2025"

# Counties are FIPS codes: text, or they lose their leading zero.
cells = pd.read_csv(link, dtype={"county": str})
if "note" in cells:
    print(cells["note"].iloc[0])

# A hidden figure is not a zero: keep what `status` says.
print(cells["status"].value_counts().to_string())
print(cells.pivot(index="county", columns="period", values="value").round(2).to_string(na_rep="–"))
