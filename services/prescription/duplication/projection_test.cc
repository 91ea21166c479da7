#include "services/prescription/duplication/projection.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace tsunagu::prescription::duplication {
namespace {

const absl::CivilDay kDay(2026, 6, 1);

v1::Prescription Prescribed(const std::string& id, const std::string& issued_on = "20260601") {
  v1::Prescription prescription;
  prescription.set_id(id);
  prescription.set_status(v1::STATUS_REGISTERED);
  prescription.set_issuer("1311111111");
  prescription.set_issuer_name("つなぐ診療所");
  prescription.set_issued_on(issued_on);
  prescription.set_open_until("20260604");
  prescription.add_drugs()->set_code("612170709");
  return prescription;
}

void Dispense(const std::string& day, v1::Prescription& prescription) {
  auto& result = *prescription.add_results();
  result.set_pharmacy("1347654321");
  result.set_pharmacy_name("つなぐ薬局");
  result.set_dispensed_on(day);
  result.add_drugs()->set_code("610421321");
}

// "a/0 20260601" for each item: prescription, use, start.
std::string ItemsOf(const v1::Taking& taking) {
  std::string items;
  for (const auto& item : taking.items()) {
    absl::StrAppend(&items, item.prescription_id(), "/", item.use(), " ", item.start(), " ");
  }
  return items;
}

// RX-414
TEST(ProjectionTest, ADispensingTakesThePlaceOfWhatWasPrescribed) {
  v1::Taking taking;
  v1::Prescription prescription = Prescribed("a");
  PutPrescription(prescription, kDay, taking);
  ASSERT_EQ(ItemsOf(taking), "a/0 20260601 ");
  EXPECT_EQ(taking.items(0).until(), "20260604");
  EXPECT_EQ(taking.items(0).issuer_name(), "つなぐ診療所");
  EXPECT_EQ(taking.items(0).drugs(0).code(), "612170709");

  prescription.set_status(v1::STATUS_IN_DISPENSING);
  PutPrescription(prescription, kDay, taking);
  EXPECT_EQ(taking.items(0).until(), "");  // a pharmacy has it: it does not lapse

  prescription.set_status(v1::STATUS_DISPENSED);
  Dispense("20260602", prescription);
  PutPrescription(prescription, kDay, taking);
  ASSERT_EQ(ItemsOf(taking), "a/1 20260602 ");
  EXPECT_EQ(taking.items(0).drugs(0).code(), "610421321");
  EXPECT_EQ(taking.items(0).pharmacy_name(), "つなぐ薬局");

  // The result is cancelled: the pharmacy holds the prescription again.
  prescription.set_status(v1::STATUS_IN_DISPENSING);
  prescription.clear_results();
  PutPrescription(prescription, kDay, taking);
  EXPECT_EQ(ItemsOf(taking), "a/0 20260601 ");
}

// RX-414: refills and parts, each use on its own.
TEST(ProjectionTest, EachUseStandsOnItsOwn) {
  v1::Taking taking;
  v1::Prescription refill = Prescribed("a");
  Dispense("20260602", refill);
  PutPrescription(refill, kDay, taking);
  Dispense("20260630", refill);
  PutPrescription(refill, kDay + 29, taking);
  EXPECT_EQ(ItemsOf(taking), "a/1 20260602 a/2 20260630 ");
  refill.set_status(v1::STATUS_COLLECTED);
  PutPrescription(refill, kDay + 29, taking);
  EXPECT_EQ(ItemsOf(taking), "a/1 20260602 a/2 20260630 ");
}

// RX-414
TEST(ProjectionTest, WhatIsCancelledOrCollectedVanishes) {
  for (const auto status : {v1::STATUS_CANCELLED, v1::STATUS_COLLECTED}) {
    v1::Taking taking;
    v1::Prescription prescription = Prescribed("a");
    PutPrescription(Prescribed("b"), kDay, taking);
    PutPrescription(prescription, kDay, taking);
    prescription.set_status(status);
    PutPrescription(prescription, kDay, taking);
    EXPECT_EQ(ItemsOf(taking), "b/0 20260601 ");
  }
}

// RX-423
TEST(ProjectionTest, WhatBeganLongBeforeTheNewestChangeLeaves) {
  v1::Taking taking;
  PutPrescription(Prescribed("a", "20260601"), kDay, taking);
  PutPrescription(Prescribed("b", "20261128"), kDay + kKeptDays, taking);
  EXPECT_EQ(ItemsOf(taking), "a/0 20260601 b/0 20261128 ");
  PutPrescription(Prescribed("c", "20261129"), kDay + kKeptDays + 1, taking);
  EXPECT_EQ(ItemsOf(taking), "b/0 20261128 c/0 20261129 ");
}

TEST(ProjectionTest, ItemsStandInOrderWhateverCameFirst) {
  v1::Taking one, other;
  PutPrescription(Prescribed("a", "20260602"), kDay, one);
  PutPrescription(Prescribed("b", "20260601"), kDay, one);
  PutPrescription(Prescribed("b", "20260601"), kDay, other);
  PutPrescription(Prescribed("a", "20260602"), kDay, other);
  EXPECT_EQ(one.SerializeAsString(), other.SerializeAsString());
}

}  // namespace
}  // namespace tsunagu::prescription::duplication
