#include "services/platform/access/enrolment.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/national/insured.h"
#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/macros.h"

namespace tsunagu::access {
namespace {

constexpr size_t kCodeDigits = 10;
constexpr size_t kKeyHashDigits = 64;
constexpr size_t kMaxNameBytes = 200;

bool AllOf(absl::string_view text, bool (*is)(unsigned char)) {
  return std::all_of(text.begin(), text.end(), is);
}

bool IsLowerHex(unsigned char c) { return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f'); }
bool IsUpperHex(unsigned char c) { return absl::ascii_isdigit(c) || (c >= 'A' && c <= 'F'); }

// A serial number has no line feed, so the pair cannot be read in two ways.
std::string IssuerSerial(absl::string_view issuer, absl::string_view serial) {
  return absl::StrCat(serial, "\n", issuer);
}

}  // namespace

// Collects faults while it fills an Enrolment.
class EnrolmentReader {
 public:
  absl::StatusOr<Enrolment> Read(const config::v1::Enrolment& file) {
    // Nobody means that: it is a file that was cut short, and would shut everybody out.
    if (file.facilities().empty()) Fault("facilities: none");
    for (int i = 0; i < file.facilities_size(); ++i) {
      place_ = absl::StrCat("facilities[", i, "]");
      AddFacility(file.facilities(i));
    }
    for (int i = 0; i < file.practitioners_size(); ++i) {
      place_ = absl::StrCat("practitioners[", i, "]");
      AddPractitioner(file.practitioners(i));
    }
    if (faults_.empty()) return std::move(result_);
    return absl::InvalidArgumentError(absl::StrJoin(faults_, "; "));
  }

 private:
  void Fault(absl::string_view what) { faults_.push_back(absl::StrCat(place_, what)); }

  void AddFacility(const config::v1::Enrolment::Facility& facility) {
    if (facility.code().size() != kCodeDigits || !AllOf(facility.code(), absl::ascii_isdigit)) {
      Fault(".code: not 10 digits");
    }
    if (facility.kind() == v1::FACILITY_KIND_UNSPECIFIED ||
        !v1::FacilityKind_IsValid(facility.kind())) {
      Fault(".kind: not set");
    }
    if (facility.name().size() > kMaxNameBytes ||
        std::ranges::any_of(facility.name(), [](char c) { return absl::ascii_iscntrl(c); })) {
      Fault(".name: longer than 200 bytes, or not on one line");
    }
    Facility value{facility.code(), facility.kind(), ReadInsurerNumbers(facility), facility.name()};
    if (!result_.facilities_.emplace(facility.code(), std::move(value)).second) {
      Fault(".code: comes twice");
    }
  }

  std::vector<std::string> ReadInsurerNumbers(const config::v1::Enrolment::Facility& facility) {
    if (!facility.insurer_numbers().empty() && facility.kind() != v1::FACILITY_KIND_INSURER) {
      Fault(".insurer_numbers: only of FACILITY_KIND_INSURER");
    }
    if (static_cast<size_t>(facility.insurer_numbers_size()) > kMaxInsurerNumbers) {
      Fault(absl::StrCat(".insurer_numbers: more than ", kMaxInsurerNumbers));
    }
    std::set<std::string> numbers;
    for (int i = 0; i < facility.insurer_numbers_size(); ++i) {
      const std::string number =
          national::Normalise({.insurer = facility.insurer_numbers(i)}).insurer;
      if (!national::IsInsurerNumber(number)) {
        Fault(absl::StrCat(".insurer_numbers[", i, "]: not 6 or 8 digits"));
      } else if (!numbers.insert(number).second) {
        Fault(absl::StrCat(".insurer_numbers[", i, "]: comes twice"));
      }
    }
    return {numbers.begin(), numbers.end()};
  }

