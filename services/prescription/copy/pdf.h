// The patient's copy as a PDF of A4 pages. Text is shaped by HarfBuzz (Pango) with one font, of
// which the glyphs used are embedded (RX-222). The same content gives the same bytes.
#ifndef SERVICES_PRESCRIPTION_COPY_PDF_H_
#define SERVICES_PRESCRIPTION_COPY_PDF_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/prescription/copy/content.h"

namespace tsunagu::prescription::copy {

// Debian's fonts-ipaexfont-gothic.
inline constexpr char kFontFile[] = "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf";

// FAILED_PRECONDITION without that font, INTERNAL when it cannot be drawn. Thread safe.
absl::StatusOr<std::string> MakePdf(const Content& content, const std::string& font = kFontFile);

}  // namespace tsunagu::prescription::copy

#endif  // SERVICES_PRESCRIPTION_COPY_PDF_H_
