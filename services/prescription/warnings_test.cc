#include "services/prescription/warnings.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/prescription/prescription.h"
#include "services/prescription/submission_rules.h"

namespace tsunagu::prescription {
namespace {

std::string Text(const national::Findings& findings) {
  std::string text;
  for (const national::Finding& one : findings) {
    EXPECT_EQ(one.severity, kWarning);
    absl::StrAppend(&text, one.rule, "@", one.field, " ", one.text_ja, "\n");
  }
  return text;
}

// RX-056
TEST(Warnings, WhatTheRegistrationWarnedOfStaysWithThePrescription) {
  DocumentFindings findings;
  Report(kRuleSignerName, "5", findings.signature);
  Report(kRuleName, "11", findings.record);
  Report(kRuleKnown, "23", findings.record);
  Report(kRuleNotValid, "23", findings.record);
  Event event;
  event.mutable_registered()->set_prescription_id("p-1");
  KeepWarnings(findings, *event.mutable_registered());
  const State state = Evolve({}, event, {});
  EXPECT_EQ(Text(KeptWarnings(state)),
            absl::StrCat("RX-051@5 ", kRuleSignerName.text_ja, "\nRX-047@11 ", kRuleName.text_ja,
                         "\nRX-048@23 ", kRuleKnown.text_ja, "\nRX-052@23 ", kRuleNotValid.text_ja,
                         "\n"));
}

// RX-054
TEST(Warnings, ARepeatIsWarnedOfWhatTheFirstWas) {
  State state;
  for (const char* rule : {"RX-051", "RX-048"}) state.add_warnings(rule);
  DocumentFindings judged_anew;
  Report(kRulePatient, "23", judged_anew.record);
  Report(kRuleName, "11", judged_anew.record);
  RecallWarnings(state, judged_anew);
  EXPECT_EQ(Text(judged_anew.signature), absl::StrCat("RX-051@5 ", kRuleSignerName.text_ja, "\n"));
  EXPECT_EQ(Text(judged_anew.record), absl::StrCat("RX-034@23 ", kRulePatient.text_ja,
                                                   "\nRX-048@23 ", kRuleKnown.text_ja, "\n"));
}

// RX-056
TEST(Warnings, NothingElseIsKept) {
  DocumentFindings findings;
  Report(kRulePatient, "23", findings.record);
  v1::Event::Registered event;
  KeepWarnings(findings, event);
  EXPECT_EQ(event.warnings_size(), 0);
  State state;
  EXPECT_TRUE(KeptWarnings(state).empty());  // of an old event
  state.add_warnings("RX-034");
  EXPECT_TRUE(KeptWarnings(state).empty());
}

}  // namespace
}  // namespace tsunagu::prescription
