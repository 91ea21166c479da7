"""The facilities of the synthetic region."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Facility:
    """A medical institution or pharmacy. `code` is prefecture 2 + fee table 1 + 7 digits."""

    code: str
    name: str
    kind: str  # clinic, hospital or pharmacy
    key: str  # short name for scripts
    address: str
    doctor: str = ""  # of clinic-1 and hospital-1 that of tools/pki, who signs: else its name would be warned of (RX-051)
    doctor_kana: str = ""  # half-width
    in_house: bool = False  # hands out drugs itself instead of writing prescriptions
    conditions: tuple[str, ...] = ()  # what it treats; empty: everything

    @property
    def prefecture(self) -> str:
        return self.code[:2]

    @property
    def fee_table(self) -> str:
        return self.code[2]

    @property
    def number(self) -> str:
        return self.code[3:]

    @property
    def phone(self) -> str:
        return f"03-0000-{self.number[-4:]}"


def _place(chome: str) -> str:
    return f"東京都合成区見本町{chome}"


CLINICS = (
    Facility("1311234567", "医療法人合成会　合成内科クリニック", "clinic", "clinic-1",
             _place("１－１"), "試験　太郎", "ｼｹﾝ ﾀﾛｳ"),
    Facility("1311200012", "合成整形外科", "clinic", "clinic-2", _place("１－２"),
             "見本　健", "ﾐﾎﾝ ｹﾝ", conditions=("pain", "bones", "injury", "rheumatism")),
    Facility("1311200023", "合成眼科医院", "clinic", "clinic-3", _place("２－１"),
             "例示　恵", "ﾚｲｼﾞ ﾒｸﾞﾐ", in_house=True, conditions=("glaucoma", "cataract")),
    Facility("1311200034", "合成皮膚科クリニック", "clinic", "clinic-4", _place("２－２"),
             "試験　誠", "ｼｹﾝ ﾏｺﾄ", conditions=("skin", "allergy")),
    Facility("1311200045", "合成こどもクリニック", "clinic", "clinic-5", _place("３－１"),
             "仮名　優子", "ｶﾒｲ ﾕｳｺ", conditions=("cold", "infection", "allergy")),
    Facility("1311200056", "合成診療所", "clinic", "clinic-6", _place("３－２"),
             "架空　実", "ｶｸｳ ﾐﾉﾙ", in_house=True),
    Facility("1311200067", "合成駅前内科", "clinic", "clinic-7", _place("４－１"),
             "模擬　薫", "ﾓｷﾞ ｶｵﾙ"),
)
HOSPITALS = (
    Facility("1319000011", "合成救急病院", "hospital", "hospital-1", _place("９－１"),
             "試験　明子", "ｼｹﾝ ｱｷｺ", in_house=True),
)
PHARMACIES = (
    Facility("1341234563", "合成調剤薬局本店", "pharmacy", "pharmacy-1", _place("１－３")),
    Facility("1341234571", "合成調剤薬局駅前店", "pharmacy", "pharmacy-2", _place("４－２")),
    Facility("1341200013", "合成薬局一丁目店", "pharmacy", "pharmacy-3", _place("１－５")),
    Facility("1341200024", "合成薬局二丁目店", "pharmacy", "pharmacy-4", _place("２－５")),
    Facility("1341200035", "合成薬局三丁目店", "pharmacy", "pharmacy-5", _place("３－５")),
    Facility("1341200046", "合成薬局四丁目店", "pharmacy", "pharmacy-6", _place("４－５")),
    Facility("1341200057", "合成薬局中央店", "pharmacy", "pharmacy-7", _place("５－５")),
    Facility("1341200068", "合成薬局病院前店", "pharmacy", "pharmacy-8", _place("９－２")),
)
ALL = CLINICS + HOSPITALS + PHARMACIES
HOSPITAL = HOSPITALS[0]
BY_KEY = {facility.key: facility for facility in ALL}
