#!/usr/bin/env python3
"""Records what Jupyter makes of small pieces of Markdown, for MarkdownCorpusTests.

Needs nbconvert (Debian: python3-nbconvert), which makes pages of notebooks, and Node with the marked of Jupyter
Notebook (Debian: jupyter-notebook), which is the front end. Where the two differ, both are recorded.
Run it in this folder: python3 record.py
"""
import json
import pathlib
import subprocess
import sys

from nbconvert.filters.markdown_mistune import markdown2html_mistune

MARKED = "/usr/lib/python3/dist-packages/notebook/static/components/marked/lib/marked.js"

# The options of notebook/static/base/js/markdown.js. Mathematics is taken out before and put back after, as there
# (mathjaxutils.js): pieces with mathematics are left to nbconvert.
SCRIPT = """
const { marked } = require(process.argv[1]);
const inputs = JSON.parse(require('fs').readFileSync(0, 'utf8'));
marked.setOptions({ gfm: true, tables: true, langPrefix: 'language-', mangle: false });
console.log(JSON.stringify(inputs.map(input => marked.parse(input))));
"""


def main():
    folder = pathlib.Path(__file__).parent
    inputs = [piece for piece in (folder / "corpus.md").read_text(encoding="utf-8").split("\n=====\n") if piece]
    marked = json.loads(subprocess.run(
        ["node", "-e", SCRIPT, MARKED], input=json.dumps(inputs), capture_output=True, text=True, check=True).stdout)
    records = [
        {"markdown": piece, "nbconvert": markdown2html_mistune(piece), "frontEnd": front}
        for piece, front in zip(inputs, marked)
    ]
    with open(folder / "corpus.json", "w", encoding="utf-8") as out:
        json.dump(records, out, ensure_ascii=False, indent=1)
        out.write("\n")
    print(f"{len(records)} pieces", file=sys.stderr)


main()
