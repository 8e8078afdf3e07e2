"""Makes exports of one table with the programs that people make them with; see README.md.

    make.py FOLDER [--kept]

With --kept, only those that the repository keeps. Needs `soffice` and `ssconvert`, and of PyPI pandas, csvkit and openpyxl.
"""

import csv
import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import openpyxl
import pandas

from films import COLUMNS, SETS, films

OUT = pathlib.Path(sys.argv[1]).resolve()
BIN = pathlib.Path(sys.executable).parent
CASES = []

# What exports differ in, once each.
KEPT = """
pandas-index.csv pandas-semicolon-decimal-comma.csv pandas-tab.csv pandas-quoted.csv pandas-escaped.csv
pandas-utf-16be-unmarked.csv pandas-cp1252.csv pandas-cp1250.csv pandas-cp1251.csv pandas-latin-9.csv
pandas-macintosh.csv pandas-bom-crlf.csv pandas-midnight.csv pandas-mdy.csv pandas-dmy.csv pandas-dmy-told.csv
pandas-two-digit-years.csv pandas-thousands.csv pandas-other-order.csv pandas.html pandas.csv.gz
openpyxl.xlsx openpyxl-excel.csv openpyxl-sep.csv
libreoffice-default.csv libreoffice-semicolon-cp1250.csv libreoffice-tab-utf-16.csv libreoffice-german.csv
libreoffice-apostrophes.csv libreoffice-fixed-width.csv libreoffice.ods
gnumeric-default.csv gnumeric-tab-cr.csv gnumeric-raw.csv
csvkit.csv csvkit-semicolon-quoted.csv csvkit-quoted-texts.csv csvkit-escaped.csv
""".split()

DATES = {
    "iso": "{0:04}-{1:02}-{2:02}",
    "mdy": "{1:02}/{2:02}/{0:04}",
    "mdy_short": "{1}/{2}/{0:04}",
    "dmy": "{2:02}/{1:02}/{0:04}",
    "dotted": "{2:02}.{1:02}.{0:04}",
    "two_digits": "{1:02}/{2:02}/{3:02}",
    "midnight": "{0:04}-{1:02}-{2:02} 00:00:00",
}


def case(file, outcome, films="every", encoding="UTF-8", separator=",", dates=None, told=None):
    """Notes what becomes of a file: "films", or the refusal."""
    assert (OUT / file).stat().st_size > 0 or file == "empty.csv", file
    CASES.append({
        "file": file, "films": films, "outcome": outcome, "encoding": encoding, "separator": separator,
        "dates": dates, "told_encoding": told,
    })


def rows(name="every", dates="iso"):
    made = []
    for film in films(name):
        year, month, day = film["date_x"]
        made.append({**film, "date_x": DATES[dates].format(year, month, day, year % 100)})
    return made


def frame(name="every", dates="iso"):
    return pandas.DataFrame(rows(name, dates), columns=COLUMNS)


def pandas_(file, outcome="films", name="every", dates="iso", told=None, dates_told=None, found="UTF-8", **options):
    options = {"index": False, **options}
    frame(name, dates).to_csv(OUT / file, **options)
    case(file, outcome, name, found, options.get("sep", ","), dates_told, told)


