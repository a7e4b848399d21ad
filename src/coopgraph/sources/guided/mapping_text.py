"""The mapping of a table, written to be kept and edited.

In: a `Proposal` and its bindings. Out: a YARRRML file with a comment where a line is not plain; made of the
maps of the starter workspace, with the table's own columns in them.
Format: docs/decisions/0002-mapping-subset.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coopgraph.sources.guided.bindings import Binding, Bound, is_list, names_cities, reference
from coopgraph.sources.guided.own_city import OwnCity
from coopgraph.sources.guided.proposal import Proposal
from coopgraph.sources.guided.tables import REFERENCE, Map, Statement, maps_of_what
from coopgraph.sources.guided.titles import title_statements
from coopgraph.sources.row_names import ROW_NAME

_PLAIN = re.compile(r"[\w$(][\w$():/.~+-]*")
_WIKI = "skos:exactMatch"
_FROM_PLACE = ("name", "country", "latitude", "longitude")


def mapping_text(
    proposal: Proposal, bound: Bound, *, described: Sequence[str] = (), own: OwnCity | None = None
) -> str:
    """Return the mapping; what is `described` elsewhere in the workspace is not described again."""
    kind = proposal.kind
    named = _with_id(proposal, bound.of)
    lines = [
        f"# What each column of the table means: a table of {kind.name}, proposed by coopgraph import table.",
        "# Change what is not right; a cell that is empty makes no statement. $(name) is a column.",
    ]
    if proposal.free:
        lines.append(f"# Not used: {', '.join(' '.join(name.split()) for name in proposal.free)}.")
    lines.append("mappings:")
    if kind.name == "cities":
        (only,) = kind.maps
        lines += _city(only.name, named, only) if named["name"].place else _maps(kind.maps, named)
        return "\n".join(lines) + "\n"
    titles = title_statements(proposal, bound, own) if kind.name == "agreements" else ()
    lines += _maps(_with_party(kind.maps, own) if own else kind.maps, named, titles)
    for key in named:
        meaning = kind.meanings[key]
        if meaning.refers and meaning.of is None and meaning.refers not in described:
            lines += _referred(proposal, key, meaning.refers, named)
    lines += _own(own) if own else ()
    return "\n".join(lines) + "\n"


def _with_party(maps: Sequence[Map], own: OwnCity) -> tuple[Map, ...]:
    """Make the city whose table it is a party to each agreement, and who states it."""
    first, *others = maps
    party = Statement("coop:party", f"id:city/{own.id}~iri", None)
    says = Statement("prov:wasAttributedTo", f"id:city/{own.id}~iri", None)
    return (replace(first, statements=(*first.statements, party, says)), *others)


def _own(own: OwnCity) -> Iterator[str]:
    """Describe the city whose table it is."""
    yield "  own-city:"
    yield "    graphs: graph:geonames"
    yield f"    s: id:city/{own.id}"
    yield "    po:"
    yield "      - [a, coop:City]"
    yield f"      - [skos:prefLabel, {_scalar(own.label)}]"
    if own.country:
        yield f"      - [coop:country, country:{own.country}~iri]"


def row_columns(proposal: Proposal) -> tuple[str, ...]:
    """Return the columns that name a row of a table without ids, if any: the first few that do so."""
    keys = [key for key in proposal.columns if "." not in key and not is_list(proposal, key)]
    for count in range(1, min(4, len(keys)) + 1):
        headers = tuple(dict.fromkeys(proposal.columns[key] for key in keys[:count]))
        if all(proposal.looks[header].filled for header in headers) and _tell_apart(proposal, headers):
            return headers
    return ()


def named_by(proposal: Proposal) -> tuple[str, ...]:
    """Return the columns a name of each row is made of, where one is needed and no column has it."""
    needs = "id" in proposal.kind.meanings and "id" not in proposal.columns
    if not needs or (proposal.kind.name == "cities" and names_cities(proposal, "name")):
        return ()
    return () if row_columns(proposal) else tuple(dict.fromkeys(proposal.columns.values()))


def _tell_apart(proposal: Proposal, headers: Sequence[str]) -> bool:
    rows = list(zip(*(proposal.looks[header].cells for header in headers), strict=True))
    return len(set(rows)) == len(rows) and all(all(row) for row in rows)


def _with_id(proposal: Proposal, bound: Mapping[str, Binding]) -> dict[str, Binding]:
    """Name rows by some of their columns where the kind asks for an id and the table has none."""
    named = dict(bound)
    needs = "id" in proposal.kind.meanings and "id" not in named
    if needs and not (proposal.kind.name == "cities" and named["name"].place):
        together = "-".join(reference(header) for header in row_columns(proposal) or (ROW_NAME,))
        named["id"] = Binding(together, together)
    return named


def _maps(maps: Sequence[Map], bound: Mapping[str, Binding], titles: Sequence[str] = ()) -> Iterator[str]:
    for each in maps:
        if all(name in bound for name in REFERENCE.findall(each.subject)):
            statements = [one for one in each.statements if all(name in bound for name in one.columns)]
            if any(one.columns for one in statements) or each.name == "interval":
                yield from _map(
                    each.name, each.subject, statements, bound, condition=_any(each.any_of, bound)
                )
                yield from titles if each is maps[0] else ()


def _any(names: Sequence[str], bound: Mapping[str, Binding]) -> str | None:
    """The condition that one of these columns is filled; None where the table has none of them."""
    cells = [_scalar(bound[name].text) for name in names if name in bound]
    tests = [f'{{ function: notEqual, parameters: [[str1, {cell}], [str2, ""]] }}' for cell in cells]
    return f"{{ function: or, parameters: [{', '.join(tests)}] }}" if tests[1:] else "".join(tests) or None


def _map(
    name: str, subject: str, statements: Sequence[Statement], bound: Mapping[str, Binding],
    *, graph: str | None = None, condition: str | None = None,
) -> Iterator[str]:  # fmt: skip
    yield f"  {name}:"
    if graph or "source_id" in bound:
        yield f"    graphs: {graph or _scalar('graph:' + bound['source_id'].iri)}"
    yield f"    s: {_scalar(_iri(subject, bound))}"
    if condition:
        yield f"    condition: {condition}"
    yield "    po:"
    for one in statements:
        yield from _statement(one, bound)


def _statement(one: Statement, bound: Mapping[str, Binding]) -> Iterator[str]:
    is_iri = one.object.endswith("~iri")
    worded = next((name for name in one.columns if bound[name].words is not None), None)
    if worded:
        for code, cells in (bound[worded].words or {}).items():
            term = REFERENCE.sub(code, one.object).removesuffix("~iri")
            listed = ", ".join(json.dumps(cell, ensure_ascii=False) for cell in cells)
            yield f"      - p: {one.predicate}"
            yield f"        o: {{ value: {_scalar(term)}, type: iri }}"
            yield (
                f"        condition: {{ function: in, parameters: "
                f"[[str1, {_scalar(bound[worded].iri)}], [list, [{listed}]]] }}"
            )
        return
    term = _iri(one.object, bound) if is_iri else _text(one.object, bound)
    odd = next((bound[name].odd for name in one.columns if bound[name].odd), ())
    if odd:
        listed = ", ".join(json.dumps(cell, ensure_ascii=False) for cell in odd)
        yield f"      - p: {one.predicate}"
        yield f"        o: {{ value: {_scalar(term)}, datatype: {one.datatype or 'xsd:string'} }}"
        parameters = f"[[str1, {_scalar(term)}], [list, [{listed}]]]"
        yield f"        condition: {{ function: notIn, parameters: {parameters} }}"
        return
    datatype = f", {one.datatype}" if one.datatype else ""
    yield f"      - [{one.predicate}, {_scalar(term)}{datatype}]"


def _referred(proposal: Proposal, key: str, refers: str, bound: Mapping[str, Binding]) -> Iterator[str]:
    """Describe what a column names: a city by the gazetteer, anything else by its name."""
    (first, *_) = maps_of_what(refers)
    inner = {name.removeprefix(f"{key}."): one for name, one in bound.items() if name.startswith(f"{key}.")}
    own = bound[key]
    name = first.name if key == refers else f"{first.name}-of-{key}"
    label = "title" if any("title" in one.columns for one in first.statements) else "name"
    if own.place:
        yield from _city(name, {**inner, "name": own}, first)
        return
    inner = {"id": own, label: Binding(own.iri, own.text), **inner}
    statements = [one for one in first.statements if all(column in inner for column in one.columns)]
    yield from _map(name, first.subject, statements, inner)


def _city(name: str, bound: Mapping[str, Binding], like: Map) -> Iterator[str]:
    """A city that is looked up: what the table says of it, what the gazetteer does, and what nobody knows."""
    place = bound["name"].place
    assert place is not None, "asked for places alone"
    into = place.into
    subject = {"id": Binding(f"$({into})", f"$({into})")}
    kept = [
        one for one in like.statements
        if all(column in bound for column in one.columns) and not set(one.columns) & set(_FROM_PLACE)
    ]  # fmt: skip
    yield from _map(name, like.subject, kept, {**bound, **subject})
    yield f"      - [skos:altLabel, {_scalar(reference(place.name[0]))}] # as the table writes it"
    told = [one for one in like.statements if set(one.columns) & set(_FROM_PLACE)]
    by_place = {"name": "label", "country": "country", "latitude": "lat", "longitude": "lon"}
    columns = {column: Binding(f"$({into}_{end})", f"$({into}_{end})") for column, end in by_place.items()}
    numbered = f"$({into}_geonames)"
    found = f'{{ function: notEqual, parameters: [[str1, {numbered}], [str2, ""]] }}'
    yield from _map(f"{name}-found", like.subject, told, {**columns, **subject}, graph="graph:geonames",
                    condition=f"{found} # what the gazetteer says cites the gazetteer")  # fmt: skip
    yield f'      - [{_WIKI}, "https://sws.geonames.org/{numbered}/~iri"]'
    yield from _map(f"{name}-not-found", like.subject, told, {**columns, **subject},
                    condition=found.replace("notEqual", "equal"))  # fmt: skip


def _iri(term: str, bound: Mapping[str, Binding]) -> str:
    return REFERENCE.sub(lambda match: bound[match[1]].iri, term)


def _text(term: str, bound: Mapping[str, Binding]) -> str:
    return REFERENCE.sub(lambda match: bound[match[1]].text, term)


def _scalar(text: str) -> str:
    """A YAML scalar of a flow: quoted where it must be."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in ("yes", "no", "true", "false", "null", "on", "off")
    return text if plain else json.dumps(text, ensure_ascii=False)
