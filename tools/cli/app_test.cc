// Every group of commands against the test gateway.
#include "tools/cli/app.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "tools/cli/files.h"
#include "tools/cli/program.h"
#include "tools/cli/test_app.h"
#include "tsunagu/audit/v1/audit.pb.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"
#include "tsunagu/emergency/v1/emergency.pb.h"
#include "tsunagu/ltc/v1/ltc.pb.h"
#include "tsunagu/medication/v1/medication.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::cli {
namespace {

struct Case {
  const char* words;
  const char* answer;   // a text proto
  const char* call;     // what the gateway must have seen
  const char* printed;  // a part of standard output
};

constexpr Case kCases[] = {
    {"eligibility check --insurer 01130012 --number 10 --birth 19700415",
     R"(validity: VALIDITY_VALID date: "20261121")",
     R"(Check identity { insurer: "01130012" number: "10" } birth_date: "19700415")", "2026-11-21"},
    {"eligibility check-in --number 10 --scope medication --oral --out $T/out",
     R"(check { validity: VALIDITY_VALID } care_context: "a-token" granted: SCOPE_MEDICATION)",
     "consented: SCOPE_MEDICATION source: CONTEXT_SOURCE_ORAL", "薬剤情報 (medication)"},
    {"eligibility load $T/insured", "loaded: 1", R"(LoadInsured file: "InsurerNumber,)",
     "loaded: 1"},
    {"medication submit $T/document", "receipts: 4 linked: 3 held: 1",
     R"(SubmitReceipts file: "<Document/>")", "receipts: 4, 紐付け linked: 3, 保留 held: 1"},
    {"medication history --context $T/context --from 202601",
     R"(dispensings { dispensed_on: "20260512" drugs { name: "x" } })",
     R"(GetHistory from_month: "202601" tsunagu-care-context-bin=the-context tsunagu-local-user=u)",
     "2026-05-12"},
    {"prescription register $T/document --command-id command-1",
     R"(prescription_id: "p-1" access_code: "1234" use_by: "20260515")",
     R"(Register command_id: "command-1" issue_type: ISSUE_TYPE_ELECTRONIC document: )"
     R"("<Document/>")",
     "2026-05-15"},
    {"prescription accept --id p-1 --command-id command-1 --out $T/out",
     R"(prescription_id: "p-1" document: "a-token")",
     R"(Accept command_id: "command-1" prescription_id: "p-1")", "p-1"},
    {"prescription register $T/document --reason 2171022=x --command-id command-1",
     R"(prescription_id: "p-1")",
     R"(accepted_alerts { category: ALERT_CATEGORY_DUPLICATE ingredient: "2171022" reason: "x" })",
     "p-1"},
    {"prescription prepare --insurer 01130012 --number 10", "drugs: 7",
     R"(Prepare identity { insurer: "01130012" number: "10" })", "being taken: 7"},
    {"prescription check-draft $T/document --own-facility --page-size 5",
     "result: CHECK_RESULT_NONE",
     R"(CheckDraft document: "<Document/>" options { own_facility: true page_size: 5 })",
     "該当なし"},
    {"prescription check-acceptance p-1 --context $T/context --page x",
     R"(groups { ingredient: "2171022" ingredient_name: "y" })",
     R"(CheckAcceptance prescription_id: "p-1" options { page_token: "x" } )"
     "tsunagu-care-context-bin=the-context",
     "2171022"},
    {"prescription check-result p-1 $T/document", "result: CHECK_RESULT_NONE masked: true",
     R"(CheckDraftResult prescription_id: "p-1" document: "<Document/>")", "同意がないため"},
    {"prescription accept --id p-1 --context $T/context --command-id command-1 --out $T/out",
     R"(prescription_id: "p-1" document: "a-token")",
     R"(AcceptListed command_id: "command-1" prescription_id: "p-1")", "p-1"},
    {"prescription open --context $T/context",
     R"(prescriptions { prescription_id: "p-1" issuer_name: "クリニック" held: true })",
     "ListOpen  tsunagu-care-context-bin=the-context", "クリニック"},
    {"prescription open --context $T/context",
     R"(prescriptions { prescription_id: "p-1" issued_on: "20260501" accept_until: "20260504" use: 2
        course { kind: KIND_SPLIT total: 2 } })",
     "ListOpen  tsunagu-care-context-bin=the-context", "2026-05-01 – 2026-05-04"},
    {"prescription issued --from 20260501 --to 20260531 --page-size 2",
     R"(prescriptions { prescription_id: "p-1" results { result_id: "r-1" } } left_off: 3
        next_page_token: "n")",
     R"(ListIssued from_day: "20260501" to_day: "20260531" page_size: 2)", "--page n"},
    {"prescription dispensed --page 20260501/x", R"(prescriptions { prescription_id: "p-1" })",
     R"(ListDispensed page_token: "20260501/x")", "p-1"},
    {"prescription result r-1 --out $T/out",
     R"(prescription_id: "p-1" document: "a-token" notes { inquiries: "用量を確認" })",
     R"(GetResult result_id: "r-1")", "疑義照会の回答 inquiry: 用量を確認"},
    {"prescription dispense-together $T/document p-1 p-2 --command-id command-1 --out $T/out",
     R"(result_ids: "r-1" result_ids: "r-2" stamped_document: "a-token")",
     R"(DispenseTogether command_id: "command-1" prescription_ids: "p-1" prescription_ids: "p-2")",
     "r-1, r-2"},
    {"prescription given register $T/document --issuer 1311234567 --issued-on 20260501 "
     "--command-id command-1",
     R"(given_id: "g-1" kind: GIVEN_KIND_PAPER)", R"(RegisterGiven command_id: "command-1" )",
     "番号のない紙の処方箋"},
    {"prescription given register $T/record.sj1 --command-id command-1",
     R"(given_id: "g-2" kind: GIVEN_KIND_IN_HOUSE)", "<PrescriptionSign>", "院内処方"},
    {"prescription given change g-1 $T/document --command-id command-1", "repeated: true",
     R"(ChangeGiven command_id: "command-1" given_id: "g-1")", "【再送】"},
    {"prescription given cancel g-1 --command-id command-1", "status: GIVEN_STATUS_CANCELLED",
     R"(CancelGiven command_id: "command-1" given_id: "g-1")", "取消 (cancelled)"},
    {"prescription given search --insurer 01130012 --number 10 --from 20260501",
     R"(given { id: "g-1" kind: GIVEN_KIND_IN_HOUSE drugs { name: "薬" } })",
     R"(SearchGiven identity { insurer: "01130012" number: "10" } from_day: "20260501")",
     "院内処方"},
    {"prescription given get g-1 --out $T/out", R"(given { id: "g-1" } document: "a-token")",
     R"(GetGiven given_id: "g-1")", "g-1"},
    {"prescription status p-3",
     R"(status: STATUS_DISPENSED has_message: true
        notes { use: 1 messages { kind: 31 text: "残薬あり" } })",
     R"(GetStatus prescription_id: "p-3")", "残薬あり"},
    {"prescription status p-1", "status: STATUS_IN_DISPENSING",
     R"(GetStatus prescription_id: "p-1")", "状態 status"},
    {"prescription watch p-1 p-2",
     R"(prescription_id: "p-1" version: 2 status: STATUS_IN_DISPENSING holder: "1341234563")",
     R"(Watch prescriptions { prescription_id: "p-1" } prescriptions { prescription_id: "p-2" })",
     "調剤中"},
    {"prescription dispense p-1 $T/document --out $T/out",
     R"(result_id: "r-1" stamped_document: "a-token")", R"(Dispense )", "r-1"},
    {"prescription change p-1 $T/document --command-id command-1", R"(use_by: "20260515")",
     R"(Change command_id: "command-1" prescription_id: "p-1")", "変更しました"},
    {"prescription undo-change p-1 --command-id command-1", "status: STATUS_REGISTERED",
     R"(UndoChange command_id: "command-1" prescription_id: "p-1")", "薬局未受付"},
    {"prescription cancel --register register-1 --number 10 --command-id command-1", " ",
     R"(Cancel command_id: "command-1" register_command_id: "register-1" identity )"
     R"({ number: "10" })",
     "取り消しました"},
    {"prescription undo-cancel p-1 --command-id command-1", "status: STATUS_REGISTERED",
     R"(UndoCancel command_id: "command-1" prescription_id: "p-1")", "薬局未受付"},
    {"prescription release p-1 --command-id command-1", "status: STATUS_REGISTERED",
     R"(Release command_id: "command-1" prescription_id: "p-1")", "released"},
    {"prescription collect p-1 --command-id command-1", "status: STATUS_COLLECTED",
     R"(Collect command_id: "command-1" prescription_id: "p-1")", "回収"},
    {"prescription undo-collect p-1 --command-id command-1", "status: STATUS_IN_DISPENSING",
     R"(UndoCollect command_id: "command-1" prescription_id: "p-1")", "調剤中"},
    {"prescription change-result p-1 $T/document --out $T/out",
     R"(result_id: "r-1" stamped_document: "a-token")", "ChangeResult ", "r-1"},
    {"prescription copy --id p-1 --out $T/out", R"(pdf: "a-token")",
     R"(GetCopy prescription_id: "p-1")", "控え copy"},
    {"prescription erasure p-1",
     R"(erased { on: "20290602" completed_on: "20260601" years: 3 version: 3
        documents { kind: KIND_RESULT use: 1 sha256: "\001\377" bytes: 9 } })",
     R"(GetErasure prescription_id: "p-1")", "調剤結果 result 1  9      01ff"},
    {"prescription erasure p-2", R"(erase_from: "20290602")",
     R"(GetErasure prescription_id: "p-2")", "2029-06-02 以降に消去されます"},
    {"prescription cancel-result p-1 --command-id command-1", "status: STATUS_IN_DISPENSING",
     R"(CancelResult command_id: "command-1" prescription_id: "p-1")", "調剤中"},
    {"prescription cancel-result p-3 --command-id command-1",
     R"(status: STATUS_IN_DISPENSING prescription_ids: "p-3" prescription_ids: "p-4")",
     R"(CancelResult command_id: "command-1" prescription_id: "p-3")",
     "まとめて together  p-3 p-4"},
    {"prescription status p-2",
     R"(status: STATUS_REGISTERED uses: 1 course { kind: KIND_REFILL total: 3 }
        accept_from: "20260601" accept_until: "20260615")",
     R"(GetStatus prescription_id: "p-2")", "リフィル 1 / 3"},
    {"emergency summary --insurer 01130012 --number 10 --birth 19700415 --reason 意識なしのため",
     R"(feeds { name: "medication" state: FEED_STATE_UNREADABLE })", R"(GetSummary identity {)",
     "読取り不能"},
    {"ltc list --all", R"(packages { package_id: "k-1" persons: 2 })",
     "ListPackages include_acknowledged: true", "k-1"},
    {"ltc fetch k-1 --force --out $T/", R"(files { name: "../out" content: "a-token" })",
     R"(FetchPackage package_id: "k-1")", "out"},
    {"ltc ack k-1 --command-id command-1", " ",
     R"(AcknowledgePackage command_id: "command-1" package_id: "k-1")", "受領を通知しました"},
    {"audit history --context $T/context --page-size 5",
     R"(records { action: "read" } next_page_token: "n")", "GetAccessHistory page_size: 5",
     "--page n"},
    {"audit disclose --insurer 01130012 --number 10", R"(records { action: "read" })",
     R"(DiscloseAccessHistory identity { insurer: "01130012" number: "10" })", "read"},
};