def made_with_pandas():
    pandas_("pandas-index.csv", index=True)
    pandas_("pandas-semicolon-decimal-comma.csv", sep=";", decimal=",")
    pandas_("pandas-tab.csv", sep="\t")
    pandas_("pandas-bar.csv", sep="|")
    pandas_("pandas-caret.csv", "what separates them is neither a comma", sep="^")
    pandas_("pandas-quoted.csv", quoting=csv.QUOTE_ALL)
    pandas_("pandas-escaped.csv", "a backslash stands before", doublequote=False, escapechar="\\")
    pandas_("pandas-apostrophes.csv", "cells are quoted with '", quotechar="'")
    pandas_("pandas-utf-16.csv", encoding="utf-16", found="UTF-16LE")
    pandas_("pandas-utf-16be-unmarked.csv", encoding="utf-16-be", found="UTF-16BE", sep=";")
    pandas_("pandas-utf-32.csv", "text in UTF-32", encoding="utf-32")
    pandas_("pandas-cp1252.csv", name="western", encoding="cp1252", found="windows-1252", sep=";", decimal=",")
    pandas_("pandas-cp1250.csv", name="central", encoding="cp1250", found="windows-1250", sep=";", decimal=",")
    pandas_("pandas-cp1251.csv", name="cyrillic", encoding="cp1251", found="windows-1251", sep=";", decimal=",")
    pandas_("pandas-koi8-r.csv", name="cyrillic", encoding="koi8-u", found="KOI8-U")
    unsure = "the file is not UTF-8, and its encoding is not certain"
    pandas_("pandas-latin-9.csv", unsure, name="western", encoding="iso8859-15", errors="replace")
    pandas_("pandas-macintosh.csv", unsure, name="western", encoding="mac-roman", errors="replace")
    pandas_("pandas-cp850.csv", unsure, name="western", encoding="cp850", errors="replace")
    pandas_("pandas-bom-crlf.csv", encoding="utf-8-sig", lineterminator="\r\n")
    pandas_("pandas-cr.csv", lineterminator="\r")
    pandas_("pandas-midnight.csv", dates="midnight")
    pandas_("pandas-mdy.csv", dates="mdy_short")
    pandas_("pandas-dmy.csv", "this is day-first", dates="dmy")
    shutil.copy(OUT / "pandas-dmy.csv", OUT / "pandas-dmy-told.csv")
    case("pandas-dmy-told.csv", "films", dates="dmy")
    pandas_("pandas-dotted.csv", dates="dotted", sep=";", decimal=",")
    pandas_("pandas-two-digit-years.csv", "the year has two digits", dates="two_digits")
    pandas_("pandas-nan.csv", "budget \"NaN\": an amount is not negative", na_rep="NaN")
    pandas_("pandas.csv.gz", "this file is compressed (gzip)")

    numbers = frame()
    numbers["revenue"] = numbers["revenue"].map("{:,.2f}".format)
    numbers.to_csv(OUT / "pandas-thousands.csv", index=False)
    case("pandas-thousands.csv", "without thousands separators")
    numbers["revenue"] = "$" + numbers["revenue"]
    numbers.to_csv(OUT / "pandas-currency.csv", index=False)
    case("pandas-currency.csv", "write it without a currency")
    numbers = frame()
    numbers["score"] = numbers["score"].map("{}%".format)
    numbers.to_csv(OUT / "pandas-percent.csv", index=False)
    case("pandas-percent.csv", "write it without the percent sign")
    numbers = frame()
    numbers["revenue"] = numbers["revenue"].map("{:.12e}".format)
    numbers.to_csv(OUT / "pandas-scientific.csv", index=False)
    case("pandas-scientific.csv", "films")

    frame()[sorted(COLUMNS, reverse=True)].assign(seen=True).to_csv(OUT / "pandas-other-order.csv", index=False)
    case("pandas-other-order.csv", "films")
    frame().to_html(OUT / "pandas.html", index=False)
    case("pandas.html", "this is an HTML page")
    frame().to_json(OUT / "pandas.json", orient="records", force_ascii=False)
    case("pandas.json", "this is a JSON document")


def workbook(path, name="every", date_format="yyyy-mm-dd", number_format=None, spare=0):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(COLUMNS)
    for film in films(name):
        sheet.append([datetime.date(*film[key]) if key == "date_x" else film[key] for key in COLUMNS])
        sheet.cell(sheet.max_row, 2).number_format = date_format
        for column in (3, 10, 11) if number_format else ():
            sheet.cell(sheet.max_row, column).number_format = number_format
    if spare:
        sheet.cell(sheet.max_row + spare, 14).number_format = "0.00"
    book.save(path)


