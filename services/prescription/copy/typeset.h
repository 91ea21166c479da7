// Text on pages: rows of cells from top to bottom, new pages as needed. Internal to this folder.
#ifndef SERVICES_PRESCRIPTION_COPY_TYPESET_H_
#define SERVICES_PRESCRIPTION_COPY_TYPESET_H_

#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tsunagu::prescription::copy {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using ContextPtr = std::unique_ptr<PangoContext, Unref>;
using LayoutPtr = std::unique_ptr<PangoLayout, Unref>;

// A4, in points.
inline constexpr double kPageWidth = 595.28, kPageHeight = 841.89;
inline constexpr double kMargin = 45;
inline constexpr double kTextWidth = kPageWidth - 2 * kMargin;

struct Cell {
  std::string text;
  double width = kTextWidth;
  double size = 10;
  bool shaded = false;
  bool framed = true;
  bool centred = false;
};

// A context in which all text has that font and no other.
absl::StatusOr<ContextPtr> OpenFont(const std::string& file);

class Typesetter {
 public:
  explicit Typesetter(ContextPtr context) : context_(std::move(context)) {}

  // One row of cells from left to right, as high as the highest. `keep`: so much more must fit on
  // the page below it.
  void Row(const std::vector<Cell>& cells, double keep = 0);
  void Gap(double height) { y_ += height; }

  // All pages, each with `footer`, its number and how many there are. `made_at` stands, to the
  // minute, as the time at which the file was made.
  absl::StatusOr<std::string> Finish(absl::string_view title, absl::string_view footer,
                                     absl::Time made_at) const;

 private:
  struct Placed {
    LayoutPtr layout;
    double x, y, width, height;
    bool shaded, framed;
  };

  LayoutPtr Layout(absl::string_view text, double size, double width, bool centred) const;
  void DrawPage(cairo_t* cairo, size_t page, absl::string_view footer) const;

  ContextPtr context_;
  std::vector<std::vector<Placed>> pages_ = std::vector<std::vector<Placed>>(1);
  double y_ = kMargin;
};

}  // namespace tsunagu::prescription::copy

#endif  // SERVICES_PRESCRIPTION_COPY_TYPESET_H_
