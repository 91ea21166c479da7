// What holds for all payloads, trees and bytes.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/timestamp/token.h"
#include "services/platform/hpki/xades/canonical.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/scan.h"
#include "services/platform/hpki/xades/test_documents.h"
#include "services/platform/hpki/xades/xml.h"

namespace tsunagu::xades {
namespace {

std::string ReferenceText(const xmlNode* node) {
  std::string text;
  for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
    text += child->type == XML_TEXT_NODE ? reinterpret_cast<const char*>(child->content)
                                         : absl::StrCat("<", NameOf(child), ">");
  }
  return text;
}

// A small tree with random names from a short list, so that paths meet.
rc::Gen<std::string> Tree(int depth) {
  return rc::gen::mapcat(rc::gen::element<std::string>("a", "b", "p:a"), [depth](std::string name) {
    if (depth == 0) return rc::gen::just(absl::StrCat("<", name, "/>"));
    return rc::gen::map(
        rc::gen::resize(
            3, rc::gen::container<std::vector<std::string>>(rc::gen::oneOf(
                   rc::gen::element<std::string>("x", "<!--<a>-->", "<?a <b>?>", "<![CDATA[<a>]]>"),
                   Tree(depth - 1)))),
        [name](const std::vector<std::string>& children) {
          std::string text = absl::StrCat("<", name, " k='>/>'>");
          for (const std::string& child : children) text += child;
          return absl::StrCat(text, "</", name, ">");
        });
  });
}

RC_GTEST_PROP(DocumentProperty, EveryPayloadComesBackFromASignedPrescription, ()) {
  const std::string payload = *rc::gen::arbitrary<std::string>();
  const std::string document =
      *Doctor().Sign(*BuildPrescription(payload, "1"), DocumentKind::kPrescription, SigningTime());
  const Verification result = Verify(document, DocumentKind::kPrescription);
  RC_ASSERT(result.valid());
  RC_ASSERT(result.signature.content == payload);
  RC_ASSERT(ReadDocument(document)->payload == payload);
}

RC_GTEST_PROP(DocumentProperty, EveryPrescriptionSurvivesItsDispensing, ()) {
  const std::string prescribed = *rc::gen::arbitrary<std::string>();
  const std::string dispensed = *rc::gen::arbitrary<std::string>();
  const std::string prescription = *Doctor().Sign(*BuildPrescription(prescribed, ""),
                                                  DocumentKind::kPrescription, SigningTime());
  const std::string document = *Pharmacist().Sign(*BuildDispensing({dispensed, prescription, ""}),
                                                  DocumentKind::kDispensing, SigningTime());
  const Verification result = Verify(document, DocumentKind::kDispensing);
  RC_ASSERT(result.valid());
  RC_ASSERT(result.signature.content == dispensed);
  RC_ASSERT(result.prescription && result.prescription->content == prescribed);
}

RC_GTEST_PROP(HostileProperty, NoBytesCrashAReader, (const std::string& bytes)) {
  for (const DocumentKind kind : {DocumentKind::kPrescription, DocumentKind::kDispensing}) {
    RC_ASSERT(!Verify(bytes, kind).valid());
    RC_ASSERT(!Verify(absl::StrCat("<Document>", bytes, "</Document>"), kind).valid());
  }
  RC_ASSERT(!ReadDocument(bytes).ok());
  RC_ASSERT(!timestamp::ReadToken(bytes).ok());
  FindElement(bytes, {"a", "b"});
}

RC_GTEST_PROP(HostileProperty, PiecesOfTwoDocumentsNeverMakeAThird, ()) {
  static const std::string* const first = new std::string(Prescription());
  static const std::string* const second =
      new std::string(*Doctor().Sign(*BuildPrescription("SJ1\nother\n", "11111111-2222"),
                                     DocumentKind::kPrescription, SigningTime()));
  const size_t from = *rc::gen::inRange<size_t>(0, first->size());
  const size_t back = *rc::gen::inRange<size_t>(0, second->size());
  const Verification result =
      Verify(first->substr(0, from) + second->substr(back), DocumentKind::kPrescription);
  RC_ASSERT(!result.valid() || result.signature.content == kPrescribed ||
            result.signature.content == "SJ1\nother\n");
}

RC_GTEST_PROP(ScanProperty, TheScannerAndTheParserSeeTheSameElement, ()) {
  const std::string body = *Tree(3);
  const std::string document = absl::StrCat("<r xmlns:p='urn:p'>", body, "</r>");
  national::Findings findings;
  const XmlDocument tree = ParseXml(document, &findings);
  RC_ASSERT(tree != nullptr);
  // The parser's first element at r/a/b.
  const xmlNode* expected = nullptr;
  for (const xmlNode* a : ChildElements(xmlDocGetRootElement(tree.get()))) {
    if (NameOf(a) != "a" || expected != nullptr) continue;
    for (const xmlNode* b : ChildElements(a)) {
      if (NameOf(b) == "b" && expected == nullptr) expected = b;
    }
  }
  const std::optional<ElementSpan> span = FindElement(document, {"r", "a", "b"});
  RC_ASSERT(span.has_value() == (expected != nullptr));
  if (!span) return;
  const std::string inner =
      absl::StrCat("<x xmlns:p='urn:p'>",
                   document.substr(span->inner_begin, span->inner_end - span->inner_begin), "</x>");
  const XmlDocument again = ParseXml(inner, &findings);
  RC_ASSERT(again != nullptr);
  RC_ASSERT(ReferenceText(xmlDocGetRootElement(again.get())) == ReferenceText(expected));
}

RC_GTEST_PROP(CanonicalProperty, CanonicalFormIsItsOwnCanonicalForm, ()) {
  const std::string document = absl::StrCat("<r xmlns:p='urn:p'>", *Tree(3), "</r>");
  for (const Canonicalization method :
       {Canonicalization::kInclusive, Canonicalization::kExclusive}) {
    national::Findings findings;
    const XmlDocument tree = ParseXml(document, &findings);
    const std::string once = *Canonicalize(xmlDocGetRootElement(tree.get()), method);
    const XmlDocument again = ParseXml(once, &findings);
    RC_ASSERT(again != nullptr);
    RC_ASSERT(*Canonicalize(xmlDocGetRootElement(again.get()), method) == once);
  }
}

}  // namespace
}  // namespace tsunagu::xades