def made_with_openpyxl():
    workbook(OUT / "openpyxl.xlsx")
    case("openpyxl.xlsx", "this is an Excel workbook (.xlsx)")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "book.xlsx"
        workbook(path, spare=5)
        sheet = openpyxl.load_workbook(path).active
        # Two columns and five rows have a format and nothing else.
        for file, dialect, separator in [
            ("openpyxl-excel.csv", "excel", ","), ("openpyxl-unix.csv", "unix", ","), ("openpyxl-tab.csv", "excel-tab", "\t"),
        ]:
            with open(OUT / file, "w", newline="", encoding="utf-8") as out:
                csv.writer(out, dialect).writerows(sheet.values)
            case(file, "films", separator=separator)
        with open(OUT / "openpyxl-sep.csv", "w", newline="", encoding="utf-16") as out:
            out.write("sep=;\r\n")
            csv.writer(out, delimiter=";").writerows(sheet.values)
        case("openpyxl-sep.csv", "films", encoding="UTF-16LE", separator=";")


def soffice(folder, source, kind, filter_options=None):
    target = kind if filter_options is None else f"{kind}:{filter_options}"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target, "--outdir",
         str(folder), str(source)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return pathlib.Path(folder) / f"{source.stem}.{kind}"


# separator, quotation mark, encoding, first line, columns, language, quote all, as shown
LIBREOFFICE = [
    ("default", "44,34,76,1,,0,false,true", {}),
    ("semicolon-cp1252", "59,34,1,1,,0,false,true", {"films": "western", "encoding": "windows-1252", "separator": ";"}),
    ("semicolon-cp1250", "59,34,33,1,,0,false,true", {"films": "central", "encoding": "windows-1250", "separator": ";"}),
    ("semicolon-cp1251", "59,34,34,1,,0,false,true", {"films": "cyrillic", "encoding": "windows-1251", "separator": ";"}),
    ("tab-utf-16", "9,34,65535,1,,0,false,true", {"encoding": "UTF-16LE", "separator": "\t"}),
    ("quoted", "44,34,76,1,,0,true,true", {}),
    ("apostrophes", "44,39,76,1,,0,true,true", {"outcome": "cells are quoted with '"}),
    ("fixed-width", "FIX,34,76,1,,0,false,true", {"outcome": "what separates them is neither a comma"}),
]


def made_with_libreoffice():
    with tempfile.TemporaryDirectory() as folder:
        for name in SETS:
            workbook(pathlib.Path(folder) / f"{name}.xlsx", name)
        for end, options, expected in LIBREOFFICE:
            source = pathlib.Path(folder) / f"{expected.get('films', 'every')}.xlsx"
            made = soffice(folder, source, "csv", f"Text - txt - csv (StarCalc):{options}")
            file = f"libreoffice-{end}.csv"
            shutil.move(made, OUT / file)
            case(file, **{"outcome": "films", **expected})
        source = pathlib.Path(folder) / "every.xlsx"
        for kind, outcome in [
            ("ods", "this is an OpenDocument workbook"), ("xls", "this is an old Excel workbook"),
            ("html", "this is an HTML page"),
        ]:
            shutil.move(soffice(folder, source, kind), OUT / f"libreoffice.{kind}")
            case(f"libreoffice.{kind}", outcome)
        for end, form, outcome, dates in [
            ("mdy", "mm/dd/yyyy", "films", None), ("dmy", "dd/mm/yyyy", "this is day-first", None),
            ("two-digit-years", "mm/dd/yy", "the year has two digits", None), ("dotted", "dd\\.mm\\.yyyy", "films", None),
        ]:
            workbook(source, date_format=form)
            made = soffice(folder, source, "csv", f"Text - txt - csv (StarCalc):{LIBREOFFICE[0][1]}")
            shutil.move(made, OUT / f"libreoffice-{end}.csv")
            case(f"libreoffice-{end}.csv", outcome, dates=dates)


def made_with_libreoffice_in_german():
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "german.xlsx"
        for end, numbers, outcome in [
            ("german", "[$-407]0.00", "films"), ("german-thousands", "[$-407]#,##0.00", "without thousands separators"),
        ]:
            workbook(source, "western", "[$-407]dd\\.mm\\.yyyy", numbers)
            made = soffice(folder, source, "csv", "Text - txt - csv (StarCalc):59,34,1,1,,0,false,true")
            shutil.move(made, OUT / f"libreoffice-{end}.csv")
            case(f"libreoffice-{end}.csv", outcome, "western", "windows-1252", ";")