TEST_F(AppTest, EachCommandAsksAndShowsTheAnswer) {
  for (const Case& c : kCases) {
    gateway_.Answer(c.answer);
    const Done done = Run(c.words);
    EXPECT_EQ(done.status, Program::kDone) << c.words << "\n" << done.err;
    ASSERT_EQ(gateway_.calls().size(), 1u) << c.words;
    EXPECT_NE(gateway_.calls()[0].find(c.call), std::string::npos) << gateway_.calls()[0];
    EXPECT_NE(done.out.find(c.printed), std::string::npos) << c.words << "\n" << done.out;
    if (std::string(c.answer).find("a-token") != std::string::npos) {
      EXPECT_EQ(ReadFile(Temporary("out")).value(), "a-token") << c.words;
    }
  }
}

TEST_F(AppTest, WithJsonEachCommandPrintsOneDocument) {
  for (const Case& c : kCases) {
    gateway_.Answer(c.answer);
    const Done done = Run(absl::StrCat("--json ", c.words));
    EXPECT_EQ(done.status, Program::kDone) << c.words << "\n" << done.err;
    EXPECT_TRUE(nlohmann::json::parse(done.out, nullptr, false).is_object()) << done.out;
  }
}

TEST_F(AppTest, EachCommandTellsARefusal) {
  for (const Case& c : kCases) {
    gateway_.Answer("");
    const Done done = Run(c.words);
    EXPECT_EQ(done.status, Program::kRefused) << c.words;
    EXPECT_NE(done.err.find("処方箋はほかの薬局で受け付けられています。\n  another has it"),
              std::string::npos)
        << done.err;
    EXPECT_EQ(done.out, "") << c.words;
    const Done json = Run(absl::StrCat("--json ", c.words));
    EXPECT_EQ(nlohmann::json::parse(json.out)["error"]["rule"], "RX-006") << c.words;
  }
}

