#include "services/prescription/duplication/draft.h"

#include <gtest/gtest.h>

#include "services/platform/hpki/xades/document.h"
#include "services/platform/status/error.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::duplication {
namespace {

using record::testing::Change;
using record::testing::ValidCj1;
using record::testing::ValidSj1;

tsunagu::common::v1::Findings FindingsOf(const absl::Status& status) {
  tsunagu::common::v1::Findings findings;
  const google::rpc::Status wire = ToRpcStatus(status);
  for (const auto& detail : wire.details()) {
    if (detail.Is<tsunagu::common::v1::Findings>()) detail.UnpackTo(&findings);
  }
  return findings;
}

// RX-410: a record file or the XML around it, unsigned.
TEST(DraftTest, ADraftMayBeARecordFileOrXml) {
  const std::string xml = xades::BuildPrescription(ValidSj1(), "").value();
  for (const std::string& document : {ValidSj1(), xml}) {
    const auto draft = ReadDraft(document, nullptr);
    ASSERT_TRUE(draft.ok()) << draft.status();
    EXPECT_EQ(draft->identity.insurer, "01130012");
    ASSERT_EQ(draft->drugs.size(), 3);
    EXPECT_EQ(draft->drugs[0].code(), "612170709");
    EXPECT_EQ(draft->drugs[0].quantity(), 14);
  }
}

// RX-412
TEST(DraftTest, SoMayADraftResult) {
  const std::string xml = xades::BuildDispensing({ValidCj1(), "", ""}).value();
  for (const std::string& document : {ValidCj1(), xml}) {
    const auto draft = ReadDraftResult(document, nullptr);
    ASSERT_TRUE(draft.ok()) << draft.status();
    EXPECT_EQ(draft->drugs[0].code(), "612170709");
  }
}

// RX-404: a part of a divided dispensing is taken for its own days.
TEST(DraftTest, APartCountsItsOwnDays) {
  const std::string part =
      Change(Change(Change(ValidCj1(), "51,20260511\n", "51,20260511\n63,2,1\n"), "101,1,1,,14\n",
                    "101,1,1,,28\n102,1,14,28\n"),
             "521,1,2,20260525\n", "");
  const auto draft = ReadDraftResult(part, nullptr);
  ASSERT_TRUE(draft.ok()) << FindingsOf(draft.status()).DebugString();
  EXPECT_EQ(draft->drugs[0].quantity(), 14);
}

// RX-410: what cannot be read is not checked in part.
TEST(DraftTest, ADraftWithErrorsIsRefusedWithAllOfThem) {
  const std::string wrong =
      Change(Change(ValidSj1(), "51,20260510", "51,20260231"), "101,2,1,,7", "101,2,1,,x");
  const auto draft = ReadDraft(wrong, nullptr);
  EXPECT_EQ(ReasonOf(draft.status()), "DOCUMENT_REFUSED");
  EXPECT_EQ(FindingsOf(draft.status()).record_size(), 2);
}

// A drug master with nothing in it.
class NoDrugs : public record::DrugCatalogue {
 public:
  bool Holds(record::DrugCodeKind kind) const override {
    return kind == record::DrugCodeKind::kReceipt;
  }
  std::optional<record::CatalogueDrug> Find(record::DrugCodeKind, absl::string_view,
                                            absl::CivilDay) const override {
    return std::nullopt;
  }
  bool NamesAnother(absl::string_view, absl::string_view, absl::CivilDay) const override {
    return false;
  }
};

// RX-410: what registration refuses is not found fit before.
TEST(DraftTest, DrugsAreLookedUpAsAtTheRegistration) {
  const NoDrugs none;
  const absl::Status prescription = ReadDraft(ValidSj1(), &none).status();
  ASSERT_EQ(ReasonOf(prescription), "DOCUMENT_REFUSED");
  EXPECT_EQ(FindingsOf(prescription).record(0).rule(), "RX-181");
  const absl::Status result = ReadDraftResult(ValidCj1(), &none).status();
  ASSERT_EQ(ReasonOf(result), "DOCUMENT_REFUSED");
  EXPECT_EQ(FindingsOf(result).record(0).rule(), "RX-181");
}

TEST(DraftTest, OtherDocumentsAreRefused) {
  const std::string result = xades::BuildDispensing({ValidCj1(), "", ""}).value();
  for (const std::string& document :
       {std::string("rubbish"), std::string("<Document/>"), result, ValidCj1()}) {
    EXPECT_EQ(ReasonOf(ReadDraft(document, nullptr).status()), "DOCUMENT_REFUSED") << document;
  }
  EXPECT_EQ(FindingsOf(ReadDraft(result, nullptr).status()).envelope(0).rule(), "RX-410");
  EXPECT_EQ(ReasonOf(ReadDraftResult(ValidSj1(), nullptr).status()), "DOCUMENT_REFUSED");
}

}  // namespace
}  // namespace tsunagu::prescription::duplication
