#include "services/ltc/mailbox.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/ltc/careplan/samples.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::ltc {
namespace {

using tsunagu::ltc::v1::Package;
using tsunagu::ltc::v1::PackageInfo;
using tsunagu::ltc::v1::SendPackageRequest;

// The offices of the samples.
constexpr char kPlanner[] = "1370000001";
constexpr char kProvider[] = "1370000002";
constexpr char kForeign[] = "1370000003";

const absl::Status kFull = absl::FailedPreconditionError("full");

const national::SubjectKey& Key() {
  static const auto* const kKey =
      new national::SubjectKey(*national::SubjectKey::Create(std::string(32, 'k')));
  return *kKey;
}

SendPackageRequest Request(const std::vector<careplan::InputFile>& files,
                           const std::string& command_id = "command-1") {
  SendPackageRequest request;
  request.set_command_id(command_id);
  for (const careplan::InputFile& file : files) {
    request.add_files()->set_name(file.name);
    request.mutable_files(request.files_size() - 1)->set_content(file.bytes);
  }
  return request;
}

Package Known(bool fetched = false) {
  Package package;
  package.mutable_info()->set_sender(kPlanner);
  package.mutable_info()->set_destination(kProvider);
  if (fetched) package.mutable_info()->mutable_fetched_at()->set_seconds(1);
  return package;
}

TEST(MailboxTest, APackageIsDescribedFromItsFiles) {
  const auto reading =
      ReadRequest(Request(careplan::CarePlanSample()), Key(), careplan::SampleTime());
  ASSERT_TRUE(reading.ok()) << reading.status();
  const auto& sent = reading->event.sent();
  EXPECT_EQ(sent.info().sender(), kPlanner);
  EXPECT_EQ(sent.info().destination(), kProvider);
  EXPECT_EQ(sent.info().timestamp(), "20260825101530");
  EXPECT_EQ(sent.info().persons(), 1);
  ASSERT_EQ(sent.info().kinds_size(), 4);
  EXPECT_EQ(sent.info().kinds(1), "UP1KYO");
  EXPECT_FALSE(sent.info().has_sent_at());
  EXPECT_EQ(sent.files_size(), 4);
  ASSERT_EQ(sent.subjects_size(), 1);
  EXPECT_EQ(sent.subjects(0), Key().MakeSubject({"123456", "", "0000012345", ""}));
  EXPECT_EQ(reading->mailbox, MailboxOf(kProvider, Key()));
}

TEST(MailboxTest, LTC015TheMonthOfPlansAndActualsIsTold) {
  const auto month = [](const std::vector<careplan::InputFile>& files) {
    return ReadRequest(Request(files), Key(), careplan::SampleTime())->event.sent().info().month();
  };
  EXPECT_EQ(month(careplan::MonthPlanSample()), "202609");
  EXPECT_EQ(month(careplan::ActualsSample()), "202609");
  EXPECT_EQ(month(careplan::CarePlanSample()), "");
}

// LTC-136
TEST(MailboxTest, APackageFromTheFutureIsRefused) {
  const auto early = careplan::SampleTime() - absl::Hours(24 * 90);
  const auto reading = ReadRequest(Request(careplan::CarePlanSample()), Key(), early);
  EXPECT_EQ(ReasonOf(reading.status()), "FINDINGS");
}

TEST(MailboxTest, FilesAreKeptAsTheyWereSent) {
  const SendPackageRequest request = Request(careplan::ActualsSample());
  const auto reading = ReadRequest(request, Key(), careplan::SampleTime());
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading->event.sent().files(0).SerializeAsString(),
            request.files(0).SerializeAsString());
}

// LTC-001
TEST(MailboxTest, CommandIdsHaveTheirForm) {
  for (const char* good : {"12345678", "a-B-3-4-5-6", "0f8fad5b-d9cb-469f-a165-70867728950e"}) {
    EXPECT_TRUE(CheckCommandId(good).ok()) << good;
  }
  EXPECT_TRUE(CheckCommandId(std::string(64, 'x')).ok());
  for (const std::string& bad :
       {std::string(), std::string("1234567"), std::string(65, 'x'), std::string("with space"),
        std::string("../../../.."), std::string("識別子識別子")}) {
    EXPECT_EQ(RuleOf(CheckCommandId(bad)), "LTC-001") << bad;
  }
}

