"""The same fit by Gyeol's native program and by lifetimes: BG/NBD to the customers of CDNOW and to 100,000 made-up ones.

    python benches/native/fits.py --gyeol PROGRAM --cdnow FILE [--customers N] [--rounds N]

`cargo xtask bench --native-peers` makes the program and starts this, where Python has lifetimes. What is timed is the fit
alone, by each in its own process and by its own clock, in turns: lifetimes from repeat orders, last order and length of its
customers (`BetaGeoFitter.fit`), Gyeol from all of their orders to parameters with standard errors. Parameters are compared.
"""

import argparse
import datetime
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from importlib import metadata

NAMES = ["r", "alpha", "a", "b"]
# Of the CDNOW sample, in days.
MADE_OF = (0.2426, 30.9, 0.793, 2.426)
N_DAYS = 545


def make(path, n_customers):
    """Orders of customers who come within half of the days and behave as BG/NBD says."""
    r, alpha, a, b = MADE_OF
    numbers, start = random.Random(7), datetime.date(2023, 1, 1)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("customer_id,date,amount\n")
        for customer in range(n_customers):
            rate, chance = numbers.gammavariate(r, 1 / alpha), numbers.betavariate(a, b)
            day = numbers.randrange(N_DAYS // 2)
            while day < N_DAYS:
                file.write(f"{customer:06},{start + datetime.timedelta(days=int(day))},10\n")
                # Orders of one day are one, so that pauses are a day or more.
                day += max(1.0, numbers.expovariate(max(rate, 1e-12)))
                if numbers.random() < chance:
                    break


def summaries(path, until):
    """Repeat order days, days until the last one and until the end, by customer: as lifetimes makes them, without its loops."""
    import pandas as pd

    rows = pd.read_csv(path, dtype={0: str}, parse_dates=[1])
    rows = rows.rename(columns=dict(zip(rows.columns, ["customer", "day"])))[["customer", "day"]].drop_duplicates()
    end = pd.Timestamp(until) if until else rows["day"].max()
    days = rows[rows["day"] <= end].groupby("customer")["day"].agg(["count", "min", "max"])
    return days["count"] - 1, (days["max"] - days["min"]).dt.days, (end - days["min"]).dt.days


def seconds_of_lifetimes(path, until):
    """Seconds and parameters."""
    warnings.filterwarnings("ignore")
    from lifetimes import BetaGeoFitter

    customers = summaries(path, until)
    fitter = BetaGeoFitter(penalizer_coef=0.0)
    start = time.perf_counter()
    fitter.fit(*customers)
    return [time.perf_counter() - start] + [float(fitter.params_[name]) for name in NAMES]


def run(contender, arguments, path, until):
    own = [arguments.gyeol] if contender == "gyeol" else [sys.executable, os.path.abspath(__file__), "--answer"]
    done = subprocess.run([*own, path, *([until] if until else [])], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{contender} failed:\n{done.stderr}")
    # The last line: a library may say something before.
    return [float(number) for number in done.stdout.split("\n")[-2].split()]


def bench(arguments, name, path, until):
    runs = {"gyeol": [], "lifetimes": []}
    for _ in range(arguments.rounds):
        for contender, own in runs.items():
            own.append(run(contender, arguments, path, until))
    took = {contender: statistics.median(answer[0] for answer in own) for contender, own in runs.items()}
    print(f"\n{name}, {arguments.rounds} rounds\n")
    print("| | ms | time / Gyeol | r, alpha, a, b |\n| --- | ---: | ---: | --- |")
    for contender, own in runs.items():
        parameters = ", ".join(f"{number:.4f}" for number in own[0][1:])
        print(f"| {contender} | {took[contender] * 1000:.1f} | {took[contender] / took['gyeol']:.2f} | {parameters} |")
    pairs = zip(runs["gyeol"][0][1:], runs["lifetimes"][0][1:])
    if any(abs(one / other - 1) > 0.01 for one, other in pairs):
        sys.exit("the parameters differ by more than a hundredth")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*")
    parser.add_argument("--gyeol")
    parser.add_argument("--cdnow")
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--answer", action="store_true")
    arguments = parser.parse_args()
    if arguments.answer:
        return print(*seconds_of_lifetimes(arguments.files[0], (arguments.files[1:] or [None])[0]))
    print(f"Python {platform.python_version()}, lifetimes {metadata.version('lifetimes')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    bench(arguments, "CDNOW, 2,357 customers until 1997-09-30", arguments.cdnow, "1997-09-30")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "orders.csv")
        make(path, arguments.customers)
        bench(arguments, f"{arguments.customers:,} made-up customers", path, None)


if __name__ == "__main__":
    main()
