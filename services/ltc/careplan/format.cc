#include "services/ltc/careplan/format.h"

#include <algorithm>

#include "services/platform/national/jst.h"

namespace tsunagu::ltc::careplan {
namespace {

constexpr size_t kDaysOfBits = 31;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool Digits(absl::string_view text) { return std::all_of(text.begin(), text.end(), IsDigit); }

bool Digits(absl::string_view text, size_t size) { return text.size() == size && Digits(text); }

bool Codes(absl::string_view text, size_t size) {
  return text.size() == size && std::all_of(text.begin(), text.end(), [](char c) {
           return IsDigit(c) || (c >= 'A' && c <= 'Z');
         });
}

bool Insured(absl::string_view text) {
  return Digits(text, 10) || (text.size() == 10 && text[0] == 'H' && Digits(text.substr(1)));
}

bool Zip(absl::string_view text) {
  return text.size() == 8 && text[3] == '-' && Digits(text.substr(0, 3)) && Digits(text.substr(4));
}

bool Decimal(absl::string_view text) {
  const size_t dot = std::min(text.find('.'), text.size());
  if (dot == 0 || !Digits(text.substr(0, dot))) return false;
  return dot == text.size() || (dot + 1 < text.size() && Digits(text.substr(dot + 1)));
}

bool Serial(absl::string_view text) {
  return text.size() <= 2 && Digits(text) && text != "0" && text != "00";
}

bool Bits(absl::string_view text) {
  return text.size() == kDaysOfBits && text.find_first_not_of("01") == absl::string_view::npos;
}

bool Day(absl::string_view text) {
  return text.size() == 8 && national::ParseDay(text).has_value();
}

bool Month(absl::string_view text) {
  return text.size() == 6 && national::ParseMonth(text).has_value();
}

bool Time(absl::string_view text) {
  return Digits(text, 4) && (text == "2400" || (text.substr(0, 2) < "24" && text.substr(2) < "60"));
}

template <size_t N>
bool OneOf(absl::string_view text, const char* const (&codes)[N]) {
  return std::any_of(codes, codes + N, [&](const char* code) { return text == code; });
}

// Whether the text is of the form; formats that are code sets or times are not asked here.
bool HasForm(Format format, absl::string_view text) {
  switch (format) {
    case Format::kInsurer:
      return Digits(text, 6);
    case Format::kInsured:
      return Insured(text);
    case Format::kOffice:
      return Codes(text, 10);
    case Format::kNumber:
      return Digits(text);
    case Format::kDecimal:
      return Decimal(text);
    case Format::kSerial:
      return Serial(text);
    case Format::kZip:
      return Zip(text);
    case Format::kServiceCode:
      return Codes(text, 6);
    case Format::kServiceKind:
      return Codes(text, 2);
    case Format::kDayBits:
      return Bits(text);
    default:
      return true;
  }
}

bool InCodeSet(Format format, absl::string_view text) {
  switch (format) {
    case Format::kSex:
    case Format::kCertification:
      return OneOf(text, {"1", "2"});
    case Format::kCareLevel:
      return OneOf(text, {"06", "12", "13", "21", "22", "23", "24", "25"});
    case Format::kPlanClass:
      return OneOf(text, {"11", "12", "21", "51", "52", "53", "54"});
    case Format::kHelpReason:
      return OneOf(text, {"1", "2", "3"});
    case Format::kYesNo:
      return OneOf(text, {"Y", "N"});
    case Format::kFlag:
      return OneOf(text, {"1", "0"});
    case Format::kWeekday:
      return OneOf(text, {"1", "2", "3", "4", "5", "6", "7"});
    default:
      return true;
  }
}

}  // namespace

const Rule* BrokenRule(Format format, absl::string_view text) {
  if (text.empty()) return nullptr;
  switch (format) {
    case Format::kDay:
      return Day(text) ? nullptr : &rules::kDay;
    case Format::kDayOrZero:
      return text == "00000000" || Day(text) ? nullptr : &rules::kDay;
    case Format::kMonth:
    case Format::kVersion:
      return Month(text) ? nullptr : &rules::kMonth;
    case Format::kMonthOrZero:
      return text == "000000" || Month(text) ? nullptr : &rules::kMonth;
    case Format::kTime:
      return Time(text) ? nullptr : &rules::kTime;
    case Format::kTimeOrNone:
      return text == "9999" || Time(text) ? nullptr : &rules::kTime;
    default:
      break;
  }
  if (!HasForm(format, text)) return &rules::kForm;
  return InCodeSet(format, text) ? nullptr : &rules::kCodeSet;
}

}  // namespace tsunagu::ltc::careplan
