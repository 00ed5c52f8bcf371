/** Scripts that read the data as they are meant: codes stay text, empty numbers stay empty, and the sums are compared. */
import type { Dataset } from './dataset.ts';

export function pythonLoader({ tally }: Dataset): string {
  const texts = tally.columns.filter(({ numeric }) => !numeric).map(({ name }) => name);
  const numbers = tally.columns.filter(({ numeric }) => numeric).map(({ name }) => name);
  return `"""Reads data.csv beside this file as a pandas data frame: cells = load.cells(). Run it to see what it holds."""
import json
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
# Codes are text: read as numbers, counties would lose their leading zero.
TEXTS = ${JSON.stringify(texts)}
NUMBERS = ${JSON.stringify(numbers)}


def cells():
    types = {**{name: "string" for name in TEXTS}, **{name: "float64" for name in NUMBERS}}
    frame = pd.read_csv(
        HERE / "data.csv", dtype=types, keep_default_na=False, na_values={name: [""] for name in NUMBERS}
    )
    expected = json.loads((HERE / "datapackage.json").read_text(encoding="utf-8"))["tessera"]
    if len(frame) != expected["cells"]:
        raise ValueError(f"data.csv has {len(frame)} cells, not {expected['cells']}")
    for name in NUMBERS:
        if abs(frame[name].sum() - expected["sums"][name]) > 1e-6 * max(1, abs(expected["sums"][name])):
            raise ValueError(f"the sum of {name} is not that of datapackage.json")
    return frame


if __name__ == "__main__":
    found = cells()
    if "note" in found:
        print(found["note"].iloc[0])
    print(found.groupby(["metric", "table", "status"]).size().to_string())
`;
}

export function rLoader({ tally }: Dataset): string {
  const types = tally.columns.map(
    ({ name, numeric }) => `"${name}" = "${numeric ? 'numeric' : 'character'}"`,
  );
  const sums = Object.entries(tally.sums).map(([name, sum]) => `"${name}" = ${sum}`);
  return `# Reads data.csv beside this file; base R is enough: source("load.R", chdir = TRUE); cells <- load_cells()
load_cells <- function(folder = ".") {
  # Codes are text: read as numbers, counties would lose their leading zero.
  types <- c(${types.join(', ')})
  cells <- read.csv(file.path(folder, "data.csv"), colClasses = types, check.names = FALSE,
    na.strings = character(0), encoding = "UTF-8")
  sums <- c(${sums.join(', ')})
  stopifnot(nrow(cells) == ${tally.cells})
  for (name in names(sums)) stopifnot(isTRUE(all.equal(sum(cells[[name]], na.rm = TRUE), sums[[name]])))
  cells
}

if (sys.nframe() == 0) {
  cells <- load_cells()
  if ("note" %in% names(cells)) cat(cells$note[1], "\\n")
  # A hidden figure is not a zero: keep what status says.
  print(table(cells$metric, cells$status))
}
`;
}
