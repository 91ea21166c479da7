#include "services/platform/access/authorise.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "services/platform/access/timestamp.h"
#include "services/platform/status/error.h"

namespace tsunagu::access {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

v1::Rule ParseRule(const std::string& text) {
  v1::Rule rule;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &rule)) << text;
  return rule;
}

// Doctors anywhere, pharmacists at a pharmacy; fire departments for a local user.
v1::Rule MixedRule() {
  return ParseRule(R"(
    practitioners { roles: ROLE_MEDICAL_DOCTOR }
    practitioners { roles: ROLE_PHARMACIST facilities: FACILITY_KIND_PHARMACY }
    organisations: FACILITY_KIND_FIRE_DEPARTMENT
  )");
}

v1::Rule ScopedRule(bool break_glass = false) {
  v1::Rule rule = MixedRule();
  rule.set_scope(v1::SCOPE_MEDICATION);
  rule.set_break_glass(break_glass);
  return rule;
}

v1::Principal Practitioner(std::vector<v1::Role> roles, v1::FacilityKind kind) {
  v1::Principal principal;
  principal.set_credential(v1::CREDENTIAL_PRACTITIONER);
  principal.set_actor("a1");
  for (v1::Role role : roles) principal.add_roles(role);
  principal.set_facility("1311111111");
  principal.set_facility_kind(kind);
  *principal.mutable_expires_at() = ToTimestamp(kNow + absl::Minutes(1));
  return principal;
}

v1::Principal Doctor() { return Practitioner({v1::ROLE_MEDICAL_DOCTOR}, v1::FACILITY_KIND_CLINIC); }

v1::Principal Crew() {
  v1::Principal principal = Practitioner({}, v1::FACILITY_KIND_FIRE_DEPARTMENT);
  principal.set_credential(v1::CREDENTIAL_ORGANISATION);
  principal.set_local_user("crew-7");
  return principal;
}

v1::CareContext Context() {
  v1::CareContext context;
  context.set_facility("1311111111");
  context.add_scopes(v1::SCOPE_TREATMENT);
  context.add_scopes(v1::SCOPE_MEDICATION);
  *context.mutable_expires_at() = ToTimestamp(kNow + absl::Hours(1));
  return context;
}

void ExpectRefused(const absl::Status& status, absl::StatusCode code, const char* reason,
                   const char* rule) {
  EXPECT_EQ(status.code(), code);
  EXPECT_EQ(ReasonOf(status), reason);
  EXPECT_EQ(RuleOf(status), rule);
}

void ExpectDenied(const absl::Status& status, const char* reason, const char* rule) {
  ExpectRefused(status, absl::StatusCode::kPermissionDenied, reason, rule);
}

TEST(AuthoriseTest, AC001AMethodWithoutRuleAdmitsNobody) {
  ExpectDenied(Authorise(nullptr, Doctor(), nullptr, kNow), "METHOD_CLOSED", "AC-001");
}

TEST(AuthoriseTest, AC001AnEmptyRuleAdmitsNobody) {
  const v1::Rule empty;
  EXPECT_FALSE(Authorise(&empty, Doctor(), nullptr, kNow).ok());
  EXPECT_FALSE(Authorise(&empty, Crew(), nullptr, kNow).ok());
}

TEST(AuthoriseTest, AC002ALicenceOfTheRuleIsNeeded) {
  const v1::Rule rule = MixedRule();
  EXPECT_TRUE(Authorise(&rule, Doctor(), nullptr, kNow).ok());
  const auto nurse = Practitioner({v1::ROLE_GENERAL_NURSE}, v1::FACILITY_KIND_CLINIC);
  ExpectDenied(Authorise(&rule, nurse, nullptr, kNow), "ROLE_NOT_ALLOWED", "AC-002");
  const auto nobody = Practitioner({}, v1::FACILITY_KIND_CLINIC);
  ExpectDenied(Authorise(&rule, nobody, nullptr, kNow), "ROLE_NOT_ALLOWED", "AC-002");
}

