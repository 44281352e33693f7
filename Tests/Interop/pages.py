"""The pages of 'bench report --html', judged by a parser that forgives nothing, and by a browser where there is one."""
import html5lib
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).parent.parent.parent
LIMIT = 600_000
WIDTHS = [360, 1280]
# What a browser is asked about a page: how wide it is, and what stands out of it, or has text that does, beside what
# scrolls by itself.
PROBE = """<script>addEventListener('load', () => {
  const out = [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect();
    const right = Math.max(box.right, box.left + (element instanceof HTMLElement ? element.scrollWidth : 0));
    return box.width && right > innerWidth + 1 && !element.closest('.scroll, .hidden, .word-of');
  });
  document.title = JSON.stringify({asked: innerWidth, wide: document.documentElement.scrollWidth,
    out: out.slice(0, 5).map(element => element.outerHTML.slice(0, 120)),
    drawn: [...document.querySelectorAll('path.line')].filter(path => path.getBoundingClientRect().width > 1).length});
})</script></body>"""


def pages(executables, folder):
    """Pages of a run, of its log alone, of all baselines each, of two and of several: their files."""
    bench = f"{executables}/bench"
    run = subprocess.run(
        [bench, "--profile", "smoke", "--duration", "2s", "--quiet", "--out", folder, "--set", "validity.policy=warning"],
        capture_output=True, text=True, timeout=120)
    assert run.returncode in (0, 1), f"bench ended with {run.returncode}\n{run.stdout}\n{run.stderr}"
    log = next(folder.glob("*.jsonl"))
    # What a run that dies leaves behind.
    torn = folder / "torn.jsonl"
    lines = log.read_text().splitlines()
    torn.write_text("\n".join(lines[:len(lines) * 2 // 3]) + "\n" + lines[-1][:20])
    # Pages name their files; a checkout may lie deep, and a path has no place to break a line.
    deep = folder / ("a-folder-with-a-long-name" * 4) / "baseline"
    shutil.copytree(ROOT / "results" / "baseline", deep)
    baselines = sorted(str(path) for path in deep.glob("*.json") if path.name != "baseline.json")
    sustained, steady = (str(deep / f"{name}.json") for name in ["sustained", "steady"])
    sets = {"run": [log.with_suffix(".json")], "log": [log], "torn": [torn], "two": [steady, steady],
            "several": [steady, sustained, steady], "unlike": [steady, sustained],
            "leak": [ROOT / "results" / "leak-free-telemetry.json"],
            **{pathlib.Path(path).stem: [path] for path in baselines}}
    for name, files in sets.items():
        page = folder / f"{name}.html"
        report = subprocess.run([bench, "report", *map(str, files), "--html", str(page)],
                                capture_output=True, text=True, timeout=60)
        assert report.returncode == 0, f"bench report {files} ended with {report.returncode}\n{report.stderr}"
        yield page


def check_text(page):
    """HTML without a mistake, whose links lead somewhere, and which needs nothing else."""
    text = page.read_text()
    assert len(text.encode()) <= LIMIT, f"{page.name} has {len(text.encode())} bytes"
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    names = [element.tag.rpartition("}")[2] for element in elements]
    assert "script" not in names and "h1" in names and names.count("title") > names.count("figure")
    ids = [element.get("id") for element in elements if element.get("id")]
    assert len(set(ids)) == len(ids), f"{page.name}: ids are not unique"
    for element in elements:
        for key in ("href", "src", "xlink:href"):
            target = element.get(key)
            assert target is None or target[0] == "#" and target[1:] in ids, f"{page.name}: {key}={target}"
        for key in ("aria-labelledby", "aria-describedby"):
            missing = [name for name in (element.get(key) or "").split() if name not in ids]
            assert not missing, f"{page.name}: {key} names {missing}"
    assert not re.search(r"url\(|@import", text), f"{page.name} refers to something else"
    return names.count("figure")


def check_look(browser, page, width):
    """A browser shows it at a width without a word on the console, and nothing stands out of the window."""
    probed = page.with_name(f"probed-{page.name}")
    probed.write_text(page.read_text().replace("</body>", PROBE))
    # A window cannot be narrower than 500 pixels, a frame can.
    frame = page.with_name("frame.html")
    frame.write_text(f"""<!DOCTYPE html><iframe src="{probed.name}" width="{width}" height="900" style="border:0"></iframe>
        <script>onload = () => document.title = document.querySelector('iframe').contentDocument.title</script>""")
    with tempfile.TemporaryDirectory() as profile:
        run = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
             f"--user-data-dir={profile}", "--enable-logging=stderr", "--window-size=1400,900", "--dump-dom",
             frame.as_uri()], capture_output=True, text=True, timeout=120)
    said = [line for line in run.stderr.splitlines() if "CONSOLE" in line]
    assert not said, f"{page.name}: {said}"
    found = re.search(r"<title>(.*?)</title>", run.stdout)
    assert found, f"{page.name}: the browser shows nothing\n{run.stderr[-2000:]}"
    seen = json.loads(found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert seen["asked"] == width and seen["wide"] <= width, f"{page.name} is {seen['wide']} wide in {width}: {seen}"
    assert not seen["out"], f"{page.name} at {width}: {seen['out']}"
    return seen["drawn"]


def check(executables):
    browser = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    with tempfile.TemporaryDirectory() as folder:
        files = list(pages(executables, pathlib.Path(folder)))
        figures = sum(check_text(page) for page in files)
        assert figures > len(files)
        if browser is None:
            return f"{len(files)} pages, {figures} figures, not looked at: there is no Chromium"
        drawn = sum(check_look(browser, page, width) for page in files for width in WIDTHS)
        assert drawn > figures, f"{drawn} lines are seen in {figures} figures"
        return f"{len(files)} pages, {figures} figures, {drawn} lines seen at {len(WIDTHS)} widths"
