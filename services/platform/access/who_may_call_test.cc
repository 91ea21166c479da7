// Who may call what, over every method, role, facility kind and credential: the answer of Authorise
// written out and compared with testdata/who_may_call.txt. A changed rule in a proto shows there.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "services/platform/access/authorise.h"
#include "services/platform/access/rule.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/status/error.h"

namespace tsunagu::access {
namespace {

constexpr char kGolden[] = "services/platform/access/testdata/who_may_call.txt";
const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

std::vector<v1::Role> AllRoles() {
  std::vector<v1::Role> roles;
  for (int i = 0; i < v1::Role_descriptor()->value_count(); ++i) {
    roles.push_back(static_cast<v1::Role>(v1::Role_descriptor()->value(i)->number()));
  }
  return roles;
}

std::vector<v1::FacilityKind> AllKinds() {
  std::vector<v1::FacilityKind> kinds;
  const auto* descriptor = v1::FacilityKind_descriptor();
  for (int i = 0; i < descriptor->value_count(); ++i) {
    kinds.push_back(static_cast<v1::FacilityKind>(descriptor->value(i)->number()));
  }
  return kinds;
}

v1::Principal Caller(v1::Credential credential, v1::FacilityKind kind) {
  v1::Principal principal;
  principal.set_credential(credential);
  principal.set_actor("a1");
  principal.set_facility("1311111111");
  principal.set_facility_kind(kind);
  *principal.mutable_expires_at() = ToTimestamp(kNow + absl::Minutes(1));
  return principal;
}

v1::Principal Practitioner(v1::Role role, v1::FacilityKind kind) {
  v1::Principal principal = Caller(v1::CREDENTIAL_PRACTITIONER, kind);
  principal.add_roles(role);
  return principal;
}

v1::Principal Organisation(v1::FacilityKind kind) {
  v1::Principal principal = Caller(v1::CREDENTIAL_ORGANISATION, kind);
  principal.set_local_user("desk-1");
  return principal;
}

// A care context with every scope.
v1::CareContext FullContext() {
  v1::CareContext context;
  context.set_facility("1311111111");
  for (int scope = v1::Scope_MIN; scope <= v1::Scope_MAX; ++scope) {
    context.add_scopes(static_cast<v1::Scope>(scope));
  }
  *context.mutable_expires_at() = ToTimestamp(kNow + absl::Hours(1));
  return context;
}

std::string Short(absl::string_view name, absl::string_view prefix) {
  return std::string(absl::StripPrefix(name, prefix));
}

// The facility kinds at which `may` holds, "any" for all of them.
template <typename May>
std::string Kinds(May may) {
  std::vector<std::string> names;
  bool all = true;
  for (v1::FacilityKind kind : AllKinds()) {
    if (kind == v1::FACILITY_KIND_UNSPECIFIED) {
      EXPECT_FALSE(may(kind));
    } else if (may(kind)) {
      names.push_back(Short(v1::FacilityKind_Name(kind), "FACILITY_KIND_"));
    } else {
      all = false;
    }
  }
  return all ? "any" : absl::StrJoin(names, ", ");
}

std::string Describe(const Method& method) {
  const v1::CareContext context = FullContext();
  const auto may = [&](const v1::Principal& caller) {
    return Authorise(method.rule, caller, &context, kNow).ok();
  };
  std::string text = absl::StrCat(method.path.substr(1), "\n");
  for (v1::Role role : AllRoles()) {
    const std::string kinds = Kinds([&](auto kind) { return may(Practitioner(role, kind)); });
    if (kinds.empty()) continue;
    absl::StrAppend(&text, "  ", Short(v1::Role_Name(role), "ROLE_"), " at ", kinds, "\n");
  }
  const std::string kinds = Kinds([&](auto kind) { return may(Organisation(kind)); });
  if (!kinds.empty()) absl::StrAppend(&text, "  organisation: ", kinds, "\n");
  const bool needed = method.rule->scope() != v1::SCOPE_UNSPECIFIED;
  absl::StrAppend(
      &text, "  scope: ", needed ? Short(v1::Scope_Name(method.rule->scope()), "SCOPE_") : "none",
      method.rule->break_glass()      ? ", or break-glass"
      : method.rule->scope_optional() ? ", optional"
                                      : "",
      "\n");
  return text;
}

TEST(WhoMayCallTest, IsWhatTheGoldenFileSays) {
  std::string actual;
  for (const Method& method : AllMethods()) absl::StrAppend(&actual, Describe(method));
  std::ifstream file(kGolden);
  std::stringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(actual, golden.str()) << "If the rules were meant to change, replace " << kGolden;
}

// AC-002: a person without any licence (a manager role is none) may call nothing.
TEST(WhoMayCallTest, NoLicenceMayCallNothing) {
  for (const Method& method : AllMethods()) {
    for (v1::FacilityKind kind : AllKinds()) {
      const v1::Principal nobody = Caller(v1::CREDENTIAL_PRACTITIONER, kind);
      const v1::CareContext context = FullContext();
      EXPECT_FALSE(Authorise(method.rule, nobody, &context, kNow).ok()) << method.path;
    }
  }
}

// The law behind the rules: doctors and dentists prescribe, pharmacists dispense, no machine does.
TEST(WhoMayCallTest, PrescribingAndDispensingNeedTheLicence) {
  const v1::CareContext context = FullContext();
  for (v1::FacilityKind kind : AllKinds()) {
    for (v1::Role role : AllRoles()) {
      const v1::Principal person = Practitioner(role, kind);
      const auto may = [&](absl::string_view method) {
        return Authorise(FindRule(absl::StrCat("/tsunagu.prescription.v1.Prescriptions/", method)),
                         person, &context, kNow)
            .ok();
      };
      const bool prescriber = role == v1::ROLE_MEDICAL_DOCTOR || role == v1::ROLE_DENTIST;
      if (may("Register")) {
        EXPECT_TRUE(prescriber && kind != v1::FACILITY_KIND_PHARMACY);
      }
      if (may("Dispense")) {
        EXPECT_EQ(role, v1::ROLE_PHARMACIST);
        EXPECT_EQ(kind, v1::FACILITY_KIND_PHARMACY);
      }
    }
  }
}

// AC-008: no read under a scope without the care context, unless its rule lets glass be broken,
// or says that the method tells less without.
TEST(WhoMayCallTest, ScopedMethodsNeedAContextFromEveryone) {
  for (const Method& method : AllMethods()) {
    const bool goes = method.rule->break_glass() || method.rule->scope_optional();
    if (method.rule->scope() == v1::SCOPE_UNSPECIFIED || goes) continue;
    for (v1::FacilityKind kind : AllKinds()) {
      EXPECT_FALSE(Authorise(method.rule, Organisation(kind), nullptr, kNow).ok());
      for (v1::Role role : AllRoles()) {
        EXPECT_FALSE(Authorise(method.rule, Practitioner(role, kind), nullptr, kNow).ok());
      }
    }
  }
}

// AC-005
TEST(WhoMayCallTest, NoOrganisationCallsWithoutItsLocalUser) {
  const v1::CareContext context = FullContext();
  for (const Method& method : AllMethods()) {
    for (v1::FacilityKind kind : AllKinds()) {
      v1::Principal nameless = Caller(v1::CREDENTIAL_ORGANISATION, kind);
      EXPECT_FALSE(Authorise(method.rule, nameless, &context, kNow).ok()) << method.path;
    }
  }
}

}  // namespace
}  // namespace tsunagu::access
