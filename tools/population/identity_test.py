import unittest

from population import identity


class CheckDigit(unittest.TestCase):
    def test_published_numbers_hold(self):
        for number in ("01130012", "33120015", "138057", "39131016"):
            with self.subTest(number):
                self.assertTrue(identity.check_digit_holds(number))

    def test_any_other_last_digit_fails(self):
        for digit in "013456789":
            self.assertFalse(identity.check_digit_holds("0113001" + digit))

    def test_what_is_no_number_fails(self):
        for text in ("", "1", "0113001a"):
            self.assertFalse(identity.check_digit_holds(text))

    def test_appends_the_digit(self):
        self.assertEqual(identity.with_check_digit("0113001"), "01130012")


class Widths(unittest.TestCase):
    def test_ascii_becomes_full_width(self):
        self.assertEqual(identity.full_width("02-17 a"), "０２－１７　ａ")

    def test_full_width_text_stays(self):
        self.assertEqual(identity.full_width("合成"), "合成")

    def test_full_width_hyphen_is_that_of_cp932(self):
        self.assertEqual(identity.full_width("-").encode("cp932"), b"\x81\x7c")

    def test_kana_becomes_half_width(self):
        self.assertEqual(identity.half_width_kana("ゴウセイ　イチロウ"), "ｺﾞｳｾｲ ｲﾁﾛｳ")

    def test_marks_small_kana_and_long_vowels(self):
        self.assertEqual(identity.half_width_kana("パッサージュ"), "ﾊﾟｯｻｰｼﾞｭ")


if __name__ == "__main__":
    unittest.main()
