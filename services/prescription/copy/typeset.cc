#include "services/prescription/copy/typeset.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"

namespace tsunagu::prescription::copy {
namespace {

constexpr double kPadX = 4, kPadY = 3;
constexpr double kFooterHeight = 44, kFooterSize = 8;  // three lines: a long name takes two
constexpr double kBottom = kPageHeight - kMargin - kFooterHeight;

cairo_status_t Append(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

double HeightOf(const LayoutPtr& layout) {
  int height = 0;
  pango_layout_get_size(layout.get(), nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

void SetMetadata(cairo_surface_t* surface, absl::string_view title, absl::Time made_at) {
  const std::string made = absl::FormatTime("%Y-%m-%dT%H:%M:00%Ez", made_at, national::Jst());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, std::string(title).c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Tsunagu");
  // Cairo would write the time of the clock.
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
}

}  // namespace

absl::StatusOr<ContextPtr> OpenFont(const std::string& file) {
  const std::unique_ptr<FcConfig, void (*)(FcConfig*)> config(FcConfigCreate(), FcConfigDestroy);
  const auto* path = reinterpret_cast<const FcChar8*>(file.c_str());
  if (config == nullptr || !FcConfigAppFontAddFile(config.get(), path)) {
    return absl::FailedPreconditionError(absl::StrCat("no font: ", file));
  }
  const std::unique_ptr<PangoFontMap, Unref> map(
      pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), config.get());
  ContextPtr context(pango_font_map_create_context(map.get()));
  pango_cairo_context_set_resolution(context.get(), 72);  // points
  pango_context_set_language(context.get(), pango_language_from_string("ja"));
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context.get(), options);
  cairo_font_options_destroy(options);
  return context;
}

LayoutPtr Typesetter::Layout(absl::string_view text, double size, double width,
                             bool centred) const {
  LayoutPtr layout(pango_layout_new(context_.get()));
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, "IPAexGothic");
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

void Typesetter::Row(const std::vector<Cell>& cells, double keep) {
  std::vector<LayoutPtr> layouts;
  double height = 0;
  for (const Cell& cell : cells) {
    layouts.push_back(Layout(cell.text, cell.size, cell.width - 2 * kPadX, cell.centred));
    height = std::max(height, HeightOf(layouts.back()) + 2 * kPadY);
  }
  if (y_ + height + keep > kBottom && !pages_.back().empty()) {
    pages_.emplace_back();
    y_ = kMargin;
  }
  double x = kMargin;
  for (size_t i = 0; i < cells.size(); ++i) {
    pages_.back().push_back(
        {std::move(layouts[i]), x, y_, cells[i].width, height, cells[i].shaded, cells[i].framed});
    x += cells[i].width;
  }
  y_ += height;
}

void Typesetter::DrawPage(cairo_t* cairo, size_t page, absl::string_view footer) const {
  for (const Placed& placed : pages_[page]) {
    cairo_rectangle(cairo, placed.x, placed.y, placed.width, placed.height);
    if (placed.shaded) {
      cairo_set_source_rgb(cairo, 0.92, 0.94, 0.96);
      cairo_fill_preserve(cairo);
    }
    cairo_set_source_rgb(cairo, 0.55, 0.55, 0.55);
    cairo_set_line_width(cairo, 0.5);
    if (placed.framed) cairo_stroke_preserve(cairo);
    cairo_new_path(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_move_to(cairo, placed.x + kPadX,
                  placed.y + (placed.height - HeightOf(placed.layout)) / 2);
    pango_cairo_show_layout(cairo, placed.layout.get());
  }
  const std::string text = absl::StrCat(footer, "　", page + 1, "/", pages_.size());
  const LayoutPtr layout = Layout(text, kFooterSize, kTextWidth, true);
  cairo_move_to(cairo, kMargin, kPageHeight - kMargin - HeightOf(layout));
  pango_cairo_show_layout(cairo, layout.get());
}

absl::StatusOr<std::string> Typesetter::Finish(absl::string_view title, absl::string_view footer,
                                               absl::Time made_at) const {
  std::string bytes;
  cairo_surface_t* surface =
      cairo_pdf_surface_create_for_stream(Append, &bytes, kPageWidth, kPageHeight);
  SetMetadata(surface, title, made_at);
  cairo_t* cairo = cairo_create(surface);
  for (size_t page = 0; page < pages_.size(); ++page) {
    DrawPage(cairo, page, footer);
    cairo_show_page(cairo);
  }
  cairo_surface_finish(surface);
  const cairo_status_t drawn = cairo_status(cairo);
  const cairo_status_t written = cairo_surface_status(surface);
  cairo_destroy(cairo);
  cairo_surface_destroy(surface);
  for (const cairo_status_t status : {drawn, written}) {
    if (status == CAIRO_STATUS_SUCCESS) continue;
    return absl::InternalError(absl::StrCat("PDF: ", cairo_status_to_string(status)));
  }
  return bytes;
}

}  // namespace tsunagu::prescription::copy
