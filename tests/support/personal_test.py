"""Proves that a planted leak is found in every form, and that what only looks like one is not."""

from __future__ import annotations

import json
import struct
import tempfile
import unittest
from pathlib import Path

from support import kafka_log, personal
from support.wire import varint

_HEADER = "InsurerNumber,InsuredCardSymbol,InsuredIdentificationNumber,Name,NameKana,Birthdate,Address\n"
_ROWS = ("01130012,12345678,10,合成　一郎,ｺﾞｳｾｲ ｲﾁﾛｳ,19700415,東京都合成区丸の内一丁目\n"
         "39131016,,20000003,合成　ウメ,ｺﾞｳｾｲ ｳﾒ,19450201,東京都合成区見本町六丁目\n")


def populate(folder: Path) -> list[personal.Form]:
    (folder / "insurers.csv").write_text(_HEADER + _ROWS, encoding="utf-8")
    (folder / "care_insurer.csv").write_text(
        "InsurerNumber,InsuredIdentificationNumber,Name,NameKana,Birthdate\n"
        "131003,0000012345,合成　ウメ,ｺﾞｳｾｲ ｳﾒ,19450201\n", encoding="utf-8")
    return personal.forms_of(folder)


class Leaks(unittest.TestCase):
    def setUp(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.forms = populate(Path(folder))

    def kinds(self, content: bytes) -> set[str]:
        return {complaint.split(": a ")[1].split(":")[0] for complaint in personal.leaks(self.forms, "log", content)}

    def assert_found(self, kind: str, *texts: str) -> None:
        for text in texts:
            self.assertEqual(self.kinds(f"line one\nINFO who={text} what=2\n".encode()), {kind}, text)

    def test_a_name(self) -> None:
        self.assert_found("name", "合成　一郎", "合成 一郎", "合成一郎", json.dumps("合成　一郎")[1:-1])
        self.assertEqual(self.kinds("合成　ウメ".encode("cp932")), {"name"})

    def test_kana(self) -> None:
        self.assert_found("kana", "ｺﾞｳｾｲ ｲﾁﾛｳ", "ゴウセイ　イチロウ", "ゴウセイイチロウ", "ｺﾞｳｾｲｲﾁﾛｳ")

    def test_a_birth_date(self) -> None:
        self.assert_found("birth date", "19700415", "1970-04-15", "1970/04/15", "1970年4月15日", "昭和45年4月15日",
                          "S45.04.15", "S450415", "3450415", "１９７００４１５")

    def test_an_address(self) -> None:
        self.assert_found("address", "東京都合成区丸の内一丁目")

    def test_a_number(self) -> None:
        self.assert_found("number", "20000003", "２００００００３", "0000012345")

    def test_a_short_number_beside_its_symbol(self) -> None:
        self.assert_found("symbol and number", "12345678/10", "12345678,10", 'symbol: "12345678" 10',
                          "１２３４５６７８・１０")

    def test_the_place_is_named(self) -> None:
        self.assertRegex(personal.leaks(self.forms, "audit.log", "a\nb 合成　一郎 c\nd".encode())[0],
                         "audit.log: a name: b 合成　一郎 c$")

    def test_several_kinds_are_several_leaks(self) -> None:
        self.assertEqual(self.kinds("合成　一郎 19700415".encode()), {"name", "birth date"})

    def test_parts_of_something_else_are_no_leak(self) -> None:
        for text in ("offset 119700415 1970041500", "00019700415abcdef", "10 12345678", "12345678 100",
                     "12345678\n10", "合成健康保険協会", "合成区 一郎", "2000000", "x20000003y"):
            self.assertEqual(self.kinds(text.encode()), set(), text)


def record(key: bytes, value: bytes, headers: tuple[tuple[bytes, bytes], ...] = (), delta: int = 0) -> bytes:
    def sized(data: bytes) -> bytes:
        return varint(len(data) << 1) + data

    body = b"\0" + varint(0) + varint(delta << 1) + sized(key) + sized(value) + varint(len(headers) << 1)
    return sized(body + b"".join(sized(part) for header in headers for part in header))


def batch(*records: bytes, attributes: int = 0, offset: int = 0) -> bytes:
    body = b"".join(records)
    rest = struct.pack(">ibIhiqqqhii", 0, 2, 0, attributes, len(records) - 1, 0, 0, -1, -1, -1, len(records)) + body
    return struct.pack(">qi", offset, len(rest)) + rest


class KafkaLog(unittest.TestCase):
    def test_every_record_of_every_batch(self) -> None:
        data = batch(record(b"k1", b"v1", ((b"h", b"x"),)), record(b"", b"v2")) + batch(record(b"k3", b"v" * 300))
        self.assertEqual([(one.key, one.value, one.headers) for one in kafka_log.of_segment("t", data)],
                         [(b"k1", b"v1", ((b"h", b"x"),)), (b"", b"v2", ()), (b"k3", b"v" * 300, ())])

    def test_where_a_record_stands(self) -> None:
        data = batch(record(b"k1", b""), record(b"k2", b"", delta=1)) + batch(record(b"k3", b""), offset=7)
        self.assertEqual([(one.partition, one.offset) for one in kafka_log.of_segment("t", data, 5)],
                         [(5, 0), (5, 1), (5, 7)])

    def test_a_batch_that_is_being_written_is_left_out(self) -> None:
        whole = batch(record(b"k1", b"v1"))
        self.assertEqual(len(list(kafka_log.of_segment("t", whole + whole[:-1]))), 1)

    def test_a_batch_that_cannot_be_looked_into_is_said(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "attributes 1"):
            list(kafka_log.of_segment("t", batch(record(b"k", b"v"), attributes=1)))

    def test_the_brokers_own_are_left_out(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for topic in ("ltc.journal-3", "__consumer_offsets-0"):
                (Path(folder) / topic).mkdir()
                (Path(folder) / topic / "0.log").write_bytes(batch(record(topic.encode(), b"")))
            self.assertEqual([(one.topic, one.partition) for one in kafka_log.records(Path(folder))],
                             [("ltc.journal", 3)])

    def test_one_topic_alone(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for topic in ("ltc.journal-0", "ltc.events-0", "ltc.events-11"):
                (Path(folder) / topic).mkdir()
                (Path(folder) / topic / "0.log").write_bytes(batch(record(b"", b"")))
            self.assertEqual([(one.topic, one.partition) for one in kafka_log.records(Path(folder), "ltc.events")],
                             [("ltc.events", 0), ("ltc.events", 11)])


if __name__ == "__main__":
    unittest.main()
