"""Comparisons per CPU second of anonlink's Dice kernel: filters (file), bytes of one, rounds."""

import json
import sys
import time

from anonlink.similarities import dice_coefficient
from bitarray import bitarray

path, width, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
data = open(path, "rb").read()
filters = []
for at in range(0, len(data), width):
    bits = bitarray(endian="little")
    bits.frombytes(data[at : at + width])
    filters.append(bits)
dice_coefficient((filters[:500], filters), 0.8)
rates = []
for _ in range(rounds):
    start = time.process_time()
    found = dice_coefficient((filters, filters), 0.8)
    rates.append(len(filters) ** 2 / (time.process_time() - start))
print(json.dumps({"rates": rates, "pairs": len(found[0])}))
