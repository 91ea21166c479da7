// What the commands about prescriptions tell, against the test gateway.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/hpki/xades/document.h"
#include "tools/cli/files.h"
#include "tools/cli/program.h"
#include "tools/cli/test_app.h"
#include "tsunagu/prescription/v1/copy.pb.h"
#include "tsunagu/prescription/v1/facility.pb.h"
#include "tsunagu/prescription/v1/given.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::cli {
namespace {

// RX-411, RX-422: accepting an electronic prescription checks it; a check that fails is told, and
// the acceptance stands.
TEST_F(AppTest, AnAcceptedPrescriptionIsChecked) {
  constexpr char kAccept[] =
      "prescription accept --id p-1 --command-id command-1 --force --out $T/o";
  gateway_.Answer(R"(prescription_id: "p-1" issue_type: ISSUE_TYPE_ELECTRONIC document: "x")", 2);
  const Done done = Run(kAccept);
  EXPECT_EQ(done.status, Program::kDone) << done.err;
  ASSERT_EQ(gateway_.calls().size(), 2u);
  EXPECT_NE(gateway_.calls()[1].find(R"(CheckAcceptance prescription_id: "p-1")"),
            std::string::npos);
  EXPECT_NE(done.out.find("受付は済んでいます"), std::string::npos) << done.out;
  EXPECT_EQ(ReadFile(Temporary("o")).value(), "x");
  gateway_.Answer(R"(prescription_id: "p-1" issue_type: ISSUE_TYPE_PAPER document: "x")");
  EXPECT_EQ(Run(kAccept).status, Program::kDone);
  EXPECT_EQ(gateway_.calls().size(), 1u);
}

// CL-046
TEST_F(AppTest, WhatTheCheckFoundStandsBeforeTheDocument) {
  gateway_.Answer(R"(prescription_id: "p-1" issue_type: ISSUE_TYPE_ELECTRONIC document: "x")", 2);
  const Done done = Run("prescription accept --id p-1 --force --out $T/o");
  const size_t check = done.out.find("受付は済んでいます");
  ASSERT_NE(check, std::string::npos) << done.out;
  EXPECT_LT(check, done.out.find("処方箋ID id")) << done.out;
}

// CL-046
TEST_F(AppTest, WhatIsDispensedOfARefillIsToldWithTheDaysOfTheNextUse) {
  gateway_.Answer(R"(result_id: "r-1" status: STATUS_REGISTERED use: 1
      course { kind: KIND_REFILL total: 3 } accept_from: "20260601" accept_until: "20260615")");
  for (const char* words :
       {"prescription dispense p-1 $T/document", "prescription change-result p-1 $T/document"}) {
    const Done done = Run(words);
    for (const char* part : {"リフィル 1 / 3", "2026-06-01", "2026-06-15"}) {
      EXPECT_NE(done.out.find(part), std::string::npos) << done.out;
    }
  }
}

// CL-046
TEST_F(AppTest, SeveralPrescriptionsDispensedAtOnceAreToldHowTheyStand) {
  constexpr char kTogether[] = "prescription dispense-together $T/document p-1 p-2";
  gateway_.Answer("statuses: STATUS_DISPENSED statuses: STATUS_DISPENSED");
  EXPECT_EQ(Run(kTogether).out, "状態 status  調剤済み (dispensed)\n");
  gateway_.Answer("repeated: true statuses: STATUS_DISPENSED statuses: STATUS_IN_DISPENSING");
  const Done done = Run(kTogether);
  EXPECT_NE(done.out.find("status now: 調剤中"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("調剤済み (dispensed), 調剤中"), std::string::npos) << done.out;
}

// CL-048
TEST_F(AppTest, AFacilityFollowsWhatItHasIssuedToday) {
  gateway_.Answer(R"(prescriptions { prescription_id: "p-1" } next_page_token: "n")", 2);
  const Done done = Run("prescription watch --issued");
  ASSERT_EQ(gateway_.calls().size(), 2u);
  EXPECT_NE(gateway_.calls()[0].find("ListIssued page_size: 100"), std::string::npos);
  EXPECT_NE(gateway_.calls()[1].find(R"(Watch prescriptions { prescription_id: "p-1" })"),
            std::string::npos);
  EXPECT_NE(done.err.find("there are more"), std::string::npos) << done.err;
  gateway_.Answer("left_off: 0");
  EXPECT_EQ(Run("prescription watch --issued").status, Program::kDone);
  EXPECT_EQ(gateway_.calls().size(), 1u);
  EXPECT_EQ(Run("prescription watch").status, Program::kWrongUsage);
  EXPECT_EQ(Run("prescription watch p-1 --issued").status, Program::kWrongUsage);
}

// CL-054
TEST_F(AppTest, AUseOfARefillThatIsDoneDoesNotLookLikeAReturn) {
  gateway_.Answer(R"(prescription_id: "p-1" version: 3 status: STATUS_REGISTERED uses: 1
      course { kind: KIND_REFILL total: 3 } accept_from: "20260601" accept_until: "20260615")");
  const Done done = Run("prescription watch p-1");
  for (const char* part : {"リフィル 1 / 3", "次回 next 2026-06-01 – 2026-06-15"}) {
    EXPECT_NE(done.out.find(part), std::string::npos) << done.out;
  }
  gateway_.Answer(R"(prescription_id: "p-1" version: 3 accept_until: "20260615")");
  EXPECT_EQ(Run("prescription watch p-1").out.find("次回"), std::string::npos);
}

// CL-053
TEST_F(AppTest, OfWhatCannotBeUsedNoCopyIsMade) {
  ASSERT_TRUE(WriteFile(Temporary("record"), kSj1).ok());
  ASSERT_EQ(Run("prescription sign $T/record --force --out $T/copied").status, Program::kDone);
  const char* words = "prescription register $T/copied --copy $T/out --command-id command-1";
  gateway_.Answer(R"(prescription_id: "p-1" access_code: "1" status: STATUS_CANCELLED)");
  const Done cancelled = Run(words);
  EXPECT_EQ(cancelled.status, Program::kDone) << cancelled.err;
  EXPECT_NE(cancelled.out.find("控えは作成していません"), std::string::npos) << cancelled.out;
  EXPECT_FALSE(ReadFile(Temporary("out")).ok());
  gateway_.Answer(R"(prescription_id: "p-1" access_code: "1" status: STATUS_EXPIRED)");
  EXPECT_NE(Run(words).out.find("使用期限が過ぎています"), std::string::npos);
  EXPECT_FALSE(ReadFile(Temporary("out")).ok());
  gateway_.Answer(R"(prescription_id: "p-1" access_code: "1" status: STATUS_REGISTERED)");
  EXPECT_EQ(Run(words).status, Program::kDone);
  EXPECT_TRUE(ReadFile(Temporary("out")).ok());
}

// CL-052
TEST_F(AppTest, ThatEarlierInsuranceWasNotLookedAtIsSaid) {
  gateway_.Answer("drugs: 7");
  const Done one = Run("prescription prepare --insurer 01130012 --number 10");
  EXPECT_NE(one.out.find("以前の保険証の分は含みません"), std::string::npos) << one.out;
  const Done all = Run("prescription prepare --context $T/context");
  EXPECT_EQ(all.out.find("以前の保険証"), std::string::npos) << all.out;
}

// CL-056
TEST_F(AppTest, WhoIsNotFoundByNumberIsToldOfEarlierInsurance) {
  gateway_.Answer("");
  gateway_.RefuseWith(
      ErrorBuilder(absl::StatusCode::kNotFound, "PRESCRIPTION_NOT_FOUND", "x").Rule("RX-050"));
  const Done done = Run("--json prescription accept --code 123456 --number 10 --out $T/out");
  EXPECT_EQ(done.status, Program::kRefused);
  const auto error = nlohmann::json::parse(done.out)["error"];
  EXPECT_EQ(error["rule"], "RX-050");
  EXPECT_EQ(error["fields"][0]["field"], "--code") << done.out;
  EXPECT_NE(done.out.find("以前の保険証の番号で"), std::string::npos) << done.out;
  const Done by_id = Run("--json prescription accept --id p-1 --out $T/out");
  EXPECT_EQ(by_id.out.find("以前の保険証"), std::string::npos) << by_id.out;
}

// CL-057
TEST_F(AppTest, OfAPersonRegistrationsAreKnownOnly) {
  gateway_.Answer("known: false");
  const Done person = Run("prescription command command-1 --insurer 01130012 --number 10");
  EXPECT_NE(person.out.find("登録（register）の中に"), std::string::npos) << person.out;
  EXPECT_NE(person.out.find("--id"), std::string::npos) << person.out;
  const Done one = Run("prescription command command-1 --id p-1");
  EXPECT_NE(one.out.find("この処方箋には"), std::string::npos) << one.out;
}

// CL-058
TEST_F(AppTest, GivenDrugsAreNotLookedForByANumberAlone) {
  gateway_.Answer("given { }");
  const Done done = Run("--json prescription given search --number 10");
  EXPECT_EQ(done.status, Program::kRefused);
  const auto error = nlohmann::json::parse(done.out)["error"];
  EXPECT_EQ(error["rule"], "CL-058");
  EXPECT_EQ(error["fields"][0]["field"], "--insurer") << done.out;
  EXPECT_TRUE(gateway_.calls().empty());
}

// CL-059
TEST_F(AppTest, ACopyOfAFileSaysThatTheRegistrationWasNotLookedAt) {
  ASSERT_TRUE(WriteFile(Temporary("record"), kSj1).ok());
  ASSERT_EQ(Run("prescription sign $T/record --force --out $T/copied").status, Program::kDone);
  const Done done = Run("prescription copy $T/copied --code 1 --id p-1 --out $T/out");
  EXPECT_EQ(done.status, Program::kDone) << done.err;
  EXPECT_NE(done.out.find("登録の状態は確認していません"), std::string::npos) << done.out;
}

// CL-061
TEST_F(AppTest, TheCheckOfAnAcceptanceMayCompareWithThePrescribingFacility) {
  gateway_.Answer(R"(prescription_id: "p-1" issue_type: ISSUE_TYPE_ELECTRONIC document: "x")", 2);
  const char* words = "prescription accept --id p-1 --own-facility --force --out $T/o";
  EXPECT_EQ(Run(words).status, Program::kDone);
  ASSERT_EQ(gateway_.calls().size(), 2u);
  EXPECT_NE(gateway_.calls()[1].find("options { own_facility: true }"), std::string::npos)
      << gateway_.calls()[1];
}

// RX-485
TEST_F(AppTest, ARecordThatWasCancelledIsSaidNotToBeRegisteredAgain) {
  constexpr char kRegister[] = "prescription given register $T/record.sj1";
  gateway_.Answer(R"(given_id: "g-1" repeated: true status: GIVEN_STATUS_CANCELLED)");
  EXPECT_NE(Run(kRegister).out.find("give another --command-id"), std::string::npos);
  gateway_.Answer(R"(given_id: "g-1" repeated: true status: GIVEN_STATUS_REGISTERED)");
  EXPECT_EQ(Run(kRegister).out.find("give another --command-id"), std::string::npos);
}

// CL-047
TEST_F(AppTest, AllThatACopyLacksIsTold) {
  gateway_.Answer(R"(pdf: "x")");
  const struct {
    const char* words;
    const char* lacks;
  } kCases[] = {{"", "--id, --out is required"},
                {" $T/document --out $T/out", "--id, --code is required"},
                {" $T/document", "--id, --code, --out is required"}};
  for (const auto& c : kCases) {
    const Done done = Run(absl::StrCat("prescription copy", c.words));
    EXPECT_EQ(done.status, Program::kWrongUsage) << c.words;
    EXPECT_NE(done.err.find(c.lacks), std::string::npos) << done.err;
  }
  EXPECT_TRUE(gateway_.calls().empty());
}

// RX-054
TEST_F(AppTest, ARepeatedCancellationSaysSo) {
  gateway_.Answer("repeated: true status: STATUS_CANCELLED");
  EXPECT_EQ(Run("prescription cancel p-1").out.find("【再送】"), 0u);
}

// RX-054
TEST_F(AppTest, ARepeatedRegistrationIsNotTakenForANewOne) {
  gateway_.Answer(R"(prescription_id: "p-1" repeated: true status: STATUS_CANCELLED)");
  const Done done = Run("prescription register $T/document");
  EXPECT_NE(done.out.find("取り消されていて、使えません"), std::string::npos) << done.out;
  const auto json = nlohmann::json::parse(Run("--json prescription register $T/document").out);
  EXPECT_EQ(json["repeated"], true);
  EXPECT_EQ(json["status"], "STATUS_CANCELLED");
}

// RX-053: what is confirmed is another command.
TEST_F(AppTest, WhatTheIssuerConfirmsIsSent) {
  gateway_.Answer(R"(prescription_id: "p-1" findings { rule: "RX-048" text_ja: "被保険者" })");
  const Done done = Run("prescription register $T/document --insured-confirmed");
  ASSERT_EQ(gateway_.calls().size(), 1u);
  EXPECT_NE(gateway_.calls()[0].find("insured_confirmed: true"), std::string::npos);
  EXPECT_NE(done.out.find("【警告】1 件"), std::string::npos) << done.out;
}

// RX-056
TEST_F(AppTest, ThePharmacistIsToldWhatTheRegistrationWarnedOf) {
  gateway_.Answer(R"(findings { rule: "RX-047" text_ja: "氏名が異なる" })");
  for (const char* words :
       {"prescription accept --id p-1 --out $T/warned", "prescription status p-1"}) {
    const Done done = Run(words);
    EXPECT_EQ(done.out.find("【警告】1 件"), 0u) << done.out;
    EXPECT_NE(done.out.find("氏名が異なる"), std::string::npos) << done.out;
  }
}

// RX-026
TEST_F(AppTest, APharmacistSignsNoPrescription) {
  const std::string record = Temporary("record");
  ASSERT_TRUE(WriteFile(record, kSj1).ok());
  const Done done = Run(absl::StrCat("--json prescription sign ", record, " --out $T/out"),
                        "pharmacy-1-pharmacist");
  EXPECT_EQ(nlohmann::json::parse(done.out)["error"]["reason"], "LICENCE_CANNOT_SIGN") << done.out;
  const Done anyway =
      Run(absl::StrCat("--json prescription sign --anyway ", record, " --out $T/out"),
          "pharmacy-1-pharmacist");
  EXPECT_EQ(nlohmann::json::parse(anyway.out)["file"], Temporary("out")) << anyway.out;
}

// What the signature of a doctor carries.
TEST_F(AppTest, WhatIsSignedAndRegisteredIsShown) {
  ASSERT_TRUE(WriteFile(Temporary("record"), kSj1).ok());
  const Done done = Run("prescription sign $T/record --force --out $T/shown");
  gateway_.Answer(R"(prescription_id: "p-1")");
  const Done registered = Run("prescription register $T/shown");
  for (const char* part : {"試験 花子", "ノルバスク錠２．５ｍｇ", "1日 3錠", "14 日分"}) {
    EXPECT_NE(done.out.find(part), std::string::npos) << done.out;
    EXPECT_NE(registered.out.find(part), std::string::npos) << registered.out;
  }
}

// CL-018, RX-109
TEST_F(AppTest, WhatMayHaveBeenCutOffIsNotSigned) {
  const std::string record = kSj1;
  ASSERT_TRUE(WriteFile(Temporary("cut"), record.substr(0, record.size() - 1)).ok());
  const Done refused = Run("--json prescription sign $T/cut --out $T/out");
  EXPECT_EQ(refused.status, Program::kRefused);
  EXPECT_EQ(nlohmann::json::parse(refused.out)["error"]["rule"], "CL-018") << refused.out;
  EXPECT_NE(refused.out.find("RX-109"), std::string::npos) << refused.out;
  const Done anyway = Run("prescription sign --anyway $T/cut --force --out $T/cut-signed");
  EXPECT_EQ(anyway.status, Program::kDone) << anyway.err;
  EXPECT_NE(anyway.out.find("途中で切れているおそれ"), std::string::npos) << anyway.out;
  const char* dispense =
      "--json prescription dispense-file $T/cut-signed --pharmacy 1347654321 --pharmacy-name P "
      "--pharmacist Q --day 20260511 --out $T/out";
  const Done dispensed = Run(dispense, "pharmacy-1-pharmacist");
  EXPECT_EQ(nlohmann::json::parse(dispensed.out)["error"]["rule"], "CL-018") << dispensed.out;
  EXPECT_EQ(Run(absl::StrCat(dispense, " --anyway"), "pharmacy-1-pharmacist").status,
            Program::kDone);
}

// CL-051
TEST_F(AppTest, ThePharmacysOwnRecordIsSigned) {
  ASSERT_TRUE(WriteFile(Temporary("record"), kSj1).ok());
  ASSERT_EQ(Run("prescription sign $T/record --force --out $T/accepted").status, Program::kDone);
  const Done draft =
      Run("prescription dispense-file $T/accepted --pharmacy 1347654321 --pharmacy-name P "
          "--pharmacist Q "
          "--day 20260511 --force --out $T/draft-result",
          "pharmacy-1-pharmacist");
  ASSERT_EQ(draft.status, Program::kDone) << draft.err;
  const auto drafted = xades::ReadDocument(ReadFile(Temporary("draft-result")).value());
  std::string record = drafted.value().payload;
  const std::string half = "2,612170709,ノルバスク錠２．５ｍｇ,3,";
  ASSERT_NE(record.find(half), std::string::npos) << record;
  record.replace(record.find(half), half.size(), "2,612170709,ノルバスク錠２．５ｍｇ,1.5,");
  ASSERT_TRUE(WriteFile(Temporary("own.cj1"), record).ok());
  const Done done =
      Run("prescription dispense-file $T/accepted --record $T/own.cj1 --force --out $T/own-result",
          "pharmacy-1-pharmacist");
  EXPECT_EQ(done.status, Program::kDone) << done.err;
  const std::string result = ReadFile(Temporary("own-result")).value_or("");
  EXPECT_NE(result.find(absl::Base64Escape(record)), std::string::npos);
  const Done both =
      Run("prescription dispense-file $T/accepted --record $T/own.cj1 --pharmacy 1347654321 --out "
          "$T/out",
          "pharmacy-1-pharmacist");
  EXPECT_EQ(both.status, Program::kWrongUsage);
  const Done none = Run("prescription dispense-file $T/accepted --out $T/out");
  EXPECT_EQ(none.status, Program::kWrongUsage);
  EXPECT_NE(none.err.find("--pharmacy, --pharmacy-name, --pharmacist"), std::string::npos)
      << none.err;
}

// CL-014
TEST_F(AppTest, OfAPrescriptionThatWasChangedNoResultIsSigned) {
  const std::string accepted = Temporary("accepted"), changed = Temporary("changed");
  ASSERT_TRUE(WriteFile(Temporary("record"), kSj1).ok());
  ASSERT_EQ(Run("prescription sign $T/record --force --out $T/accepted").status, Program::kDone);
  const auto dispense = [&](const char* words) {
    return Run(absl::StrCat("--json prescription dispense-file --pharmacy 1347654321 "
                            "--pharmacy-name P --pharmacist Q --day 20260511 --out $T/out ",
                            words),
               "pharmacy-1-pharmacist");
  };
  EXPECT_EQ(dispense("$T/accepted").status, Program::kDone);

  const std::string record = kSj1;
  const std::string twice = absl::StrReplaceAll(record, {{"101,1,1,,14", "101,1,1,,28"}});
  const std::string before = ReadFile(accepted).value();
  const std::string after =
      absl::StrReplaceAll(before, {{absl::Base64Escape(record), absl::Base64Escape(twice)}});
  ASSERT_NE(after, before);
  ASSERT_TRUE(WriteFile(changed, after).ok());
  const Done refused = dispense("$T/changed");
  EXPECT_NE(refused.status, Program::kDone);
  EXPECT_NE(refused.out.find("SIG-014"), std::string::npos) << refused.out;
  EXPECT_FALSE(ReadFile(Temporary("out")).ok());
  EXPECT_EQ(dispense("$T/changed --anyway").status, Program::kDone);
}

}  // namespace
}  // namespace tsunagu::cli