// LTC-002
TEST(MailboxTest, APackageBeyondTheLimitIsRefusedUnread) {
  SendPackageRequest request = Request({{"a", std::string(kMaxPackageBytes / 2, 'x')},
                                        {"b", std::string(kMaxPackageBytes / 2, 'x')}});
  const absl::Status status = ReadRequest(request, Key(), careplan::SampleTime()).status();
  EXPECT_EQ(ReasonOf(status), "PACKAGE_TOO_LARGE");
  EXPECT_EQ(RuleOf(status), "LTC-002");
}

// LTC-003
TEST(MailboxTest, AllFindingsComeAtOnce) {
  auto files = careplan::CarePlanSample();
  files[0] = careplan::With(files[0], 0, "care_level", "99");
  files[2] = careplan::With(files[2], 1, "weekday", "9");
  const absl::Status status = ReadRequest(Request(files), Key(), careplan::SampleTime()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "FINDINGS");
  const google::rpc::Status rpc = ToRpcStatus(status);
  common::v1::Findings findings;
  for (const auto& detail : rpc.details()) detail.UnpackTo(&findings);
  ASSERT_EQ(findings.record_size(), 2);
  EXPECT_EQ(findings.record(0).field(), "UP1KYO.care_level");
  EXPECT_EQ(findings.record(1).record(), 2);
}

// LTC-003
TEST(MailboxTest, AWarningDoesNotRefuse) {
  auto files = careplan::CarePlanSample();
  files.erase(files.begin() + 1);
  const auto reading = ReadRequest(Request(files), Key(), careplan::SampleTime());
  ASSERT_TRUE(reading.ok()) << reading.status();
  ASSERT_EQ(reading->findings.size(), 1u);
  EXPECT_EQ(reading->findings[0].rule, "LTC-145");
}

// LTC-003
TEST(MailboxTest, NothingIsNoPackage) {
  EXPECT_EQ(ReasonOf(ReadRequest({}, Key(), careplan::SampleTime()).status()), "FINDINGS");
}

// LTC-004
TEST(MailboxTest, AnOfficeSendsInItsOwnName) {
  EXPECT_TRUE(CheckSender(Known().info(), kPlanner).ok());
  EXPECT_EQ(RuleOf(CheckSender(Known().info(), kProvider)), "LTC-004");
  EXPECT_EQ(RuleOf(CheckSender(Known().info(), "")), "LTC-004");
}

careplan::Package Sample() {
  careplan::PackageResult result =
      careplan::ReadPackage(careplan::CarePlanSample(), careplan::SampleTime());
  return *std::move(result.package);
}

// LTC-005
TEST(MailboxTest, WhatTheNamesTellMakesTheIdOfAPackage) {
  const std::string mailbox = MailboxOf(kProvider, Key());
  const std::string id = PackageId(mailbox, Sample());
  EXPECT_EQ(id, PackageId(mailbox, Sample()));
  EXPECT_EQ(national::RoutingHash(id), national::RoutingHash(mailbox));
  std::set<std::string> ids = {id, PackageId(MailboxOf(kForeign, Key()), Sample())};
  const std::function<void(careplan::Package&)> kChanges[] = {
      [](auto& package) { package.source.number = kForeign; },
      [](auto& package) { package.source.kind = "46"; },
      [](auto& package) { package.destination.kind = "13"; },
      [](auto& package) { package.timestamp = "20260825101531"; },
      [](auto& package) { package.kind = careplan::PackageKind::kMonthPlan; },
      [](auto& package) { package.month = "202609"; },
  };
  for (const auto& change : kChanges) {
    careplan::Package other = Sample();
    change(other);
    ids.insert(PackageId(mailbox, other));
  }
  EXPECT_EQ(ids.size(), 8u);
}

