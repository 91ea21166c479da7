#include "services/platform/drug_master/master.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/finding.h"

namespace tsunagu::drug_master {
namespace {

using absl::CivilDay;
using national::Finding;
using national::Findings;

std::string SmallMaster() {
  std::ifstream file("services/platform/drug_master/testdata/y_small.csv", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A row with values at 1-based columns, the others empty.
std::string Row(const std::map<int, std::string>& values, size_t columns = 42) {
  std::vector<std::string> row(columns, "\"\"");
  row[1] = "\"Y\"";
  for (const auto& [column, value] : values) row[column - 1] = absl::StrCat("\"", value, "\"");
  return absl::StrCat(absl::StrJoin(row, ","), "\r\n");
}

std::string NewDrug(absl::string_view name, absl::string_view since) {
  return Row({{1, "3"},
              {3, "620000001"},
              {5, std::string(name)},
              {10, "錠"},
              {17, "1"},
              {28, "1"},
              {30, std::string(since)},
              {31, "99999999"},
              {32, "1111111F1011"},
              {34, "0"}});
}

constexpr CivilDay kMay2026(2026, 5, 12);
constexpr char kCode[] = "620000001";

// "MH-082 1 y[3]" for each finding of a load.
std::vector<std::string> Told(DrugMaster* master, absl::string_view bytes) {
  std::vector<std::string> told;
  for (const Finding& f : master->Load(bytes)) {
    told.push_back(absl::StrCat(f.rule, " ", f.record, " ", f.field));
  }
  return told;
}

using Strings = std::vector<std::string>;

TEST(DrugMasterTest, LoadsTheSmallMaster) {
  DrugMaster master;
  EXPECT_TRUE(master.Load(SmallMaster()).empty());
  EXPECT_EQ(master.size(), 60u);
  const auto drug = master.Find("620007818", kMay2026);
  ASSERT_TRUE(drug.has_value());
  EXPECT_EQ(drug->name, "合成アムロジピンＯＤ錠５ｍｇ");
  EXPECT_EQ(drug->unit, "錠");
  EXPECT_EQ(drug->price_code, "2171022F9901");
  EXPECT_EQ(drug->generic_code, "2171022F4ZZZ");
  EXPECT_EQ(drug->generic_name, "【般】合成アムロジピン口腔内崩壊錠５ｍｇ");
  EXPECT_EQ(drug->form, DrugForm::kOral);
  EXPECT_TRUE(drug->is_generic);
  EXPECT_TRUE(drug->in_use);
}

TEST(DrugMasterTest, TellsWhatIsUnderControl) {
  DrugMaster master;
  const std::pair<const char*, DrugControl> kControls[] = {{"0", DrugControl::kNone},
                                                           {"1", DrugControl::kNarcotic},
                                                           {"2", DrugControl::kPoison},
                                                           {"3", DrugControl::kStimulantMaterial},
                                                           {"5", DrugControl::kPsychotropic}};
  for (const auto& [column, control] : kControls) {
    EXPECT_TRUE(master.Load(Row({{1, "3"}, {3, kCode}, {5, "甲"}, {14, column}})).empty());
    EXPECT_EQ(master.Find(kCode, kMay2026)->control, control) << column;
  }
}

TEST(DrugMasterTest, EveryVersionIsToldWithItsCode) {
  DrugMaster master;
  master.Load(NewDrug("甲錠", "20240401"));
  master.Load(NewDrug("乙錠", "20250401"));
  Strings told;
  master.ForEachVersion([&](absl::string_view code, const Drug& drug) {
    told.push_back(absl::StrCat(code, " ", drug.name));
  });
  EXPECT_EQ(told, (Strings{"620000001 甲錠", "620000001 乙錠"}));
}

TEST(DrugMasterTest, KnowsEveryDrugOfTheSampleReceipts) {
  DrugMaster master;
  master.Load(SmallMaster());
  for (const char* code : {"620007818", "612450118", "622381201", "620007813", "612170709"}) {
    EXPECT_TRUE(master.Find(code, kMay2026).has_value()) << code;
  }
}

TEST(DrugMasterTest, BrandsMayShareAPriceListCode) {
  DrugMaster master;
  master.Load(SmallMaster());
  EXPECT_EQ(master.Find("620007818", kMay2026)->price_code,
            master.Find("621959501", kMay2026)->price_code);
}

TEST(DrugMasterTest, CodesThatNoFileNamedAreUnknown) {
  DrugMaster master;
  master.Load(SmallMaster());
  for (const char* code : {"629999999", "", "62000781", "abc", "6200078180", "62000781x"}) {
    EXPECT_FALSE(master.Find(code, kMay2026).has_value()) << code;
  }
}

TEST(DrugMasterTest, FormsAreThoseOfTheMaster) {
  const std::pair<const char*, DrugForm> kForms[] = {
      {"1", DrugForm::kOral},     {"3", DrugForm::kOther},  {"4", DrugForm::kInjection},
      {"6", DrugForm::kExternal}, {"8", DrugForm::kDental}, {"", DrugForm::kUnknown}};
  for (const auto& [form, expected] : kForms) {
    DrugMaster master;
    master.Load(Row({{1, "0"}, {3, kCode}, {5, "x"}, {28, form}}));
    EXPECT_EQ(master.Find(kCode, kMay2026)->form, expected) << form;
  }
}

TEST(DrugMasterTest, MH080RowsOfAllThreeLengthsAreRead) {
  for (const size_t columns : {35u, 40u, 42u}) {
    DrugMaster master;
    EXPECT_EQ(Told(&master, Row({{1, "0"}, {3, kCode}, {5, "薬"}}, columns)), Strings{}) << columns;
    EXPECT_EQ(master.Find(kCode, kMay2026)->name, "薬");
  }
  DrugMaster master;
  EXPECT_EQ(Told(&master, Row({{1, "0"}, {3, kCode}, {5, "薬"}}, 41)), Strings{"MH-080 1 y"});
  EXPECT_EQ(master.size(), 0u);
}

TEST(DrugMasterTest, BrokenRowsAreToldAndTheOthersCount) {
  DrugMaster master;
  const std::string rows =
      absl::StrCat(Row({{1, "0"}, {2, "S"}, {3, kCode}, {5, "x"}}),          // MH-081
                   Row({{1, "0"}, {3, "720000001"}, {5, "x"}}),              // MH-082
                   Row({{1, "2"}, {3, kCode}, {5, "x"}}),                    // MH-083
                   Row({{1, "0"}, {3, kCode}, {5, "x"}, {31, "20260230"}}),  // MH-084
                   Row({{1, "0"}, {3, "620000002"}, {5, "y"}, {34, "0"}}));
  EXPECT_EQ(Told(&master, rows),
            (Strings{"MH-081 1 y[2]", "MH-082 2 y[3]", "MH-083 3 y[1]", "MH-084 4 y[31]"}));
  EXPECT_EQ(master.size(), 1u);
}

TEST(DrugMasterTest, MH085EitherEncodingIsRead) {
  const std::string cp932 = SmallMaster();
  DrugMaster master;
  EXPECT_TRUE(master.Load(*national::Cp932ToUtf8(cp932)).empty());
  EXPECT_EQ(master.Find("620007818", kMay2026)->unit, "錠");
  EXPECT_EQ(Told(&master, "\x81\xFF\x80"), Strings{"MH-085 0 "});
}

TEST(DrugMasterTest, MH086BlankIsUnchangedInChanges) {
  DrugMaster master;
  master.Load(NewDrug("合成薬", "20240401"));
  EXPECT_EQ(Told(&master, Row({{1, "5"}, {3, kCode}, {30, "20250630"}, {34, "20250930"}})),
            Strings{});
  const auto drug = master.Find(kCode, CivilDay(2025, 9, 30));
  EXPECT_EQ(drug->name, "合成薬");
  EXPECT_EQ(drug->unit, "錠");
  EXPECT_EQ(drug->price_code, "1111111F1011");
  EXPECT_TRUE(drug->is_generic);
  EXPECT_TRUE(drug->in_use);
  EXPECT_FALSE(master.Find(kCode, CivilDay(2025, 10, 1))->in_use);
}

TEST(DrugMasterTest, MH086ChangesOfUnknownDrugsAreTold) {
  DrugMaster master;
  EXPECT_EQ(Told(&master, Row({{1, "5"}, {3, kCode}, {34, "20250930"}})), Strings{"MH-086 1 y[3]"});
  EXPECT_EQ(master.size(), 0u);
}

TEST(DrugMasterTest, MH089AFileOfChangesOnlyIsADifferenceFile) {
  const std::string added = NewDrug("新", "20260101");
  const auto of = [](const char* change) { return Row({{1, change}, {3, kCode}}); };
  DrugMaster difference;
  EXPECT_FALSE(difference.IsDifference());  // of nothing
  difference.Load(
      absl::StrCat(added, of("5"), of("5"), of("5"), of("9"), of("9"), of("1"), of("2")));
  EXPECT_TRUE(difference.IsDifference());
  EXPECT_EQ(difference.rows().added, 1u);
  EXPECT_EQ(difference.rows().changed, 3u);
  EXPECT_EQ(difference.rows().discontinued, 2u);
  EXPECT_EQ(difference.rows().deleted, 1u);
  EXPECT_EQ(difference.rows().unchanged, 0u);

  DrugMaster full;  // has changes, too
  full.Load(absl::StrCat(of("5"), Row({{1, "0"}, {3, kCode}, {5, "x"}})));
  EXPECT_FALSE(full.IsDifference());
  EXPECT_EQ(full.rows().unchanged, 1u);
  EXPECT_EQ(full.rows().changed, 1u);
}

// MH-087
TEST(DrugMasterTest, MH087NamesAreThoseOfTheServiceDate) {
  DrugMaster master;
  master.Load(NewDrug("旧名", "20240401"));
  master.Load(Row({{1, "5"}, {3, kCode}, {5, "新名"}, {30, "20250630"}}));
  EXPECT_EQ(master.Find(kCode, CivilDay(2020, 1, 1))->name, "旧名");
  EXPECT_EQ(master.Find(kCode, CivilDay(2025, 6, 29))->name, "旧名");
  EXPECT_EQ(master.Find(kCode, CivilDay(2025, 6, 30))->name, "新名");
  EXPECT_EQ(master.size(), 1u);
}

TEST(DrugMasterTest, MH087TheSameDayIsReplacedAndAnOlderFileGoesBefore) {
  DrugMaster master;
  master.Load(NewDrug("二", "20250401"));
  master.Load(NewDrug("二改", "20250401"));
  master.Load(NewDrug("一", "20240401"));
  EXPECT_EQ(master.Find(kCode, CivilDay(2024, 5, 1))->name, "一");
  EXPECT_EQ(master.Find(kCode, CivilDay(2025, 5, 1))->name, "二改");
}

TEST(DrugMasterTest, MH087LoadingAFileAgainChangesNothing) {
  DrugMaster master;
  master.Load(SmallMaster());
  master.Load(SmallMaster());
  EXPECT_EQ(master.size(), 60u);
  EXPECT_EQ(master.Find("612450118", kMay2026)->name, "合成プレドニゾロン錠５ｍｇ");
}

// MH-088
TEST(DrugMasterTest, MH088WithdrawnDrugsKeepTheirNames) {
  DrugMaster master;
  master.Load(NewDrug("合成薬", "20240401"));
  master.Load(Row({{1, "9"}, {3, kCode}, {30, "20260401"}, {31, "20260331"}}));
  EXPECT_TRUE(master.Find(kCode, CivilDay(2026, 3, 31))->in_use);
  EXPECT_EQ(master.Find(kCode, kMay2026)->name, "合成薬");
  EXPECT_FALSE(master.Find(kCode, kMay2026)->in_use);
}

TEST(DrugMasterTest, MH088DeletedDrugsKeepTheirNames) {
  DrugMaster master;
  master.Load(NewDrug("合成薬", "20240401"));
  master.Load(Row({{1, "1"}, {3, kCode}, {30, "20260401"}}));
  EXPECT_EQ(master.Find(kCode, kMay2026)->name, "合成薬");
  EXPECT_FALSE(master.Find(kCode, kMay2026)->in_use);
}

TEST(DrugMasterTest, BrokenFilesNeverCrash) {
  const std::string whole = SmallMaster().substr(0, 1500);
  for (size_t at = 0; at < whole.size(); ++at) {
    DrugMaster cut;
    cut.Load(absl::string_view(whole).substr(0, at));
    EXPECT_LE(cut.size(), 60u);
    std::string broken = whole;
    broken[at] = static_cast<char>(broken[at] ^ 0x82);
    DrugMaster master;
    master.Load(broken);
    EXPECT_LE(master.size(), 60u);
  }
}

}  // namespace
}  // namespace tsunagu::drug_master