TEST(AuthoriseTest, AC002AnUnspecifiedRoleMatchesNothing) {
  v1::Rule rule;
  rule.add_practitioners()->add_roles(v1::ROLE_UNSPECIFIED);
  const auto unknown = Practitioner({v1::ROLE_UNSPECIFIED}, v1::FACILITY_KIND_CLINIC);
  EXPECT_FALSE(Authorise(&rule, unknown, nullptr, kNow).ok());
}

TEST(AuthoriseTest, AC002EitherOfTwoLicencesSuffices) {
  const v1::Rule rule = MixedRule();
  const auto both =
      Practitioner({v1::ROLE_GENERAL_NURSE, v1::ROLE_PHARMACIST}, v1::FACILITY_KIND_PHARMACY);
  EXPECT_TRUE(Authorise(&rule, both, nullptr, kNow).ok());
}

TEST(AuthoriseTest, AC003TheFacilityMustBeOfAKindInTheSameEntryAsTheRole) {
  const v1::Rule rule = MixedRule();
  const auto elsewhere = Practitioner({v1::ROLE_PHARMACIST}, v1::FACILITY_KIND_HOSPITAL);
  ExpectDenied(Authorise(&rule, elsewhere, nullptr, kNow), "FACILITY_KIND_NOT_ALLOWED", "AC-003");
}

TEST(AuthoriseTest, AC003OrganisationsOfOtherKindsAreRefused) {
  const v1::Rule rule = MixedRule();
  v1::Principal clinic = Crew();
  clinic.set_facility_kind(v1::FACILITY_KIND_CLINIC);
  ExpectDenied(Authorise(&rule, clinic, nullptr, kNow), "FACILITY_KIND_NOT_ALLOWED", "AC-003");
}

TEST(AuthoriseTest, AC004WhatOnlyPractitionersMayNoOrganisationMay) {
  const v1::Rule rule = ParseRule("practitioners { roles: ROLE_PHARMACIST }");
  ExpectDenied(Authorise(&rule, Crew(), nullptr, kNow), "ORGANISATION_NOT_ALLOWED", "AC-004");
}

TEST(AuthoriseTest, AC004RolesDoNotHelpAnOrganisation) {
  const v1::Rule rule = ParseRule("practitioners { roles: ROLE_PHARMACIST }");
  v1::Principal crew = Crew();
  crew.add_roles(v1::ROLE_PHARMACIST);
  ExpectDenied(Authorise(&rule, crew, nullptr, kNow), "ORGANISATION_NOT_ALLOWED", "AC-004");
}

TEST(AuthoriseTest, AC005AnOrganisationNamesItsLocalUser) {
  const v1::Rule rule = MixedRule();
  EXPECT_TRUE(Authorise(&rule, Crew(), nullptr, kNow).ok());
  v1::Principal nameless = Crew();
  nameless.clear_local_user();
  ExpectDenied(Authorise(&rule, nameless, nullptr, kNow), "LOCAL_USER_MISSING", "AC-005");
}

TEST(AuthoriseTest, AC006AnIncompletePrincipalIsNobody) {
  const v1::Rule rule = MixedRule();
  const auto refused = [&rule](auto clear) {
    v1::Principal principal = Doctor();
    clear(principal);
    ExpectRefused(Authorise(&rule, principal, nullptr, kNow), absl::StatusCode::kUnauthenticated,
                  "PRINCIPAL_INCOMPLETE", "AC-006");
  };
  refused([](v1::Principal& p) { p.clear_credential(); });
  refused([](v1::Principal& p) { p.clear_actor(); });
  refused([](v1::Principal& p) { p.clear_facility(); });
  refused([](v1::Principal& p) { p.clear_facility_kind(); });
}

TEST(AuthoriseTest, AC007AnExpiredPrincipalIsNobody) {
  const v1::Rule rule = MixedRule();
  v1::Principal principal = Doctor();
  *principal.mutable_expires_at() = ToTimestamp(kNow);
  ExpectRefused(Authorise(&rule, principal, nullptr, kNow), absl::StatusCode::kUnauthenticated,
                "PRINCIPAL_EXPIRED", "AC-007");
  EXPECT_TRUE(Authorise(&rule, principal, nullptr, kNow - absl::Nanoseconds(1)).ok());
}

