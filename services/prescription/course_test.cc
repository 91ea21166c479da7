#include "services/prescription/course.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/prescription/submission_time.h"

namespace tsunagu::prescription {
namespace {

v1::Course Course(v1::Course::Kind kind, int total) {
  v1::Course course;
  course.set_kind(kind);
  course.set_total(total);
  return course;
}

std::string Text(const national::Findings& findings) {
  std::string text;
  for (const national::Finding& finding : findings) {
    absl::StrAppend(&text, finding.rule, "@", finding.field, " ");
  }
  return text;
}

struct Seen {
  std::string findings;
  v1::Event::Dispensed event;
};

Seen Read(const record::Dispensing& result, const v1::Course& course, int due) {
  Seen seen;
  national::Findings findings;
  ReadUse(result, course, due, seen.event, findings);
  seen.findings = Text(findings);
  return seen;
}

record::Dispensing Refill(int count, int end, std::optional<absl::CivilDay> next = std::nullopt) {
  record::Dispensing result;
  result.refill = record::RefillUse{count, end, next};
  return result;
}

record::Dispensing Part(int total, int index) {
  record::Dispensing result;
  result.split = record::Split{total, index};
  return result;
}

TEST(CourseTest, RX065AUseOfARefillGoesOnUntilItSaysThatItEnds) {
  const v1::Course refill = Course(v1::Course::KIND_REFILL, 3);
  const absl::CivilDay next(2028, 2, 29);
  const Seen goes_on = Read(Refill(1, 2, next), refill, 1);
  EXPECT_EQ(goes_on.findings, "");
  EXPECT_TRUE(goes_on.event.more());
  EXPECT_EQ(goes_on.event.use(), 1);
  EXPECT_EQ(goes_on.event.next_on(), "20280229");
  const Seen ends = Read(Refill(2, 1), refill, 2);
  EXPECT_EQ(ends.findings, "");
  EXPECT_FALSE(ends.event.more());
  EXPECT_EQ(Read(Refill(2, 2, next), refill, 1).findings, "RX-065@521.count ");
  EXPECT_EQ(Read(Refill(1, 2), refill, 1).findings, "RX-065@521.next_day ");
  EXPECT_EQ(Read(Refill(3, 2, next), refill, 3).findings, "RX-065@521.end ");
  EXPECT_EQ(Read({}, refill, 1).findings, "RX-065@521 ");
}

// RX-542, RX-543
TEST(CourseTest, TheNextUseComesAfterThisOneAndWithinAYear) {
  const v1::Course refill = Course(v1::Course::KIND_REFILL, 3);
  const absl::CivilDay dispensed(2027, 3, 1);
  const auto findings = [&](absl::CivilDay next, int end = 2) {
    record::Dispensing result = Refill(1, end, next);
    result.dispensed_day = dispensed;
    return Read(result, refill, 1).findings;
  };
  EXPECT_EQ(findings(dispensed + 1), "");
  EXPECT_EQ(findings(dispensed), "RX-542@521.next_day ");
  EXPECT_EQ(findings(absl::CivilDay(2026, 4, 1)), "RX-542@521.next_day ");
  EXPECT_EQ(findings(dispensed + kMaxDaysToNextUse), "");
  EXPECT_EQ(findings(dispensed + kMaxDaysToNextUse + 1), "RX-543@521.next_day ");
  EXPECT_EQ(findings(dispensed, /*end=*/1), "");  // it ends: no day counts
}

TEST(CourseTest, RX067APartIsTheOneThatIsDue) {
  const v1::Course split = Course(v1::Course::KIND_SPLIT, 2);
  EXPECT_EQ(Read(Part(2, 1), split, 1).findings, "");
  EXPECT_TRUE(Read(Part(2, 1), split, 1).event.more());
  EXPECT_FALSE(Read(Part(2, 2), split, 2).event.more());
  EXPECT_EQ(Read(Part(3, 2), split, 1).findings, "RX-067@63.total RX-067@63.part ");
  EXPECT_EQ(Read({}, split, 1).findings, "RX-067@63 ");
}

// RX-065, RX-067
TEST(CourseTest, WhatIsDispensedOnceHasNeitherUsesNorParts) {
  EXPECT_EQ(Read({}, {}, 1).findings, "");
  EXPECT_FALSE(Read({}, {}, 1).event.more());
  EXPECT_EQ(Read(Refill(1, 1), {}, 1).findings, "RX-065@521 ");
  EXPECT_EQ(Read(Part(2, 1), {}, 1).findings, "RX-067@63 ");
}

// RX-065, RX-067
TEST(CourseTest, TheCourseStandsInThePrescription) {
  national::Findings findings;
  record::Prescription prescription;
  EXPECT_FALSE(ReadCourse(prescription, findings).has_value());
  prescription.split = record::Split{3, 1};
  EXPECT_EQ(ReadCourse(prescription, findings)->kind(), v1::Course::KIND_SPLIT);
  EXPECT_EQ(Text(findings), "");
  prescription.split->index = 2;
  EXPECT_EQ(ReadCourse(prescription, findings)->total(), 3);
  EXPECT_EQ(Text(findings), "RX-067@63.part ");
  prescription.split.reset();
  prescription.refill_total = 2;
  EXPECT_EQ(ReadCourse(prescription, findings)->kind(), v1::Course::KIND_REFILL);
}

}  // namespace
}  // namespace tsunagu::prescription
