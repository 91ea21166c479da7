// People, prescriptions and dispensing results for the measurements. All of them are invented.
#ifndef TESTS_LOAD_DOCUMENTS_H_
#define TESTS_LOAD_DOCUMENTS_H_

#include <functional>
#include <string>
#include <vector>

#include "services/platform/hpki/xades/sign.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::load {

inline constexpr char kBirthDate[] = "19700415";  // of everybody

tsunagu::common::v1::InsuredIdentity IdentityOf(size_t person);

// An insurer's file of that many people (EligibilityService.LoadInsured).
std::string InsurerFile(size_t first, size_t count);

// tools/pki: "clinic-1-doctor" and "pharmacy-1-pharmacist" sign.
xades::Signer SignerOf(const std::string& pki, const std::string& identity);

// One of many places where the practitioners of tools/pki work in a measurement: `measure` enrols
// that many clinics and pharmacies.
inline constexpr size_t kPlaces = 500;
std::string ClinicOf(size_t person);    // 10 digits
std::string PharmacyOf(size_t person);  // 10 digits

// An SJ1 record file of `place`'s clinic for that person, of so many days ago. Two are never the
// same: a document is registered once.
std::string PrescriptionRecord(size_t place, size_t person, int days_ago);

// A prescription of the person's clinic, issued today, signed.
std::string SignedPrescription(const xades::Signer& doctor, size_t person);

// The result of dispensing it at the person's pharmacy, signed. `prescription`: as Accept answered.
std::string SignedResult(const xades::Signer& pharmacist, size_t person,
                         const std::string& prescription_id, const std::string& prescription);

// Makes `count` documents on all processors.
std::vector<std::string> MakeAll(size_t count, const std::function<std::string(size_t)>& make);

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_DOCUMENTS_H_
