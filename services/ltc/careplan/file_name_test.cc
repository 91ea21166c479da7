#include "services/ltc/careplan/file_name.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tsunagu::ltc::careplan {
namespace {

// LTC-100
TEST(FileNameTest, ReadsTheNamesOfVersion4) {
  const auto name = ParseFileName("UPPLAN_202609_1370000001_43_1370000002_11_20260825101540.CSV");
  ASSERT_TRUE(name.ok()) << name.status();
  EXPECT_EQ(*name, (FileName{FileKind::kPlan,
                             "202609",
                             {"1370000001", "43"},
                             {"1370000002", "11"},
                             "20260825101540"}));
}

TEST(FileNameTest, ReadsTheNamesOfVersion3WithoutServiceKinds) {
  const auto name = ParseFileName("UP1KYO_1370000001_1370000002_20260825101530.CSV");
  ASSERT_TRUE(name.ok()) << name.status();
  EXPECT_EQ(name->month, "");
  EXPECT_EQ(name->source, (Office{"1370000001", ""}));
  EXPECT_EQ(name->destination, (Office{"1370000002", ""}));
}

TEST(FileNameTest, OfficesOfMunicipalProgrammesHaveALetter) {
  EXPECT_TRUE(ParseFileName("UP1KYO_13A0000001_A2_1370000002_11_20260825101530.CSV").ok());
}

TEST(FileNameTest, OnlyTheSupplementMayHaveNoMonth) {
  EXPECT_TRUE(ParseFileName("UPHOSOKU_000000_1370000001_43_1370000002_11_20260825101530.CSV").ok());
  EXPECT_FALSE(ParseFileName("UPPLAN_000000_1370000001_43_1370000002_11_20260825101530.CSV").ok());
}

TEST(FileNameTest, SaysWhichPartIsWrong) {
  const std::pair<const char*, const char*> kCases[] = {
      {"", "does not end with .CSV"},
      {"UP1KYO_1370000001_43_1370000002_11_20260825101530.csv", "does not end with .CSV"},
      {".CSV", "does not begin with a file kind: UPHOSOKU, UP1KYO, "},
      {"UPXYZ_1370000001_43_1370000002_11_20260825101530.CSV", "does not begin with a file kind"},
      {"UPKIHON_1370000001_46_1370000002_A2_20260825101530.CSV", "prevention plans"},
      {"DLTYOBO_1370000001_46_1370000002_A2_20260825101530.CSV", "prevention plans"},
      {"UPPLAN.CSV", "the month"},
      {"UPPLAN_202613_1370000001_43_1370000002_11_20260825101530.CSV", "the month"},
      {"UPPLAN_1370000001_43_1370000002_11_20260825101530.CSV", "the month"},
      {"UP1KYO.CSV", "the number of parts"},
      {"UP1KYO_202609_1370000001_43_1370000002_11_20260825101530.CSV", "the number of parts"},
      {"UP1KYO_1370000001_1370000002_11_20260825101530.CSV", "the number of parts"},
      {"UP1KYO_137000000_43_1370000002_11_20260825101530.CSV", "the sender's office number"},
      {"UP1KYO_1370000001_43_137000000x_11_20260825101530.CSV", "the receiver's office number"},
      {"UP1KYO_1370000001_4_1370000002_11_20260825101530.CSV", "the sender's service kind"},
      {"UP1KYO_1370000001_43_1370000002_111_20260825101530.CSV", "the receiver's service kind"},
      {"UP1KYO_1370000001_43_1370000002_11_20260231101530.CSV", "the timestamp"},
      {"UP1KYO_1370000001_43_1370000002_11_20260825241530.CSV", "the timestamp"},
      {"UP1KYO_1370000001_43_1370000002_11_2026082510153.CSV", "the timestamp"},
      {"UP1KYO_1370000001_43_1370000002_11_20260825-11530.CSV", "the timestamp"},
  };
  for (const auto& [text, part] : kCases) {
    const auto name = ParseFileName(text);
    ASSERT_FALSE(name.ok()) << text;
    EXPECT_NE(name.status().message().find(part), absl::string_view::npos) << text;
  }
}

RC_GTEST_PROP(FileNameProperty, NamesComeBack, (bool version4)) {
  const FileKind kind =
      *rc::gen::elementOf(std::vector<FileKind>(std::begin(kFileKinds), std::end(kFileKinds)));
  const auto code = [](size_t size) {
    return *rc::gen::container<std::string>(size, rc::gen::element('0', '9', '4', 'A', 'Z'));
  };
  FileName name = {kind, "", {code(10), ""}, {code(10), ""}, "20260825101530"};
  if (LayoutOf(kind).month_in_name) name.month = "202609";
  if (version4) name.source.kind = code(2), name.destination.kind = code(2);
  const auto parsed = ParseFileName(BuildFileName(name));
  RC_ASSERT(parsed.ok());
  RC_ASSERT(*parsed == name);
}

RC_GTEST_PROP(FileNameProperty, AnyTextIsReadOrRefused, (const std::string& text)) {
  const auto parsed = ParseFileName(text + ".CSV");
  if (parsed.ok()) RC_ASSERT(BuildFileName(*parsed) == text + ".CSV");
}

}  // namespace
}  // namespace tsunagu::ltc::careplan
