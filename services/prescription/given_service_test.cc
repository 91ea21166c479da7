// Drugs that were given without a registered prescription: from paper, and in house.
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"

namespace tsunagu::prescription {
namespace {

using Stub = v1::GivenDrugs::Stub;

class GivenServiceTest : public PrescriptionServiceTest {
 protected:
  static v1::RegisterGivenRequest Paper(const std::string& text,
                                        const char* command_id = "given-paper-1") {
    v1::RegisterGivenRequest request;
    request.set_command_id(command_id);
    request.set_document(UnsignedResult(text, ""));
    request.set_issuer(kClinic);
    request.set_issued_on(national::FormatDay(Today() - 2));
    return request;
  }
  static v1::RegisterGivenRequest InHouse(const std::string& text) {
    v1::RegisterGivenRequest request;
    request.set_command_id("in-house-1");
    request.set_document(UnsignedPrescription(text));
    return request;
  }
  absl::Status RegisterGiven(const v1::RegisterGivenRequest& request,
                             const tsunagu::access::v1::Principal& who,
                             v1::RegisterGivenResponse* response) {
    return CallOther(*given_, &Stub::RegisterGiven, who, request, response);
  }
  v1::SearchGivenResponse Search(const tsunagu::access::v1::Principal& who) {
    v1::SearchGivenRequest request;
    request.mutable_identity()->set_insurer(Insured().insurer);
    request.mutable_identity()->set_symbol(Insured().symbol);
    request.mutable_identity()->set_number(Insured().number);
    request.mutable_identity()->set_branch(Insured().branch);
    v1::SearchGivenResponse response;
    EXPECT_TRUE(CallOther(*given_, &Stub::SearchGiven, who, request, &response).ok());
    return response;
  }
};

// RX-484, RX-485, RX-489, RX-490, RX-496
TEST_F(GivenServiceTest, APharmacyRegistersWhatItDispensedFromPaper) {
  PublishInsured(1, "19600606");
  v1::RegisterGivenResponse first, repeat, other;
  const auto request = Paper(ResultText(Today()));
  const absl::Status done = RegisterGiven(request, Pharmacist(), &first);
  ASSERT_TRUE(done.ok()) << done;
  EXPECT_EQ(first.kind(), v1::GIVEN_KIND_PAPER);
  EXPECT_EQ(first.status(), v1::GIVEN_STATUS_REGISTERED);
  EXPECT_FALSE(first.repeated());
  ASSERT_TRUE(RegisterGiven(request, Pharmacist(), &repeat).ok());
  EXPECT_TRUE(repeat.repeated());
  EXPECT_EQ(repeat.given_id(), first.given_id());
  EXPECT_EQ(
      ReasonOf(RegisterGiven(Paper(ResultText(Today()), "given-paper-2"), Pharmacist(), &other)),
      "GIVEN_EXISTS");
  auto others = Paper(ResultText(Today()), "given-paper-3");
  others.set_issuer(kOtherClinic);
  others.set_issued_on(national::FormatDay(Today() - 3));
  EXPECT_EQ(ReasonOf(RegisterGiven(others, Pharmacist(), &other)), "GIVEN_EXISTS");
  const auto found = Search(Pharmacist());
  ASSERT_EQ(found.given_size(), 1);
  EXPECT_EQ(found.given(0).issuer(), kClinic);
  EXPECT_EQ(found.given(0).given_on(), national::FormatDay(Today()));
  EXPECT_EQ(found.given(0).drugs_size(), 1);
  EXPECT_EQ(found.given(0).subject(), "");
  EXPECT_FALSE(found.given(0).facility_name().empty());  // RX-547
  EXPECT_EQ(Search(Pharmacist(kOtherPharmacy)).given_size(), 0);
  v1::GetGivenRequest get;
  get.set_given_id(first.given_id());
  v1::GetGivenResponse got;
  ASSERT_TRUE(CallOther(*given_, &Stub::GetGiven, Pharmacist(), get, &got).ok());
  EXPECT_EQ(got.document(), request.document());
  EXPECT_EQ(ReasonOf(CallOther(*given_, &Stub::GetGiven, Pharmacist(kOtherPharmacy), get, &got)),
            "GIVEN_NOT_FOUND");
}

// RX-484, RX-487, RX-488, RX-489, RX-496
TEST_F(GivenServiceTest, WhatIsWrongWithARecordIsToldAtOnce) {
  PublishInsured(1, "19600607");
  std::string text = Change(ResultText(Today() + 1), "1,4,7654321,", "1,4,7654322,");
  text = Change(text, "11,,", "7,12ab34cd-0000-8000-8000-000000000001\n11,,");
  v1::RegisterGivenResponse response;
  const absl::Status refused = RegisterGiven(Paper(text), Pharmacist(), &response);
  EXPECT_EQ(ReasonOf(refused), "DOCUMENT_REFUSED");
  EXPECT_EQ(RulesIn(FindingsOf(refused).record()), "RX-487 RX-484 RX-488 RX-045 ");
  auto request = Paper(ResultText(Today()));
  for (const char* issuer : {"", "0011234567", "4811234567", "1341234567", "131123456x"}) {
    request.set_issuer(issuer);
    EXPECT_EQ(RuleOf(RegisterGiven(request, Pharmacist(), &response)), "RX-489") << issuer;
  }
  EXPECT_EQ(RuleOf(RegisterGiven(Paper(ResultText(Today())), Doctor(), &response)), "RX-489");
}

// RX-553
TEST_F(GivenServiceTest, PaperIsNotOlderThanAYear) {
  v1::RegisterGivenResponse response;
  auto request = Paper(ResultText(Today()));
  request.set_issued_on(national::FormatDay(Today() - 367));
  EXPECT_EQ(RulesIn(FindingsOf(RegisterGiven(request, Pharmacist(), &response)).record()),
            "RX-553 ");
  request.set_issued_on(national::FormatDay(Today() - 366));
  EXPECT_TRUE(RegisterGiven(request, Pharmacist(), &response).ok());
}

// RX-486
TEST_F(GivenServiceTest, AHospitalRegistersChangesAndCancelsWhatItGaveInHouse) {
  v1::RegisterGivenResponse registered;
  const std::string text = PrescriptionText(Today());
  const absl::Status done = RegisterGiven(InHouse(text), Doctor(), &registered);
  ASSERT_TRUE(done.ok()) << done;
  EXPECT_EQ(registered.kind(), v1::GIVEN_KIND_IN_HOUSE);
  v1::ChangeGivenRequest change;
  change.set_command_id("change-1");
  change.set_given_id(registered.given_id());
  change.set_document(UnsignedPrescription(Change(text, "101,2,1,,7", "101,2,1,,5")));
  v1::ChangeGivenResponse changed;
  ASSERT_TRUE(CallOther(*given_, &Stub::ChangeGiven, Doctor(), change, &changed).ok());
  EXPECT_EQ(Search(Doctor()).given(0).drugs(2).quantity(), 5);
  change.set_command_id("change-2");
  change.set_document(UnsignedPrescription(PrescriptionText(Today() - 1)));
  EXPECT_EQ(ReasonOf(CallOther(*given_, &Stub::ChangeGiven, Doctor(), change, &changed)),
            "GIVEN_DIFFERS");
  v1::CancelGivenRequest cancel;
  cancel.set_command_id("cancel-1");
  cancel.set_given_id(registered.given_id());
  v1::CancelGivenResponse cancelled;
  EXPECT_EQ(
      ReasonOf(CallOther(*given_, &Stub::CancelGiven, Doctor(kOtherClinic), cancel, &cancelled)),
      "GIVEN_NOT_FOUND");
  ASSERT_TRUE(CallOther(*given_, &Stub::CancelGiven, Doctor(), cancel, &cancelled).ok());
  EXPECT_EQ(cancelled.status(), v1::GIVEN_STATUS_CANCELLED);
  cancel.set_command_id("cancel-2");
  EXPECT_EQ(ReasonOf(CallOther(*given_, &Stub::CancelGiven, Doctor(), cancel, &cancelled)),
            "GIVEN_CANCELLED");
}

// RX-485
TEST_F(GivenServiceTest, WhatCameByAChangeIsNotRegisteredOnceMore) {
  const std::string text = PrescriptionText(Today());
  const std::string corrected = Change(text, "101,2,1,,7", "101,2,1,,5");
  const std::string third = Change(text, "101,2,1,,7", "101,2,1,,6");
  v1::RegisterGivenResponse first, other;
  ASSERT_TRUE(RegisterGiven(InHouse(text), Doctor(), &first).ok());
  v1::ChangeGivenRequest change;
  change.set_command_id("change-1");
  change.set_given_id(first.given_id());
  change.set_document(UnsignedPrescription(corrected));
  v1::ChangeGivenResponse changed;
  ASSERT_TRUE(CallOther(*given_, &Stub::ChangeGiven, Doctor(), change, &changed).ok());
  auto again = InHouse(corrected);
  again.set_command_id("in-house-2");
  const absl::Status refused = RegisterGiven(again, Doctor(), &other);
  EXPECT_EQ(ReasonOf(refused), "GIVEN_EXISTS");
  EXPECT_EQ(MetadataOf(refused)["given_id"], first.given_id());
  // Nor is another record changed to what stands already.
  auto beside = InHouse(third);
  beside.set_command_id("in-house-3");
  ASSERT_TRUE(RegisterGiven(beside, Doctor(), &other).ok());
  change.set_command_id("change-2");
  change.set_given_id(other.given_id());
  for (const std::string& standing : {text, corrected}) {
    change.set_document(UnsignedPrescription(standing));
    EXPECT_EQ(ReasonOf(CallOther(*given_, &Stub::ChangeGiven, Doctor(), change, &changed)),
              "GIVEN_EXISTS");
  }
  // The change itself is repeated, and taken back.
  change.set_command_id("change-3");
  change.set_given_id(first.given_id());
  change.set_document(UnsignedPrescription(text));
  ASSERT_TRUE(CallOther(*given_, &Stub::ChangeGiven, Doctor(), change, &changed).ok());
  ASSERT_TRUE(CallOther(*given_, &Stub::ChangeGiven, Doctor(), change, &changed).ok());
  EXPECT_TRUE(changed.repeated());
  // Once it is cancelled nothing was given twice.
  v1::CancelGivenRequest cancel;
  cancel.set_command_id("cancel-1");
  cancel.set_given_id(first.given_id());
  v1::CancelGivenResponse cancelled;
  ASSERT_TRUE(CallOther(*given_, &Stub::CancelGiven, Doctor(), cancel, &cancelled).ok());
  EXPECT_TRUE(RegisterGiven(again, Doctor(), &other).ok());
}

// RX-485
TEST_F(GivenServiceTest, WhatComesAgainStandsAsItselfAndNotAsWhatItOnceBecame) {
  const std::string text = PrescriptionText(Today());
  const std::string corrected = Change(text, "101,2,1,,7", "101,2,1,,5");
  v1::RegisterGivenResponse first, again, other;
  ASSERT_TRUE(RegisterGiven(InHouse(text), Doctor(), &first).ok());
  v1::ChangeGivenRequest change;
  change.set_command_id("change-1");
  change.set_given_id(first.given_id());
  change.set_document(UnsignedPrescription(corrected));
  v1::ChangeGivenResponse changed;
  ASSERT_TRUE(CallOther(*given_, &Stub::ChangeGiven, Doctor(), change, &changed).ok());
  v1::CancelGivenRequest cancel;
  cancel.set_command_id("cancel-1");
  cancel.set_given_id(first.given_id());
  v1::CancelGivenResponse cancelled;
  ASSERT_TRUE(CallOther(*given_, &Stub::CancelGiven, Doctor(), cancel, &cancelled).ok());
  auto request = InHouse(text);
  request.set_command_id("in-house-2");
  ASSERT_TRUE(RegisterGiven(request, Doctor(), &again).ok());
  EXPECT_EQ(again.given_id(), first.given_id());
  request = InHouse(corrected);
  request.set_command_id("in-house-3");
  const absl::Status registered = RegisterGiven(request, Doctor(), &other);
  EXPECT_TRUE(registered.ok()) << registered;
  EXPECT_NE(other.given_id(), first.given_id());
}

}  // namespace
}  // namespace tsunagu::prescription
