#include "services/platform/access/enrolment.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/rpc/text_proto.h"

namespace tsunagu::access {
namespace {

constexpr char kFacilities[] = R"(
  facilities { code: "1311234567" kind: FACILITY_KIND_CLINIC }
  facilities { code: "1341234563" kind: FACILITY_KIND_PHARMACY }
)";

const std::string kKey(64, 'a');

absl::StatusOr<Enrolment> Read(const std::string& text) {
  config::v1::Enrolment file;
  const absl::Status parsed = ParseTextProto(absl::StrCat(kFacilities, text), &file);
  if (!parsed.ok()) return parsed;
  return Enrolment::Create(file);
}

std::string Faults(const std::string& text) { return std::string(Read(text).status().message()); }

std::string ByKey(const std::string& key, const std::string& rest) {
  return absl::StrCat("practitioners { key_sha256: \"", key, "\" ", rest, " }");
}

TEST(EnrolmentTest, FindsFacilitiesByCode) {
  const auto enrolment = Read("");
  ASSERT_TRUE(enrolment.ok()) << enrolment.status();
  ASSERT_NE(enrolment->FindFacility("1341234563"), nullptr);
  EXPECT_EQ(enrolment->FindFacility("1341234563")->kind, v1::FACILITY_KIND_PHARMACY);
  EXPECT_EQ(enrolment->FindFacility("1341234564"), nullptr);
  EXPECT_EQ(enrolment->FindFacility(""), nullptr);
}

// LTC-015
TEST(EnrolmentTest, AFacilityMayHaveANameOnOneLine) {
  const auto enrolment = Read(
      "facilities { code: \"1370000001\" kind: FACILITY_KIND_CARE_PLAN_OFFICE name: \"合成\" }");
  ASSERT_TRUE(enrolment.ok()) << enrolment.status();
  EXPECT_EQ(enrolment->FindFacility("1370000001")->name, "合成");
  EXPECT_EQ(enrolment->FindFacility("1341234563")->name, "");
  for (const std::string& bad : {std::string(201, 'x'), std::string("a\\033[2J")}) {
    EXPECT_EQ(Faults(absl::StrCat("facilities { code: \"1370000001\" kind: "
                                  "FACILITY_KIND_CARE_PLAN_OFFICE name: \"",
                                  bad, "\" }")),
              "facilities[2].name: longer than 200 bytes, or not on one line");
  }
}

TEST(EnrolmentTest, FindsPractitionersByKeyInTheFilesOrder) {
  const auto enrolment = Read(ByKey(kKey, "facilities: \"1341234563\" facilities: \"1311234567\""));
  ASSERT_TRUE(enrolment.ok()) << enrolment.status();
  const Facilities& facilities = enrolment->FacilitiesOf(kKey, "CN=x", "01");
  ASSERT_EQ(facilities.size(), 2u);
  EXPECT_EQ(facilities[0].code, "1341234563");
  EXPECT_EQ(facilities[1].code, "1311234567");
}

TEST(EnrolmentTest, FindsPractitionersByIssuerAndSerial) {
  const auto enrolment =
      Read("practitioners { issuer: \"CN=ca\" serial: \"0A\" facilities: \"1311234567\" }");
  ASSERT_TRUE(enrolment.ok()) << enrolment.status();
  EXPECT_EQ(enrolment->FacilitiesOf(kKey, "CN=ca", "0A").size(), 1u);
  EXPECT_EQ(enrolment->FacilitiesOf(kKey, "CN=ca", "0B").size(), 0u);
  EXPECT_EQ(enrolment->FacilitiesOf(kKey, "CN=cb", "0A").size(), 0u);
}

TEST(EnrolmentTest, WhoIsNotThereWorksNowhere) {
  EXPECT_TRUE(Read("")->FacilitiesOf(kKey, "CN=ca", "0A").empty());
}

TEST(EnrolmentTest, EveryFaultIsNamedAtOnceByItsPlace) {
  EXPECT_EQ(Faults("facilities { code: \"123\" } " + ByKey("xyz", "facilities: \"9999999999\"")),
            "facilities[2].code: not 10 digits; facilities[2].kind: not set; "
            "practitioners[0].facilities[0]: no such facility; "
            "practitioners[0].key_sha256: not 64 lower-case hex digits");
}

TEST(EnrolmentTest, NothingComesTwice) {
  EXPECT_EQ(Faults("facilities { code: \"1311234567\" kind: FACILITY_KIND_CLINIC }"),
            "facilities[2].code: comes twice");
  const std::string one = ByKey(kKey, "facilities: \"1311234567\"");
  EXPECT_EQ(Faults(one + one), "practitioners[1].key_sha256: comes twice");
  const std::string named =
      "practitioners { issuer: \"CN=ca\" serial: \"0A\" facilities: \"1311234567\" }";
  EXPECT_EQ(Faults(named + named), "practitioners[1]: comes twice");
}

TEST(EnrolmentTest, APractitionerIsNamedInOneWay) {
  constexpr char kFault[] = "practitioners[0]: key_sha256, or issuer and serial";
  EXPECT_EQ(Faults("practitioners { facilities: \"1311234567\" }"), kFault);
  EXPECT_EQ(Faults(ByKey(kKey, "serial: \"0A\" facilities: \"1311234567\"")), kFault);
  EXPECT_EQ(Faults("practitioners { serial: \"0A\" facilities: \"1311234567\" }"),
            "practitioners[0].issuer: not set");
  EXPECT_EQ(Faults("practitioners { issuer: \"CN=ca\" serial: \"0a\" facilities: \"1311234567\" }"),
            "practitioners[0].serial: not upper-case hex");
}

TEST(EnrolmentTest, APractitionerWorksSomewhere) {
  EXPECT_EQ(Faults(ByKey(kKey, "")), "practitioners[0].facilities: empty");
}

std::string Insurer(const std::string& numbers, const std::string& kind = "INSURER") {
  return absl::StrCat("facilities { code: \"1300000018\" kind: FACILITY_KIND_", kind, " ", numbers,
                      " }");
}

// GW-019
TEST(EnrolmentTest, InsurerNumbersAreReadInTheirNormalForm) {
  const auto enrolment = Read(Insurer(
      "insurer_numbers: [ \"01130012\", \"  138057\", \"００１３１００３\", \"39131016\" ]"));
  ASSERT_TRUE(enrolment.ok()) << enrolment.status();
  EXPECT_EQ(enrolment->FindFacility("1300000018")->insurer_numbers,
            (std::vector<std::string>{"01130012", "131003", "138057", "39131016"}));
  EXPECT_TRUE(enrolment->FindFacility("1311234567")->insurer_numbers.empty());
}

// GW-019
TEST(EnrolmentTest, EveryFaultOfInsurerNumbersIsNamedByItsPlace) {
  EXPECT_EQ(Faults(Insurer("insurer_numbers: [ \"0113001\", \"0113001x\", \"\", \"138057\", "
                           "\"00138057\" ]")),
            "facilities[2].insurer_numbers[0]: not 6 or 8 digits; "
            "facilities[2].insurer_numbers[1]: not 6 or 8 digits; "
            "facilities[2].insurer_numbers[2]: not 6 or 8 digits; "
            "facilities[2].insurer_numbers[4]: comes twice");
  for (const char* kind : {"CLINIC", "PAYER"}) {
    EXPECT_EQ(Faults(Insurer("insurer_numbers: \"138057\"", kind)),
              "facilities[2].insurer_numbers: only of FACILITY_KIND_INSURER");
  }
}

// GW-019
TEST(EnrolmentTest, InsurerNumbersAreBounded) {
  std::string numbers;
  for (size_t i = 0; i < kMaxInsurerNumbers; ++i) {
    absl::StrAppend(&numbers, "insurer_numbers: \"", 100000 + i, "\" ");
  }
  EXPECT_EQ(Faults(Insurer(numbers)), "");
  EXPECT_EQ(Faults(Insurer(numbers + "insurer_numbers: \"200000\"")),
            "facilities[2].insurer_numbers: more than 250");
}

TEST(EnrolmentStoreTest, LooksByItselfWhenItIsToldHowOften) {
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/watched.txtpb";
  std::ofstream(path) << kFacilities;
  const auto store = EnrolmentStore::Open(path, absl::Milliseconds(10));
  ASSERT_TRUE(store.ok()) << store.status();
  std::ofstream(path) << kFacilities << Insurer("");
  const absl::Time limit = absl::Now() + absl::Seconds(20);
  while ((*store)->current()->FindFacility("1300000018") == nullptr && absl::Now() < limit) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  EXPECT_NE((*store)->current()->FindFacility("1300000018"), nullptr);
}

TEST(EnrolmentStoreTest, ReadsAgainWhatChangedAndKeepsWhatWasGood) {
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/enrolment.txtpb";
  EXPECT_FALSE(EnrolmentStore::Open(path + "-missing").ok());
  std::ofstream(path) << kFacilities;
  const auto store = EnrolmentStore::Open(path);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_FALSE(*(*store)->Reload());
  std::ofstream(path) << kFacilities << ByKey(kKey, "facilities: \"1311234567\"");
  EXPECT_TRUE(*(*store)->Reload());
  EXPECT_EQ((*store)->current()->FacilitiesOf(kKey, "", "").size(), 1u);
  std::ofstream(path) << "";
  EXPECT_EQ((*store)->Reload().status().message(), "facilities: none");
  std::ofstream(path) << "facilities { code: \"1\" }";
  EXPECT_FALSE((*store)->Reload().ok());
  EXPECT_EQ((*store)->current()->FacilitiesOf(kKey, "", "").size(), 1u);
}

}  // namespace
}  // namespace tsunagu::access