// CL-015, CL-016
TEST_F(AppTest, WhatIsRightToBeSentAgainHasAnExitStatusAndItsCommandId) {
  gateway_.Answer("");
  const auto run = [&](absl::StatusCode code, const char* words) {
    gateway_.RefuseWith(ErrorBuilder(code, "X", "x"));
    return Run(words);
  };
  for (const auto code : {absl::StatusCode::kUnavailable, absl::StatusCode::kDeadlineExceeded,
                          absl::StatusCode::kAborted}) {
    for (const char* words : {"prescription cancel p-1 --command-id command-1",
                              "--json ltc ack k-1 --command-id command-1"}) {
      EXPECT_EQ(run(code, words).status, Program::kAgain) << words;
    }
  }
  const auto error = [](const Done& done) { return nlohmann::json::parse(done.out)["error"]; };
  const Done refused =
      run(absl::StatusCode::kNotFound, "--json prescription cancel p-1 --command-id command-1");
  EXPECT_EQ(refused.status, Program::kRefused);
  EXPECT_EQ(error(refused)["command_id"], "command-1");
  const Done made = run(absl::StatusCode::kUnavailable, "--json prescription cancel p-1");
  EXPECT_EQ(error(made)["command_id"].get<std::string>().size(), 36u);
  const Done read = run(absl::StatusCode::kUnavailable, "--json prescription status p-1");
  EXPECT_EQ(read.status, Program::kAgain);
  EXPECT_FALSE(error(read).contains("command_id"));
}

