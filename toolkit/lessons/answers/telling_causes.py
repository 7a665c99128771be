"""Answers on causes: a chain from its beginning, and what may be said of one of its links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zlib import crc32

from toolkit.diagnosis.chains import NEEDED, SURE, Chain
from toolkit.lessons.answer import Answer, Given, Table
from toolkit.lessons.answers.parts import chosen
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_words import title
from toolkit.words import Words

WORDS: Final = "lessons.telling_the_president"
CLAIMS: Final = {"a": "proven", "b": "measure", "c": "trial", "d": "silent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Failed findings that follow one another in a chain, the cause first."""

    chain: Chain
    codes: tuple[str, ...]

    @property
    def shuffled(self) -> tuple[str, ...]:
        """The codes in an order of no meaning, never that of the answer."""
        mixed = tuple(sorted(self.codes, key=lambda code: crc32(code.encode())))
        return mixed[::-1] if mixed == self.codes else mixed


def run_of(firm: ClientFirm) -> Run | None:
    """The longest run of failed findings in the client's chains; of equal ones the strongest."""
    runs = [
        Run(chain=chain, codes=codes)
        for chain in firm.diagnosis.chains
        for path in chain.paths
        for codes in _runs(path, chain.failed)
        if len(codes) >= NEEDED
    ]
    return max(runs, key=lambda run: (len(run.codes), run.chain.score), default=None)


def cause_first(firm: ClientFirm, book: Words) -> Answer | None:
    """The findings of a chain from the first cause to the last effect."""
    run = run_of(firm)
    if run is None:
        return None
    wrong: dict[str, Given] = {"effect_first": (run.codes[-1],)}
    worth = _largest(firm, run)
    if worth not in (run.codes[0], run.codes[-1]):
        wrong["yen_first"] = (worth,)
    return Answer(
        value=run.codes,
        wrong=wrong,
        params=run_params(run, firm, book),
        options=run.codes,
        table=Table(
            columns=("code", "title"),
            rows=tuple((code, title(firm.diagnosis, book, code)) for code in run.shuffled),
        ),
    )


def say_cause(firm: ClientFirm, book: Words) -> Answer | None:
    """What to say of the last link: measure first where its cause was only said, else try it."""
    run = run_of(firm)
    if run is None:
        return None
    right = "trial" if _sure(firm, run.codes[-2]) else "measure"
    params = run_params(run, firm, book)
    return chosen(
        CLAIMS,
        right,
        params={**params, "why": book.text(f"{WORDS}.say_cause.why.{right}", **params)},
    )


def run_params(run: Run, firm: ClientFirm, book: Words) -> dict[str, str]:
    """What fills words about a chain and its last link."""
    made = firm.diagnosis
    before, after = run.codes[-2:]
    arrows = "\n".join(
        f"{place}. {code} {title(made, book, code)}" for place, code in enumerate(run.codes, 1)
    )
    return {
        "count": str(len(run.codes)),
        "name": book.text(f"chains.{run.chain.id}.name"),
        "story": book.text(f"chains.{run.chain.id}.why"),
        "worked": arrows,
        "first": run.codes[0],
        "first_title": title(made, book, run.codes[0]),
        "cause": before,
        "cause_title": title(made, book, before),
        "effect_code": after,
        "effect_title": title(made, book, after),
    }


def _runs(path: tuple[str, ...], failed: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Stretches of a path that fail without a break."""
    made: list[tuple[str, ...]] = [()]
    for code in path:
        if code in failed:
            made[-1] = (*made[-1], code)
        elif made[-1]:
            made.append(())
    return made


def _sure(firm: ClientFirm, code: str) -> bool:
    return firm.diagnosis.finding(code).confidence in SURE


def _largest(firm: ClientFirm, run: Run) -> str:
    def worth(code: str) -> float:
        yen = firm.diagnosis.finding(code).yen
        return (yen.effect or 0.0) if yen is not None else 0.0

    return max(run.codes, key=worth)
