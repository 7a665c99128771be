"""Invented Japanese customers and what four systems hold of them: seeded, with hard cases.

People live in households, share telephones and mails, move, marry, change their numbers and type
as people type. Nothing here knows the rules of matching; rates are set by what exports show.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256

import pytest

from toolkit.intake.persons.normal_forms import load_forms
from toolkit.intake.persons.personal_roles import personal_roles
from toolkit.intake.persons.rows import person_rows
from toolkit.method import Method, load_method

SURNAMES = (
    "佐藤 サトウ 60|鈴木 スズキ 55|高橋 タカハシ 45|田中 タナカ 42|伊藤 イトウ 34|"
    "渡辺 ワタナベ 34|山本 ヤマモト 33|中村 ナカムラ 33|小林 コバヤシ 32|加藤 カトウ 28|"
    "吉田 ヨシダ 26|山田 ヤマダ 26|佐々木 ササキ 22|山口 ヤマグチ 20|松本 マツモト 20|"
    "井上 イノウエ 19|木村 キムラ 18|林 ハヤシ 17|斎藤 サイトウ 17|清水 シミズ 17|"
    "山崎 ヤマザキ 15|森 モリ 14|池田 イケダ 14|橋本 ハシモト 14|阿部 アベ 14|"
    "石川 イシカワ 13|山下 ヤマシタ 13|中島 ナカジマ 13|石井 イシイ 12|小川 オガワ 12|"
    "前田 マエダ 12|岡田 オカダ 12|長谷川 ハセガワ 12|藤田 フジタ 12|後藤 ゴトウ 12|"
    "近藤 コンドウ 11|村上 ムラカミ 11|遠藤 エンドウ 10|青木 アオキ 10|坂本 サカモト 10|"
    "福田 フクダ 9|太田 オオタ 9|西村 ニシムラ 9|藤井 フジイ 9|金子 カネコ 8|岡本 オカモト 8|"
    "藤原 フジワラ 8|中野 ナカノ 8|三浦 ミウラ 8|原田 ハラダ 8|中川 ナカガワ 8|松田 マツダ 8|"
    "竹内 タケウチ 8|小野 オノ 8|大野 オオノ 7|田村 タムラ 7|中山 ナカヤマ 7|和田 ワダ 7|"
    "石田 イシダ 7|森田 モリタ 7|上田 ウエダ 7|原 ハラ 7|内田 ウチダ 7|柴田 シバタ 6|"
    "酒井 サカイ 6|宮崎 ミヤザキ 6|横山 ヨコヤマ 6|高木 タカギ 6|安藤 アンドウ 6|"
    "宮本 ミヤモト 6|大塚 オオツカ 5|小島 コジマ 5|浜田 ハマダ 5|沢田 サワダ 5|広瀬 ヒロセ 4|"
    "渡部 ワタナベ 4|川崎 カワサキ 4|吉岡 ヨシオカ 4|滝沢 タキザワ 3|国分 コクブ 2|"
    "桜井 サクライ 5|神田 カンダ 3"
)
MEN = (
    "博 ヒロシ|浩 ヒロシ|宏 ヒロシ|隆 タカシ|孝 タカシ|誠 マコト|茂 シゲル|清 キヨシ|"
    "実 ミノル|豊 ユタカ|健一 ケンイチ|賢一 ケンイチ|健二 ケンジ|大輔 ダイスケ|直樹 ナオキ|"
    "拓也 タクヤ|翔太 ショウタ|翔 ショウ|健太 ケンタ|健太郎 ケンタロウ|大樹 ダイキ|"
    "達也 タツヤ|哲也 テツヤ|和也 カズヤ|裕介 ユウスケ|祐介 ユウスケ|雄太 ユウタ|優太 ユウタ|"
    "悠斗 ユウト|蓮 レン|陽向 ヒナタ|颯太 ソウタ|一郎 イチロウ|二郎 ジロウ|三郎 サブロウ|"
    "正 タダシ|勇 イサム|進 ススム|修 オサム|明 アキラ|晃 アキラ|剛 ツヨシ|学 マナブ|"
    "聡 サトシ|智 サトシ|徹 トオル|亮 リョウ|涼 リョウ|諒 リョウ|淳 ジュン|純一 ジュンイチ|"
    "真一 シンイチ|慎一 シンイチ|雅人 マサト|正人 マサト|秀樹 ヒデキ"
)
WOMEN = (
    "洋子 ヨウコ|陽子 ヨウコ|幸子 サチコ|和子 カズコ|節子 セツコ|京子 キョウコ|恭子 キョウコ|"
    "恵子 ケイコ|敬子 ケイコ|久美子 クミコ|裕子 ユウコ|優子 ユウコ|由美子 ユミコ|"
    "真由美 マユミ|美咲 ミサキ|美希 ミキ|美樹 ミキ|愛 アイ|彩 アヤ|綾 アヤ|麻衣 マイ|舞 マイ|"
    "千尋 チヒロ|明美 アケミ|直美 ナオミ|智子 トモコ|友子 トモコ|朋子 トモコ|香織 カオリ|"
    "恵美 エミ|絵美 エミ|さくら サクラ|葵 アオイ|陽菜 ヒナ|結衣 ユイ|結 ユイ|花子 ハナコ|"
    "春子 ハルコ|敏子 トシコ|文子 フミコ|典子 ノリコ|紀子 ノリコ|順子 ジュンコ|純子 ジュンコ|"
    "真理 マリ|麻里 マリ|里奈 リナ|梨奈 リナ|あゆみ アユミ|歩美 アユミ|七海 ナナミ|"
    "千夏 チナツ|沙織 サオリ|詩織 シオリ|遥 ハルカ|春香 ハルカ"
)
PLACES = (
    "東京都 03 架空区 西野区 東雲市|神奈川県 045 浜野市 湊区|大阪府 06 梅川区 難川市|"
    "愛知県 052 名森区 岡辺市|北海道 011 札原市 北区|福岡県 092 博川区 久留木市|"
    "宮城県 022 仙森市|広島県 082 安芸野区|京都府 075 左川区|埼玉県 048 大宮原区 川越木市|"
    "千葉県 043 船木市|兵庫県 078 神辺区|静岡県 054 葵野区|新潟県 025 中川区|"
    "長野県 026 善光町|沖縄県 098 那原市"
)
TOWNS = [
    "緑ヶ丘",
    "本町",
    "栄町",
    "中央",
    "桜台",
    "旭町",
    "若葉町",
    "青葉台",
    "富士見町",
    "大字上原",
    "一番町",
    "泉の森",
    "六本松",
    "北一条西",
]
HOUSES = [
    "青葉ハイツ",
    "コーポ緑",
    "パークサイド中央",
    "グランドメゾン旭",
    "第二吉田荘",
    "サンライズマンション",
]
OLD_FORMS = dict(
    zip(
        "高崎辺斎沢浜広国桜島滝真恵",
        ["髙", "﨑", "邊邉", "齋斉齊", "澤", "濱", "廣", "國", "櫻", "嶋", "瀧", "眞", "惠"],
        strict=True,
    )
)
HALF = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンャュョッー",
        "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝｬｭｮｯｰ",
        strict=True,
    )
)
VOICED = dict(
    zip("ガギグゲゴザジズゼゾダデドバビブベボ", "カキクケコサシスセソタテトハヒフヘホ", strict=True)
)
FULL_DIGITS = str.maketrans("0123456789-", "０１２３４５６７８９－")
NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True, kw_only=True)
class Address:
    prefecture: str
    city: str
    town: str
    numbers: tuple[int, ...]
    house: str
    room: int
    postcode: str
    area: str


@dataclass(frozen=True, kw_only=True)
class Person:
    family: tuple[str, str]
    given: tuple[str, str]
    female: bool
    birthday: date
    address: Address
    mobile: str
    landline: str
    mail: str


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


@pytest.fixture(scope="session")
def method() -> Method:
    return load_method()


@pytest.fixture(scope="session")
def exports() -> Callable[[int, int], tuple[list[Person], list[Export]]]:
    """The people of a seeded world of a size, and the four files that hold them."""

    def make(seed: int, size: int) -> tuple[list[Person], list[Export]]:
        world = World(seed, size)
        now: dict[int, Person] = {}
        first = members(world, now)
        return world.people, [first, orders(world, now), mall(world), desk(world)]

    return make


@pytest.fixture(scope="session")
def rows_of(method: Method):
    """The rows of exports as normal forms, with key, file, row and member."""
    import pandas as pd

    def make(made: list[Export]) -> pd.DataFrame:
        forms = load_forms(method)
        frames = []
        for export in made:
            roles = personal_roles(export.header, method)
            columns = [list(column) for column in zip(*export.rows, strict=True)]
            frame = person_rows(roles, columns.__getitem__, forms)
            frame.insert(0, "key", export.keys)
            frame.insert(1, "file", export.name)
            frame.insert(2, "row", range(2, len(frame) + 2))
            frame.insert(3, "member", export.members)
            frames.append(frame)
        return pd.concat(frames, ignore_index=True)

    return make