TEST(AuthoriseTest, AC008AScopedMethodNeedsACareContext) {
  const v1::Rule rule = ScopedRule();
  ExpectDenied(Authorise(&rule, Doctor(), nullptr, kNow), "CARE_CONTEXT_MISSING", "AC-008");
  const v1::CareContext context = Context();
  EXPECT_TRUE(Authorise(&rule, Doctor(), &context, kNow).ok());
}

TEST(AuthoriseTest, AC008BreakGlassLetsItBeMissing) {
  const v1::Rule rule = ScopedRule(/*break_glass=*/true);
  EXPECT_TRUE(Authorise(&rule, Doctor(), nullptr, kNow).ok());
}

TEST(AuthoriseTest, AC008AMethodThatTellsLessWithoutLetsItBeMissingAndMendsNone) {
  v1::Rule rule = ScopedRule();
  rule.set_scope_optional(true);
  EXPECT_TRUE(Authorise(&rule, Doctor(), nullptr, kNow).ok());
  v1::CareContext context = Context();
  EXPECT_TRUE(Authorise(&rule, Doctor(), &context, kNow).ok());
  context.clear_scopes();
  EXPECT_FALSE(Authorise(&rule, Doctor(), &context, kNow).ok());
}

TEST(AuthoriseTest, BreakGlassDoesNotMendABadContext) {
  const v1::Rule rule = ScopedRule(/*break_glass=*/true);
  v1::CareContext context = Context();
  context.clear_scopes();
  EXPECT_FALSE(Authorise(&rule, Doctor(), &context, kNow).ok());
}

TEST(AuthoriseTest, BreakGlassDoesNotAdmitOtherRoles) {
  const v1::Rule rule = ScopedRule(/*break_glass=*/true);
  const auto nurse = Practitioner({v1::ROLE_GENERAL_NURSE}, v1::FACILITY_KIND_CLINIC);
  EXPECT_FALSE(Authorise(&rule, nurse, nullptr, kNow).ok());
}

TEST(AuthoriseTest, AC009AContextServesItsFacilityOnly) {
  const v1::Rule rule = ScopedRule();
  v1::CareContext context = Context();
  context.set_facility("1322222222");
  ExpectDenied(Authorise(&rule, Doctor(), &context, kNow), "CARE_CONTEXT_OTHER_FACILITY", "AC-009");
}

TEST(AuthoriseTest, AC010AContextEndsAtItsExpiry) {
  const v1::Rule rule = ScopedRule();
  v1::CareContext context = Context();
  *context.mutable_expires_at() = ToTimestamp(kNow);
  ExpectDenied(Authorise(&rule, Doctor(), &context, kNow), "CARE_CONTEXT_EXPIRED", "AC-010");
  EXPECT_TRUE(Authorise(&rule, Doctor(), &context, kNow - absl::Nanoseconds(1)).ok());
}

TEST(AuthoriseTest, AC011TheScopeMustBeInTheContext) {
  const v1::Rule rule = ScopedRule();
  v1::CareContext context = Context();
  context.clear_scopes();
  context.add_scopes(v1::SCOPE_CHECKUP);
  const absl::Status status = Authorise(&rule, Doctor(), &context, kNow);
  ExpectDenied(status, "SCOPE_MISSING", "AC-011");
  EXPECT_NE(status.message().find("SCOPE_MEDICATION"), absl::string_view::npos) << status;
}

TEST(AuthoriseTest, AContextThatTheRuleDoesNotNeedIsNotLookedAt) {
  const v1::Rule rule = MixedRule();
  v1::CareContext context = Context();
  context.set_facility("1322222222");
  EXPECT_TRUE(Authorise(&rule, Doctor(), &context, kNow).ok());
}

