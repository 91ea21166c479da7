#include "services/prescription/test_documents.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/sign.h"
#include "services/platform/national/jst.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::prescription {
namespace {

using hpki::TestPki;

template <typename T>
T Value(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  fprintf(stderr, "test_documents: %s\n", value.status().ToString().c_str());
  std::abort();
}

std::string Sign(absl::string_view document, xades::DocumentKind kind, absl::Time time,
                 absl::string_view signer) {
  const auto key = Value(
      xades::Signer::Create(TestPki::Read(absl::StrCat("identities/", signer, "/sign-key.pem")),
                            TestPki::Read(absl::StrCat("identities/", signer, "/sign-cert.pem"))));
  return Value(key.Sign(document, kind, time));
}

}  // namespace

national::InsuredIdentity Insured() { return {"01130012", "１", "２３４", "00"}; }

std::string PrescriptionText(absl::CivilDay day) {
  const std::string text =
      Change(record::testing::ValidSj1(), "51,20260510", "51," + national::FormatDay(day));
  return Change(text, "ﾂﾅｸﾞ ｲﾁﾛｳ,繋　一郎", "ｼｹﾝ ﾀﾛｳ,試験　太郎");
}

std::string ResultText(absl::CivilDay day) {
  std::string text =
      Change(record::testing::ValidCj1(), "51,20260511", "51," + national::FormatDay(day));
  text = Change(text, "薬剤 次郎", "試験 花子");
  return Change(Change(text, "7,12ab34cd-0000-8000-8000-000000000001\n", ""), "521,1,2,20260525\n",
                "");
}

std::string Change(absl::string_view text, absl::string_view from, absl::string_view to) {
  return record::testing::Change(text, from, to);
}

std::string UnsignedPrescription(absl::string_view text) {
  return Value(xades::BuildPrescription(text, ""));
}

std::string SignedPrescription(absl::string_view text, absl::Time time, absl::string_view signer) {
  return Sign(UnsignedPrescription(text), xades::DocumentKind::kPrescription, time, signer);
}

std::string UnsignedResult(absl::string_view text, absl::string_view prescription) {
  return Value(xades::BuildDispensing({text, prescription, ""}));
}

std::string SignedResult(absl::string_view text, absl::string_view prescription, absl::Time time,
                         absl::string_view signer) {
  return Sign(UnsignedResult(text, prescription), xades::DocumentKind::kDispensing, time, signer);
}

tsunagu::service::v1::SignatureTrust TestSignatureTrust() {
  tsunagu::service::v1::SignatureTrust trust;
  trust.set_root_file(TestPki::PathOf("trust/hpki-root.pem"));
  trust.set_intermediates_file(TestPki::PathOf("trust/intermediates.pem"));
  trust.set_crls(TestPki::PathOf("trust/crls.pem"));
  return trust;
}

tsunagu::service::v1::TimeStamping TestTimeStamping() {
  tsunagu::service::v1::TimeStamping stamping;
  stamping.set_certificate_file(TestPki::PathOf("tsa/cert.pem"));
  stamping.set_key_file(TestPki::PathOf("tsa/key.pem"));
  stamping.set_root_file(TestPki::PathOf("tsa/root.pem"));
  return stamping;
}

std::unique_ptr<Trust> TestTrust() {
  return Value(Trust::Open(TestSignatureTrust(), TestTimeStamping()));
}

}  // namespace tsunagu::prescription
