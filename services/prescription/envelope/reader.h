// Reads the elements of one XmlMsg by the table of interfaces, and collects what is wrong with
// them. Internal to this folder.
#ifndef SERVICES_PRESCRIPTION_ENVELOPE_READER_H_
#define SERVICES_PRESCRIPTION_ENVELOPE_READER_H_

#include <initializer_list>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"
#include "services/prescription/envelope/interfaces.h"
#include "services/prescription/envelope/xml_tree.h"
#include "services/prescription/envelope/xmlmsg.h"

namespace tsunagu::prescription::envelope {

// The children of one element, with the findings of the whole message.
class Reader {
 public:
  // Both outlive this. Null: the element is missing, which was found.
  Reader(const XmlElement* element, std::string path, national::Findings& findings)
      : element_(element), path_(std::move(path)), findings_(findings) {}

  // A child that must stand exactly once (RX-308).
  Reader Child(absl::string_view name) const;

  // The text of a child that may be missing.
  std::string Text(absl::string_view name) const;

  // A required code out of `allowed`.
  template <class Enum>
  Enum Code(absl::string_view name, const national::Rule& rule,
            std::initializer_list<Enum> allowed) const {
    int number = 0;
    if (absl::SimpleAtoi(Text(name), &number)) {
      for (const Enum value : allowed) {
        if (static_cast<int>(value) == number) return value;
      }
    }
    Find(rule, name);
    return *allowed.begin();
  }

  void Require(bool holds, const national::Rule& rule, absl::string_view name) const {
    if (!holds) Find(rule, name);
  }

  // What has its form; documents are decoded.
  Fields Read(std::span<const Field> fields) const;
  // Of more than kMaxRows the first.
  std::vector<Fields> Read(const Rows& rows) const;
  national::Findings List(absl::string_view name) const;

 private:
  // Null: there is none, or more than one, which is found.
  const XmlElement* Only(absl::string_view name) const;
  // Once for a rule and a place.
  void Find(const national::Rule& rule, absl::string_view name) const;

  const XmlElement* element_;
  std::string path_;
  national::Findings& findings_;
};

}  // namespace tsunagu::prescription::envelope

#endif  // SERVICES_PRESCRIPTION_ENVELOPE_READER_H_
