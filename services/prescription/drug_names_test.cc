#include "services/prescription/drug_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/platform/drug_master/file.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/national/jst.h"
#include "services/prescription/catalogue.h"
#include "services/prescription/given_submission.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/testing.h"
#include "services/prescription/test_documents.h"
#include "services/prescription/test_submission.h"

namespace tsunagu::prescription {
namespace {

using record::testing::ValidSj1;
using ::testing::ElementsAre;

constexpr char kMaster[] = "services/platform/drug_master/testdata/y_small.csv";

std::vector<std::string> NamesOf(const std::vector<record::Rp>& rps) {
  std::vector<std::string> names;
  for (const record::Rp& rp : rps) {
    for (const record::Drug& drug : rp.drugs) names.push_back(drug.name);
  }
  return names;
}

// The first drug is on the small master, the third is not.
std::vector<record::Rp> Unnamed() {
  const std::string text =
      Change(Change(ValidSj1(), "ノルバスク錠２．５ｍｇ", ""), "アダラートＣＲ錠２０ｍｇ", "");
  return record::CheckPrescription(text, nullptr).prescription->rps;
}

TEST(DrugNamesTest, RX580AReceiptCodeWithoutANameHasThatOfTheMaster) {
  const MasterCatalogue catalogue(drug_master::OpenMaster(kMaster).value());
  const absl::CivilDay day(2026, 6, 2);
  constexpr char kGeneric[] = "【般】ニフェジピンカプセル１０ｍｇ";
  std::vector<record::Rp> rps = Unnamed();
  NameDrugs(&catalogue, day, "（マスター）", rps);
  EXPECT_THAT(NamesOf(rps), ElementsAre("合成アムロジピン錠２．５ｍｇ（マスター）", kGeneric, ""));
  rps = Unnamed();
  NameDrugs(nullptr, day, "", rps);
  EXPECT_THAT(NamesOf(rps), ElementsAre("", kGeneric, ""));
  rps = record::CheckPrescription(ValidSj1(), nullptr).prescription->rps;
  NameDrugs(&catalogue, day, "", rps);
  EXPECT_EQ(NamesOf(rps)[0], "ノルバスク錠２．５ｍｇ");
}

// RX-570 of what was given without a registered prescription, and RX-580.
TEST(DrugNamesTest, RX580WhatWasGivenFromPaperIsNamedAndComparedTheSameWay) {
  const MasterCatalogue catalogue(drug_master::OpenMaster(kMaster).value());
  const GivenSubmitter submitter = {kPharmacy, v1::GIVEN_KIND_PAPER, kClinic,
                                    national::FormatDay(Day()), hpki::TestPki::Now()};
  const auto with = [&](absl::string_view drug) {
    const std::string text = Change(ResultText(Day()), "2,612170709,ノルバスク錠２．５ｍｇ", drug);
    return JudgeGiven(UnsignedResult(text, ""), submitter, Subjects(), &catalogue);
  };
  const GivenVerdict unnamed = with("2,612170709,");
  ASSERT_TRUE(unnamed.status().ok()) << Rules(unnamed);
  EXPECT_EQ(unnamed.content.drugs(0).name(), "合成アムロジピン錠２．５ｍｇ");
  EXPECT_EQ(Rules(with("4,2171022F9088,合成ワルファリン錠１ｍｇ").findings.record), "RX-183");
  EXPECT_EQ(Rules(with("4,2171022F9088,シンバスタチン").findings.record), "RX-570W");
  EXPECT_EQ(Rules(with("4,2171022F9088,合成アムロジピンＯＤ錠５ｍｇ").findings.record), "");
}

}  // namespace
}  // namespace tsunagu::prescription
