#include "services/platform/access/rule.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "google/protobuf/descriptor.h"

namespace tsunagu::access {
namespace {

constexpr char kAccept[] = "/tsunagu.prescription.v1.Prescriptions/Accept";

TEST(RuleTest, ARuleIsWhatTheProtoSays) {
  const v1::Rule* rule = FindRule(kAccept);
  ASSERT_NE(rule, nullptr);
  ASSERT_EQ(rule->practitioners_size(), 1);
  EXPECT_EQ(rule->practitioners(0).roles(0), v1::ROLE_PHARMACIST);
  EXPECT_EQ(rule->practitioners(0).facilities(0), v1::FACILITY_KIND_PHARMACY);
  EXPECT_EQ(rule->purpose(), v1::PURPOSE_TREATMENT);
  EXPECT_EQ(rule->audit(), "prescription.accept");
}

// AC-001
TEST(RuleTest, UnknownPathsHaveNoRule) {
  for (const char* path :
       {"", "/", "tsunagu.prescription.v1.Prescriptions/Accept",
        "/tsunagu.prescription.v1.Prescriptions", "/tsunagu.prescription.v1.Prescriptions/",
        "/tsunagu.prescription.v1.Prescriptions/accept",
        "/tsunagu.prescription.v1.Prescriptions/Accept/", "/grpc.health.v1.Health/Check"}) {
    EXPECT_EQ(FindRule(path), nullptr) << path;
    EXPECT_EQ(FindMethod(path), nullptr) << path;
  }
}

TEST(RuleTest, AMethodKnowsItsService) {
  const Method* method = FindMethod(kAccept);
  ASSERT_NE(method, nullptr);
  EXPECT_EQ(method->path, kAccept);
  EXPECT_EQ(method->service, "tsunagu.prescription.v1.Prescriptions");
  EXPECT_EQ(method->rule, FindRule(kAccept));
}

TEST(RuleTest, AllServicesThatAreLinkedAreListedInOrder) {
  const auto& methods = AllMethods();
  EXPECT_TRUE(std::is_sorted(methods.begin(), methods.end(),
                             [](const Method& a, const Method& b) { return a.path < b.path; }));
  for (const char* service :
       {"tsunagu.audit.v1.Audit", "tsunagu.eligibility.v1.Eligibility",
        "tsunagu.emergency.v1.Emergency", "tsunagu.ltc.v1.LongTermCare",
        "tsunagu.medication.v1.Medication", "tsunagu.prescription.v1.Prescriptions"}) {
    EXPECT_TRUE(std::any_of(methods.begin(), methods.end(), [service](const Method& method) {
      return method.service == service;
    })) << service;
  }
}

// Every RPC of ours states its rule, and every rule its purpose.
TEST(RuleTest, NoMethodIsWithoutRuleAndPurpose) {
  for (const Method& method : AllMethods()) {
    ASSERT_NE(method.rule, nullptr) << method.path;
    EXPECT_NE(method.rule->purpose(), v1::PURPOSE_UNSPECIFIED) << method.path;
    EXPECT_TRUE(method.rule->practitioners_size() + method.rule->organisations_size() > 0)
        << method.path;
  }
}

// Reading under a care context is personal data, and breaking glass is about a scope.
TEST(RuleTest, ScopesGoWithAuditAndBreakGlassWithScopes) {
  for (const Method& method : AllMethods()) {
    ASSERT_NE(method.rule, nullptr) << method.path;
    if (method.rule->scope() != v1::SCOPE_UNSPECIFIED) {
      EXPECT_NE(method.rule->audit(), "") << method.path;
    }
    if (method.rule->break_glass() || method.rule->scope_optional()) {
      EXPECT_NE(method.rule->scope(), v1::SCOPE_UNSPECIFIED) << method.path;
    }
  }
}

TEST(RuleTest, NoRuleNamesAnUnspecifiedRoleOrKind) {
  for (const Method& method : AllMethods()) {
    ASSERT_NE(method.rule, nullptr) << method.path;
    for (const auto& practitioner : method.rule->practitioners()) {
      EXPECT_GT(practitioner.roles_size(), 0) << method.path;
      for (int role : practitioner.roles()) EXPECT_NE(role, v1::ROLE_UNSPECIFIED);
      for (int kind : practitioner.facilities()) EXPECT_NE(kind, v1::FACILITY_KIND_UNSPECIFIED);
    }
    for (int kind : method.rule->organisations()) EXPECT_NE(kind, v1::FACILITY_KIND_UNSPECIFIED);
  }
}

TEST(RuleTest, AuditActionsAreUnique) {
  std::vector<std::string> actions;
  for (const Method& method : AllMethods()) {
    if (!method.rule->audit().empty()) actions.push_back(method.rule->audit());
  }
  std::sort(actions.begin(), actions.end());
  EXPECT_EQ(std::adjacent_find(actions.begin(), actions.end()), actions.end());
}

}  // namespace
}  // namespace tsunagu::access