  Facilities ResolveFacilities(const config::v1::Enrolment::Practitioner& practitioner) {
    Facilities facilities;
    for (int i = 0; i < practitioner.facilities_size(); ++i) {
      const Facility* facility = result_.FindFacility(practitioner.facilities(i));
      if (facility == nullptr) {
        Fault(absl::StrCat(".facilities[", i, "]: no such facility"));
      } else {
        facilities.push_back(*facility);
      }
    }
    if (practitioner.facilities().empty()) Fault(".facilities: empty");
    return facilities;
  }

  void AddPractitioner(const config::v1::Enrolment::Practitioner& practitioner) {
    Facilities facilities = ResolveFacilities(practitioner);
    const bool by_key = !practitioner.key_sha256().empty();
    const bool by_issuer = !practitioner.issuer().empty() || !practitioner.serial().empty();
    if (by_key == by_issuer) return Fault(": key_sha256, or issuer and serial");
    if (by_key) return AddByKey(practitioner.key_sha256(), std::move(facilities));
    if (practitioner.issuer().empty()) Fault(".issuer: not set");
    if (practitioner.serial().empty() || !AllOf(practitioner.serial(), IsUpperHex)) {
      Fault(".serial: not upper-case hex");
    }
    const std::string name = IssuerSerial(practitioner.issuer(), practitioner.serial());
    if (!result_.by_issuer_serial_.emplace(name, std::move(facilities)).second) {
      Fault(": comes twice");
    }
  }

  void AddByKey(const std::string& key_sha256, Facilities facilities) {
    if (key_sha256.size() != kKeyHashDigits || !AllOf(key_sha256, IsLowerHex)) {
      Fault(".key_sha256: not 64 lower-case hex digits");
    }
    if (!result_.by_key_.emplace(key_sha256, std::move(facilities)).second) {
      Fault(".key_sha256: comes twice");
    }
  }

  Enrolment result_;
  std::string place_;
  std::vector<std::string> faults_;
};

absl::StatusOr<Enrolment> Enrolment::Create(const config::v1::Enrolment& file) {
  return EnrolmentReader().Read(file);
}

const Facility* Enrolment::FindFacility(absl::string_view code) const {
  const auto found = facilities_.find(code);
  return found == facilities_.end() ? nullptr : &found->second;
}

const Facilities& Enrolment::FacilitiesOf(absl::string_view key_sha256, absl::string_view issuer,
                                          absl::string_view serial) const {
  static const auto* const kNowhere = new Facilities;
  if (const auto key = by_key_.find(key_sha256); key != by_key_.end()) return key->second;
  if (by_issuer_serial_.empty()) return *kNowhere;
  const auto name = by_issuer_serial_.find(IssuerSerial(issuer, serial));
  return name == by_issuer_serial_.end() ? *kNowhere : name->second;
}

absl::StatusOr<std::unique_ptr<EnrolmentStore>> EnrolmentStore::Open(std::string path,
                                                                     absl::Duration interval) {
  std::unique_ptr<EnrolmentStore> store(new EnrolmentStore(std::move(path)));
  RETURN_IF_ERROR(store->Reload().status());
  if (interval > absl::ZeroDuration()) {
    store->watcher_.emplace(interval, [store = store.get()] { store->Refresh(); });
  }
  return store;
}

bool EnrolmentStore::Refresh() { return log_.Tell(Reload()); }

absl::StatusOr<bool> EnrolmentStore::Reload() {
  absl::MutexLock reload_lock(&reload_mutex_);
  ASSIGN_OR_RETURN(std::string text, ReadFile(path_));
  {
    absl::MutexLock lock(&mutex_);
    if (current_ != nullptr && text == text_) return false;
  }
  config::v1::Enrolment file;
  RETURN_IF_ERROR(ParseTextProto(text, &file));
  ASSIGN_OR_RETURN(Enrolment enrolment, Enrolment::Create(file));
  text_ = std::move(text);
  absl::MutexLock lock(&mutex_);
  current_ = std::make_shared<const Enrolment>(std::move(enrolment));
  return true;
}

std::shared_ptr<const Enrolment> EnrolmentStore::current() const {
  absl::MutexLock lock(&mutex_);
  return current_;
}

}  // namespace tsunagu::access
