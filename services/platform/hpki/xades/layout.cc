#include "services/platform/hpki/xades/layout.h"

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/rules.h"
#include "services/platform/hpki/xades/xml.h"

namespace tsunagu::xades {
namespace {

xmlNode* Require(xmlNode* parent, absl::string_view parent_path, absl::string_view name,
                 national::Findings* findings) {
  xmlNode* child = OnlyChild(parent, "", name);
  // A missing parent has been reported already.
  if (child == nullptr && parent != nullptr) {
    Report(kRuleLayout, absl::StrCat(parent_path, "/", name), findings);
  }
  return child;
}

// Whether the element `name` (which holds the signature) is there with something in it.
bool FindSignature(xmlNode* parent, absl::string_view parent_path, absl::string_view name,
                   SignedPart* part, national::Findings* findings) {
  part->path = absl::StrCat(parent_path, "/", name);
  const int count = CountChildren(parent, name);
  if (count == 0) return false;
  xmlNode* holder = Require(parent, parent_path, name, findings);
  part->signature = OnlyChild(holder, kDsNamespace, "Signature");
  return count > 1 || !ChildElements(holder).empty();
}

}  // namespace

Layout FindLayout(xmlDoc* document, DocumentKind kind, national::Findings* findings) {
  Layout layout;
  xmlNode* root = xmlDocGetRootElement(document);
  if (!Is(root, "", "Document")) {
    Report(kRuleLayout, "/Document", findings);
    return layout;
  }
  if (kind == DocumentKind::kPrescription) {
    constexpr char kPath[] = "/Document/Prescription";
    xmlNode* prescription = Require(root, "/Document", "Prescription", findings);
    layout.outer.data = Require(prescription, kPath, "PrescriptionDocument", findings);
    layout.outer.payload = layout.outer.data;
    layout.is_outer_signed =
        FindSignature(prescription, kPath, "PrescriptionSign", &layout.outer, findings);
    return layout;
  }
  constexpr char kPath[] = "/Document/Dispensing";
  xmlNode* dispensing = Require(root, "/Document", "Dispensing", findings);
  layout.outer.data = dispensing;
  layout.outer.payload = Require(dispensing, kPath, "DispensingDocument", findings);
  layout.is_outer_signed =
      FindSignature(root, "/Document", "DispensingSign", &layout.outer, findings);
  layout.has_reference = CountChildren(dispensing, "ReferencePrescription") > 0;
  if (layout.has_reference) {
    constexpr char kInner[] = "/Document/Dispensing/ReferencePrescription";
    xmlNode* reference = Require(dispensing, kPath, "ReferencePrescription", findings);
    layout.inner.data = Require(reference, kInner, "PrescriptionDocument", findings);
    layout.inner.payload = layout.inner.data;
    layout.is_inner_signed =
        FindSignature(reference, kInner, "PrescriptionSign", &layout.inner, findings);
  }
  return layout;
}

}  // namespace tsunagu::xades
