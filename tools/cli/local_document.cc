#include "tools/cli/local_document.h"

#include "services/platform/hpki/xades/verify.h"
#include "services/platform/status/macros.h"
#include "tools/cli/local_findings.h"
#include "tools/cli/recognise.h"

namespace tsunagu::cli {

absl::StatusOr<xades::UnverifiedDocument> ReadLocalDocument(absl::string_view what,
                                                            absl::string_view xml) {
  auto document = xades::ReadDocument(xml);
  if (document.ok()) return document;
  const auto kind = Recognise("", xml) == Format::kDispensing ? xades::DocumentKind::kDispensing
                                                              : xades::DocumentKind::kPrescription;
  RETURN_IF_ERROR(RefuseSignature(what, xades::Verify(xml, kind).findings));
  return document.status();
}

}  // namespace tsunagu::cli
