// Signed documents of any level and origin: what `check` says of them.
#include "tools/cli/check_document.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/hpki/timestamp/authority.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/extend.h"
#include "services/platform/hpki/xades/sign.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/status/error.h"
#include "tools/cli/check_trust.h"

namespace tsunagu::cli {
namespace {

using hpki::TestPki;
using xades::DocumentKind;
using Rules = std::set<std::string>;

std::string SignKey(const std::string& who) {
  return TestPki::Read(absl::StrCat("identities/", who, "/sign-key.pem"));
}

std::string SignCertificate(const std::string& who) {
  return TestPki::Read(absl::StrCat("identities/", who, "/sign-cert.pem"));
}

std::string Signed(const std::string& unsigned_document,
                   const std::string& who = "clinic-1-doctor") {
  return *xades::SignPrescription(unsigned_document, SignKey(who), SignCertificate(who),
                                  TestPki::Now());
}

std::string Prescription() { return Signed(*xades::BuildPrescription("SJ1\n101,1,1,,14\n", "1")); }

std::string Stamped() {
  const auto authority =
      timestamp::Authority::Create(TestPki::Read("tsa/key.pem"), TestPki::Read("tsa/cert.pem"),
                                   {"1.2.3.4", [] { return TestPki::Now(); }});
  const std::string document = Prescription();
  return *xades::AddSignatureTimeStamp(document, DocumentKind::kPrescription,
                                       xades::Verify(document, DocumentKind::kPrescription),
                                       *authority);
}

CheckContext Context(bool knows_anybody = true) {
  CheckContext context;
  context.now = TestPki::Now() + absl::Hours(1);
  if (knows_anybody) {
    context.anchors = *ReadAnchors({TestPki::PathOf("trust")}, {TestPki::PathOf("tsa/root.pem")});
  }
  return context;
}

CheckReport Check(const std::string& document, const CheckContext& context = Context()) {
  return CheckFiles({{"x.xml", document, ""}}, context)[0];
}

// The rules of the findings that are not about the record inside.
Rules RulesOf(const CheckReport& report) {
  Rules rules;
  for (const auto& part : report.findings) {
    if (absl::StrContains(part.part, "signature")) rules.insert(part.finding.rule);
  }
  return rules;
}

TEST(CheckDocument, SIG069SaysWhoSignedWhenAndByWhoseAuthority) {
  const CheckReport report = Check(Stamped());
  EXPECT_EQ(RulesOf(report), Rules{});
  EXPECT_EQ(report.summary["valid"], true);
  const auto& signature = report.summary["signature"];
  EXPECT_EQ(signature["level"], "ES-T");
  EXPECT_EQ(signature["stamped_at"], signature["judged_at"]);
  EXPECT_EQ(signature["certificate"]["roles"][0], "Medical Doctor");
  EXPECT_EQ(signature["certificate"]["policies"][0], "1.2.392.100495.1.5.1.1.3.1");
  // Nobody's name: reports are handed around.
  EXPECT_FALSE(absl::StrContains(ToJson({report}), "Shiken"));
  EXPECT_EQ(report.summary["record"]["format"], "SJ1");
}

TEST(CheckDocument, SIG053AnUnknownRootIsToldAndTheContentDecodedAllTheSame) {
  const CheckReport report = Check(Stamped(), Context(false));
  EXPECT_TRUE(RulesOf(report).contains("SIG-053"));
  EXPECT_TRUE(RulesOf(report).contains("SIG-063"));
  EXPECT_EQ(report.summary["valid"], nullptr);  // CL-042: nobody knows
  EXPECT_EQ(report.summary["fits_document"], true);
  EXPECT_EQ(report.summary["record"]["format"], "SJ1");
  // Warnings: nothing is wrong with the document.
  for (const auto& part : report.findings) {
    if (part.part != "signature") continue;
    EXPECT_EQ(part.finding.severity, national::Severity::kWarning) << part.finding.rule;
  }
}

TEST(CheckDocument, SIG059ARevokedSignerIsTold) {
  // The list of the hierarchy names it as of the day on which that was built.
  const CheckReport report =
      Check(Signed(*xades::BuildPrescription("SJ1\n", "1"), "doctor-revoked-signer"));
  EXPECT_EQ(RulesOf(report), Rules{"SIG-059"});
  EXPECT_EQ(report.summary["valid"], nullptr);
}

TEST(CheckDocument, SIG061BothSignersOfADispensingResultAreLookedAt) {
  const auto make = [](const std::string& inner, const std::string& outer) {
    const std::string prescription = Signed(*xades::BuildPrescription("SJ1\n", "1"), inner);
    return *xades::SignDispensing(*xades::BuildDispensing({"CJ1\n", prescription, "2"}),
                                  SignKey(outer), SignCertificate(outer), TestPki::Now());
  };
  const CheckReport good = Check(make("clinic-1-dentist", "pharmacy-1-pharmacist"));
  EXPECT_EQ(RulesOf(good), Rules{});
  EXPECT_EQ(good.summary["prescription_signature"]["certificate"]["roles"][0], "Dentist");
  const CheckReport swapped = Check(make("pharmacy-1-pharmacist", "clinic-1-doctor"));
  int licences = 0;
  for (const auto& part : swapped.findings) licences += part.finding.rule == "SIG-061" ? 1 : 0;
  EXPECT_EQ(licences, 2);
  // CL-042: both signatures fit, and neither is worth anything.
  EXPECT_EQ(swapped.summary["fits_document"], true);
  EXPECT_EQ(swapped.summary["valid"], false);
}

// CL-041
TEST(CheckDocument, AFindingNamesTheRecordOfItsLineWhereItsFieldNamesNone) {
  const std::string record = "SJ1\r\n1,1,1234567,13,x\r\n51,20260510";
  const CheckReport report = CheckFiles({{"x", record, ""}})[0];
  int cut_off = 0;
  for (const auto& part : report.findings) {
    if (part.finding.rule != "RX-109") continue;
    ++cut_off;
    EXPECT_EQ(part.finding.record, 3);
    EXPECT_EQ(part.record, 51);
  }
  EXPECT_EQ(cut_off, 1);
}

// CL-043
TEST(CheckDocument, TheRecordInsideIsDecoded) {
  const CheckReport report = Check(Stamped());
  const auto& records = report.summary["record"]["records"];
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0]["record"], 101);
  EXPECT_EQ(records[0]["fields"]["amount"], "14");
  CheckContext without = Context();
  without.content = false;
  EXPECT_FALSE(Check(Stamped(), without).summary["record"].contains("records"));
}

