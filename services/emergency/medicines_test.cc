#include "services/emergency/medicines.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "absl/strings/str_cat.h"

namespace tsunagu::emergency {
namespace {

using tsunagu::common::v1::Drug;
using tsunagu::emergency::v1::GetSummaryResponse;
using tsunagu::emergency::v1::Medicine;
using tsunagu::medication::v1::Dispensing;

drug_master::DrugMaster SmallMaster() {
  std::ifstream file("services/platform/drug_master/testdata/y_small.csv", std::ios::binary);
  drug_master::DrugMaster drugs;
  drugs.Load(std::string(std::istreambuf_iterator<char>(file), {}));
  return drugs;
}

Drug ReceiptDrug(const std::string& code, const std::string& amount, const std::string& name = "") {
  Drug drug;
  drug.set_code_kind(2);
  drug.set_code(code);
  drug.set_amount(amount);
  drug.set_name(name);
  return drug;
}

Drug NamedDrug(const std::string& name) {
  Drug drug;
  drug.set_code_kind(1);
  drug.set_name(name);
  return drug;
}

void Add(GetSummaryResponse& summary, const std::string& day, const std::string& facility,
         const std::vector<Drug>& drugs) {
  Dispensing& dispensing = *summary.add_dispensings();
  dispensing.set_dispensed_on(day);
  dispensing.set_facility(facility);
  for (const Drug& drug : drugs) *dispensing.add_drugs() = drug;
}

// "code or name, last day, times, amounts of the last day, facilities".
std::vector<std::string> Lines(const GetSummaryResponse& summary) {
  std::vector<std::string> lines;
  for (const Medicine& medicine : summary.medicines()) {
    std::string line = absl::StrCat(
        medicine.latest(0).code().empty() ? medicine.name() : medicine.latest(0).code(), " ",
        medicine.dispensed_on(), " x", medicine.times());
    for (const Drug& drug : medicine.latest()) absl::StrAppend(&line, " ", drug.amount());
    for (const std::string& facility : medicine.facilities()) absl::StrAppend(&line, " ", facility);
    lines.push_back(line);
  }
  return lines;
}

// EM-020
TEST(MedicinesTest, EM020EveryDrugIsOneLineWithItsLastDispensing) {
  GetSummaryResponse summary;
  Add(summary, "20261120", "P", {ReceiptDrug("1", "3"), ReceiptDrug("2", "5")});
  Add(summary, "20261020", "Q", {ReceiptDrug("3", "7"), ReceiptDrug("1", "2")});
  Add(summary, "20260920", "P", {ReceiptDrug("1", "1")});
  AddMedicines(nullptr, summary);
  EXPECT_EQ(Lines(summary), (std::vector<std::string>{"1 20261120 x3 3 P", "2 20261120 x1 5 P",
                                                      "3 20261020 x1 7 Q"}));
}

TEST(MedicinesTest, EM020ATaperAndTwoPharmaciesOnOneDayKeepAllTheirLines) {
  GetSummaryResponse summary;
  Add(summary, "20261120", "Q", {ReceiptDrug("1", "4"), ReceiptDrug("1", "2")});
  Add(summary, "20261120", "P", {ReceiptDrug("1", "1")});
  AddMedicines(nullptr, summary);
  EXPECT_EQ(Lines(summary), std::vector<std::string>{"1 20261120 x2 4 2 1 P Q"});
}

TEST(MedicinesTest, EM020WhatOnlyMightBeTheSameStaysApart) {
  GetSummaryResponse summary;
  Drug yj = ReceiptDrug("1", "1");
  yj.set_code_kind(4);
  Add(summary, "20261120", "P",
      {ReceiptDrug("1", "1"), yj, NamedDrug("A"), NamedDrug("A"), NamedDrug(""), NamedDrug("")});
  AddMedicines(nullptr, summary);
  EXPECT_EQ(summary.medicines_size(), 5);
}

// EM-021
TEST(MedicinesTest, EM021NamesAndGenericNamesComeFromTheMaster) {
  const auto drugs = SmallMaster();
  GetSummaryResponse summary;
  Add(summary, "20261120", "P",
      {ReceiptDrug("620007818", "1"), ReceiptDrug("612170709", "1", "先生の書いた名"),
       ReceiptDrug("699999999", "1")});
  AddMedicines(&drugs, summary);
  ASSERT_EQ(summary.medicines_size(), 3);
  EXPECT_EQ(summary.medicines(0).name(), "合成アムロジピンＯＤ錠５ｍｇ");
  EXPECT_EQ(summary.medicines(0).generic_name(), "【般】合成アムロジピン口腔内崩壊錠５ｍｇ");
  EXPECT_EQ(summary.medicines(1).name(), "先生の書いた名");
  EXPECT_EQ(summary.medicines(1).generic_name(), "【般】合成アムロジピン錠２．５ｍｇ");
  EXPECT_EQ(summary.medicines(2).name(), "");
}

TEST(MedicinesTest, EM021ACodeOfAnotherSystemIsNotLookedUp) {
  const auto drugs = SmallMaster();
  GetSummaryResponse summary;
  Drug drug = ReceiptDrug("620007818", "1");
  drug.set_code_kind(4);
  Add(summary, "20261120", "P", {drug});
  AddMedicines(&drugs, summary);
  EXPECT_EQ(summary.medicines(0).name(), "");
}

RC_GTEST_PROP(MedicinesProperty, NoDrugIsLost, ()) {
  GetSummaryResponse summary;
  std::set<std::string> given;
  for (int n = *rc::gen::inRange(0, 10); n > 0; --n) {
    std::vector<Drug> drugs;
    for (int m = *rc::gen::inRange(0, 4); m > 0; --m) {
      drugs.push_back(ReceiptDrug(absl::StrCat(*rc::gen::inRange(1, 6)), "1"));
      given.insert(drugs.back().code());
    }
    Add(summary, absl::StrCat("202611", 10 + n), "P", drugs);
  }
  AddMedicines(nullptr, summary);
  std::set<std::string> shown;
  for (const Medicine& medicine : summary.medicines()) {
    RC_ASSERT(shown.insert(medicine.latest(0).code()).second);
  }
  RC_ASSERT(shown == given);
}

}  // namespace
}  // namespace tsunagu::emergency
