"""What the harness computes and what it stops, without any measurement."""

import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness import document, instructions, requests, results, rows, surroundings, table, usage  # noqa: E402
from harness.processes import Failed, Process  # noqa: E402


def figure(path: str, server: str, rate: float) -> dict:
    return {"path": path, "server": server, "requests_per_second": rate}


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Ratios(unittest.TestCase):
    def test_are_of_the_same_path(self):
        figures = [
            figure("a", "floor", 100),
            figure("a", "sqlite", 50),
            figure("b", "fastapi", 5),
            figure("b", "sqlite", 10),
        ]
        release = {"figures": [figure("b", "sqlite", 8)]}
        _, a, _, b = results.with_ratios(figures, release)
        self.assertEqual((a["to_floor"], a["to_fastapi"], a["to_release"]), (0.5, None, None))
        self.assertEqual((b["to_floor"], b["to_fastapi"], b["to_release"]), (None, 2, 1.25))

    def test_to_an_earlier_build_are_of_the_same_database(self):
        figures = [figure("a", "sqlite_before", 10), figure("a", "sqlite_fresh", 30), figure("a", "redis", 5)]
        _, fresh, redis = results.with_ratios(figures, None)
        self.assertEqual((fresh["to_before"], redis["to_before"]), (3, None))

    def test_that_are_small_keep_two_digits(self):
        self.assertEqual(
            [table.ratio(value) for value in (0.00123, 0.5, 2.345, 123.4, None)], ["0.0012", "0.50", "2.35", "123", "–"]
        )


class Growth(unittest.TestCase):
    def test_is_a_line_for_each_path_and_server_and_a_column_for_each_size(self):
        def row(server: str, size: int, p50: int) -> dict:
            return {"server": server, "kind": "movies", "size": size, "path": "movie", "p50_us": p50, "p99_us": p50 * 2}

        growth = [row("sqlite_fresh", 10, 100), row("sqlite_fresh", 1_000, 200), row("postgres_fresh", 1_000, 3_000)]
        told = table.growth_tables({"plan": {"contacts": 1, "movies": 10}, "growth": growth}).splitlines()
        label = "`GET /api/v1/theater/movies/{id}/`"
        self.assertEqual(told[0], "| movies: p50 of | on | 10 | 1,000 | p99 of 1,000 |")
        self.assertEqual(told[2], f"| {label} | SQLite, nothing kept | 0.10 ms | 0.20 ms | 0.40 ms |")
        # Where a size has not been measured there is a dash.
        self.assertEqual(told[3], f"| {label} | PostgreSQL, nothing kept | – | 3.00 ms | 6.00 ms |")


class Files(unittest.TestCase):
    def test_of_figures_are_read_as_they_were_written(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "figures.json"
            wanted = {"made": "now", "figures": [{"a": 1}, {"b": [2]}], "growth": []}
            results.write(file, wanted)
            self.assertEqual(results.read(file), wanted)

    def test_that_are_documents_keep_what_is_outside_of_the_marks(self):
        text = f"before {document.BEGIN} old {document.END} after"
        before, after = document.parts(text)
        self.assertEqual((before, after), ("before ", " after"))

    def test_that_are_documents_have_nothing_between_the_marks_before_anything_is_measured(self):
        text = f"before {document.BEGIN}\n{document.END} after"
        self.assertEqual(document.renewed(text, None), text)
        self.assertNotEqual(document.renewed(f"before {document.BEGIN}\nold\n{document.END}", None), text)

    def test_that_are_documents_without_both_marks_are_refused(self):
        with self.assertRaises(Failed):
            document.parts(f"before {document.BEGIN} old")


class Rows(unittest.TestCase):
    def test_of_accounts_are_all_different(self):
        accounts = list(rows.accounts(2_000))
        for column in ("uuid", "email", "username", "mobile"):
            self.assertEqual(len({account[column] for account in accounts}), 2_000)

    def test_are_searched_for_something_that_is_there(self):
        for count in (1, 100, 10_000):
            text = rows.search_text(count)
            self.assertTrue(any(text in contact["fullname"] for contact in rows.contacts(count)))


def seen(answers: int, not_2xx: int = 0) -> dict[str, int]:
    return {"requests": answers, "not_2xx": not_2xx, "broken": 0, "microseconds": 2_000_000, "p50": 1, "p99": 2}


class Loads(unittest.TestCase):
    def test_wait_for_slow_answers(self):
        with mock.patch.object(requests, "wrk", side_effect=[seen(0), seen(0), seen(10)]) as wrk:
            self.assertEqual(requests.load(requests.Request("http://slow"), 1, 1).rate, 5)
        self.assertEqual([call.args[2] for call in wrk.call_args_list], [1, 4, 16])

    def test_fail_when_none_comes_or_one_is_an_error(self):
        for answers in ([seen(0)] * 3, [seen(0, not_2xx=1)]):
            with mock.patch.object(requests, "wrk", side_effect=answers), self.assertRaises(Failed):
                requests.load(requests.Request("http://broken"), 1, 1)


class Instructions(unittest.TestCase):
    def test_may_grow_by_five_percent(self):
        self.assertEqual(instructions.grown({"a": 105, "b": 10}, {"a": 100, "b": 100}), [])

    def test_that_grow_by_more_are_told(self):
        self.assertEqual(
            instructions.grown({"a": 106_000}, {"a": 100_000}), ["a: 106,000 instructions a request, +6.0% of 100,000"]
        )

    def test_are_counted_at_the_paths_of_the_baseline_and_no_others(self):
        self.assertEqual(len(instructions.grown({"a": 1}, {"b": 1})), 2)


class Surroundings(unittest.TestCase):
    KEPT = {"surroundings": {"rustc": "1.0"}, "instructions": {"a": 100}}

    def test_that_are_the_same_fail_what_grew(self):
        with self.assertRaises(Failed):
            instructions.compare({"a": 200}, self.KEPT, {"rustc": "1.0"})

    def test_that_are_others_fail_nothing(self):
        remark = instructions.compare({"a": 200}, self.KEPT, {"rustc": "2.0"})
        self.assertIn("rustc: 1.0 then, 2.0 now", remark)

    def test_that_are_the_same_need_no_remark(self):
        self.assertEqual(instructions.compare({"a": 105}, self.KEPT, {"rustc": "1.0"}), "")

    def test_are_told_where_they_differ(self):
        self.assertEqual(
            surroundings.differences({"cc": "12", "libc": "2"}, {"cc": "13", "libc": "2"}), ["cc: 12 then, 13 now"]
        )


class Processes(unittest.TestCase):
    def test_are_counted_with_their_children(self):
        child = subprocess.Popen(["sleep", "60"])
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        self.assertIn(child.pid, usage.family(os.getpid()))
        self.assertGreater(usage.cpu_seconds([os.getpid()]), 0)
        self.assertGreaterEqual(usage.memory(os.getpid()).rss, usage.memory(child.pid).rss)

    def test_end_with_their_children(self):
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "log"
            process = Process(
                ["bash", "-c", "trap '' INT; sleep 60 & echo $!; wait"], Path(folder), dict(os.environ), log
            )
            while not log.read_text().strip():
                process.must_run()
            process.stop(patience=0.2)
            end = time.monotonic() + 10
            while is_alive(int(log.read_text())):
                self.assertLess(time.monotonic(), end, "the child outlives its parent")


if __name__ == "__main__":
    unittest.main()
