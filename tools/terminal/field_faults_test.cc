#include "tools/terminal/field_faults.h"

#include <gtest/gtest.h>

namespace tsunagu::terminal {
namespace {

using prescription::envelope::FindInterface;

// TM-033
TEST(FieldFaultsTest, AFaultNamesTheElementThatTheVendorWrote) {
  EXPECT_EQ(ElementOf(*FindInterface(307), "issuer"), "IssuerCode");
  EXPECT_EQ(ElementOf(*FindInterface(307), "document"), "DispensingInfo");
  EXPECT_EQ(ElementOf(*FindInterface(201), "document"), "PrescriptionInfo");
  EXPECT_EQ(ElementOf(*FindInterface(301), "identity.number"), "InsuredIdentificationNumber");
  EXPECT_EQ(ElementOf(*FindInterface(301), "identity"), "InsurerNumber");
  // Of no element.
  EXPECT_EQ(ElementOf(*FindInterface(301), "command_id"), "command_id");
  EXPECT_EQ(ElementOf(*FindInterface(203), "issuer"), "issuer");
}

// TM-033
TEST(FieldFaultsTest, TheCauseIsToldInJapaneseWhereItIsKnown) {
  EXPECT_EQ(FaultJa("must be 10 digits of a medical or dental institution: who issued"),
            "紙の処方箋を交付した医科・歯科の医療機関のコード（10桁）が必要です。");
  EXPECT_EQ(FaultJa("anything else"), "");
}

}  // namespace
}  // namespace tsunagu::terminal