// EL-021
TEST_F(AppTest, WhoIsNotCheckedInIsAnErrorBesideTheAnswer) {
  gateway_.Answer("check { validity: VALIDITY_NONE }");
  const char* words = "eligibility check-in --number 10 --scope medication --out $T/out";
  const Done done = Run(absl::StrCat("--json ", words));
  EXPECT_EQ(done.status, Program::kRefused);
  const auto json = nlohmann::json::parse(done.out);
  EXPECT_EQ(json["answers"][0]["check"]["validity"], "VALIDITY_NONE");
  EXPECT_EQ(json["error"]["reason"], "NOT_CHECKED_IN");
  EXPECT_NE(Run(words).err.find("受付（check-in）できません"), std::string::npos);
}

// EL-027
TEST_F(AppTest, ThatACareCardWasNotFoundStandsLast) {
  gateway_.Answer(R"(check { validity: VALIDITY_VALID } care_context: "a-token"
      long_term_care { validity: VALIDITY_NONE }
      findings { rule: "EL-027" severity: SEVERITY_WARNING text_ja: "見つかりません" })");
  const Done done = Run("eligibility check-in --number 10 --scope medication --out $T/out");
  EXPECT_EQ(done.status, Program::kDone) << done.err;
  const size_t warning = done.out.find("【警告】1 件");
  ASSERT_NE(warning, std::string::npos) << done.out;
  EXPECT_GT(warning, done.out.find("care context")) << done.out;
}