def made_with_gnumeric():
    with tempfile.TemporaryDirectory() as folder:
        for end, name, options, expected in [
            ("default", "every", None, {}),
            ("semicolon", "every", "separator=; eol=windows", {"separator": ";"}),
            ("tab-cr", "every", "separator='\t' eol=mac", {"separator": "\t"}),
            ("quoted", "every", "quoting-mode=always", {}),
            ("raw", "every", "format=raw", {"outcome": "the number that a spreadsheet has for a date"}),
            ("utf-16", "every", "charset=UTF-16LE", {"encoding": "UTF-16LE"}),
            ("cp1252", "western", "charset=WINDOWS-1252", {"encoding": "windows-1252"}),
            ("cp1251", "cyrillic", "charset=WINDOWS-1251", {"encoding": "windows-1251"}),
            ("apostrophes", "every", "quote=\"'\" quoting-mode=always", {"outcome": "cells are quoted with '"}),
        ]:
            source = pathlib.Path(folder) / f"{name}.xlsx"
            workbook(source, name)
            file = f"gnumeric-{end}.csv"
            if options is None:
                call = ["ssconvert", "-T", "Gnumeric_stf:stf_csv"]
            else:
                call = ["ssconvert", "-T", "Gnumeric_stf:stf_assistant", "-O", options]
            subprocess.run([*call, str(source), str(OUT / file)], check=True, stderr=subprocess.DEVNULL)
            case(file, **{"outcome": "films", "films": name, **expected})
        subprocess.run(["ssconvert", str(source), str(OUT / "gnumeric.gnumeric")], check=True, stderr=subprocess.DEVNULL)
        case("gnumeric.gnumeric", "this file is compressed (gzip)")


def made_with_csvkit():
    def call(file, *command):
        with open(OUT / file, "wb") as out:
            subprocess.run([str(BIN / command[0]), *command[1:]], check=True, stdout=out)

    book, plain = OUT / "openpyxl.xlsx", OUT / "csvkit.csv"
    call("csvkit.csv", "in2csv", str(book))
    case("csvkit.csv", "films")
    for end, options, expected in [
        ("tabs", ["-T"], {"separator": "\t"}),
        ("semicolon-quoted", ["-D", ";", "-U", "1"], {"separator": ";"}),
        ("quoted-texts", ["-U", "2"], {}),
        ("cr", ["-M", "\r"], {}),
        ("bars", ["-D", "|"], {"separator": "|"}),
        ("escaped", ["-B", "-P", "\\"], {"outcome": "a backslash stands before"}),
        ("ascii-separators", ["-A"], {"outcome": "what separates them is neither a comma"}),
    ]:
        call(f"csvkit-{end}.csv", "csvformat", *options, str(plain))
        case(f"csvkit-{end}.csv", **{"outcome": "films", **expected})
    call("csvkit.json", "csvjson", str(plain))
    case("csvkit.json", "this is a JSON document")
    call("csvkit-reordered.csv", "csvcut", "-c", ",".join(reversed(COLUMNS)), str(plain))
    case("csvkit-reordered.csv", "films")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    made_with_pandas()
    made_with_openpyxl()
    made_with_libreoffice()
    made_with_libreoffice_in_german()
    made_with_gnumeric()
    made_with_csvkit()
    (OUT / "empty.csv").write_bytes(b"")
    case("empty.csv", "the file is empty")
    kept = [case for case in CASES if case["file"] in KEPT] if "--kept" in sys.argv else CASES
    for dropped in {case["file"] for case in CASES} - {case["file"] for case in kept}:
        (OUT / dropped).unlink()
    expected = {name: [{**film, "date_x": DATES["iso"].format(*film["date_x"])} for film in films(name)] for name in SETS}
    text = json.dumps({"cases": kept, "films": expected}, ensure_ascii=False, indent=1)
    (OUT / "cases.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(kept)} exports in {OUT}")


main()
