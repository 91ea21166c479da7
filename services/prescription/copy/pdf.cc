#include "services/prescription/copy/pdf.h"

#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "services/platform/status/macros.h"
#include "services/prescription/copy/typeset.h"

namespace tsunagu::prescription::copy {
namespace {

constexpr double kLabelWidth = 85;
constexpr double kAmountWidth = 130;
// So much must fit below a heading: one line with its drug.
constexpr double kBelowHeading = 40;

void Lines(const std::vector<Line>& lines, Typesetter& page) {
  for (const Line& line : lines) {
    page.Row({{.text = line.label, .width = kLabelWidth, .size = 9, .shaded = true},
              {.text = line.text, .width = kTextWidth - kLabelWidth}});
  }
}

void Number(const std::string& access_code, Typesetter& page) {
  if (access_code.empty()) return;
  page.Row({{.text = "引換番号", .width = 110, .size = 14, .shaded = true, .centred = true},
            {.text = access_code, .width = kTextWidth - 110, .size = 28, .centred = true}});
}

void Rp(const RpBlock& rp, Typesetter& page) {
  page.Row({{.text = rp.heading, .size = 11, .shaded = true}}, kBelowHeading);
  for (const DrugLine& drug : rp.drugs) {
    page.Row({{.text = drug.name, .width = kTextWidth - kAmountWidth, .size = 11},
              {.text = drug.amount, .width = kAmountWidth, .size = 11}});
    if (!drug.notes.empty()) page.Row({{.text = absl::StrJoin(drug.notes, "\n"), .size = 9}});
  }
  Lines(rp.lines, page);
  page.Gap(8);
}

}  // namespace

absl::StatusOr<std::string> MakePdf(const Content& content, const std::string& font) {
  ASSIGN_OR_RETURN(ContextPtr context, OpenFont(font));
  Typesetter page(std::move(context));
  page.Row({{.text = content.title, .size = 18, .framed = false, .centred = true}});
  page.Gap(6);
  Number(content.access_code, page);
  page.Row({{.text = content.notice, .size = 9, .framed = false}});
  page.Gap(6);
  Lines(content.lines, page);
  page.Gap(12);
  for (const RpBlock& rp : content.rps) Rp(rp, page);
  Lines(content.remarks, page);
  return page.Finish(content.title, content.footer, content.made_at);
}

}  // namespace tsunagu::prescription::copy