// CL-001
TEST_F(AppTest, WrongUsageHasOneExitStatus) {
  gateway_.Answer("known: true");
  for (const char* words :
       {"prescription command c-1", "prescription status", "ltc list --to 1370000002",
        "ltc list --sent", "emergency summary --context $T/context --reason 意識なしのため",
        "emergency summary --context $T/context --number 10", "--facility あ ltc list",
        "eligibility chek --number 10", "audit history --context"}) {
    const Done done = Run(absl::StrCat("--json ", words));
    EXPECT_EQ(done.status, Program::kWrongUsage) << words << done.out;
    EXPECT_EQ(nlohmann::json::parse(done.out)["error"]["rule"], "CL-001") << done.out;
  }
  EXPECT_TRUE(gateway_.calls().empty());
  EXPECT_NE(Run("eligibility chek --number 10").err.find("not known: chek"), std::string::npos);
}

TEST_F(AppTest, TheOptionsOfEveryCommandMayStandLast) {
  gateway_.Answer("status: STATUS_IN_DISPENSING");
  const Done done = Run("prescription status p-1 --json --deadline 20");
  EXPECT_EQ(done.status, Program::kDone) << done.err;
  EXPECT_TRUE(nlohmann::json::parse(done.out, nullptr, false).is_object()) << done.out;
  // A word that is a command elsewhere is none there.
  EXPECT_EQ(Run("prescription status audit --deadline 20").status, Program::kDone);
  ASSERT_EQ(gateway_.calls().size(), 2u);
  EXPECT_NE(gateway_.calls()[1].find(R"(prescription_id: "audit")"), std::string::npos);
}

// CL-006
TEST_F(AppTest, AnExpiredCertificateIsToldBeforeTheHandshake) {
  gateway_.Answer("status: STATUS_IN_DISPENSING");
  const Done done = Run("--json prescription status p-1", "doctor-expired");
  EXPECT_EQ(nlohmann::json::parse(done.out)["error"]["reason"], "CARD_EXPIRED") << done.out;
  EXPECT_TRUE(gateway_.calls().empty());
}

// CL-020
TEST_F(AppTest, WhoseKeyDoesNotFitIsToldBeforeTheHandshake) {
  gateway_.Answer("status: STATUS_IN_DISPENSING");
  const Done signing = Run("--json prescription status p-1", "doctor-signing-as-tls");
  EXPECT_EQ(signing.status, Program::kRefused);
  EXPECT_EQ(nlohmann::json::parse(signing.out)["error"]["reason"], "CARD_NOT_FOR_AUTHENTICATION");
  const std::string copy = absl::StrCat("cd ", Pki(), "/identities && cp -r clinic-1-doctor mixed ",
                                        "&& cp -f pharmacy-1-pharmacist/key.pem mixed");
  ASSERT_EQ(std::system(copy.c_str()), 0);
  const Done other = Run("--json prescription status p-1", "mixed");
  EXPECT_EQ(nlohmann::json::parse(other.out)["error"]["reason"], "CARD_KEY_MISMATCH") << other.out;
  EXPECT_TRUE(gateway_.calls().empty());
}

}  // namespace
}  // namespace tsunagu::cli
