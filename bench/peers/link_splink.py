"""Splink on DuckDB: file, blocking (tight or loose), threads. From the file to clusters, with accuracy at its best threshold."""

import json
import logging
import resource
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.disable(logging.WARNING)
path, blocking, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
TIGHT = [
    block_on("surname", "birth_date"),
    block_on("given_name", "birth_date"),
    block_on("given_name", "surname", "postcode"),
]
RULES = TIGHT + ([block_on("birth_date")] if blocking == "loose" else [])

start = time.perf_counter()
connection = duckdb.connect()
connection.execute(f"SET threads = {threads}")
connection.execute(f"CREATE TABLE people AS SELECT * FROM read_csv('{path}', header = true, all_varchar = true)")
settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="person_id",
    blocking_rules_to_generate_predictions=RULES,
    comparisons=[
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("birth_date", input_is_string=True),
        cl.ExactMatch("sex"),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("street", [2, 5]),
    ],
    retain_matching_columns=False,
    retain_intermediate_calculation_columns=False,
)
linker = Linker("people", settings, db_api=DuckDBAPI(connection=connection))
linker.training.estimate_probability_two_random_records_match(TIGHT[:2], recall=0.85)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("surname", "birth_date"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("given_name", "postcode"))
trained = time.perf_counter()
predictions = linker.inference.predict(threshold_match_weight=-10)
predicted = time.perf_counter()
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, 0.5)
end = time.perf_counter()

pairs = predictions.physical_name
connection.execute(
    f"""CREATE TABLE judged AS SELECT match_weight w, (a.truth = b.truth)::INT good FROM {pairs} p
    JOIN people a ON a.person_id = p.person_id_l JOIN people b ON b.person_id = p.person_id_r"""
)
true_pairs = connection.execute(
    "SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) n FROM people GROUP BY truth)"
).fetchone()[0]


def f1(found, good):
    return 2 * good / (found + true_pairs) if found else 0.0


at_half = connection.execute("SELECT count(*), sum(good) FROM judged WHERE w >= 0").fetchone()
best = connection.execute(
    f"""SELECT max(2.0 * good / (found + {true_pairs})) FROM
    (SELECT sum(good) OVER o good, count(*) OVER o found FROM judged WINDOW o AS (ORDER BY w DESC))"""
).fetchone()[0]
compared = 0
print(
    json.dumps(
        {
            "seconds": end - start,
            "train": trained - start,
            "predict": predicted - trained,
            "cluster": end - predicted,
            "f1": f1(at_half[0], at_half[1] or 0),
            "best_f1": best,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )
)
