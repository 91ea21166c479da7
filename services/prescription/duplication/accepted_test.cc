#include "services/prescription/duplication/accepted.h"

#include <gtest/gtest.h>

#include <functional>

#include "services/platform/status/error.h"

namespace tsunagu::prescription::duplication {
namespace {

using Alerts = google::protobuf::RepeatedPtrField<v1::AcceptedAlert>;

v1::AcceptedAlert Pair() {
  v1::AcceptedAlert alert;
  alert.set_category(v1::ALERT_CATEGORY_CONTRAINDICATED);
  alert.set_ingredient("2171022");
  alert.set_other("1124007");
  alert.set_reason("漸減のため");
  return alert;
}

// The path of the field that is wrong.
std::string FieldOf(const absl::Status& status) {
  const google::rpc::Status wire = ToRpcStatus(status);
  for (const auto& detail : wire.details()) {
    google::rpc::BadRequest bad;
    if (detail.Is<google::rpc::BadRequest>() && detail.UnpackTo(&bad)) {
      return bad.field_violations(0).field();
    }
  }
  return "";
}

std::string ReasonWhy(const std::function<void(v1::AcceptedAlert&)>& change) {
  Alerts alerts;
  *alerts.Add() = Pair();
  change(*alerts.Add() = Pair());
  const absl::Status status = CheckAcceptedAlerts(alerts);
  if (!status.ok()) {
    EXPECT_EQ(RuleOf(status), "RX-419");
    EXPECT_EQ(FieldOf(status).find("accepted_alerts[1]."), 0u) << FieldOf(status);
  }
  return ReasonOf(status);
}

std::string Repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// RX-419
TEST(AcceptedTest, AnAlertNamesItsIngredientsAndAReasonOfAtMost300Characters) {
  EXPECT_EQ(ReasonWhy([](auto&) {}), "");
  EXPECT_EQ(ReasonWhy([](auto& alert) { alert.clear_other(); }), "");
  EXPECT_EQ(ReasonWhy([](auto& alert) { alert.set_reason(Repeated("理", 300)); }), "");
  EXPECT_EQ(ReasonWhy([](auto& alert) { alert.set_reason(Repeated("理", 301)); }), "BAD_FIELD");
  EXPECT_EQ(ReasonWhy([](auto& alert) { alert.clear_reason(); }), "BAD_FIELD");
  EXPECT_EQ(ReasonWhy([](auto& alert) { alert.clear_category(); }), "BAD_FIELD");
  EXPECT_EQ(ReasonWhy([](auto& alert) { alert.set_ingredient("217102"); }), "BAD_FIELD");
  EXPECT_EQ(ReasonWhy([](auto& alert) { alert.set_other("x"); }), "BAD_FIELD");
  EXPECT_EQ(ReasonWhy([](auto& alert) { alert.set_category(v1::ALERT_CATEGORY_DUPLICATE); }),
            "BAD_FIELD");
}

// RX-419
TEST(AcceptedTest, ThereAreAtMostFifty) {
  Alerts alerts;
  for (int i = 0; i < kMaxAcceptedAlerts; ++i) *alerts.Add() = Pair();
  EXPECT_TRUE(CheckAcceptedAlerts(alerts).ok());
  *alerts.Add() = Pair();
  EXPECT_EQ(ReasonOf(CheckAcceptedAlerts(alerts)), "BAD_FIELD");
}

}  // namespace
}  // namespace tsunagu::prescription::duplication
