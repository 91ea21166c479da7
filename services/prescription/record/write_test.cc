#include "services/prescription/record/write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/prescription/record/check.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::record {
namespace {

using testing::All;
using ::testing::IsEmpty;
using testing::ReadSample;
using testing::ValidCj1;
using testing::ValidSj1;

TEST(WriteTest, WhatWasReadIsWrittenTheSame) {
  EXPECT_EQ(WritePrescription(*CheckPrescription(ValidSj1(), nullptr).prescription), ValidSj1());
  EXPECT_EQ(WriteDispensing(*CheckDispensing(ValidCj1(), nullptr).dispensing), ValidCj1());
}

TEST(WriteTest, TheSamplesOfTheQrRuleAreWrittenTheSame) {
  for (const char* name : {"a01_naifuku_14d.txt", "a04_fukintou.txt", "a07_bunkatsu_1of3.txt",
                           "a11_kouhi_futankubun.txt", "a14_henkoufuka_all.txt"}) {
    const std::string bytes = ReadSample(name);
    EXPECT_EQ(WritePrescription(*CheckPrescription(bytes, nullptr).prescription, Format::kJahis,
                                kQrOptions),
              bytes)
        << name;
  }
}

}  // namespace
}  // namespace tsunagu::prescription::record
