"""YAML as nodes that know their line, read strictly.

In: a YAML file. Out: its nodes through `Entries`, and faults for what YAML would let pass in silence:
repeated keys, anchors, and `NO` or `yes` read as false and true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from coopgraph.errors import Fault
from coopgraph.settings.section import nearest
from coopgraph.sources.bytes_read import reading

Node = yaml.Node
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is eight times as quick
_BOOL: Final = "tag:yaml.org,2002:bool"
_NULL: Final = "tag:yaml.org,2002:null"


class Refusal(ValueError):
    """Something in a mapping cannot be taken; the node says where."""

    def __init__(self, node: Node, what: str, fix: str | None) -> None:
        super().__init__(what)
        self.node, self.what, self.fix = node, what, fix


def parse_yaml(path: Path, faults: list[Fault]) -> yaml.MappingNode | None:
    """Return the root of a file, or None with a fault."""
    with reading(path):
        content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else None
                what = f"uses the anchor '{event.anchor}'."
                faults.append(Fault(path.name, line, None, what, "Write the value out."))
                return None
        root = yaml.compose(text, Loader=_LOADER)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        faults.append(Fault(path.name, line, None, "is not UTF-8 text.", "Save it as UTF-8."))
        return None
    except yaml.YAMLError as error:
        faults.append(_syntax(path, error))
        return None
    if not isinstance(root, yaml.MappingNode):
        faults.append(Fault(path.name, 1, None, "has no 'mappings'.", "Write mappings: and below it a name."))
        return None
    return root


def _syntax(path: Path, error: yaml.YAMLError) -> Fault:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        problem = f"is not YAML: {error.problem}."
        fix = "Put a text with : # { } [ ] , & * or % at its start into quotes."
        return Fault(path.name, error.problem_mark.line + 1, None, problem, fix)
    return Fault(path.name, None, None, f"is not YAML: {error}.")


@dataclass
class Entries:
    """One table of the file, and the reading of nodes below it; faults are collected."""

    file: str
    node: Node
    faults: list[Fault]

    def items(self) -> Iterator[tuple[str, Node]]:
        """Yield the entries; a repeated key is a fault, YAML itself would keep the last one."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fault(self.node, f"expected a table, got {_shown(self.node)}.", None)
            return
        seen: set[str] = set()
        for key, value in self.node.value:
            with self.catching():
                name = self.text(key)
                if name in seen:
                    raise Refusal(key, f"'{name}' is there twice.", "Give one another name.")
                seen.add(name)
                yield name, value

    def take(self, names: Mapping[str, Sequence[str]], not_taken: Mapping[str, str]) -> dict[str, Node]:
        """Return the entries under their short names; others are faults."""
        short = {spelling: name for name, spellings in names.items() for spelling in spellings}
        found: dict[str, Node] = {}
        for name, value in self.items():
            if name in short:
                found[short[name]] = value
            elif name in not_taken:
                self.fault(value, f"'{name}' is not taken.", not_taken[name])
            else:
                self.fault(value, f"'{name}' is not a key known here.", nearest(name, list(short)))
        return found

    def inside(self, node: Node) -> Entries:
        return Entries(self.file, node, self.faults)

    def is_table(self, node: Node) -> bool:
        return isinstance(node, yaml.MappingNode)

    def items_of(self, node: Node) -> list[Node]:
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.fault(
            node, f"expected a list, got {_shown(node)}.", "Write [..., ...] or lines that start with -."
        )
        return []

    def one_or_more(self, node: Node) -> list[Node]:
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def text(self, node: Node) -> str:
        """Return a text as written; what YAML reads as true, false or nothing must be in quotes."""
        if not isinstance(node, yaml.ScalarNode):
            raise Refusal(node, f"expected a text, got {_shown(node)}.", None)
        if node.tag == _BOOL:
            what = f"{node.value} is read by YAML as {'true' if _is_true(node.value) else 'false'}."
            raise Refusal(node, what, f'Write "{node.value}" in quotes.')
        if node.tag == _NULL:
            raise Refusal(node, "is empty.", "Write a value, or remove the line.")
        return str(node.value)

    def one_text(self, node: Node) -> tuple[str, Node]:
        """Return the only text of a node that may be a list of one."""
        nodes = self.one_or_more(node)
        if len(nodes) != 1:
            raise Refusal(node, f"has {len(nodes)} values, expected one.", "Make a mapping for each.")
        return self.text(nodes[0]).removesuffix("~iri"), nodes[0]

    def line(self, node: Node) -> int:
        return int(node.start_mark.line) + 1

    def fault(self, node: Node, what: str, fix: str | None) -> None:
        self.faults.append(Fault(self.file, self.line(node), None, what, fix or None))

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Collect a refusal and go on after it."""
        try:
            yield
        except Refusal as refusal:
            self.fault(refusal.node, refusal.what, refusal.fix)


def _is_true(text: str) -> bool:
    return text.lower() in ("yes", "true", "on", "y")


def _shown(node: Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a table"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return f"'{node.value}'" if node.value else "nothing"
