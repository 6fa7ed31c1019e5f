#!/usr/bin/env python3
"""xlsx_cells.py FILE -- what a spreadsheet would find in it, one fact a line, for xlsx_test.c.

Uses only Python's own zipfile and XML parser, so it knows nothing of how the file was made.
"""
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def text_of(node):
    text = "".join(t.text or "" for t in node.iter(MAIN + "t"))
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)


def visible(text):
    if len(text) > 200:
        text = f"({len(text.encode('utf-16-le')) // 2}) …" + text[-20:]
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


class Styles:
    def __init__(self, root):
        self.formats = {n.get("numFmtId"): n.get("formatCode") for n in root.iter(MAIN + "numFmt")}
        self.formats.update({"0": "", "1": "0", "49": "@"})
        self.bold = [f.find(MAIN + "b") is not None for f in root.find(MAIN + "fonts")]
        self.cells = list(root.find(MAIN + "cellXfs"))

    def of(self, cell):
        xf = self.cells[int(cell.get("s", 0))]
        align = xf.find(MAIN + "alignment")
        words = [self.formats[xf.get("numFmtId")]]
        words += ["bold"] if self.bold[int(xf.get("fontId"))] else []
        words += ["wrap"] if align is not None and align.get("wrapText") == "1" else []
        return " ".join(w for w in words if w)


def main(path):
    with zipfile.ZipFile(path) as z:
        assert z.testzip() is None
        parts = {name: ET.fromstring(z.read(name)) for name in z.namelist()}
    assert not [name for name in parts if "externalLink" in name or "vba" in name]
    sheet = parts["xl/worksheets/sheet1.xml"]
    shared = [text_of(si) for si in parts["xl/sharedStrings.xml"]] if "xl/sharedStrings.xml" in parts else []
    styles = Styles(parts["xl/styles.xml"])
    print("sheets", *(s.get("name") for s in parts["xl/workbook.xml"].iter(MAIN + "sheet")))
    for node in parts["docProps/core.xml"]:
        if node.tag.endswith("}created") or node.tag.endswith("}title"):
            print(node.tag.split("}")[1], node.text)
    for pane in sheet.iter(MAIN + "pane"):
        print("pane", pane.get("ySplit"), pane.get("state"))
    print("filter", sheet.find(MAIN + "autoFilter").get("ref"))
    for col in sheet.iter(MAIN + "col"):
        print("width", col.get("min"), col.get("max"), round(float(col.get("width"))))
    for cell in sheet.iter(MAIN + "c"):
        kind = cell.get("t", "n")
        value = cell.find(MAIN + "v")
        assert cell.find(MAIN + "f") is None, "a formula"
        if kind == "inlineStr":
            shown = "text " + visible(text_of(cell.find(MAIN + "is")))
        elif kind == "s":
            shown = "text " + visible(shared[int(value.text)])
        else:
            shown = f"{kind} {value.text}"
        print(f"{cell.get('r')} [{styles.of(cell)}] {shown}")


main(sys.argv[1])
