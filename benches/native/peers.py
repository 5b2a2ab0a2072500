"""The same question to Gyeol's native program, Polars and pandas: an order file to one row per customer with scores.

    python benches/native/peers.py --gyeol PROGRAM FILE...

`cargo xtask bench --native-peers` makes the program and the files and starts this. Each answer is a process of its own,
from its start to its end with its file of customers written; the contenders take turns. Customers, orders and money of
all answers are compared. Peak memory is what the system says of the process.
"""

import argparse
import csv
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import metadata

CONTENDERS = ["gyeol", "polars", "polars, one thread", "pandas", "pandas, pyarrow"]


def answer_of_polars(path, out):
    """Rows of sales, then last date, distinct orders and money of each customer, then fifths."""
    import polars as pl

    sales = pl.scan_csv(path, try_parse_dates=True, schema_overrides={"Invoice": pl.String, "Customer ID": pl.String}).filter(
        pl.col("Customer ID").is_not_null()
        & ~pl.col("Invoice").str.starts_with("C")
        & (pl.col("Quantity") > 0)
        & (pl.col("Price") > 0)
    )
    customers = sales.group_by("Customer ID").agg(
        last=pl.col("InvoiceDate").max(),
        frequency=pl.col("Invoice").n_unique(),
        monetary=(pl.col("Quantity") * pl.col("Price")).sum(),
    )
    days = (pl.col("last").dt.date().max() - pl.col("last").dt.date()).dt.total_days() + 1
    customers = customers.with_columns(recency_days=days).sort("Customer ID")

    def cuts(column):
        return [pl.col(column).quantile(fifth / 5, "linear") for fifth in range(1, 5)]

    def score(column, is_less_better):
        above = sum((pl.col(column) > cut).cast(pl.Int8) for cut in cuts(column))
        return (5 - above if is_less_better else 1 + above).alias(column[0])

    scored = customers.with_columns(score("recency_days", True), score("frequency", False), score("monetary", False))
    scored.drop("last").collect().write_csv(out)


def answer_of_pandas(path, out, **how):
    """As Polars does it."""
    import pandas as pd

    columns = ["Invoice", "Quantity", "InvoiceDate", "Price", "Customer ID"]
    rows = pd.read_csv(path, usecols=columns, dtype={"Invoice": str, "Customer ID": str}, parse_dates=["InvoiceDate"], **how)
    is_sale = rows["Customer ID"].notna() & ~rows["Invoice"].str.startswith("C") & (rows["Quantity"] > 0) & (rows["Price"] > 0)
    sales = rows[is_sale]
    sales = sales.assign(amount=sales["Quantity"] * sales["Price"])
    customers = sales.groupby("Customer ID").agg(last=("InvoiceDate", "max"), frequency=("Invoice", "nunique"), monetary=("amount", "sum"))
    days = customers["last"].dt.normalize()
    customers["recency_days"] = (days.max() - days).dt.days + 1

    def score(column, is_less_better):
        values = customers[column]
        above = sum((values > values.quantile(fifth / 5)).astype(int) for fifth in range(1, 5))
        customers[column[0]] = 5 - above if is_less_better else 1 + above

    score("recency_days", True)
    score("frequency", False)
    score("monetary", False)
    customers.drop(columns="last").to_csv(out)


def command_of(contender, gyeol, path, out):
    if contender == "gyeol":
        return [gyeol, path, "--out", out, "--only", "rfm"], {}
    more = {"POLARS_MAX_THREADS": "1"} if contender.endswith("one thread") else {}
    return [sys.executable, os.path.abspath(__file__), "--answer", contender, path, "--out", out], more


def run(contender, gyeol, path, folder):
    """Seconds, peak memory in MB and the answer: customers, orders, money, sums of the scores."""
    out = os.path.join(folder, contender.replace(", ", "-"))
    os.makedirs(out, exist_ok=True)
    command, more = command_of(contender, gyeol, path, out)
    start = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **more})
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{contender} failed; the reason stands above.")
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss * unit / 1e6, answer_in(os.path.join(out, "customers.csv"))


def answer_in(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    scores = tuple(sum(int(row[name]) for row in rows) for name in "rfm")
    return len(rows), sum(int(row["frequency"]) for row in rows), round(sum(float(row["monetary"]) for row in rows)), scores


def bench(gyeol, path, rounds):
    size = os.path.getsize(path) / 1e6
    print(f"\n{os.path.basename(path)}, {size:,.0f} MB, {rounds} rounds\n")
    runs = {contender: [] for contender in CONTENDERS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for contender in CONTENDERS:
                runs[contender].append(run(contender, gyeol, path, folder))
    answers = {contender: results[0][2] for contender, results in runs.items()}
    base = statistics.median(seconds for seconds, _, _ in runs["gyeol"])
    print("| | s | MB/s | time / Gyeol | peak MB |\n| --- | ---: | ---: | ---: | ---: |")
    for contender, results in runs.items():
        seconds = statistics.median(seconds for seconds, _, _ in results)
        peak = max(peak for _, peak, _ in results)
        print(f"| {contender} | {seconds:.2f} | {size / seconds:.0f} | {seconds / base:.2f} | {peak:.0f} |")
    if len(set(answers.values())) > 1:
        sys.exit(f"the answers differ: {answers}")
    n_customers, n_orders, money, _ = answers["gyeol"]
    print(f"\nAll answers: {n_customers:,} customers, {n_orders:,} orders, {money:,} of money, equal sums of scores.")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--gyeol")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--answer", choices=CONTENDERS)
    parser.add_argument("--out")
    arguments = parser.parse_args()
    if arguments.answer:
        out = os.path.join(arguments.out, "customers.csv")
        if arguments.answer.startswith("polars"):
            return answer_of_polars(arguments.files[0], out)
        return answer_of_pandas(arguments.files[0], out, **({"engine": "pyarrow"} if arguments.answer.endswith("pyarrow") else {}))
    # Not imported here: what this process takes would count as theirs until they have started.
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("polars", "pandas", "pyarrow"))
    print(f"Python {platform.python_version()}, {versions}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for path in arguments.files:
        bench(arguments.gyeol, path, arguments.rounds)


if __name__ == "__main__":
    main()
