"""The JUnit reports of bench-compare, judged by libxml2 with the schema of what Jenkins takes."""
import pathlib
import subprocess
import tempfile

from lxml import etree

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
# Rows that pass, that fail, that nobody measured, and that have nothing to be compared with.
LIMITS = ["service_time.p50 <= 1s", "service_time.p50 <= 1ns", "drain_s <= 1s", "lost == 0"]


def check(executables):
    schema = etree.XMLSchema(etree.parse(HERE / "junit.xsd"))
    golden = ROOT / "Tests" / "ResultsTests" / "Fixtures" / "comparison-junit.xml"
    results = [str(ROOT / "results" / "baseline" / f"{name}.json") for name in ["steady", "sustained"]]
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "junit.xml"
        asserts = [word for limit in LIMITS for word in ["--assert", limit]]
        run = subprocess.run([f"{executables}/bench-compare", *results, *asserts, "--output", str(report)],
                             capture_output=True, text=True, timeout=60)
        assert run.returncode == 1, f"bench-compare ended with {run.returncode}\n{run.stdout}\n{run.stderr}"
        ours = etree.parse(report)
    outcomes = {}
    for tree in [etree.parse(golden), ours]:
        assert schema.validate(tree), schema.error_log
        for suite in tree.getroot():
            cases = suite.findall("testcase")
            assert len(cases) == int(suite.get("tests"))
            for name in ["failure", "error", "skipped"]:
                count = sum(case.find(name) is not None for case in cases)
                attribute = {"failure": "failures", "error": "errors"}.get(name, name)
                assert count == int(suite.get(attribute)), f"{suite.get('name')} has {count} of {name}"
                outcomes[name] = outcomes.get(name, 0) + count
    assert all(outcomes.values()), f"not all kinds of rows were seen: {outcomes}"
    return f"{outcomes}"
