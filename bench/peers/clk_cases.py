"""Random linkage schemas and rows with the CLKs that clkhash makes of them: seed, number of cases."""

import base64
import datetime
import json
import random
import sys

from clkhash import clk
from clkhash.schema import from_json_dict

random.seed(int(sys.argv[1]))
LETTERS = ["a", "b", "Z", "é", "李", "😀", " ", "-", "1", "9", "'"]
NUMBERS = ["0", "-3", "42", "1e3", "3.14159", "-0.5", "0.5", "2.5", "1_000", "+7", " 12 ", "12345678901234567890"]
SECRET = "sécret"


def comparison():
    kind = random.choice(["ngram", "ngram", "exact", "numeric"])
    if kind == "ngram":
        return {"type": "ngram", "n": random.choice([1, 2, 3, 4]), "positional": random.random() < 0.5}
    if kind == "exact":
        return {"type": "exact"}
    made = {
        "type": "numeric",
        "thresholdDistance": random.choice([1, 2.5, 8, 100]),
        "resolution": random.choice([1, 2, 7, 20]),
    }
    if random.random() < 0.6:
        made["fractional_precision"] = random.choice([0, 1, 3])
    return made


def text():
    return "".join(random.choice(LETTERS) for _ in range(random.randint(0, 12)))


def values(compared):
    """A format, and a maker of values that it takes."""
    if compared["type"] == "numeric":
        return {"type": "string"}, lambda: random.choice(NUMBERS)
    kind = random.choice(["string", "string", "integer", "date", "enum"])
    if kind == "string":
        return {"type": "string", "encoding": random.choice(["utf-8", "utf-16", "utf-32"])}, text
    if kind == "integer":
        return {"type": "integer"}, lambda: random.choice(["0", "-3", "007", "+12", "99999999999999999999"])
    if kind == "enum":
        return {"type": "enum", "values": ["M", "F"]}, lambda: random.choice("MF")
    pattern = random.choice(["%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d %b %Y", "%m/%d/%y"])

    def day():
        return datetime.date(random.randint(1970, 2060), random.randint(1, 12), random.randint(1, 28)).strftime(pattern)

    return {"type": "date", "format": pattern}, day


def feature(name, hash_type):
    if random.random() < 0.15:
        return {"identifier": name, "ignored": True}, lambda: "x"
    compared = comparison()
    form, make = values(compared)
    strategy = random.choice(
        [{"bitsPerToken": random.choice([1, 5, 33, 70])}, {"bitsPerFeature": random.choice([1, 20, 100, 333])}]
    )
    hashing = {"comparison": compared, "strategy": strategy}
    if hash_type == "doubleHash":
        hashing["hash"] = {"type": hash_type}
        if random.random() < 0.5:
            hashing["hash"]["prevent_singularity"] = random.random() < 0.7
    if random.random() < 0.3:
        hashing["missingValue"] = {"sentinel": ""}
        if compared["type"] != "numeric" and random.random() < 0.5:
            hashing["missingValue"]["replaceWith"] = "zz"
    return {"identifier": name, "format": form, "hashing": hashing}, make


def case():
    hash_type = random.choice(["blakeHash", "doubleHash"])
    features, makers = zip(*[feature(f"f{i}", hash_type) for i in range(random.randint(1, 6))])
    config = {
        "l": random.choice([64, 512, 1024] + ([1000] if hash_type == "doubleHash" else [])),
        "kdf": {
            "type": "HKDF",
            "hash": random.choice(["SHA256", "SHA512"]),
            "keySize": random.choice([16, 32, 64]),
        },
    }
    if random.random() < 0.5:
        config["kdf"]["salt"] = base64.b64encode(random.randbytes(16)).decode()
    if random.random() < 0.5:
        config["kdf"]["info"] = base64.b64encode(b"info").decode()
    if random.random() < 0.4:
        config["xor_folds"] = random.choice([1, 2])
    if random.random() < 0.2:
        config["xorFolds"] = 1
    schema = {"version": 3, "clkConfig": config, "features": list(features)}
    rows = [[make() for make in makers] for _ in range(6)]
    made = clk.generate_clks(rows, from_json_dict(schema), SECRET, validate=True)
    return {"schema": schema, "rows": rows, "clks": [base64.b64encode(bits.tobytes()).decode() for bits in made]}


cases = [case() for _ in range(int(sys.argv[2]))]
print(json.dumps({"secret": SECRET, "cases": cases}))
