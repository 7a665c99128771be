"""Four systems and the files they export of one world."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from invented.people import Person
from invented.world import World


@dataclass(kw_only=True)
class Export:
    """A file of one system: its header and rows; for each row key, member, person and truth.

    ``given`` is what of mail, phone, street and birthday the row holds, as it truly is.
    """

    name: str
    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    members: list[bool] = field(default_factory=list)
    persons: list[int] = field(default_factory=list)
    given: list[dict[str, object]] = field(default_factory=list)

    def add(self, row: list[str], key: str, person: int, given: dict[str, object]) -> None:
        self.rows.append(row)
        self.keys.append(key_of(key))
        self.persons.append(person)
        self.given.append({name: value for name, value in given.items() if value})


def key_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def present(world: World, text: str, missing: float) -> str:
    return "" if world.chance(missing) else text


def split_phone(phone: str) -> list[str]:
    if not phone:
        return ["", "", ""]
    head = 3 if len(phone) == 11 else 2 if phone[:2] in ("03", "06") else 3
    return [phone[:head], phone[head:-4], phone[-4:]]


def shop_cells(world: World, person: Person) -> list[str]:
    """Name, kana, postcode, prefecture, street, house, mail and phone as typed into a form."""
    given, given_kana = world.typed_given(person)
    kana = [world.typed_kana(person.family[1]), world.typed_kana(given_kana)]
    kana = ["", ""] if world.chance(0.12) else kana
    block, house = world.typed_street(person.address)
    return [
        world.old_forms(person.family[0]),
        world.old_forms(given),
        *kana,
        present(world, world.typed_postcode(person.address), 0.04),
        person.address.prefecture,
        f"{person.address.city}{block}",
        house,
        present(world, world.typed_mail(person.mail), 0.02),
        present(world, world.typed_phone(person.mobile or person.landline), 0.06),
    ]


SHOP = [
    "お名前(姓)", "お名前(名)", "お名前(セイ)", "お名前(メイ)", "郵便番号", "都道府県(名称)",
    "住所1", "住所2", "メールアドレス", "TEL",
]  # fmt: skip


def shop_truth(person: Person, cells: list[str]) -> dict[str, object]:
    """What a row of the shop truly holds of its buyer."""
    return {
        "mail": cells[8] and person.mail,
        "phone": cells[9] and (person.mobile or person.landline),
        "street": person.address,
    }


def members(world: World, now: dict[int, Person]) -> Export:
    """A shop's customers: six in ten people, some of them twice."""
    export = Export(name="members.csv", header=["会員ID", *SHOP, "性別(名称)", "誕生日"])
    for number, person in enumerate(world.people):
        if not world.chance(0.6):
            continue
        now[number] = person
        for again in range(2 if world.chance(0.04) else 1):
            state = world.later(person) if again else person
            birthday = present(world, world.typed_birthday(person.birthday), 0.25)
            sex = present(world, "女性" if person.female else "男性", 0.3)
            member = f"M{number:05d}{'b' if again else ''}"
            cells = shop_cells(world, state)
            given = shop_truth(state, cells) | {"birthday": birthday and person.birthday}
            export.add([member, *cells, sex, birthday], member, number, given)
            export.members.append(True)
    return export


def orders(world: World, now: dict[int, Person]) -> Export:
    """The shop's orders: members by their id, guests by mail or telephone; gifts go elsewhere."""
    export = Export(name="orders.csv", header=["会員ID", *SHOP, "配送先_お名前(姓)", "配送先_TEL"])
    for number, person in enumerate(world.people):
        guest = number not in now or world.chance(0.35)
        if not world.chance(0.75):
            continue
        state = world.later(person) if world.chance(0.6) else person
        for _ in range(world.dice.choices((1, 2, 3), (60, 28, 12))[0]):
            cells = shop_cells(world, state)
            mail, phone = state.mail if cells[8] else "", state.mobile or state.landline
            key = f"M{number:05d}" if not guest else mail or (phone if cells[9] else "")
            if not key:
                continue
            gift = world.dice.choice(world.people) if world.chance(0.2) else person
            ship = [gift.family[0], world.typed_phone(gift.mobile)]
            row = ["" if guest else key, *cells, *ship]
            export.add(row, key, number, shop_truth(state, cells))
            export.members.append(not guest)
    return export


def mall(world: World) -> Export:
    """A mall: mails are masked, telephone and postcode stand in several columns, no birthday."""
    head = "注文者"
    columns = (
        "姓 名 姓カナ 名カナ 郵便番号1 郵便番号2 住所都道府県 住所郡市区 住所それ以降の住所 "
        "電話番号1 電話番号2 電話番号3 メールアドレス"
    )
    export = Export(name="mall.csv", header=[head + name for name in columns.split()])
    for number, person in enumerate(world.people):
        if not world.chance(0.5):
            continue
        state = world.later(person)
        for account in range(2 if world.chance(0.03) else 1):
            cells = shop_cells(world, state)
            block, house = world.typed_street(state.address)
            phone = state.mobile if world.chance(0.8) else state.landline or state.mobile
            code = state.address.postcode
            mask = f"{key_of(f'{number}/{account}')}@mall.example.jp"
            row = [*cells[:4], code[:3], code[3:], state.address.prefecture, state.address.city]
            row += [f"{block} {house}".strip(), *split_phone(phone), mask]
            export.add(row, mask, number, {"phone": phone, "street": state.address})
            export.members.append(True)
    return export


def desk(world: World) -> Export:
    """A till: one cell of name, at times kana or the family only, with mail or telephone."""
    header = ["Customer ID", "Customer Name", "Email Address", "Phone Number", "Device Name"]
    export = Export(name="desk.csv", header=header)
    for number, person in enumerate(world.people):
        if not world.chance(0.25):
            continue
        state = world.later(person)
        given, kana = world.typed_given(state)
        name = world.dice.choices(
            [f"{state.family[0]} {given}", f"{state.family[0]}{given}", f"{state.family[1]}{kana}",
             state.family[0], f"{state.family[0]}　{given} 様", ""],
            [40, 25, 10, 8, 7, 10],
        )[0]  # fmt: skip
        mail = present(world, world.typed_mail(state.mail), 0.5)
        phone = present(world, world.typed_phone(state.mobile or state.landline), 0.3)
        given = {"mail": mail and state.mail, "phone": phone and (state.mobile or state.landline)}
        export.add([f"D{number}", name, mail, phone, "iPad"], f"D{number}", number, given)
        export.members.append(True)
    return export