// What the state holds after the event.
Package After(const v1::Event& sent) {
  Package package;
  *package.mutable_info() = sent.sent().info();
  package.set_files_digest(sent.sent().files_digest());
  return package;
}

// LTC-005
TEST(MailboxTest, TheSameFilesAgainAreTheSamePackage) {
  auto files = careplan::CarePlanSample();
  const v1::Event first = ReadRequest(Request(files), Key(), careplan::SampleTime())->event;
  std::reverse(files.begin(), files.end());
  const v1::Event again =
      ReadRequest(Request(files, "command-2"), Key(), careplan::SampleTime())->event;
  EXPECT_TRUE(DecideSending({}, first, absl::OkStatus())->has_sent());
  // Also where a new one would not be taken any more.
  EXPECT_TRUE(DecideSending(After(first), again, kFull)->has_sent_again());
  EXPECT_EQ(DecideSending({}, first, kFull).status(), kFull);
}

// LTC-005
TEST(MailboxTest, OtherFilesUnderTheSameNamesAreRefused) {
  auto files = careplan::CarePlanSample();
  const Package known = After(ReadRequest(Request(files), Key(), careplan::SampleTime())->event);
  files.pop_back();
  const auto fewer = ReadRequest(Request(files), Key(), careplan::SampleTime());
  ASSERT_TRUE(fewer.ok()) << fewer.status();
  ASSERT_EQ(fewer->event.sent().info().package_id(), known.info().package_id());
  const absl::Status status = DecideSending(known, fewer->event, absl::OkStatus()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(status), "TIMESTAMP_TAKEN");
  EXPECT_EQ(RuleOf(status), "LTC-005");
}

// LTC-016
TEST(MailboxTest, TheSameContentsUnderAnotherTimestampHaveTheSameDigest) {
  const auto digest = [](const std::vector<careplan::InputFile>& files) {
    const auto reading = ReadRequest(Request(files), Key(), careplan::SampleTime());
    EXPECT_TRUE(reading.ok()) << reading.status();
    return reading->event.sent().contents_digest();
  };
  auto files = careplan::CarePlanSample();
  const std::string first = digest(files);
  EXPECT_EQ(first.size(), 32u);
  for (auto& file : files) {
    file.name = absl::StrReplaceAll(file.name, {{"20260825101530", "20260825101531"}});
  }
  EXPECT_EQ(digest(files), first);
  files.pop_back();
  EXPECT_NE(digest(files), first);
  EXPECT_NE(digest(careplan::MonthPlanSample()), first);
}

// LTC-016
TEST(MailboxTest, TheWarningNamesTheEarlierPackage) {
  v1::Contents last;
  EXPECT_TRUE(CheckContents(last).empty());
  last.set_package_id("earlier");
  const national::Findings findings = CheckContents(last);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].rule, "LTC-016");
  EXPECT_EQ(findings[0].severity, national::Severity::kWarning);
  EXPECT_NE(findings[0].text_ja.find("earlier"), std::string::npos);
  EXPECT_NE(findings[0].text_en.find("earlier"), std::string::npos);
}

// LTC-007
TEST(MailboxTest, ADestinationIsAnEnrolledOfficeThatMayFetch) {
  for (const auto kind : {access::v1::FACILITY_KIND_CARE_PLAN_OFFICE,
                          access::v1::FACILITY_KIND_CARE_SERVICE_OFFICE}) {
    const access::Facility office = {kProvider, kind, {}, ""};
    EXPECT_TRUE(CheckCanFetch(&office).ok());
  }
  const access::Facility clinic = {kProvider, access::v1::FACILITY_KIND_CLINIC, {}, ""};
  for (const access::Facility* nobody : {static_cast<const access::Facility*>(nullptr), &clinic}) {
    const absl::Status status = CheckCanFetch(nobody);
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(ReasonOf(status), "DESTINATION_UNKNOWN");
    EXPECT_EQ(RuleOf(status), "LTC-007");
  }
}