TEST(CheckDocument, WhatFormattersAddIsNoFault) {
  const std::string plain = *xades::BuildPrescription("SJ1\n", "1");
  const std::string open = "<PrescriptionDocument id=\"PrescriptionDocument\">";
  const struct {
    const char* what;
    std::string document;
  } kCases[] = {
      {"byte order mark", absl::StrCat("\xEF\xBB\xBF", Signed(plain))},
      {"line ends", Signed(absl::StrReplaceAll(plain, {{"><", ">\r\n<"},
                                                       {"PrescriptionSign></PrescriptionSign",
                                                        "PrescriptionSign></PrescriptionSign"}}))},
      {"Base64 in lines", Signed(absl::StrReplaceAll(plain, {{"U0ox", "U0\r\nox\r\n"}}))},
      {"comments",
       absl::StrReplaceAll(Signed(plain), {{"<Prescription>", "<Prescription><!-- - -->"}})},
      {"instructions",
       absl::StrReplaceAll(Signed(plain), {{"<Document ", "<?style a?><Document "}})},
      {"no declaration", Signed(plain).substr(plain.find("?>") + 2)},
      {"Id", Signed(absl::StrReplaceAll(
                 plain, {{"<PrescriptionManagement id", "<PrescriptionManagement Id"}}))},
  };
  for (const auto& test : kCases) {
    SCOPED_TRACE(test.what);
    const CheckReport report = Check(test.document);
    EXPECT_EQ(RulesOf(report), Rules{}) << ToJson({report});
    EXPECT_EQ(report.summary["record"]["format"], "SJ1");
  }
}

TEST(CheckDocument, WhatReadersWouldReadDifferentlyIsRefused) {
  const std::string good = Prescription();
  const struct {
    const char* rule;
    std::string document;
  } kCases[] = {
      {"SIG-001", good + std::string(5 << 20, ' ')},
      {"SIG-002", absl::StrReplaceAll(good, {{"?><Document", "?><!DOCTYPE Document><Document"}})},
      {"SIG-004", absl::StrReplaceAll(good, {{"encoding=\"UTF-8\"", "encoding=\"Shift_JIS\""}})},
      {"SIG-006", absl::StrReplaceAll(good, {{"</ds:Signature>",
                                              "</ds:Signature><ds:Signature xmlns:ds=\"http://"
                                              "www.w3.org/2000/09/xmldsig#\"/>"}})},
  };
  for (const auto& test : kCases) {
    SCOPED_TRACE(test.rule);
    const CheckReport report = Check(test.document);
    EXPECT_TRUE(RulesOf(report).contains(test.rule)) << ToJson({report});
    EXPECT_EQ(report.summary["valid"], false);
  }
}

TEST(CheckDocument, SIG011WeakDigestsAreToldAndTheContentDecodedAllTheSame) {
  const CheckReport report = Check(absl::StrReplaceAll(
      Prescription(),
      {{"http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"}}));
  EXPECT_TRUE(RulesOf(report).contains("SIG-011"));
  EXPECT_EQ(report.summary["record"]["format"], "SJ1");
}

TEST(ReadAnchors, SIG069TakesFilesAndFolders) {
  const auto anchors =
      ReadAnchors({TestPki::PathOf("trust/hpki-root.pem"), TestPki::PathOf("ca/sign/ca.pem"),
                   TestPki::PathOf("ca/sign/crl.pem")},
                  {TestPki::PathOf("tsa")});
  ASSERT_TRUE(anchors.ok()) << anchors.status();
  EXPECT_EQ(anchors->roots.size(), 1u);
  EXPECT_EQ(anchors->intermediates.size(), 1u);
  EXPECT_EQ(anchors->authorities.size(), 2u);  // key.pem has none
  EXPECT_EQ(anchors->revocation_lists.size(), 2u);
}

TEST(ReadAnchors, SIG069RefusesWhatHoldsNothingToBelieve) {
  for (const char* path : {"tsa/key.pem", "identities"}) {
    const auto anchors = ReadAnchors({TestPki::PathOf(path)}, {});
    EXPECT_EQ(RuleOf(anchors.status()), "SIG-069") << path;
    EXPECT_EQ(ReasonOf(anchors.status()), "TRUST_UNREADABLE") << path;
  }
  EXPECT_FALSE(ReadAnchors({"/nowhere"}, {}).ok());
}

}  // namespace
}  // namespace tsunagu::cli
