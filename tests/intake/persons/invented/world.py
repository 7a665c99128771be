"""A world of people, and the hand that types what they give."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from invented.people import (
    FULL_DIGITS,
    HALF,
    HOUSES,
    MEN,
    NUMERALS,
    OLD_FORMS,
    PLACES,
    SURNAMES,
    TOWNS,
    VOICED,
    WOMEN,
    Address,
    Person,
)


def words_of(text: str) -> list[tuple[str, ...]]:
    return [tuple(item.split()) for item in text.split("|")]


class World:
    """People, and the hand that types what they give."""

    def __init__(self, seed: int, size: int) -> None:
        self.dice = random.Random(seed)
        self.surnames = [((kanji, kana), int(n)) for kanji, kana, n in words_of(SURNAMES)]
        self.given = {True: words_of(WOMEN), False: words_of(MEN)}
        self.places = words_of(PLACES)
        self.people: list[Person] = []
        while len(self.people) < size - 100:
            self.people += self.household()
        self.add_namesakes(100)

    def surname(self) -> tuple[str, str]:
        names, weights = zip(*self.surnames, strict=True)
        return self.dice.choices(names, weights)[0]

    def address(self, prefecture: str | None = None) -> Address:
        dice = self.dice
        places = [place for place in self.places if prefecture in (None, place[0])]
        name, area, *cities = dice.choice(places)
        city, town = dice.choice(cities), dice.choice(TOWNS)
        flat = dice.random() < 0.5
        numbers = (dice.randint(1, 9), dice.randint(1, 30), dice.randint(1, 25))
        digest = int(sha256(f"{name}{city}{town}".encode()).hexdigest(), 16) % 9000
        return Address(
            prefecture=name,
            city=city,
            town=town,
            numbers=numbers if dice.random() < 0.85 else (dice.randint(100, 4999), numbers[1]),
            house=dice.choice(HOUSES) if flat else "",
            room=dice.randint(1, 12) * 100 + dice.randint(1, 9) if flat else 0,
            postcode=f"{[place[0] for place in self.places].index(name):03d}{digest:04d}",
            area=area,
        )

    def mobile(self) -> str:
        """A number nobody has: no mobile goes on with 0 after its first three digits."""
        return f"{self.dice.choice(('090', '070'))}0{self.dice.randint(0, 9999999):07d}"

    def landline(self, area: str) -> str:
        return f"{area}0{self.dice.randint(0, 10 ** (9 - len(area)) - 1):0{9 - len(area)}d}"

    def mail(self) -> str:
        return f"u{self.dice.getrandbits(40):x}@example.{self.dice.choice(('com', 'jp', 'net'))}"

    def person(self, family: tuple[str, str], address: Address, line: str, born: tuple[int, int]):
        dice = self.dice
        female = dice.random() < 0.55
        birthday = date(dice.randint(*born), 1, 1) + timedelta(days=dice.randint(0, 364))
        return Person(
            family=family,
            given=dice.choice(self.given[female]),
            female=female,
            birthday=birthday,
            address=address,
            mobile=self.mobile() if dice.random() < 0.92 else "",
            landline=line,
            mail=self.mail() if dice.random() < 0.94 else "",
        )

    def household(self) -> list[Person]:
        dice = self.dice
        family, address = self.surname(), self.address()
        line = self.landline(address.area) if dice.random() < 0.45 else ""
        kind = dice.choices(["one", "two", "children", "parents", "twins"], [45, 22, 20, 10, 3])[0]
        first = self.person(family, address, line, (1952, 2000))
        if kind == "one":
            return [first]
        born = first.birthday.year
        if kind == "twins":
            twin = self.twin(first)
            return [first, twin]
        second = self.person(family, address, line, (born - 4, born + 4))
        members = [first, replace(second, female=not first.female)]
        members[1] = replace(members[1], given=dice.choice(self.given[members[1].female]))
        if kind == "children":
            years = (min(born + 22, 2006), min(born + 34, 2008))
            members += [
                self.person(family, address, line, years) for _ in range(dice.randint(1, 2))
            ]
        if kind == "parents":
            members.append(
                self.person(family, address, line, (max(born - 32, 1951), max(born - 22, 1955)))
            )
        return self.sharing(self.told_apart(members))

    def told_apart(self, members: list[Person]) -> list[Person]:
        """Nobody in a house is called like another, but for an in-law of one sound at times."""
        known: list[Person] = []
        for member in members:
            taken = {other.given[1] for other in known}
            free = [given for given in self.given[member.female] if given[1] not in taken]
            alike = [
                given
                for given in self.given[member.female]
                if given[1] in taken and given not in [other.given for other in known]
            ]
            if member.given[1] in taken or self.dice.random() < 0.01:
                given = self.dice.choice(alike if alike and self.dice.random() < 0.1 else free)
                member = replace(member, given=given)
            known.append(member)
        return known

    def twin(self, first: Person) -> Person:
        """Born the same day, at the same address, often with one telephone and one mail."""
        dice = self.dice
        others = [g for g in self.given[first.female] if g[1] != first.given[1]]
        alike = [g for g in others if g[0][0] == first.given[0][0]] or others
        twin = replace(first, given=dice.choice(alike), mobile=self.mobile(), mail=self.mail())
        twin = replace(twin, mail=first.mail) if dice.random() < 0.4 else twin
        return replace(twin, mobile=first.mobile) if dice.random() < 0.3 else twin

    def sharing(self, members: list[Person]) -> list[Person]:
        """Couples with one mail; children and parents who give another's mobile or mail."""
        dice = self.dice
        first, *rest = members
        shared = []
        for other in rest:
            if dice.random() < 0.12:
                other = replace(other, mail=first.mail)
            if dice.random() < 0.12:
                other = replace(other, mobile=first.mobile)
            shared.append(other)
        return [first, *shared]

    def add_namesakes(self, count: int) -> None:
        """Others of one name: in the town, in the prefecture, or born the same day elsewhere."""
        for at in range(count):
            model = self.dice.choice(self.people)
            line = ""
            if at % 4 == 0:  # same name and birthday, another prefecture
                others = [place[0] for place in self.places if place[0] != model.address.prefecture]
                address, birthday = self.address(self.dice.choice(others)), model.birthday
            else:
                address = self.address(model.address.prefecture)
                birthday = model.birthday - timedelta(days=self.dice.randint(200, 5000))
                birthday = max(birthday, date(1950, 1, 1) + timedelta(days=at))
            if at % 4 == 1:  # same town, another house
                address = replace(
                    model.address, numbers=tuple(n + 1 for n in model.address.numbers)
                )
            if at % 8 == 2 and model.address.room:  # same block of flats, another room
                address = replace(model.address, room=model.address.room + 1)
            self.people.append(
                replace(
                    model,
                    address=address,
                    birthday=birthday,
                    mobile=self.mobile(),
                    mail=self.mail(),
                    landline=line,
                )
            )

    # What a person is at another time.

    def later(self, person: Person) -> Person:
        """The same person some years on: moved, married, another number or mail."""
        dice = self.dice
        if dice.random() < 0.15:
            near = person.address.prefecture if dice.random() < 0.6 else None
            address = self.address(near)
            line = self.landline(address.area) if dice.random() < 0.3 else ""
            person = replace(person, address=address, landline=line)
        if dice.random() < 0.10:
            person = replace(person, mobile=self.mobile())
        if dice.random() < 0.14:
            person = replace(person, mail=self.mail())
        if person.female and 1975 < person.birthday.year < 2002 and dice.random() < 0.07:
            person = replace(person, family=self.surname())
        return person

    # How it is typed.

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def old_forms(self, name: str) -> str:
        if not self.chance(0.15):
            return name
        return "".join(self.dice.choice(OLD_FORMS[c]) if c in OLD_FORMS else c for c in name)

    def typed_given(self, person: Person) -> tuple[str, str]:
        """A given name; now and then the wrong characters of the same sound, or a wrong sound."""
        kanji, kana = person.given
        same = [g[0] for g in self.given[person.female] if g[1] == kana and g[0] != kanji]
        if same and self.chance(0.03):
            kanji = self.dice.choice(same)
        if self.chance(0.012):
            at = self.dice.randrange(len(kana))
            kana = kana[:at] + self.dice.choice("アイウカキサシタナハマミヤラリ") + kana[at + 1 :]
        return kanji, kana

    def typed_kana(self, kana: str) -> str:
        if self.chance(0.25):
            return "".join(HALF.get(c) or HALF[VOICED[c]] + "ﾞ" for c in kana)
        if self.chance(0.10):
            return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in kana)
        if self.chance(0.03):
            return kana.replace("オオ", "オー").replace("ウ", "ー", 1) if "ウ" in kana[1:] else kana
        return kana

    def typed_phone(self, phone: str) -> str:
        if not phone:
            return ""
        if self.chance(0.01):
            at = self.dice.randrange(4, len(phone))
            phone = phone[:at] + str(self.dice.randint(0, 9)) + phone[at + 1 :]
        head = 3 if len(phone) == 11 else 2 if phone[:2] in ("03", "06") else 3
        parts = (phone[:head], phone[head:-4], phone[-4:])
        forms: list[Callable[[], str]] = [
            lambda: "-".join(parts),
            lambda: phone,
            lambda: f"{parts[0]}({parts[1]}){parts[2]}",
            lambda: "-".join(parts).translate(FULL_DIGITS),
            lambda: f"+81 {phone[1:]}",
            lambda: phone[1:],
            lambda: "‐".join(parts),
        ]
        return self.dice.choices(forms, [50, 25, 5, 8, 5, 3, 4])[0]()

    def typed_mail(self, mail: str) -> str:
        if not mail:
            return ""
        if self.chance(0.008):
            return mail.replace("example", "exmple")
        form = self.dice.choices(["as", "upper", "full"], [92, 5, 3])[0]
        return {"as": mail, "upper": mail.capitalize(), "full": mail.replace("@", "＠")}[form]

    def typed_birthday(self, day: date) -> str:
        if self.chance(0.008):
            day = day.replace(day=day.day % 28 + 1)
        era = (
            ("R", 2018)
            if day >= date(2019, 5, 1)
            else ("H", 1988)
            if day >= date(1989, 1, 8)
            else ("S", 1925)
        )
        forms = [
            day.isoformat(),
            f"{day:%Y/%m/%d}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{era[0]}{day.year - era[1]}.{day.month}.{day.day}",
        ]
        return self.dice.choices(forms, [55, 30, 8, 7])[0]

    def typed_postcode(self, address: Address) -> str:
        code = address.postcode
        if self.chance(0.01):
            code = code[:-1] + str(self.dice.randint(0, 9))
        forms = [f"{code[:3]}-{code[3:]}", code, f"〒{code[:3]}-{code[3:]}", code.lstrip("0")]
        return self.dice.choices(forms, [55, 35, 7, 3])[0]

    def typed_street(self, address: Address) -> tuple[str, str]:
        """Town with numbers, and the house; with or without its name."""
        numbers = list(address.numbers)
        if self.chance(0.008):
            numbers[-1] += 1
        town = address.town
        if "ヶ" in town and self.chance(0.3):
            town = town.replace("ヶ", self.dice.choice("ケが"))
        if self.chance(0.3):
            town = town.removeprefix("大字")
        texts = [str(number) for number in numbers]
        units = ("丁目", "番", "号") if len(numbers) == 3 else ("番地", "")
        kanji = [self.kanji(n) if n < 100 else str(n) for n in numbers]
        forms = [
            "-".join(texts),
            "-".join(texts).translate(FULL_DIGITS),
            "".join(f"{n}{unit}" for n, unit in zip(texts, units, strict=False)),
            f"{texts[0]}{'丁目' if len(texts) == 3 else '番地の'}{'-'.join(texts[1:])}",
            "".join(f"{n}{unit}" for n, unit in zip(kanji, units, strict=False)),
            "ー".join(texts),
        ]
        block = town + self.dice.choices(forms, [48, 15, 15, 12, 4, 6])[0]
        if not address.room:
            return block, ""
        house = self.dice.choices(
            [
                f"{address.house}{address.room}",
                f"{address.house} {address.room}号室",
                str(address.room),
                "",
            ],
            [45, 30, 10, 15],
        )[0]
        if house.isdigit() and block[-1].isdigit():
            return f"{block}-{house}", ""
        return block, house

    def kanji(self, number: int) -> str:
        tens, ones = divmod(number, 10)
        return (
            (NUMERALS[tens] if tens > 1 else "")
            + ("十" if tens else "")
            + (NUMERALS[ones] if ones else "")
        )