// LTC-006
TEST(MailboxTest, AFullMailboxTakesNoMore) {
  v1::Mailbox mailbox;
  for (int i = 0; i < kMaxWaiting - 1; ++i) mailbox.add_package_ids("id");
  for (int i = 0; i < kMaxWaiting; ++i) mailbox.add_acknowledged_ids("id");
  EXPECT_TRUE(CheckRoom(mailbox).ok());
  mailbox.add_package_ids("id");
  EXPECT_EQ(ReasonOf(CheckRoom(mailbox)), "MAILBOX_FULL");
  EXPECT_EQ(RuleOf(CheckRoom(mailbox)), "LTC-006");
}

// LTC-010
TEST(MailboxTest, OnlyTheTwoOfficesSeeAPackage) {
  EXPECT_TRUE(CheckMayFetch(Known(), kPlanner).ok());
  EXPECT_TRUE(CheckMayFetch(Known(), kProvider).ok());
  const absl::Status foreign = CheckMayFetch(Known(), kForeign);
  EXPECT_EQ(RuleOf(foreign), "LTC-010");
  EXPECT_EQ(foreign, CheckMayFetch({}, kForeign));
  EXPECT_EQ(foreign, CheckMayFetch({}, ""));
}

// LTC-010 LTC-011 LTC-012
TEST(MailboxTest, TheDestinationAcknowledgesWhatItFetched) {
  EXPECT_TRUE(CheckMayAcknowledge(Known(true), kProvider).ok());
  EXPECT_EQ(RuleOf(CheckMayAcknowledge(Known(false), kProvider)), "LTC-012");
  EXPECT_EQ(RuleOf(CheckMayAcknowledge(Known(true), kPlanner)), "LTC-011");
  EXPECT_EQ(RuleOf(CheckMayAcknowledge(Known(true), kForeign)), "LTC-010");
}

TEST(MailboxTest, OnlyTheDestinationsFirstFetchIsRecorded) {
  EXPECT_TRUE(IsFirstFetch(Known(false), kProvider));
  EXPECT_FALSE(IsFirstFetch(Known(true), kProvider));
  EXPECT_FALSE(IsFirstFetch(Known(false), kPlanner));
}

// LTC-013
TEST(MailboxTest, ADestinationIsAnOfficeNumber) {
  EXPECT_TRUE(CheckDestination("1370000001").ok());
  EXPECT_TRUE(CheckDestination("13A0000001").ok());
  for (const char* bad : {"", "137000000", "13700000011", "137000000a", "13700000 1"}) {
    EXPECT_EQ(RuleOf(CheckDestination(bad)), "LTC-013") << bad;
  }
}

// LTC-014
TEST(MailboxTest, PackagesAreInTheOrderOfTheirTimestamps) {
  std::vector<PackageInfo> packages(3);
  const char* const kOrder[][2] = {
      {"2", "20260101000001"}, {"9", "20260101000000"}, {"1", "20260101000001"}};
  for (int i = 0; i < 3; ++i) {
    packages[i].set_package_id(kOrder[i][0]);
    packages[i].set_timestamp(kOrder[i][1]);
  }
  SortPackages(packages);
  EXPECT_EQ(packages[0].package_id(), "9");
  EXPECT_EQ(packages[1].package_id(), "1");
  EXPECT_EQ(packages[2].package_id(), "2");
}

TEST(MailboxTest, NamesOfStatesHoldNoOffice) {
  const std::string mailbox = MailboxOf(kProvider, Key());
  EXPECT_EQ(MailboxName(mailbox).find(kProvider), std::string::npos);
  EXPECT_EQ(PackageName("id"), "package/id");
  EXPECT_EQ(FilesName("id"), "files/id");
}

RC_GTEST_PROP(MailboxProperty, RubbishIsRefusedAndNeverCrashes,
              (const std::string& name, const std::string& content, uint32_t at, uint8_t value)) {
  RC_ASSERT(!ReadRequest(Request({{name, content}}), Key(), careplan::SampleTime()).ok());
  auto files = careplan::ActualsSample();
  files[0].bytes[at % files[0].bytes.size()] = static_cast<char>(value);
  ReadRequest(Request(files), Key(), careplan::SampleTime()).status().IgnoreError();
}

}  // namespace
}  // namespace tsunagu::ltc
