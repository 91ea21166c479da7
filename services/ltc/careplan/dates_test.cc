#include "services/ltc/careplan/dates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/ltc/careplan/check.h"
#include "services/ltc/careplan/samples.h"

namespace tsunagu::ltc::careplan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Found(const InputFile& file) {
  return Texts(CheckFile(*ParseFileName(file.name), file.bytes).findings);
}

// The plan of the sample, sent 2026-08-25, for another month.
std::vector<std::string> FoundForMonth(InputFile file, const std::string& month) {
  file.name = absl::StrReplaceAll(file.name, {{"_202609_", "_" + month + "_"}});
  file = With(file, 0, "month", month);
  return Found(file);
}

TEST(DatesTest, LTC130ActualsAreOfNoMonthToCome) {
  const InputFile file = DeleteActualsSample()[0];  // sent 2026-10-01
  EXPECT_THAT(FoundForMonth(file, "202610"), IsEmpty());
  EXPECT_THAT(FoundForMonth(file, "202611"), ElementsAre("LTC-130:0:DLTJSK"));
}

TEST(DatesTest, LTC131AnActualServiceOfADayToComeIsAWarning) {
  InputFile file = ActualsSample()[0];
  file.name = absl::StrReplaceAll(file.name, {{"20261001090000", "20260906090000"}});
  const CheckedFile checked = CheckFile(*ParseFileName(file.name), file.bytes);
  EXPECT_FALSE(national::HasErrors(checked.findings));
  EXPECT_THAT(Texts(checked.findings), ::testing::Contains("LTC-131:2:UPJSK.service_date"));
}

TEST(DatesTest, LTC132LTC133APlanIsForTheNextMonthAndNeverForOneFarAhead) {
  for (const auto& [month, found] :
       std::vector<std::pair<const char*, const char*>>{{"202609", ""},
                                                        {"202610", "LTC-132:0:DLTPLAN"},
                                                        {"202708", "LTC-132:0:DLTPLAN"},
                                                        {"202709", "LTC-133:0:DLTPLAN"},
                                                        {"209912", "LTC-133:0:DLTPLAN"}}) {
    const auto texts = FoundForMonth(DeleteMonthPlanSample()[0], month);
    if (*found == '\0') {
      EXPECT_THAT(texts, IsEmpty()) << month;
    } else {
      EXPECT_THAT(texts, ElementsAre(found)) << month;
    }
  }
}

TEST(DatesTest, LTC134LTC135WhatWasDoneWasNotDoneInTheFuture) {
  const InputFile file = CarePlanSample()[0];  // sent 2026-08-25
  for (const char* column : {"created_on", "plan_date", "first_plan_date", "cert_date"}) {
    const std::string place = absl::StrCat(":1:UP1KYO.", column);
    EXPECT_THAT(Found(With(file, 0, column, "20260825")), IsEmpty());
    EXPECT_THAT(Found(With(file, 0, column, "20260901")), ElementsAre("LTC-134" + place));
    EXPECT_THAT(Found(With(file, 0, column, "20270831")), ElementsAre("LTC-134" + place));
    EXPECT_THAT(Found(With(file, 0, column, "20270901")), ElementsAre("LTC-135" + place));
    EXPECT_THAT(Found(With(file, 0, column, "20990101")), ElementsAre("LTC-135" + place));
  }
}

TEST(DatesTest, LTC134ADateOfManyRecordsIsOneFinding) {
  InputFile file = CarePlanSample()[2];
  file = With(With(file, 0, "created_on", "20260901"), 1, "created_on", "20260901");
  EXPECT_THAT(Found(file), ElementsAre("LTC-134:1:UP3KYO.created_on"));
}

TEST(DatesTest, ACertificationMayEndYearsAhead) {
  EXPECT_THAT(Found(With(CarePlanSample()[0], 0, "cert_to", "20300331")), IsEmpty());
}

}  // namespace
}  // namespace tsunagu::ltc::careplan