TEST(AuthoriseTest, TheCallerIsJudgedBeforeTheContext) {
  const v1::Rule rule = ScopedRule();
  const auto nurse = Practitioner({v1::ROLE_GENERAL_NURSE}, v1::FACILITY_KIND_CLINIC);
  EXPECT_EQ(ReasonOf(Authorise(&rule, nurse, nullptr, kNow)), "ROLE_NOT_ALLOWED");
}

v1::FacilityKind AnyKind() {
  return static_cast<v1::FacilityKind>(*rc::gen::inRange(0, v1::FacilityKind_MAX + 1));
}

// AC-018
TEST(SpeaksForTest, OnlyAnInsurerAndOnlyForItsNumbers) {
  v1::Principal insurer = Crew();
  insurer.set_facility_kind(v1::FACILITY_KIND_INSURER);
  EXPECT_FALSE(SpeaksFor(insurer, "01130012"));
  insurer.add_insurer_numbers("01130012");
  insurer.add_insurer_numbers("131003");
  EXPECT_TRUE(SpeaksFor(insurer, "01130012"));
  EXPECT_TRUE(SpeaksFor(insurer, "131003"));
  for (const char* other : {"", "0113001", "01130013", "00131003"}) {
    EXPECT_FALSE(SpeaksFor(insurer, other)) << other;
  }
  insurer.set_facility_kind(v1::FACILITY_KIND_PAYER);
  EXPECT_FALSE(SpeaksFor(insurer, "01130012"));
}

TEST(AdmitsOrganisationTest, TheKindsOfTheRuleAndNoOthers) {
  EXPECT_TRUE(AdmitsOrganisation(MixedRule(), v1::FACILITY_KIND_FIRE_DEPARTMENT));
  EXPECT_FALSE(AdmitsOrganisation(MixedRule(), v1::FACILITY_KIND_PHARMACY));
  EXPECT_FALSE(AdmitsOrganisation(MixedRule(), v1::FACILITY_KIND_UNSPECIFIED));
}

// Whatever the rule, more licences never take a right away, and an expired principal has none.
RC_GTEST_PROP(AuthoriseProperty, RightsGrowWithLicencesAndEndWithThePrincipal, ()) {
  v1::Rule rule;
  for (int n = *rc::gen::inRange(0, 4); n > 0; --n) {
    auto* admitted = rule.add_practitioners();
    admitted->add_roles(static_cast<v1::Role>(*rc::gen::inRange(0, 19)));
    if (*rc::gen::arbitrary<bool>()) admitted->add_facilities(AnyKind());
  }
  v1::Principal fewer = Practitioner({}, AnyKind());
  for (int n = *rc::gen::inRange(0, 3); n > 0; --n) {
    fewer.add_roles(static_cast<v1::Role>(*rc::gen::inRange(0, 19)));
  }
  v1::Principal more = fewer;
  more.add_roles(static_cast<v1::Role>(*rc::gen::inRange(0, 19)));
  if (Authorise(&rule, fewer, nullptr, kNow).ok()) {
    RC_ASSERT(Authorise(&rule, more, nullptr, kNow).ok());
  }
  RC_ASSERT(!Authorise(&rule, more, nullptr, kNow + absl::Minutes(1)).ok());
}

// Whatever is refused says why.
RC_GTEST_PROP(AuthoriseProperty, EveryRefusalNamesItsRule, ()) {
  v1::Rule rule = ScopedRule(*rc::gen::arbitrary<bool>());
  v1::Principal caller = Practitioner({static_cast<v1::Role>(*rc::gen::inRange(0, 4))}, AnyKind());
  caller.set_credential(static_cast<v1::Credential>(*rc::gen::inRange(0, 3)));
  v1::CareContext context = Context();
  if (*rc::gen::arbitrary<bool>()) context.set_facility("other");
  if (*rc::gen::arbitrary<bool>()) context.clear_scopes();
  const bool presented = *rc::gen::arbitrary<bool>();
  const absl::Status status = Authorise(&rule, caller, presented ? &context : nullptr, kNow);
  RC_ASSERT(status.ok() || (!ReasonOf(status).empty() && !RuleOf(status).empty()));
}

}  // namespace
}  // namespace tsunagu::access
